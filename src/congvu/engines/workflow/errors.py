"""Refusals of the room."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from congvu.common.errors import Conflict
from congvu.common.spoken import say_padded
from congvu.common.zones import local, local_date
from congvu.engines.workflow.conditions import ConditionError


class AlreadyDone(Conflict):
    """The item was completed or cancelled before; the message says by whom and when."""

    code = "already_done"


class NotRunnable(Conflict):
    """The process is a draft or has errors, so it cannot start."""

    code = "not_runnable"


class _Item(Protocol):
    name: str
    state: str
    done_by: str
    done_at: datetime | None


def require_open(item: _Item) -> None:
    """Raise AlreadyDone unless the item is open."""
    if item.state == "open":
        return
    values = {"step": item.name, "who": item.done_by}
    values["when"] = f"{local(item.done_at):%H:%M} {say_padded(local_date(item.done_at))}" if item.done_at else ""
    if item.state == "done":
        raise AlreadyDone(_("Việc “%(step)s” đã được %(who)s làm xong lúc %(when)s.") % values)
    raise AlreadyDone(_("Việc “%(step)s” không còn phải làm từ %(when)s.") % values)


__all__ = ["AlreadyDone", "ConditionError", "NotRunnable", "require_open"]
