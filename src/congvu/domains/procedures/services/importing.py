"""Importing procedures: a plan of what each row would do, then one transaction that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.procedures import content as contents
from congvu.domains.procedures.data import load
from congvu.domains.procedures.models import ProcedureVersion
from congvu.domains.procedures.policies import may_administer
from congvu.domains.procedures.reading import RowRefused
from congvu.domains.procedures.types import Content, ImportReport, RowNote
from congvu.domains.procedures.versions import open_versions
from congvu.ground.audit.services import act, note

Progress = Callable[[int, int], None]
ROWS_LIMIT = 20_000
# Fixed key of the advisory lock that lets one import run at a time: two plans must not be made from one state.
IMPORT_LOCK = 7_310_063


@dataclass(slots=True)
class _Plan:
    create: list[Content] = field(default_factory=list)
    update: list[Content] = field(default_factory=list)
    same: list[Content] = field(default_factory=list)
    refused: list[RowNote] = field(default_factory=list)
    warnings: list[RowNote] = field(default_factory=list)

    def report(self, *, dry_run: bool) -> ImportReport:
        taken = [*self.create, *self.update, *self.same]
        origins = [content.values["steps_origin"] for content in taken if not content.values["blocks"]]
        template = origins.count("template")
        return ImportReport(
            create=len(self.create), update=len(self.update), same=len(self.same),
            refused=tuple(self.refused), warnings=tuple(self.warnings),
            runnable_own=len(origins) - template, runnable_template=template, dry_run=dry_run,
        )  # fmt: skip


def shipped_rows() -> list[dict[str, Any]]:
    """The 360 procedures that the program carries (facts of July 2026; see NOTICE)."""
    rows: list[dict[str, Any]] = load("procedures")
    return rows


def import_rows(
    actor: Actor, rows: Sequence[Any], *, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Take procedure rows into the catalogue; a changed row becomes a new version dated today.

    Rows that are no procedure are refused one by one with the reason; the others are written together or not at all.
    A dry run reads and reports only. What the authority set itself (``set_time``, ``set_steps``) survives.
    ``progress`` is told rows done and rows in all. Raises Forbidden, and Invalid for a list that is too long.
    """
    if len(rows) > ROWS_LIMIT:
        problem = Problem(
            "rows",
            _("Tệp có %(count)s dòng, tối đa %(rows_limit)s.") % {"count": len(rows), "rows_limit": ROWS_LIMIT},
            "too_many",
        )
        raise Invalid(_("Tệp quá dài."), problems=(problem,))
    if dry_run:
        may_administer(actor)
        return _plan(rows, progress).report(dry_run=True)
    return _import(actor, rows, progress)


@act("procedures.import", policy=may_administer, label="Nhập danh mục thủ tục hành chính")
def _import(_actor: Actor, rows: Sequence[Any], progress: Progress | None) -> ImportReport:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    plan = _plan(rows, progress)
    open_versions([*plan.create, *plan.update], local_date(timezone.now()))
    report = plan.report(dry_run=False)
    note(
        create=report.create,
        update=report.update,
        same=report.same,
        refused=[line.code for line in report.refused][:200],
        updated=[line.code for line in plan.update][:200],
    )
    return report


def _plan(rows: Sequence[Any], progress: Progress | None) -> _Plan:
    """What each row would do against the versions in force."""
    plan, taken = _Plan(), dict[str, int]()
    current = {
        code: (sha, local)
        for code, sha, local in ProcedureVersion.objects.filter(valid_to=None).values_list(
            "procedure__code", "sha256", "local"
        )
    }
    for place, row in enumerate(rows, start=1):
        try:
            _place(plan, contents.read_row(row), place, taken, current)
        except RowRefused as refusal:
            plan.refused.append(RowNote(_shown_code(row, place), str(refusal)))
        if progress is not None:
            progress(place, len(rows))
    return plan


def _place(
    plan: _Plan, content: Content, place: int, taken: dict[str, int], current: dict[str, tuple[str, dict[str, Any]]]
) -> None:
    if content.code in taken:
        raise RowRefused(_("code: trùng mã với dòng %(code)s của tệp") % {"code": taken[content.code]})
    taken[content.code] = place
    sha, local = current.get(content.code, ("", {}))
    contents.settle(content, local)
    target = plan.create if not sha else plan.same if contents.digest(content) == sha else plan.update
    target.append(content)
    plan.warnings += [RowNote(content.code, reason) for reason in contents.warnings_of(content)]


def _shown_code(row: Any, place: int) -> str:
    """How a refused row is named: its code if it has one that can be shown, else its place in the file."""
    code = row.get("code") if isinstance(row, dict) else None
    shown = clean(code)[:60] if isinstance(code, str) else ""
    return shown or _("dòng %(place)s") % {"place": place}
