"""Time stamps: what moment an authority confirms, and whether we trust that authority."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from congvu.engines.signing.pdf.opening import FAULTS
from congvu.engines.signing.trust import paths
from congvu.engines.signing.types import Evidence, Standing, TrustRootView, Usage

HASHES = {"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512", "sha512_256"}
RootsOf = Callable[[Usage, datetime], paths.Roots]
Imprint = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A confirmed moment. ``revision`` is the state of the file it confirms (-1: one signature alone)."""

    at: datetime
    revision: int
    path: tuple[bytes, ...]
    root: TrustRootView | None


def of_signature(signature: EmbeddedPdfSignature, roots: RootsOf, evidence: Evidence) -> Iterator[Stamp]:
    """Trusted stamps over the signature itself."""
    imprint = message_imprint_checker(signature.signer_info)
    for data in extract_tst_data_iter(signature.signer_info, signed=False):
        stamp = _stamp(data, imprint, -1, roots, evidence)
        if stamp is not None:
            yield stamp


def of_file(signature: EmbeddedPdfSignature, roots: RootsOf, evidence: Evidence) -> Stamp | None:
    """A stamp over the whole file as it was (a field of its own); None if the file changed or nobody trusts it."""
    try:
        signature.compute_integrity_info()
        status = signature.summarise_integrity_info()
    except FAULTS:
        return None
    if not status["docmdp_ok"]:
        return None
    revision = signature.signed_revision
    return _stamp(signature.signed_data, signature.compute_digest, revision, roots, evidence)


def _stamp(
    data: cms.SignedData, imprint: Imprint, revision: int, roots: RootsOf, evidence: Evidence
) -> Stamp | None:  # fmt: skip
    """None for a stamp over something else, forged, or of an authority that leads to no trusted root."""
    try:
        content = data["encap_content_info"]["content"]
        told: tsp.TSTInfo = content.parsed
        info, certificates = extract_signer_info(data), extract_certificate_info(data)
        name = info["digest_algorithm"]["algorithm"].native
        hashed = told["message_imprint"]["hash_algorithm"]["algorithm"].native
        if name not in HASHES or hashed not in HASHES:
            return None
        digest = hashlib.new(name, bytes(content)).digest()
        intact, sound = validate_sig_integrity(info, certificates.signer_cert, "tst_info", digest)
        if not (intact and sound and told["message_imprint"]["hashed_message"].native == imprint(hashed)):
            return None
        at: datetime = told["gen_time"].native
        trusted = roots(Usage.TIMESTAMP, at)
        others = [one.dump() for one in certificates.other_certs]
        built = paths.build(certificates.signer_cert.dump(), others, roots=trusted, at=at, timestamping=True)
        judged = paths.check(built, roots=trusted, at=at, evidence=evidence)
    except FAULTS:
        return None
    # Nobody asks again about an authority whose evidence is missing; only a revoked or unknown one is not believed.
    return (
        Stamp(at, revision, built.path, built.root) if judged.standing in (Standing.VALID, Standing.UNKNOWN) else None
    )
