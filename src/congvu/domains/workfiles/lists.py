"""Reading lists of files (danh mục hồ sơ): headings in Roman and Arabic, symbols, footer counts."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.common.zones import local_date
from congvu.domains.workfiles import policies, retention
from congvu.domains.workfiles.metadata import maintenance_words
from congvu.domains.workfiles.models import Catalogue, CatalogueState, Heading, Line, WorkFile
from congvu.domains.workfiles.types import CatalogueView, HeadingView, LineView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """A heading's number: 1 is I, 14 is XIV."""
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def catalogues(actor: Actor) -> list[tuple[int, int, str]]:
    """The lists of the own agency: id, year, state, newest first. One statement beside the tree's."""
    rows = Catalogue.objects.filter(agency=policies.agency_of(actor) or 0).order_by("-year")
    return [(row.pk, row.year, str(CatalogueState(row.state).label)) for row in rows]


def catalogue(actor: Actor, catalogue_id: int) -> CatalogueView:
    """One list of the own agency. Raises NotFound. Five statements however long it is."""
    row = Catalogue.objects.filter(id=catalogue_id, agency=policies.agency_of(actor) or 0).first()
    if row is None:
        raise NotFound(_("Không tìm thấy danh mục hồ sơ này."))
    tree, lines = orgs.tree(), list(Line.objects.filter(catalogue=row).select_related("heading").order_by("number"))
    opened = dict(WorkFile.objects.filter(line__in=lines).values_list("line_id", "record_id"))
    by_heading = defaultdict(list)
    for line in lines:
        by_heading[line.heading_id].append(_line(line, tree, opened.get(line.pk)))
    agency = tree.get(row.agency_id)
    return CatalogueView(
        id=row.pk, agency_id=row.agency_id, agency=agency.name if agency else "", year=row.year, state=row.state,
        state_label=str(CatalogueState(row.state).label), running=row.running, decision=row.decision,
        approved_by=row.approved_by, issued_at=row.issued_at, headings=_headings(row, by_heading),
        total=len(lines), permanent=sum(line.years is None for line in lines), abilities=_abilities(actor, row),
    )  # fmt: skip


def _headings(row: Catalogue, lines: dict[int, list[LineView]]) -> tuple[HeadingView, ...]:
    """Big headings in Roman, small ones in Arabic beginning anew under each."""
    found = list(Heading.objects.filter(catalogue=row).order_by("order", "id"))
    small = defaultdict(list)
    for one in found:
        if one.parent_id:
            small[one.parent_id].append(one)
    return tuple(
        HeadingView(
            one.pk, roman(place), one.title, one.symbol, tuple(lines.get(one.pk, ())),
            tuple(
                HeadingView(child.pk, str(number), child.title, child.symbol, tuple(lines.get(child.pk, ())))
                for number, child in enumerate(small[one.pk], start=1)
            ),
        )
        for place, one in enumerate((one for one in found if not one.parent_id), start=1)
    )  # fmt: skip


def _line(line: Line, tree: UnitTree, file: UUID | None) -> LineView:
    unit = tree.get(line.unit_id)
    symbol = f"{line.number:02d}.{line.heading.symbol}" if line.heading.symbol else f"{line.number:02d}"
    return LineView(
        line.pk, symbol, line.title, maintenance_words(line.years), line.years, line.unit_id,
        unit.short_name if unit else "", line.note, file,
    )  # fmt: skip


def _abilities(actor: Actor, row: Catalogue) -> frozenset[str]:
    able = set[str]()
    drafts = policies.agency_of(actor) == row.agency_id and actor.has_role("registrar", *policies.LEADERS)
    if row.state == CatalogueState.DRAFT:
        able |= {"edit"} if drafts else set()
        able |= {"approve"} if policies.heads(actor, row.agency_id) else set()
    if row.state == CatalogueState.APPROVED and policies.archives(actor, row.agency_id):
        able.add("issue")
    return frozenset(able)


def free_lines(actor: Actor) -> list[LineView]:
    """Lines of issued lists of the own agency from which no file was opened yet, the own unit's first."""
    agency = policies.agency_of(actor) or 0
    year = local_date(timezone.now()).year
    rows = Line.objects.filter(
        catalogue__agency=agency, catalogue__state=CatalogueState.ISSUED, catalogue__year__gte=year - 1
    ).exclude(id__in=WorkFile.objects.filter(line__isnull=False).values("line_id"))
    tree = orgs.tree()
    found = [_line(line, tree, None) for line in rows.select_related("heading").order_by("-catalogue__year", "number")]
    return sorted(found, key=lambda line: line.unit_id != actor.unit_id)


def retention_rules() -> list[tuple[str, str]]:
    """The kinds of file a table gives a shortest term for: key, and title with term."""
    found = retention.rules(local_date(timezone.now())).values()
    return [(rule.key, f"{rule.title}: {maintenance_words(rule.years)}") for rule in found]
