"""PAdES signatures in two steps: a digest goes out to whoever holds the key, a signature comes back.

Everything is added by incremental updates. The first signature certifies the document and allows filling forms and
signing; later ones approve it. Only SHA-256 is used for new signatures.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Coroutine, Iterable
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import cms, crl, ocsp, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_der_x509_certificate
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from congvu.engines.signing.errors import CredentialRefused
from congvu.engines.signing.pdf import blanks, looks, opening
from congvu.engines.signing.types import Begun, Evidence

R = TypeVar("R")
HASH = "sha256"
# Room for what stands in a signature beside certificates, and for a timestamp with its own chain; bytes.
ROOM, ROOM_FOR_TIME = 2 * 1024, 10 * 1024


def run(work: Coroutine[Any, Any, R]) -> R:
    """Wait for an asynchronous function of pyHanko, which does not wait for anything outside here.

    A bare loop: ``asyncio.run`` in a main thread also lends its signals, and spells certificates out while it does so.
    """
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def begin(
    pdf: bytes, *, field: str, certificate: bytes, chain: tuple[bytes, ...], appearance: bytes | None, reason: str,
    at: datetime, stamped: bool,
) -> Begun:  # fmt: skip
    """The file with the place of a signature left free (``stamped``: and of a time stamp), and the digest to be signed.

    Raises PdfRefused: not a readable PDF, locked, no such field, signed before.
    """
    writer = opening.writer(pdf)
    with opening.refusing():
        blanks.require_free(writer, field)
        first = not any(True for _signature in opening.filled(writer.prev))
        signer = _signer(certificate, chain, 0)
        session = PdfSigner(_meta(field, reason, certify=first), signer, stamp_style=looks.style(appearance))
        opened = session.init_signing_session(writer, existing_fields_only=True)
        opened.system_time = at
        room = 2 * (sum(map(len, (certificate, *chain))) + ROOM + (ROOM_FOR_TIME if stamped else 0))
        prepared, out = opened.prepare_tbs_document(None, bytes_reserved=room).digest_tbs_document()
        attributes = run(signer.signed_attrs(prepared.document_digest, HASH, use_pades=True)).dump()
    return Begun(
        out.getvalue() if isinstance(out, io.BytesIO) else out.read(), field, hashlib.sha256(attributes).digest(),
        attributes, prepared.reserved_region_start, prepared.reserved_region_end, certificate, chain,
    )  # fmt: skip


def _meta(field: str, reason: str, *, certify: bool) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=field, md_algorithm=HASH, subfilter=SigSeedSubFilter.PADES, reason=reason or None, certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )  # fmt: skip


def _signer(certificate: bytes, chain: Iterable[bytes], signature: bytes | int) -> ExternalSigner:
    above = SimpleCertificateStore.from_certs(x509.Certificate.load(one) for one in chain)
    return ExternalSigner(x509.Certificate.load(certificate), above, signature, embed_roots=False)


def finish(begun: Begun, signature: bytes, *, timestamper: TimeStamper | None = None) -> bytes:
    """The signed file; with a timestamp over the signature if a timestamper is given.

    Raises CredentialRefused when the signature is not one of this certificate over this digest, and
    TimestampUnavailable.
    """
    require_match(begun, signature)
    signer = _signer(begun.certificate, begun.chain, signature)
    attributes = cms.CMSAttributes.load(begun.attributes)
    made = run(signer.async_sign_prescribed_attributes(HASH, attributes, timestamper=timestamper))
    out = io.BytesIO(begun.pdf)
    PreparedByteRangeDigest(b"", begun.start, begun.end).fill_with_cms(out, made)
    return out.getvalue()


def require_match(begun: Begun, signature: bytes) -> None:
    """Raises CredentialRefused: another key, another document, or a provider that hashed what was hashed already."""
    key = load_der_x509_certificate(begun.certificate).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, begun.digest, padding.PKCS1v15(), utils.Prehashed(SHA256()))
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, begun.digest, ec.ECDSA(utils.Prehashed(SHA256())))
        else:
            raise InvalidSignature
    except InvalidSignature as error:
        message = _("Chữ ký nhận về không khớp với văn bản hoặc chứng thư, nên không được ghi vào văn bản. Hãy ký lại.")
        raise CredentialRefused(message, code="wrong_signature") from error


def stamp_certificates(begun: Begun, pdf: bytes) -> tuple[bytes, ...] | None:
    """Certificates that came with the timestamp of a signature just finished, DER; None without a timestamp."""
    signed = cms.ContentInfo.load(bytes.fromhex(pdf[begun.start + 1 : begun.end - 1].decode("ascii")))["content"]
    attributes = signed["signer_infos"][0]["unsigned_attrs"]
    if not isinstance(attributes, cms.CMSAttributes):
        return None
    tokens = (
        value for one in attributes if one["type"].native == "signature_time_stamp_token" for value in one["values"]
    )
    return tuple(certificate.chosen.dump() for token in tokens for certificate in token["content"]["certificates"])


def keep_evidence(pdf: bytes, evidence: Evidence) -> bytes:
    """The file with certificates, OCSP responses and CRLs in its document security store."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[x509.Certificate.load(one) for one in evidence.certificates],
        ocsps=[ocsp.OCSPResponse.load(one) for one in evidence.ocsps],
        crls=[crl.CertificateList.load(one) for one in evidence.crls],
    )
    return blanks.written(writer)


def archive(pdf: bytes, timestamper: TimeStamper) -> bytes:
    """The file with a timestamp over all of it (B-LTA). Raises TimestampUnavailable."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stamping = PdfTimeStamper(timestamper).async_timestamp_pdf(writer, HASH, bytes_reserved=2 * ROOM_FOR_TIME)
    out = run(stamping)
    out.seek(0)
    return bytes(out.read())
