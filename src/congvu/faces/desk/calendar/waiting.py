"""What the inbox shows of an entry that waits for the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.calendars import selectors as calendars
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.calendar.rows import facts_of
from congvu.faces.desk.discovery import Waiting


def preview(actor: Actor, item: ItemView) -> Mapping[str, Any]:
    """Everything needed to decide in the simple case. Raises NotFound when the post may not see the entry."""
    view = calendars.entry(actor, item.record_id)
    return {"entry": view, "facts": facts_of(view)}


WAITING = (
    Waiting(
        kind="calendar", address="desk_calendar_entry", icon="cal", label=gettext_lazy("Lịch công tác"),
        template="desk/calendar/_preview.html", preview=preview,
    ),
)  # fmt: skip
