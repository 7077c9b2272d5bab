"""Who may keep trusted roots and the register of certificates, and who may sign with what."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound
from congvu.common.zones import local, utc_now
from congvu.engines.signing.errors import CertificateRefused
from congvu.engines.signing.models import Batch, Certificate, Paper
from congvu.engines.signing.types import HolderKind, State, Wish
from congvu.ground.orgs import selectors as orgs

KEEPERS = ("registrar", "head", "chair", "admin")


def may_keep_trust(actor: Actor, *_args: Any, **_kwargs: Any) -> None:
    """Administrators and the system: whom the installation believes decides over every signature."""
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ người quản trị được sửa danh sách chứng thư gốc tin cậy."))


def _keeps(actor: Actor, unit_id: int) -> None:
    """The records clerk, heads and leaders of the managing agency, and administrators above it (NĐ 68/2024: the
    direct managing agency asks, never the person)."""
    if actor.kind is ActorKind.SYSTEM:
        return
    if actor.kind is ActorKind.STAFF and actor.unit_id is not None and actor.has_role(*KEEPERS):
        there = orgs.tree()
        if there.get(actor.unit_id) and unit_id in there.subtree(there.agency_of(actor.unit_id).id):
            return
    raise Forbidden(_("Chỉ văn thư, lãnh đạo và người quản trị của cơ quan quản lý được làm thủ tục chứng thư."))


def may_ask(actor: Actor, wish: Wish) -> None:
    _keeps(actor, wish.unit_id)


def may_keep(actor: Actor, certificate_id: int, *_args: Any, **_kwargs: Any) -> None:
    unit = Certificate.objects.filter(id=certificate_id).values_list("unit_id", flat=True).first()
    if unit is None:
        raise NotFound(_("Không có chứng thư này."))
    _keeps(actor, unit)


def may_close(actor: Actor, paper_id: int, *_args: Any, **_kwargs: Any) -> None:
    unit = Paper.objects.filter(id=paper_id).values_list("unit_id", flat=True).first()
    if unit is None:
        raise NotFound(_("Không có đề nghị này."))
    _keeps(actor, unit)


def may_open_batch(actor: Actor, *, certificate_id: int, **_kwargs: Any) -> None:
    require_may_sign(actor, certificate_of(certificate_id))


def may_sign_item(actor: Actor, item_id: int, *_args: Any, **_kwargs: Any) -> None:
    """The person who opened the batch, and nobody in the name of that person."""
    batch = Batch.objects.select_related("certificate").filter(items=item_id).first()
    if batch is None or batch.user_id != actor.user_id:
        raise NotFound(_("Không có lượt ký này."))
    require_may_sign(actor, batch.certificate)


def certificate_of(certificate_id: int) -> Certificate:
    """Raises NotFound."""
    row = Certificate.objects.filter(id=certificate_id).first()
    if row is None:
        raise NotFound(_("Không có chứng thư này."))
    return row


def require_may_sign(actor: Actor, row: Certificate) -> None:
    """This person, with this certificate, now. A stand-in signs with the own one. Raises CertificateRefused."""
    _require_in_force(row)
    if row.holder_kind == HolderKind.PERSON:
        if actor.user_id is None or row.user_id != actor.user_id:
            raise CertificateRefused(_("Chứng thư này không phải của tài khoản đang dùng."), code="not_yours")
        _require_post(actor.user_id, row.unit_id)
    elif row.holder_kind == HolderKind.ORGANISATION:
        _require_custody(actor, row)
    elif actor.kind is not ActorKind.SYSTEM:
        raise CertificateRefused(_("Chứng thư của thiết bị, dịch vụ chỉ do hệ thống dùng."), code="not_yours")


def _require_post(user_id: int, unit_id: int) -> None:
    """The person still holds a post in the agency that manages the certificate."""
    own = (post for post in orgs.posts_of(user_id) if not post.stand_in_for)
    if any(_same_agency(post.unit_id, unit_id) for post in own):
        return
    message = _(
        "Tài khoản này không còn giữ vị trí tại cơ quan quản lý chứng thư nên không ký được. "
        "Cơ quan làm thủ tục thay đổi thông tin (mẫu 04) hoặc thu hồi (mẫu 05)."
    )
    raise CertificateRefused(message, code="post_ended")


def _require_custody(actor: Actor, row: Certificate) -> None:
    """Only the records clerk uses the agency's key, personally (NĐ 30/2020 Điều 32–33)."""
    if not actor.has_role("registrar") or actor.unit_id is None or not _same_agency(actor.unit_id, row.unit_id):
        raise CertificateRefused(_("Chỉ văn thư cơ quan được ký bằng chứng thư của cơ quan."), code="not_yours")
    if row.custodian_id is not None and row.custodian_id != actor.user_id:
        raise CertificateRefused(
            _("Thiết bị ký của cơ quan do người khác giữ. Bàn giao phải có văn bản và biên bản (mẫu 07)."),
            code="not_yours",
        )


def _same_agency(one: int, other: int) -> bool:
    """Both belong to the same agency today; a unit that has ended belongs to none."""
    there = orgs.tree()
    if there.get(one) is None or there.get(other) is None:
        return False
    return there.agency_of(one).id == there.agency_of(other).id


def _require_in_force(row: Certificate) -> None:
    now, day = utc_now(), f"{local(row.valid_to):%d/%m/%Y}"
    words = {
        State.SUSPENDED: _("Chứng thư chữ ký số đang tạm dừng: %(reason)s") % {"reason": row.state_reason},
        State.REVOKED: _("Chứng thư chữ ký số đã bị thu hồi: %(reason)s") % {"reason": row.state_reason},
        State.REPLACED: _("Chứng thư này đã được thay bằng chứng thư gia hạn. Hãy chọn chứng thư mới."),
    }
    if row.state != State.ACTIVE:
        raise CertificateRefused(words[State(row.state)], code=row.state)
    if now > row.valid_to:
        message = _("Chưa ký được vì chứng thư chữ ký số hết hạn ngày %(day)s. Gia hạn chứng thư chữ ký số.")
        raise CertificateRefused(message % {"day": day}, code="expired")
    if now < row.valid_from:
        message = _("Chứng thư chữ ký số chỉ có hiệu lực từ ngày %(day)s.")
        raise CertificateRefused(message % {"day": f"{local(row.valid_from):%d/%m/%Y}"}, code="not_yet_valid")
