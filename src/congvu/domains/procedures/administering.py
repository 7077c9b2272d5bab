"""The catalogue as its administrators list it: what runs by which process, and what does not and why."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.domains.procedures.finding import Query
from congvu.domains.procedures.models import ProcedureVersion
from congvu.domains.procedures.types import AdminPage, AdminRow

PAGE = 50
STATES = {
    "own": Q(blocks=[]) & ~Q(steps_origin="template"),
    "template": Q(blocks=[], steps_origin="template"),
    "blocked": ~Q(blocks=[]),
}
_FIELDS = ("id", "procedure__code", "name", "field__name", "levels", "budget", "steps_origin", "blocks", "unverified")


def counts() -> dict[str, int]:
    """How many procedures in force there are in each state, and ``all``. One statement."""
    found: dict[str, int] = _open().aggregate(
        all=Count("id"), **{key: Count("id", filter=condition) for key, condition in STATES.items()}
    )
    return found


def page(*, state: str = "", text: str = "", after: str = "", limit: int = PAGE) -> AdminPage:
    """Procedures in force by name, by keyset, in one statement. ``text`` is a code or words of the name.

    Raises Invalid for a strange cursor.
    """
    rows = _matching(_open(), text).filter(STATES.get(state, Q()))
    if after:
        if not after.isdecimal() or len(after) > 18:
            raise Invalid(_("Trang này không còn."), problems=(Problem("after", _("Hãy mở lại danh sách từ đầu.")),))
        name = Subquery(ProcedureVersion.objects.filter(id=int(after)).values("sort")[:1])
        rows = rows.filter(Q(sort__gt=name) | Q(sort=name, id__gt=int(after)))
    found = list(rows.order_by("sort", "id").values(*_FIELDS)[: limit + 1])
    listed = tuple(_row(row) for row in found[:limit])
    return AdminPage(listed, str(listed[-1].version_id) if len(found) > limit else "")


def _open() -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(valid_to=None)


def _matching(rows: QuerySet[ProcedureVersion], text: str) -> QuerySet[ProcedureVersion]:
    query = Query(text)
    if not query.folded:
        return rows
    if query.code_start:
        return rows.filter(procedure__code__startswith=query.code_start)
    every = Q()
    for word in query.folded.split():
        every &= Q(folded__contains=word)
    return rows.filter(every)


def _row(row: dict[str, Any]) -> AdminRow:
    runs = "template" if row["steps_origin"] == "template" else "own"
    return AdminRow(
        code=row["procedure__code"], version_id=row["id"], name=row["name"], field=row["field__name"],
        levels=tuple(row["levels"]), budget=row["budget"], state="blocked" if row["blocks"] else runs,
        steps_origin=row["steps_origin"], blocks=tuple(row["blocks"]), unverified=len(row["unverified"]),
    )  # fmt: skip
