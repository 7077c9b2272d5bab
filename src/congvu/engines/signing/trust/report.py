"""The report: every signature of a file, judged at the time it was made (TT 15/2025/TT-BKHCN, phụ lục II)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import x509
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import MultivaluedAttributeError, NonexistentAttributeError, find_unique_cms_attribute
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from congvu.engines.signing import words
from congvu.engines.signing.errors import PdfRefused
from congvu.engines.signing.pdf import opening
from congvu.engines.signing.trust import evidence as asking
from congvu.engines.signing.trust import paths, times
from congvu.engines.signing.trust.paths import Judgement
from congvu.engines.signing.types import Evidence, Level, Report, SignatureReport, Standing, Usage

AHEAD = timedelta(minutes=10)
PADES = "/ETSI.CAdES.detached"


@dataclass(frozen=True, slots=True)
class Known:
    """What this installation kept when it saw the signature before: it existed then, and this was its evidence."""

    at: datetime
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Means:
    """What a judgement may use: trusted roots by usage and time, kept evidence by the digest of the signature, the
    present moment, and whether responders outside may be asked."""

    roots: times.RootsOf
    known: Callable[[str], Known | None]
    now: datetime
    online: bool


@dataclass(frozen=True, slots=True)
class _When:
    """``proven``: the earliest moment somebody else confirms; ``claimed``: what the signer says."""

    proven: datetime | None
    claimed: datetime | None
    stamped: bool


def validate(pdf: bytes, means: Means, *, only: str = "") -> Report:
    """Judge all signatures; with ``only`` the certificate of that field alone, and of the others whether they are
    intact. Raises PdfRefused for what is no readable PDF."""
    try:
        found = opening.reader(pdf)
    except PdfRefused:
        if opening.unsigned(pdf):
            return Report(())
        raise
    with opening.refusing():
        filled = list(opening.filled(found))
        embedded = paths.readable(_embedded(found))
        kinds = [(name, one, one is not None and one.sig_object_type == "/DocTimeStamp") for name, one in filled]
        stamps = [times.of_file(one, means.roots, embedded) for _name, one, stamp in kinds if stamp and one]
        sound = [stamp for stamp in stamps if stamp is not None]
        reports = [
            _Reading(name, one, sound, embedded, means).report(brief=bool(only) and name != only)
            for name, one, stamp in kinds
            if not stamp
        ]
    return Report(tuple(reports))


def _embedded(found: PdfFileReader) -> Evidence:
    """What the document security store holds."""
    try:
        store = DocumentSecurityStore.read_dss(found)
    except ValidationInfoReadingError:
        return Evidence()
    except opening.FAULTS:
        return Evidence()
    ocsps = (ref.get_object().read_data(DecodePurpose.OCSP_RESPONSE) for ref in store.ocsps)
    crls = (ref.get_object().read_data(DecodePurpose.CRL) for ref in store.crls)
    return Evidence(tuple(one.dump() for one in store.load_certs()), tuple(ocsps), tuple(crls))


class _Reading:
    """One signature while it is judged."""

    def __init__(
        self, field: str, signature: EmbeddedPdfSignature | None, stamps: Sequence[times.Stamp], embedded: Evidence,
        means: Means,
    ) -> None:  # fmt: skip
        self.field, self.signature, self.stamps, self.means = field, signature, stamps, means
        self.embedded = embedded

    def report(self, *, brief: bool = False) -> SignatureReport:
        if self.signature is None:
            return _unreadable(self.field)
        try:
            return self._brief(self.signature) if brief else self._judged(self.signature)
        except opening.FAULTS:
            return _unreadable(self.field)

    def _brief(self, signature: EmbeddedPdfSignature) -> SignatureReport:
        """Whether it is intact, and nothing about its certificate."""
        certificate, intact = signature.signer_cert, _intact(signature)
        standing = Standing.UNKNOWN if intact else Standing.TAMPERED
        return SignatureReport(
            field=self.field, signer=name_of(certificate, "common_name"), organisation=_organisation(certificate),
            time=None, timestamped=False, integrity=intact, trusted=False, level="", reason=words.plain(standing),
            standing=standing, covers_whole_file=False, certificate=certificate.dump(),
        )  # fmt: skip

    def _judged(self, signature: EmbeddedPdfSignature) -> SignatureReport:
        certificate = signature.signer_cert
        others = [one.dump() for one in signature.other_embedded_certs]
        inside = self.embedded + paths.readable(_adobe(signature)) + Evidence(tuple(others))
        cms_sha256 = hashlib.sha256(signature.signed_data.dump()).hexdigest()
        known = self.means.known(cms_sha256)
        own = list(times.of_signature(signature, self.means.roots, inside))
        later = [stamp for stamp in self.stamps if stamp.revision > signature.signed_revision]
        when = _when(signature, [stamp.at for stamp in (*own, *later)], known, self.means.now)
        intact = _intact(signature)
        judged, enough, used = self._chain(certificate.dump(), inside, known, when)
        standing = _standing(signature, intact, judged)
        return SignatureReport(
            field=self.field, signer=name_of(certificate, "common_name"), organisation=_organisation(certificate),
            time=when.proven if when.stamped else when.claimed, timestamped=when.stamped, integrity=intact,
            trusted=judged.standing is Standing.VALID, level=_level(signature, when, enough, later),
            reason=words.reason(standing, judged, stamped=when.stamped, known=known is not None), standing=standing,
            covers_whole_file=signature.coverage == SignatureCoverageLevel.ENTIRE_FILE, certificate=certificate.dump(),
            chain=judged.root.chain if judged.root else "", issuer=certificate.issuer.human_friendly,
            serial=f"{certificate.serial_number:x}", cms_sha256=cms_sha256, evidence=used,
        )  # fmt: skip

    def _chain(
        self, certificate: bytes, inside: Evidence, known: Known | None, when: _When
    ) -> tuple[Judgement, bool, Evidence]:
        """The judgement of the certificate, whether the file alone proves it, and the evidence it rests on."""
        at = when.proven or when.claimed or self.means.now
        roots = self.means.roots(Usage.SIGN, at)
        built = paths.build(certificate, inside.certificates, roots=roots, at=at)
        if built.standing is not Standing.VALID:
            return built, False, Evidence((certificate,))
        alone = paths.check(built, roots=roots, at=at, evidence=inside)
        evidence = inside if known is None else inside + known.evidence
        judged = alone if known is None else paths.check(built, roots=roots, at=at, evidence=evidence)
        open_question = judged.standing is Standing.UNKNOWN or when.proven is None
        if self.means.online and open_question:
            evidence += asking.gather(built.path)
            judged = paths.check(built, roots=roots, at=at, evidence=evidence)
        if when.proven is None and judged.standing is Standing.VALID:
            judged = self._since(judged, roots, evidence, inside)
        return judged, alone.standing is Standing.VALID and alone.told, _kept(built.path, evidence)

    def _since(self, judged: Judgement, roots: paths.Roots, evidence: Evidence, inside: Evidence) -> Judgement:
        """Nobody confirms when it was signed: then what happened to the certificate since counts too."""
        now = self.means.now
        today = paths.build(judged.path[0], inside.certificates, roots=roots, at=now)
        if today.standing is Standing.EXPIRED:
            return today
        late = paths.check(judged, roots=roots, at=now, evidence=evidence)
        return late if late.standing is Standing.REVOKED else judged


def _when(
    signature: EmbeddedPdfSignature, stamped: Sequence[datetime], known: Known | None, now: datetime
) -> _When:  # fmt: skip
    try:
        claimed = signature.self_reported_timestamp
    except opening.FAULTS:
        claimed = None
    if claimed is not None and (claimed.tzinfo is None or claimed > now + AHEAD):
        claimed = None
    if stamped:
        return _When(min(stamped), claimed, True)
    return _When(known.at if known else None, claimed, False)


def _intact(signature: EmbeddedPdfSignature) -> bool:
    """Whether what was signed is unchanged, and what was added since is of the kind the signer allowed."""
    signature.compute_integrity_info()
    status = signature.summarise_integrity_info()
    intact, sound = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
    )
    return bool(intact and sound and status["docmdp_ok"])


def _standing(signature: EmbeddedPdfSignature, intact: bool, judged: Judgement) -> Standing:
    if not intact:
        return Standing.TAMPERED
    return judged.standing if signature.md_algorithm in times.HASHES else Standing.WEAK


def _level(signature: EmbeddedPdfSignature, when: _When, enough: bool, later: Sequence[times.Stamp]) -> str:
    if signature.sig_object.get("/SubFilter") != PADES:
        return "CMS"
    if not when.stamped:
        return Level.B_B.value
    if not enough:
        return Level.B_T.value
    return Level.B_LTA.value if later else Level.B_LT.value


def _adobe(signature: EmbeddedPdfSignature) -> Evidence:
    """Evidence inside the signature itself, as older programs write it."""
    try:
        archive = find_unique_cms_attribute(signature.signer_info["signed_attrs"], "adobe_revocation_info_archival")
    except (NonexistentAttributeError, MultivaluedAttributeError):
        return Evidence()
    ocsps, crls = archive["ocsp"], archive["crl"]
    return Evidence((), tuple(one.dump() for one in ocsps or ()), tuple(one.dump() for one in crls or ()))


def _kept(path: tuple[bytes, ...], evidence: Evidence) -> Evidence:
    return Evidence(path, evidence.ocsps, evidence.crls)


def name_of(certificate: x509.Certificate, part: str) -> str:
    """A part of the subject (``common_name``, ``organization_name``), the first if it has several."""
    value = certificate.subject.native.get(part, "")
    return str(value[0] if isinstance(value, list) else value)


def _organisation(certificate: x509.Certificate) -> str:
    return name_of(certificate, "organization_name") or name_of(certificate, "organizational_unit_name")


def _unreadable(field: str) -> SignatureReport:
    return SignatureReport(
        field=field, signer="", organisation="", time=None, timestamped=False, integrity=False, trusted=False,
        level="", reason=words.plain(Standing.UNREADABLE), standing=Standing.UNREADABLE, covers_whole_file=False,
        certificate=b"",
    )  # fmt: skip
