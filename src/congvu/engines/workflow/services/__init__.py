"""The door for writing: publishing is an act, the rest are steps of the acts of domains."""

from congvu.engines.workflow.library import service_task
from congvu.engines.workflow.services.items import (
    assign,
    cancel_item,
    claim,
    mark_seen,
    open_item,
    release,
    retitle,
    set_due,
    set_item_due,
    snooze,
)
from congvu.engines.workflow.services.later import put_off
from congvu.engines.workflow.services.publish import ensure_process, publish_definition, publish_process
from congvu.engines.workflow.services.run import (
    cancel,
    cancel_for,
    complete,
    deliver_message,
    send_back,
    set_variables,
    start,
)

__all__ = [
    "assign", "cancel", "cancel_for", "cancel_item", "claim", "complete", "deliver_message", "ensure_process",
    "mark_seen", "open_item", "publish_definition", "publish_process", "put_off", "release", "retitle", "send_back",
    "service_task", "set_due", "set_item_due", "set_variables", "snooze", "start",
]  # fmt: skip
