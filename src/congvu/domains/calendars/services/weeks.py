"""Publishing the week of an agency."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.domains.calendars import policies, times
from congvu.domains.calendars.events import WeekPublished
from congvu.domains.calendars.models import Entry, Week
from congvu.domains.calendars.services import steps
from congvu.domains.calendars.types import State
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records


@act("calendar.publish_week", policy=policies.may_keep, label="Công bố lịch công tác tuần")
def publish_week(actor: Actor, monday: date) -> int:
    """The agency's week is open to all its staff; proposals stay proposals, what fell out before is not shown them.

    Returns the week. Raises Invalid for a day that is no Monday, Conflict for a week that was published.
    """
    if monday != times.monday_of(monday):
        message = _("Tuần bắt đầu từ thứ Hai.")
        raise Invalid(message, problems=(Problem("monday", message, "monday"),))
    tree, agency = orgs.tree(), policies.agency_of(actor)
    week, made = Week.objects.get_or_create(
        agency_id=agency, monday=monday, defaults={"published_at": timezone.now(), "published_by": actor.name}
    )
    if not made:
        raise Conflict(_("Lịch tuần này đã được công bố."))
    first, last = times.edges(monday, monday + 6 * times.DAY)
    rows = Entry.objects.filter(agency=agency, starts_at__lt=last, ends_at__gt=first, record__state=State.APPROVED)
    entries = list(rows.order_by("record_id").values_list("record_id", flat=True))
    for entry in entries:
        steps.open_to_all(records.lock(entry), agency, tree)
    publish(WeekPublished(week=week.pk))
    note(week=monday.isoformat(), entries=len(entries))
    return int(week.pk)
