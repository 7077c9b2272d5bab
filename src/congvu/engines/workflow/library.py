"""Whole files: every process in them, calls between them, and the registered services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid
from congvu.engines.workflow import bpmn
from congvu.engines.workflow.compiler import Called, Compiled, Context, compile_process
from congvu.engines.workflow.types import FileReport, ProcessReport
from congvu.ground.orgs.selectors import ROLES

ServiceTask = Callable[[UUID, dict[str, Any]], dict[str, Any] | None]
SERVICES: dict[str, ServiceTask] = {}
Resolve = Callable[[str], Called | None]


def service_task(name: str) -> Callable[[ServiceTask], ServiceTask]:
    """Register what a service, send or business-rule task of that name runs.

    The function gets the record's id and the variables, and returns variables to set. It is an undecorated step: the
    engine runs it after commit, inside an act of the system actor, at least once until it succeeds; its effects
    commit together with the step, so they count once.
    """

    def decorate(function: ServiceTask) -> ServiceTask:
        if SERVICES.setdefault(name, function) is not function:
            raise RuntimeError(f"service task {name} registered twice")
        return function

    return decorate


def compile_file(data: bytes, resolve: Resolve | None = None) -> list[Compiled]:
    """All processes of a BPMN file. Raises Invalid, in words, for a file that cannot be read.

    A called process is looked for in the file first, then by ``resolve``.
    """
    root = bpmn.read(data)
    found = bpmn.children(root, "process")
    elements = {e.get("id") or "": e for e in found}
    if not elements:
        raise bpmn.refused(_("Tệp không có quy trình nào."))
    if len(elements) < len(found):
        raise bpmn.refused(_("Tệp có hai quy trình cùng mã (id). Hãy đặt cho mỗi quy trình một mã riêng."))
    done: dict[str, Compiled] = {}
    under_way: list[str] = []

    def find(key: str) -> Called | None:
        if key not in elements:
            return resolve(key) if resolve is not None else None
        inner = make(key)
        return None if inner is None or inner.graph is None else Called(key, 0, "", inner.graph)

    def make(key: str) -> Compiled | None:
        if key in under_way:
            return None
        if key not in done:
            under_way.append(key)
            done[key] = compile_process(elements[key], Context(frozenset(ROLES), SERVICES, find))
            under_way.remove(key)
        return done[key]

    return [compiled for key in elements if (compiled := make(key)) is not None]


def check_file(data: bytes) -> FileReport:
    """What compiling the file says. Never raises for its content."""
    try:
        processes = compile_file(data)
    except Invalid as refusal:
        return FileReport((), (refusal.message,))
    return FileReport(tuple(ProcessReport(p.id, tuple(p.errors), tuple(p.warnings)) for p in processes), ())
