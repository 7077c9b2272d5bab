"""The door for reading. The catalogue is public: no actor is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db.models import Count, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, NotFound, Problem
from congvu.common.spoken import say_padded
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.procedures import administering, comparing, finding, views
from congvu.domains.procedures.data import load
from congvu.domains.procedures.models import Field, FieldSynonym, ProcedureVersion, StepRow
from congvu.domains.procedures.types import (
    FieldView,
    LifeEvent,
    Page,
    ProcedureCard,
    ProcedureView,
    RunnableReport,
    SearchAnswer,
)
from congvu.engines.workflow.types import Step

AUDIENCES = ("citizen", "business")
PAGE_LIMIT = 100


def procedure(code: str, on: date) -> ProcedureView:
    """The version in force on a day. Raises NotFound."""
    rows = _in_force(on).filter(procedure__code=code).order_by("-number") if "\0" not in code else None
    found = rows.values_list("id", "valid_to").first() if rows is not None else None
    if found is None:
        told = {"code": clean(code)[:20], "on": say_padded(on)}
        raise NotFound(_("Không có thủ tục %(code)s trong danh mục vào ngày %(on)s.") % told)
    return _kept(*found)


def version(version_id: int) -> ProcedureView:
    """One version for ever, as dossiers keep it. Raises NotFound."""
    found = ProcedureVersion.objects.filter(id=version_id).values_list("id", "valid_to").first()
    if found is None:
        raise NotFound(_("Không có phiên bản thủ tục này."))
    return _kept(*found)


def _kept(version_id: int, valid_to: date | None) -> ProcedureView:
    """The version from this process's memory, with its last day as it is now: the database lets nothing else change."""
    view = _content(version_id, get_language())
    return view if view.valid_to == valid_to else replace(view, valid_to=valid_to)


@lru_cache(maxsize=512)
def _content(version_id: int, _language: str | None) -> ProcedureView:
    """Kept by language too, because the words for the time limit are translated."""
    return views.view(_whole(ProcedureVersion.objects.filter(id=version_id)).get())


def versions(code: str) -> tuple[ProcedureView, ...]:
    """The history of a procedure, newest first."""
    rows = _whole(ProcedureVersion.objects.filter(procedure__code=code)).order_by("-number")
    return tuple(views.view(row) for row in rows)


def steps_of(version_id: int) -> tuple[Step, ...]:
    """The process of a version as the workflow engine compiles it. A step without role makes a draft.

    A step of an outside agency stands with the role that records its answer, the clerk of the receiving centre, and
    the place ``external``. Raises NotFound.
    """
    rows = StepRow.objects.filter(version=version_id).order_by("order")
    steps = tuple(
        Step(
            key=row.key, name=row.name, role=row.role, place=row.place or "", hours=row.hours,
            public_name=row.public_name, kind=row.kind, pause=row.pause,
        )
        for row in rows
    )  # fmt: skip
    if not steps and not ProcedureVersion.objects.filter(id=version_id).exists():
        raise NotFound(_("Không có phiên bản thủ tục này."))
    return steps


def search(
    q: str, *, level: str = "", field: str = "", audience: str = "", limit: int = 20, on: date | None = None
) -> SearchAnswer:
    """Procedures that fit what was typed, best first; none: the three nearest. At most two statements.

    ``level`` is ``commune``, ``province`` or ``ministry``; ``field`` a field's name or synonym; ``audience`` is
    ``citizen`` or ``business``. An empty query finds nothing.
    """
    query = finding.Query(q)
    if not query.folded:
        return SearchAnswer(query.text, (), ())
    among = _narrowed(on or _today(), level, field, audience)
    limit = max(1, min(limit, PAGE_LIMIT))
    found = finding.hits(among, query, limit)
    if found:
        return SearchAnswer(query.text, tuple(found), ())
    close = finding.likely(among, query, max(limit, finding.NEAREST))
    typos = tuple(line for line in close if line.score >= finding.TYPO_FLOOR)[:limit]
    return SearchAnswer(query.text, typos, () if typos else tuple(close[: finding.NEAREST]))


