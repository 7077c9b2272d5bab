"""Reminding people who have not confirmed, by the program and by hand, and ending what was made known."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict
from congvu.common.zones import local, local_date, utc_now
from congvu.domains.documents import policies, readership
from congvu.domains.documents.events import ReaderReminded
from congvu.domains.documents.models import Confirmation, Dissemination
from congvu.domains.documents.services import spread_ending
from congvu.domains.documents.services.naming import book_posts
from congvu.domains.documents.services.reading_terms import MOMENT, again_after
from congvu.domains.documents.services.recalling import reason_of
from congvu.domains.documents.services.spreading import load
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.worktime import selectors as calendars

SOON, LATE, ASKED = 1, 2, 3


@act("document.remind_reader", policy=policies.only_system, label="Nhắc xác nhận đã đọc văn bản")
def remind_reader(_actor: Actor, confirmation_id: UUID) -> int:
    """Tell one person that the term draws near (1) or is over (2), and when to tell again; 0 if there is nothing.

    Who left the post, or whose unit has ended, is told nothing any more, and the work goes out of the inbox.
    """
    found = Confirmation.objects.values_list("dissemination_id", flat=True).get(id=confirmation_id)
    record = records.lock(found)
    one = Confirmation.objects.select_related("dissemination").get(id=confirmation_id)
    now = utc_now()
    if one.notice_at is None or one.notice_at > now:
        return 0
    if (one.user, one.position_id) not in readership.present_in([one], local_date(now)):
        one.notice_at = None
        one.save(update_fields=["notice_at"])
        spread_ending.close_items(one.dissemination)
        note(record=record.id, left=one.name)
        return 0
    level = LATE if now > one.due_at else SOON
    calendar = calendars.calendar(orgs.calendar_of(one.unit_id))
    one.notice_at = one.due_at + MOMENT if level == SOON else again_after(now, calendar, local_date(now))
    one.notices += 1
    one.save(update_fields=["notice_at", "notices"])
    publish(ReaderReminded(confirmation=one.id, level=level, times=one.notices))
    note(record=record.id, level=level)
    return level


def waiting_reminders(limit: int = 500) -> list[UUID]:
    """People whose next reminder is due, the oldest first."""
    rows = Confirmation.objects.filter(notice_at__lte=utc_now()).order_by("notice_at", "id")
    return list(rows.values_list("id", flat=True)[:limit])


@act("document.nudge_readers", policy=readership.may_manage, label="Nhắc người chưa đọc văn bản")
def nudge_readers(_actor: Actor, dissemination_id: UUID) -> int:
    """Remind everybody who has not confirmed, at most once a day. How many were told.

    Raises WrongState once it ended, Conflict when all have confirmed or it was done today.
    """
    _source, record, row = load(dissemination_id)
    now = utc_now()
    if row.nudged_at is not None and local_date(row.nudged_at) == local_date(now):
        raise Conflict(_("Hôm nay đã nhắc lúc %(when)s. Ngày mai nhắc lại được.") % {"when": _hour(row)})
    lacking = list(row.confirmations.filter(confirmed_at=None).order_by("id"))
    present = readership.present_in(lacking, local_date(now))
    told = [one for one in lacking if (one.user, one.position_id) in present]
    if not told:
        raise Conflict(_("Mọi người đều đã xác nhận."))
    for one in told:
        one.notices += 1
        publish(ReaderReminded(confirmation=one.id, level=ASKED, times=one.notices))
    Confirmation.objects.bulk_update(told, ["notices"])
    row.nudged_at = now
    row.save(update_fields=["nudged_at"])
    note(record=record.id, people=len(told))
    return len(told)


def _hour(row: Dissemination) -> str:
    return f"{local(row.nudged_at):%H:%M}" if row.nudged_at else ""


@act("document.end_dissemination", policy=readership.may_manage, label="Kết thúc phổ biến văn bản")
def end_dissemination(actor: Actor, dissemination_id: UUID, *, reason: str, take_back: bool = False) -> None:
    """End it with a reason; nobody is asked any more and the report stays as it is on this day.

    ``take_back``: it went to the wrong people, so posts that may read the document by this alone read it no more.
    Raises Invalid without a reason, WrongState the second time.
    """
    words = reason_of(reason)
    source, record, row = load(dissemination_id)
    spread_ending.end(record, row, by=actor.name, reason=words)
    if take_back:
        if source is not None:
            spread_ending.take_back_reading(source, row)
        own = {f"p:{row.post_id}", *book_posts(row.agency_id)}
        records.change(record, drop_readers=[key for key in record.readers if key not in own])
    note(record=record.id, reason=words[:200], take_back=take_back)
