"""What signatures look like on paper."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.zones import utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.models import Issuer, SignaturePicture
from congvu.ground.audit.services import act, note

MOST_BYTES = 1_000_000


class NoPicture(Conflict):
    """A signature needs its picture on paper (NĐ 30/2020 Phụ lục I)."""

    code = "no_picture"


def of_user(actor: Actor) -> bytes:
    """The actor's own handwriting, PNG. Raises NoPicture."""
    row = SignaturePicture.objects.filter(user=actor.user_id).order_by("-at", "-id").first()
    if row is None:
        raise NoPicture(
            _("Hệ thống chưa có ảnh chữ ký của người ký. Hãy nhờ người quản trị đặt ảnh chữ ký rồi ký lại.")
        )
    return bytes(row.content)


def of_issuer(by: Issuer) -> bytes:
    """The agency's seal, PNG. Raises NoPicture."""
    row = SignaturePicture.objects.filter(issuer=by).order_by("-at", "-id").first()
    if row is None:
        raise NoPicture(_("Hệ thống chưa có ảnh con dấu của cơ quan. Hãy nhờ người quản trị đặt ảnh con dấu trước."))
    return bytes(row.content)


def seal_picture(issuer: int) -> bytes:
    """The seal of an issuer by its id, PNG. Raises NoPicture."""
    return of_issuer(Issuer.objects.get(id=issuer))


@act("document.set_picture", policy=policies.may_keep_picture, label="Đặt ảnh chữ ký, con dấu")
def set_picture(
    actor: Actor, content: bytes, *, user: int | None = None, issuer: int | None = None, width_mm: float = 36.0
) -> None:
    """Keep a picture of the own signature, or of the agency's seal. Raises Invalid for anything but a small PNG."""
    problem = _wrong(content)
    if problem:
        raise Invalid(problem, problems=(Problem("picture", problem, "picture"),))
    SignaturePicture.objects.create(
        user=user if issuer is None else None, issuer_id=issuer, content=content, width_mm=width_mm, at=utc_now()
    )
    note(user=user, issuer=issuer, by=actor.name)


def _wrong(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        return _("Ảnh lớn hơn 1 MB. Hãy thu nhỏ rồi tải lại.")
    try:
        with Image.open(io.BytesIO(content)) as picture:
            fits = picture.format == "PNG" and picture.mode in ("RGBA", "LA", "P")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        fits = False
    return "" if fits else _("Ảnh phải là PNG có nền trong suốt.")