def list_page(
    *, after: str = "", level: str = "", field: str = "", audience: str = "", limit: int = 50, on: date | None = None
) -> Page:
    """The catalogue in order of name, a page at a time, in one statement. Raises Invalid for a strange cursor."""
    rows = _narrowed(on or _today(), level, field, audience)
    if after:
        if not after.isdecimal() or len(after) > 18:
            raise Invalid(_("Trang này không còn."), problems=(Problem("after", _("Hãy mở lại danh sách từ đầu.")),))
        name = Subquery(ProcedureVersion.objects.filter(id=int(after)).values("sort")[:1])
        rows = rows.filter(Q(sort__gt=name) | Q(sort=name, id__gt=int(after)))
    limit = max(1, min(limit, PAGE_LIMIT))
    found = list(rows.order_by("sort", "id").values(*views.CARD_FIELDS)[: limit + 1])
    cards = tuple(views.card(row) for row in found[:limit])
    return Page(cards, str(cards[-1].version_id) if len(found) > limit else "")


admin_counts = administering.counts
admin_page = administering.page
open_flags = comparing.open_flags


def cards(codes: Sequence[str], *, on: date | None = None) -> tuple[ProcedureCard, ...]:
    """Cards of these procedures in the order given; codes not in force are left out. One statement."""
    found = {card.code: card for card in _cards(_in_force(on or _today()).filter(procedure__code__in=list(codes)))}
    return tuple(found[code] for code in codes if code in found)


def fields(*, on: date | None = None) -> tuple[FieldView, ...]:
    """Fields that have procedures in force, with their number, by name. One statement."""
    day = on or _today()
    rows = (
        _in_force(day)
        .values("field_id", "field__name", "field__audiences")
        .annotate(procedures=Count("id"))
        .order_by("field__name")
    )
    return tuple(
        FieldView(row["field_id"], row["field__name"], tuple(row["field__audiences"]), row["procedures"])
        for row in rows
    )


def life_events(*, on: date | None = None) -> tuple[LifeEvent, ...]:
    """The eight events of a life and their procedures in force, in the order people need them. One statement."""
    lines = load("life_events")
    wanted = {code for line in lines for code in line["codes"]}
    found = {card.code: card for card in _cards(_in_force(on or _today()).filter(procedure__code__in=wanted))}
    return tuple(
        LifeEvent(
            line["key"], line["title"], line["icon"], tuple(found[code] for code in line["codes"] if code in found)
        )
        for line in lines
    )


def runnable_report(*, on: date | None = None) -> RunnableReport:
    """How many procedures can run from filing to result, own steps and template told apart, and why others cannot."""
    own: list[str] = []
    template: list[str] = []
    blocked: dict[str, list[str]] = {}
    runs: dict[int, str] = {}
    rows = _in_force(on or _today()).order_by("procedure__code")
    found = list(rows.values_list("id", "procedure__code", "steps_origin", "blocks"))
    for version_id, code, origin, blocks in found:
        for reason in blocks:
            blocked.setdefault(reason, []).append(code)
        if not blocks:
            runs[version_id] = code
            (template if origin == "template" else own).append(code)
    ordered = sorted(blocked.items(), key=lambda line: (-len(line[1]), line[0]))
    reasons = {reason: tuple(codes) for reason, codes in ordered}
    return RunnableReport(len(found), tuple(own), tuple(template), reasons, _places(runs))


def _places(runs: dict[int, str]) -> dict[str, tuple[str, ...]]:
    """The codes of runnable versions by the places their steps need."""
    places: dict[str, set[str]] = {}
    for version_id, place in StepRow.objects.filter(version__in=list(runs)).values_list("version", "place"):
        places.setdefault(str(place), set()).add(runs[version_id])
    return {place: tuple(sorted(codes)) for place, codes in sorted(places.items())}


def _today() -> date:
    return local_date(timezone.now())


def _in_force(on: date) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


def _whole(rows: QuerySet[ProcedureVersion]) -> QuerySet[ProcedureVersion]:
    return rows.select_related("procedure", "field").prefetch_related("steps")


def _cards(rows: QuerySet[ProcedureVersion]) -> list[ProcedureCard]:
    return [views.card(row) for row in rows.values(*views.CARD_FIELDS)]


def _narrowed(on: date, level: str, field: str, audience: str) -> QuerySet[ProcedureVersion]:
    rows = _in_force(on)
    if level:
        rows = rows.filter(levels__contains=[level])
    if field:
        synonyms = FieldSynonym.objects.filter(name=field).values("field")
        rows = rows.filter(Q(field__in=Field.objects.filter(name=field)) | Q(field__in=synonyms))
    if audience:
        rows = rows.filter(field__audiences__contains=[audience])
    return rows
