"""Looking at a drawn sample: by somebody else than who scanned; passed, or back with a reason."""

from __future__ import annotations

import math
import secrets
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.digitising import figures, policies
from congvu.domains.digitising.errors import WrongState
from congvu.domains.digitising.models import Scan, ScanState, State
from congvu.domains.digitising.services import steps
from congvu.domains.digitising.services.steps import wrong
from congvu.ground.audit.services import act, note
from congvu.ground.law.selectors import figure
from congvu.ground.records import services as records


@act("digitising.draw", policy=policies.may_draw, label="Rút mẫu kiểm tra bản số hóa")
def draw(_actor: Actor, batch: UUID, *, percent: int | None) -> int:
    """Draw the sample by lot, at least one scan; then nothing new is taken in. Returns how many.

    Raises Invalid for a share below the figure, WrongState without scans.
    """
    found = steps.load(batch, State.SCANNING)
    least = figure(figures.SAMPLE, local_date(timezone.now()))
    if percent is None or not least <= percent <= 100:
        raise wrong("percent", _("Tỷ lệ mẫu từ %(least)s đến 100 phần trăm.") % {"least": least}, "range")
    scans = list(Scan.objects.filter(batch=found, state=ScanState.TAKEN).order_by("id").values_list("id", flat=True))
    if not scans:
        raise WrongState(_("Đợt này chưa có bản số hóa nào."))
    drawn = secrets.SystemRandom().sample(scans, math.ceil(len(scans) * percent / 100))
    Scan.objects.filter(id__in=drawn).update(drawn=True)
    records.change(found.record, state=State.CHECKING)
    note(record=batch, percent=percent, drawn=len(drawn), scans=len(scans))
    return len(drawn)


@act("digitising.check", policy=policies.may_check, label="Kiểm tra chất lượng bản số hóa")
def check(actor: Actor, scan: int, *, passed: bool, reason: str = "") -> None:
    """Say that a drawn scan is good, or send it back to be made again. Raises Invalid without a reason, WrongState."""
    words = clean(reason)
    if not passed and not 0 < len(words) <= 500:
        raise wrong("reason", _("Ghi lý do phải quét lại."), "required")
    row = Scan.objects.get(id=scan)
    found = steps.load(row.batch_id, State.CHECKING)
    done = Scan.objects.filter(id=scan, drawn=True, state=ScanState.TAKEN).update(
        state=ScanState.PASSED if passed else ScanState.BACK, checked_at=timezone.now(), checked_by=actor.name,
        reason=words,
    )  # fmt: skip
    if not done:
        raise WrongState(_("Bản này không nằm trong mẫu, hoặc đã được kiểm tra."))
    records.change(found.record)
    note(record=row.batch_id, scan=row.doc_code, passed=passed, reason=words)
