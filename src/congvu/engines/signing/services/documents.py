"""PDFs: blanks, signatures, reports. Bytes in, bytes out; the acts are those of the rooms that own the documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from congvu.common.page import Zone
from congvu.common.zones import iso, utc_now
from congvu.engines.signing import selectors
from congvu.engines.signing.errors import CertificateRefused, PdfTooLarge
from congvu.engines.signing.models import Evidence as EvidenceRow
from congvu.engines.signing.models import EvidencePart
from congvu.engines.signing.types import (
    Begun,
    Credential,
    Evidence,
    Filling,
    Level,
    Report,
    SignatureReport,
    Signed,
    Standing,
    TextField,
    TrustRootView,
    Usage,
)

if TYPE_CHECKING:
    from congvu.engines.signing.trust import paths, report


def prepare(pdf: bytes, *, signatures: Mapping[str, Zone], texts: Mapping[str, TextField]) -> bytes:
    """The file with empty signature and text fields, before anybody has signed. Raises PdfRefused."""
    from congvu.engines.signing.pdf import blanks

    return blanks.prepare(pdf, signatures=signatures, texts=texts)


def fill(pdf: bytes, values: Mapping[str, Filling]) -> bytes:
    """Text fields filled incrementally; signatures made before stay valid. Raises PdfRefused."""
    from congvu.engines.signing.pdf import blanks

    return blanks.fill(pdf, values)


def blank_zones(pdf: bytes) -> Mapping[str, Zone]:
    """Where the fields of a prepared file lie, by name: blanks are drawn at their real size. Raises PdfRefused."""
    from congvu.engines.signing.pdf import blanks

    return blanks.zones(pdf)


def pages(pdf: bytes) -> int:
    """How many pages a file has. Raises PdfRefused."""
    from congvu.engines.signing.pdf import blanks

    return blanks.pages(pdf)


def sign(
    pdf: bytes, *, field: str, credential: Credential, appearance: bytes | None = None, level: str = Level.B_LT,
    reason: str = "", at: datetime | None = None,
) -> Signed:  # fmt: skip
    """Sign in a prepared field. ``appearance`` is a PDF of one page drawn for the field; ``at`` the time the signer
    claims (now).

    ``level`` is the most that is wished: without a time-stamping authority the signature is B-B, without answers on
    revocation at most B-T; ``Signed.level`` tells. Raises PdfRefused, CredentialRefused, CertificateRefused (expired,
    revoked or untrusted right now) and TimestampUnavailable; then nothing was signed.
    """
    begun = begin(pdf, field=field, credential=credential, appearance=appearance, reason=reason, at=at)
    (signature,) = credential.sign([begun.digest])
    return finish(begun, signature, level=level)


def begin(
    pdf: bytes, *, field: str, credential: Credential, appearance: bytes | None = None, reason: str = "",
    at: datetime | None = None,
) -> Begun:  # fmt: skip
    """First step: the digest that whoever holds the key has to sign. Raises PdfRefused, CertificateRefused."""
    moment = at or utc_now()
    require_usable(credential.certificate, credential.chain, at=moment)
    return open_place(pdf, field=field, credential=credential, appearance=appearance, reason=reason, at=moment)


def open_place(
    pdf: bytes, *, field: str, credential: Credential, appearance: bytes | None, reason: str, at: datetime
) -> Begun:
    """``begin`` with a certificate that was asked about just now, for many files with one key. Raises PdfRefused."""
    from congvu.engines.signing.pdf import pades

    return pades.begin(
        pdf, field=field, certificate=credential.certificate, chain=credential.chain, appearance=appearance,
        reason=reason, at=at, stamped=bool(settings.SIGNING_TSA_URL),
    )  # fmt: skip


def require_match(begun: Begun, signature: bytes) -> None:
    """Raises CredentialRefused when a signature is not one of the certificate over what was begun."""
    from congvu.engines.signing.pdf import pades

    pades.require_match(begun, signature)


def finish(begun: Begun, signature: bytes, *, level: str = Level.B_LT) -> Signed:
    """Second step: the signed file. Raises CredentialRefused if the signature does not fit, TimestampUnavailable."""
    return complete(begun, close(begun, signature, level=level), level=level)


def close(begun: Begun, signature: bytes, *, level: str = Level.B_LT) -> bytes:
    """The file with the signature written in, and its time stamp; nothing was added after it. Raises as ``finish``."""
    from congvu.engines.signing import outside
    from congvu.engines.signing.pdf import pades

    stamper = outside.stamper() if Level(level) is not Level.B_B else None
    return pades.finish(begun, signature, timestamper=stamper)


def complete(begun: Begun, closed: bytes, *, level: str = Level.B_LT) -> Signed:
    """A closed file with the evidence on its newest signature, as far as it is stamped. Raises TimestampUnavailable."""
    from congvu.engines.signing import outside
    from congvu.engines.signing.pdf import pades

    wished, stamp = Level(level), pades.stamp_certificates(begun, closed)
    bare = Evidence((begun.certificate, *begun.chain))
    if stamp is None:
        return Signed(closed, Level.B_B, bare)
    if wished is Level.B_T:
        return Signed(closed, Level.B_T, bare)
    evidence, whole = _evidence(begun, stamp)
    signed = pades.keep_evidence(closed, evidence)
    if not whole:
        return Signed(signed, Level.B_T, evidence)
    stamper = outside.stamper() if wished is Level.B_LTA else None
    if stamper is None:
        return Signed(signed, Level.B_LT, evidence)
    return Signed(pades.archive(signed, stamper), Level.B_LTA, evidence)


def _evidence(begun: Begun, stamp: tuple[bytes, ...]) -> tuple[Evidence, bool]:
    """What proves signer and time stamp later, and whether it is all there."""
    from congvu.engines.signing.trust import evidence, paths

    now, trusted = utc_now(), selectors.roots_by_day()
    roots, stamping = (_split(trusted(usage, now)) for usage in (Usage.SIGN, Usage.TIMESTAMP))
    built = paths.build(begun.certificate, begun.chain, roots=roots, at=now)
    found = evidence.gather(built.path)
    judged = paths.check(built, roots=roots, at=now, evidence=found)
    for certificate in stamp:
        authority = paths.build(certificate, stamp, roots=stamping, at=now, timestamping=True)
        found += evidence.gather(authority.path)
    return found, judged.standing is Standing.VALID and judged.told


def _roots(usage: Usage, at: datetime) -> paths.Roots:
    return _split(selectors.roots_by_day()(usage, at))


def _split(rows: Iterable[TrustRootView]) -> paths.Roots:
    from congvu.engines.signing.trust.paths import Roots

    found = tuple(rows)
    return Roots(tuple(row for row in found if row.anchor), tuple(row for row in found if not row.anchor))


def require_usable(certificate: bytes, chain: tuple[bytes, ...], *, at: datetime) -> None:
    """Signing software looks before it signs (TT 15/2025): in force, trusted, not known as revoked.

    Raises CertificateRefused. Where nobody answers for revocation just now, signing goes on: who checks will ask.
    """
    from congvu.engines.signing import words
    from congvu.engines.signing.trust import evidence, paths

    roots = _roots(Usage.SIGN, at)
    judged = paths.build(certificate, chain, roots=roots, at=at)
    if judged.standing is Standing.VALID:
        judged = paths.check(judged, roots=roots, at=at, evidence=evidence.gather(judged.path))
    if judged.standing in (Standing.VALID, Standing.UNKNOWN):
        return
    message = _("Chưa ký được: %(reason)s") % {
        "reason": words.reason(judged.standing, judged, stamped=False, known=False)
    }
    raise CertificateRefused(message, code=judged.standing.value)


def validate(pdf: bytes, *, at: datetime | None = None, online: bool = True, only: str = "") -> Report:
    """Judge every signature as of the time it was made. ``at`` is the present moment of the judgement (now);
    ``online`` False asks no responder outside; with ``only`` the certificate of that field alone is judged, and of the
    others whether they are intact. Raises PdfRefused, PdfTooLarge."""
    from congvu.engines.signing.trust import report

    if len(pdf) > settings.SIGNING_MOST_BYTES:
        megabytes = settings.SIGNING_MOST_BYTES // 1024 // 1024
        raise PdfTooLarge(_("PDF lớn hơn %(n)s MB nên không kiểm tra được.") % {"n": megabytes})
    on_day = selectors.roots_by_day()
    means = report.Means(lambda usage, moment: _split(on_day(usage, moment)), _known, at or utc_now(), online)
    return report.validate(pdf, means, only=only)


def _known(cms_sha256: str) -> report.Known | None:
    from congvu.engines.signing.trust.report import Known

    found = selectors.known_since(cms_sha256)
    return Known(*found) if found else None


def extend(pdf: bytes) -> bytes:
    """A signed file with the evidence there is today and a time stamp over all of it, so that it can be checked when
    certificates are long over; the file as it is without a time-stamping authority.

    Raises PdfRefused, TimestampUnavailable.
    """
    from congvu.engines.signing import outside
    from congvu.engines.signing.pdf import pades

    stamper = outside.stamper()
    if stamper is None:
        return pdf
    found = Evidence()
    for signature in validate(pdf).signatures:
        found += signature.evidence
    return pades.archive(pades.keep_evidence(pdf, found) if found.certificates else pdf, stamper)


def keep(pdf: bytes, report: Report, *, record: UUID | None = None, at: datetime | None = None) -> None:
    """Keep each signature of a report with what it rests on (TT 15/2025). Step of an act; repeating adds nothing."""
    file_sha256 = hashlib.sha256(pdf).hexdigest()
    moment = at or utc_now()
    kept = set(EvidenceRow.objects.filter(file_sha256=file_sha256).values_list("cms_sha256", "standing", "record"))
    for found in report.signatures:
        if (found.cms_sha256, found.standing.value, record) in kept:
            continue
        EvidenceRow.objects.create(
            file_sha256=file_sha256, cms_sha256=found.cms_sha256, field=found.field[:120], record_id=record,
            standing=found.standing.value, at=moment, report=as_json(found), parts=_stored(found.evidence),
        )  # fmt: skip


def _stored(evidence: Evidence) -> list[str]:
    kinds = EvidencePart.Kind
    named = ((kinds.CERTIFICATE, evidence.certificates), (kinds.OCSP, evidence.ocsps), (kinds.CRL, evidence.crls))
    rows = [EvidencePart(selectors.digest(one), kind, one) for kind, contents in named for one in contents]
    EvidencePart.objects.bulk_create(rows, ignore_conflicts=True)
    return [row.sha256 for row in rows]


def as_json(found: SignatureReport) -> dict[str, object]:
    """The report of one signature as it is kept and shown: times are +07:00, no bytes."""
    names = [field.name for field in fields(found) if field.name not in ("evidence", "certificate")]
    values = {name: getattr(found, name) for name in names}
    return {**values, "time": iso(found.time) if found.time else None, "standing": found.standing.value}
