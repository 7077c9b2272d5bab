"""Refusals of the room."""

from congvu.common.errors import Conflict
from congvu.engines.workflow.conditions import ConditionError


class AlreadyDone(Conflict):
    """The item was completed or cancelled before; the message says by whom and when."""

    code = "already_done"


class NotRunnable(Conflict):
    """The process is a draft or has errors, so it cannot start."""

    code = "not_runnable"


__all__ = ["AlreadyDone", "ConditionError", "NotRunnable"]
