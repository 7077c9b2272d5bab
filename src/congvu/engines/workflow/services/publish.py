"""Publishing processes: new versions of definitions, which never change afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.engines.workflow.compiler import Called, Compiled
from congvu.engines.workflow.graph import Graph
from congvu.engines.workflow.library import compile_file
from congvu.engines.workflow.models import Definition
from congvu.engines.workflow.policies import may_publish
from congvu.engines.workflow.steps import to_bpmn
from congvu.engines.workflow.types import Step
from congvu.ground.audit.services import act, note


@act("workflow.publish", policy=may_publish, label="Công bố quy trình")
def publish_process(
    actor: Actor, /, key: str, *, title: str, steps: Sequence[Step] | None = None, bpmn: bytes | None = None
) -> int:
    """Publish a table of steps or a BPMN file as the next version of ``key``; the same content again changes nothing.

    Returns the definition's id. A process with errors is kept as a draft that cannot start. Raises Invalid for a
    table with wrong rows and for a file that cannot be read.
    """
    definition = publish_definition(key, title=title, steps=steps, bpmn=bpmn, by=actor.name)
    note(process=key, version=definition.version, sha256=definition.sha256, runnable=definition.runnable)
    return definition.id


def publish_definition(
    key: str, *, title: str, steps: Sequence[Step] | None = None, bpmn: bytes | None = None, by: str = ""
) -> Definition:
    """The step of the act, for acts of other rooms (imports)."""
    if (steps is None) == (bpmn is None):
        raise ValueError("give either steps or bpmn")
    source = to_bpmn(_xml_id(key), title, steps) if steps is not None else bpmn or b""
    compiled = _only(compile_file(source, latest))
    digest = _digest(title, source, compiled.graph)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7714))", [f"workflow:{key}"])
    last = Definition.objects.filter(key=key).order_by("-version").defer("bpmn", "compiled").first()
    if last is not None and last.sha256 == digest:
        return last
    return Definition.objects.create(
        key=key, version=last.version + 1 if last else 1, sha256=digest, title=title[:300], bpmn=source.decode(),
        steps=None if steps is None else [_row(step) for step in steps],
        compiled=compiled.graph.to_json() if compiled.graph else None, errors=compiled.errors,
        warnings=compiled.warnings, runnable=compiled.graph is not None, created_at=timezone.now(), created_by=by,
    )  # fmt: skip


def ensure_process(key: str, title: str, steps: Sequence[Step]) -> int:
    """The id of the newest version of ``key``, published first if the table is new or changed. For acts of domains."""
    return publish_definition(key, title=title, steps=steps).id


def latest(key: str) -> Called | None:
    """The newest runnable version of a process, as a call activity builds it in."""
    row = Definition.objects.filter(key=key, runnable=True).order_by("-version").first()
    return Called(key, row.version, row.sha256, Graph.from_json(row.compiled)) if row and row.compiled else None


def _only(processes: list[Compiled]) -> Compiled:
    """The one process of a file; among several, the one no other calls is not guessed."""
    if len(processes) != 1:
        message = _("Tệp có %(count)s quy trình; mỗi lần công bố một quy trình.") % {"count": len(processes)}
        raise Invalid(message, problems=(Problem("bpmn", message),))
    return processes[0]


def _digest(title: str, source: bytes, graph: Graph | None) -> str:
    """Of the title, the drawing, and the versions of what it calls."""
    calls = repr(graph.calls if graph else ())
    return hashlib.sha256(b"\0".join([title.encode(), source, calls.encode()])).hexdigest()


def _xml_id(key: str) -> str:
    """A process key as an XML id: letters, digits, ``_ - .``, not beginning with a digit."""
    return "p_" + "".join(c if c.isascii() and (c.isalnum() or c in "_-.") else "_" for c in key)


def _row(step: Step) -> dict[str, Any]:
    row = asdict(step)
    return row | {"hours": None if step.hours is None else f"{step.hours:f}", "outcomes": list(step.outcomes)}
