"""Rating by the random token of the short link: no account, once for each dossier."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.events import DossierRated
from congvu.domains.dossiers.models import RATEABLE, Dossier, Rating
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish

REASONS = {
    "wait": gettext_lazy("Chờ lâu"),
    "trips": gettext_lazy("Phải đi lại nhiều lần"),
    "guidance": gettext_lazy("Hướng dẫn khó hiểu"),
    "attitude": gettext_lazy("Thái độ phục vụ chưa tốt"),
    "papers": gettext_lazy("Yêu cầu giấy tờ ngoài quy định"),
}


@act("dossier.rate", policy=policies.anybody, label="Đánh giá việc phục vụ")
def rate(_actor: Actor, token: str, *, score: int, reasons: list[str], comment: str = "") -> None:
    """Keep one rating. The trail says that the dossier was rated, not how nor by whom.

    Raises NotFound, Invalid, WrongState before there is a result, Conflict for a second rating.
    """
    dossier = Dossier.objects.select_related("record").filter(token=token).first()
    if dossier is None:
        raise NotFound(_("Đường dẫn này không còn dùng được."))
    if not 1 <= score <= 5:
        raise Invalid(_("Chọn một mức đánh giá."), problems=(Problem("score", _("Chọn một trong năm mức.")),))
    if dossier.record.state not in RATEABLE:
        raise WrongState(_("Hồ sơ chưa có kết quả nên chưa đánh giá được."))
    chosen = [r for r in reasons if r in REASONS][:3] if score <= 2 else []
    try:
        with transaction.atomic():
            Rating.objects.create(
                dossier=dossier, score=score, reasons=chosen, comment=clean(comment)[:1000], at=timezone.now()
            )
    except IntegrityError as error:
        raise Conflict(_("Hồ sơ này đã được đánh giá. Cảm ơn ông/bà."), code="rated") from error
    publish(DossierRated(record=dossier.record_id, score=score))
    note(record=dossier.record_id)
