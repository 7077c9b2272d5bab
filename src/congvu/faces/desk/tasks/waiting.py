"""What the inbox shows of a task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.tasks import selectors as tasks
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.discovery import Waiting
from congvu.faces.desk.tasks.rows import chip_of, facts_of


def preview(actor: Actor, item: ItemView) -> Mapping[str, Any]:
    """Everything needed to decide in the simple case. Raises NotFound when the post may not see the task."""
    view = tasks.task(actor, item.record_id)
    return {"view": view, "chip": chip_of(view), "facts": facts_of(view), "entries": view.entries[:3]}


WAITING = (
    Waiting(
        kind="task", address="desk_task", icon="flag", label=gettext_lazy("Nhiệm vụ"),
        template="desk/tasks/_preview.html", preview=preview,
    ),
)  # fmt: skip
