"""Trusted roots: which authorities this installation believes, since when, for what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificate
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.engines.signing import policies, selectors
from congvu.engines.signing.models import TrustRoot
from congvu.engines.signing.types import Chain, Usage
from congvu.ground.audit.services import act, note

BYTES = 20_000


@act("signing.add_root", policy=policies.may_keep_trust, label="Thêm chứng thư gốc tin cậy")
def add_root(
    actor: Actor, *, name: str, chain: str, purposes: Iterable[str], certificate: bytes, legal_basis: str = "",
    valid_from: date | None = None, valid_to: date | None = None, anchor: bool = True,
) -> int:  # fmt: skip
    """Believe an authority (DER or PEM) from a day on; without days, while its certificate lasts. Returns the row's id.

    Raises Invalid naming each field, Conflict when it is believed already.
    """
    wanted = sorted(set(purposes))
    loaded = read_certificate(certificate)
    problems = []
    if not clean(name) or len(clean(name)) > 200:
        problems.append(Problem("name", _("Ghi tên tổ chức chứng thực, tối đa 200 ký tự."), "required"))
    if chain not in Chain.values:
        problems.append(Problem("chain", _("Chọn hệ thống chứng thực.")))
    if not wanted or not set(wanted) <= set(Usage.values):
        problems.append(Problem("purposes", _("Chọn ít nhất một mục đích tin cậy."), "required"))
    if loaded is None:
        problems.append(Problem("certificate", _("Không đọc được chứng thư. Hãy chọn tệp .cer, .crt hoặc .pem.")))
    if problems or loaded is None:
        raise Invalid(_("Chưa thêm được chứng thư gốc."), problems=tuple(problems))
    content = loaded.public_bytes(Encoding.DER)
    fingerprint = selectors.digest(content)
    if TrustRoot.objects.filter(fingerprint=fingerprint, withdrawn_at=None).exists():
        raise Conflict(_("Chứng thư gốc này đã có trong danh sách."), code="root_known")
    row = TrustRoot.objects.create(
        name=clean(name), chain=chain, purposes=wanted, anchor=anchor, certificate=content, fingerprint=fingerprint,
        subject=loaded.subject.rfc4514_string()[:500], legal_basis=clean(legal_basis)[:300], added_by=actor.name,
        valid_from=valid_from or local_date(loaded.not_valid_before_utc), added_at=utc_now(),
        valid_to=valid_to or local_date(loaded.not_valid_after_utc),
    )  # fmt: skip
    note(root=row.id, name=row.name, chain=chain, purposes=wanted, fingerprint=fingerprint)
    return row.id


def read_certificate(content: bytes) -> Certificate | None:
    """A certificate in DER or PEM; None if it is none."""
    if not content or len(content) > BYTES:
        return None
    load = load_pem_x509_certificate if b"-----BEGIN" in content[:100] else load_der_x509_certificate
    try:
        return load(content)
    except ValueError:
        return None


@act("signing.withdraw_root", policy=policies.may_keep_trust, label="Bỏ chứng thư gốc tin cậy")
def withdraw_root(actor: Actor, root_id: int, *, reason: str) -> None:
    """Believe an authority no longer, for any day; to end it from a day on, its dates are set anew.

    Raises NotFound, and Invalid without a reason.
    """
    text = clean(reason)
    if not text or len(text) > 500:
        problem = Problem("reason", _("Ghi lý do bỏ, tối đa 500 ký tự."), "required")
        raise Invalid(_("Chưa bỏ được chứng thư gốc."), problems=(problem,))
    row = TrustRoot.objects.select_for_update().filter(id=root_id, withdrawn_at=None).first()
    if row is None:
        raise NotFound(_("Không có chứng thư gốc này."))
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = utc_now(), actor.name, text
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    note(root=row.id, name=row.name, fingerprint=row.fingerprint, reason=text)
