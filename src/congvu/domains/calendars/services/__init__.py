"""The door for writing. The acts of officials, and the steps journeys use inside their own acts (``steps``)."""

from congvu.domains.calendars.services.entries import amend, approve, cancel, decline, move, register
from congvu.domains.calendars.services.rooms import add_room, close_room
from congvu.domains.calendars.services.series import add_series, end_series, extend_series
from congvu.domains.calendars.services.steps import cancel_entry, load, move_entry, register_entry
from congvu.domains.calendars.services.weeks import publish_week

__all__ = [
    "add_room", "add_series", "amend", "approve", "cancel", "cancel_entry", "close_room", "decline", "end_series",
    "extend_series", "load", "move", "move_entry", "publish_week", "register", "register_entry",
]  # fmt: skip
