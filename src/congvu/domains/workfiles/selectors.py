"""Reading lists, files, packages, councils: files always go through ``records.visible_to``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.errors import NotFound
from congvu.common.text import clean, fold
from congvu.common.zones import local_date
from congvu.domains.workfiles import exporting, packing, policies
from congvu.domains.workfiles.contents import described_fields, whole
from congvu.domains.workfiles.indexes import By, IndexRow, index_of
from congvu.domains.workfiles.keeping import copies_of, further_of, groups, may_describe, unkept, unkept_units
from congvu.domains.workfiles.lists import catalogue, catalogues, free_lines, retention_rules
from congvu.domains.workfiles.metadata import cut, maintenance_words
from congvu.domains.workfiles.models import Disposal, Entry, State, Submission, WorkFile
from congvu.domains.workfiles.papers import catalogue_book, disposal_book, index_book, minutes
from congvu.domains.workfiles.types import (
    Described,
    DisposalLine,
    DisposalView,
    EntryView,
    FileRow,
    FileView,
    MemberView,
    Package,
    Page,
    ShareRow,
    SubmissionView,
)
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records.selectors import visible_ids, visible_to

__all__ = [
    "By", "IndexRow", "Query", "catalogue", "catalogue_book", "catalogues", "copies_of", "counts", "disposal",
    "disposal_book", "disposals", "documents_of", "expired", "export", "file", "files", "files_holding", "free_lines",
    "further_of", "groups", "index_book", "index_of", "is_archive", "may_describe", "minutes", "package",
    "retention_rules", "share", "unkept", "unkept_units",
]  # fmt: skip

PAGE = 30


@dataclass(frozen=True, slots=True)
class Query:
    """Filters of a list; ``mine`` only the acting post's. ``online`` True or False: how closed files were handled.

    ``ended_since`` and ``ended_until`` take the files whose work ended in these days, closed since or not any more;
    ``level`` those of one group of information (``01`` public, ``02`` conditional).
    """

    states: tuple[str, ...] = ()
    text: str = ""
    year: int | None = None
    unit: int | None = None
    mine: bool = False
    online: bool | None = None
    overdue: bool = False
    ended_since: date | None = None
    ended_until: date | None = None
    level: str = ""


def files(actor: Actor, query: Query = Query(), *, after: str = "", limit: int = PAGE) -> Page:
    """Newest first. Two statements however long the table."""
    rows = _filtered(actor, query)
    if after:
        at, last = read_cursor(after)
        rows = rows.filter(Q(record__opened_at__lt=at) | Q(record__opened_at=at, record_id__lt=last))
    found = list(_counted(rows).order_by("-record__opened_at", "-record_id")[: limit + 1])
    shown, tree = found[:limit], orgs.tree()
    more = write_cursor(shown[-1].record.opened_at, shown[-1].record_id) if len(found) > limit else ""
    return Page(tuple(_row(one, tree) for one in shown), more)


def _filtered(actor: Actor, query: Query) -> QuerySet[WorkFile]:
    records = visible_to(actor).filter(kind=policies.KIND)
    if query.states:
        records = records.filter(state__in=query.states)
    if query.text:
        records = records.filter(folded__contains=fold(clean(query.text)))
    rows = WorkFile.objects.filter(record__in=records)
    given = {
        "year": query.year,
        "maker_unit": query.unit,
        "online": query.online,
        "rights": query.level or None,
        "ended_on__gte": query.ended_since,
        "ended_on__lte": query.ended_until,
    }
    rows = rows.filter(**{key: value for key, value in given.items() if value is not None})
    if query.mine:
        rows = rows.filter(maker_position=actor.position_id or 0)
    if query.overdue:
        rows = rows.filter(submit_by__lt=local_date(timezone.now()), record__state=State.CLOSED)
    return rows


def _counted(rows: QuerySet[WorkFile]) -> QuerySet[WorkFile]:
    return rows.select_related("record").annotate(held=Count("entries", filter=Q(entries__removed_at=None)))


def _row(one: WorkFile, tree: UnitTree) -> FileRow:
    record, unit = one.record, tree.get(one.maker_unit_id)
    return FileRow(
        id=record.id, code=record.code, title=record.title, state=record.state,
        state_label=str(State(record.state).label), year=one.year, notation=one.notation,
        retention=maintenance_words(one.years), maker=one.maker_name, unit_id=one.maker_unit_id,
        unit=unit.short_name if unit else "", documents=int(getattr(one, "held", 0)), started_on=one.started_on,
        ended_on=one.ended_on, submit_by=one.submit_by, online=one.online, frozen=one.frozen_at is not None,
    )  # fmt: skip


def counts(actor: Actor) -> dict[str, int]:
    """Files by state among those the actor may read. One statement."""
    rows = visible_to(actor).filter(kind=policies.KIND).values_list("state").annotate(Count("id"))
    return {str(state.value): dict(rows).get(state.value, 0) for state in State}


def file(actor: Actor, file_id: UUID) -> FileView:
    """One file whole. Raises NotFound, whether missing or hidden."""
    policies.visible_file(actor, file_id)
    one = _counted(WorkFile.objects.filter(record_id=file_id)).get()
    entries = _entries(actor, one)
    row = _row(one, orgs.tree())
    kept = tuple(entry for entry in entries if entry.removed_at is None)
    return FileView(
        row=row, version=one.record.version, maker_position=one.maker_position_id, language=one.language,
        rights=one.rights, keyword=one.keyword, description=one.description, paper=one.paper,
        archived_at=one.archived_at, destroy_after=one.destroy_after, frozen_reason=one.frozen_reason, entries=kept,
        weeded=tuple(entry for entry in entries if entry.removed_at is not None),
        submissions=_submissions(one), pages=sum(entry.described.pages for entry in kept),
        abilities=abilities(actor, one),
    )  # fmt: skip


def _entries(actor: Actor, one: WorkFile) -> list[EntryView]:
    """The index (mục lục văn bản trong hồ sơ), by ordinal. Two statements."""
    rows = list(Entry.objects.filter(file=one).select_related("document").order_by("ordinal"))
    ids = [row.document_id for row in rows if row.document_id]
    readable = set(visible_to(actor).filter(id__in=ids).values_list("id", flat=True)) if ids else set()
    return [
        EntryView(
            id=row.pk, ordinal=row.ordinal, document=row.document_id, kind=row.document.kind if row.document else "",
            readable=row.document_id in readable, files=tuple(row.files), described=Described.from_json(row.described),
            added_at=row.added_at, added_by=row.added_by, removed_at=row.removed_at, removed_reason=row.removed_reason,
        )
        for row in rows
    ]  # fmt: skip


def _submissions(one: WorkFile) -> tuple[SubmissionView, ...]:
    return tuple(
        SubmissionView(row.pk, row.number, row.at, row.by, row.sha256, row.size, row.answer,
                       str(Submission.Answer(row.answer).label), row.answer_by, row.answered_at, row.answered_by,
                       row.reason)
        for row in Submission.objects.filter(file=one).order_by("-at", "-id")
    )  # fmt: skip


_KEEPER: dict[str, frozenset[str]] = {
    State.OPEN: frozenset({"add", "weed", "close"}),
    State.CLOSED: frozenset({"submit", "reopen"}),
}
_PRESERVED: dict[str, frozenset[str]] = {
    State.OPEN: frozenset({"keep_copy", "set_level"}),
    State.CLOSED: frozenset({"keep_copy", "set_level"}),
    State.ARCHIVED: frozenset({"keep_copy"}),
}


def abilities(actor: Actor, one: WorkFile) -> frozenset[str]:
    """The acts on the file open to the actor now; the policies say the same when the act is called."""
    if actor.kind is not ActorKind.STAFF:
        return frozenset()
    state, able = one.record.state, set[str]()
    archive = policies.archives(actor, one.agency_id)
    if archive or policies.heads(actor, one.agency_id):
        able.add("thaw" if one.frozen_at else "freeze")
    if one.frozen_at is None:
        keeps = policies.keeps(actor, one)
        able |= _KEEPER.get(state, frozenset()) if keeps else frozenset()
        able |= _PRESERVED.get(state, frozenset()) if keeps or archive else frozenset()
        able |= {"answer"} if archive and state == State.SUBMITTED and _packed(one) else set()
    return frozenset(able)


def _packed(one: WorkFile) -> bool:
    """Whether the package the archive is to answer has been made."""
    return Submission.objects.filter(file=one, answer="").exclude(sha256="").exists()


def is_archive(actor: Actor) -> bool:
    """Whether the post keeps the current archive of its agency."""
    return actor.kind is ActorKind.STAFF and actor.has_role("registrar") and actor.unit_id is not None


def files_holding(actor: Actor, document: UUID) -> tuple[FileRow, ...]:
    """The files a document stands in, as far as the actor may read them. Two statements."""
    held = Entry.objects.filter(document=document, removed_at=None).values("file_id")
    rows = _counted(WorkFile.objects.filter(record_id__in=held, record__in=visible_ids(actor)))
    tree = orgs.tree()
    return tuple(_row(one, tree) for one in rows.order_by("record__code"))


def documents_of(file_id: UUID) -> list[UUID]:
    """The records in a file, for journeys."""
    rows = Entry.objects.filter(file=file_id, removed_at=None, document__isnull=False).order_by("ordinal")
    return [key for key in rows.values_list("document_id", flat=True) if key]


def package(actor: Actor, file_id: UUID) -> Package:
    """The package of the newest submission, built again. Raises NotFound, also when nothing was submitted."""
    one = policies.visible_file(actor, file_id)
    made = Submission.objects.filter(file=one).exclude(sha256="").order_by("-at", "-id").first()
    if made is None or one.record.state == State.DESTROYED:
        raise NotFound(_("Hồ sơ chưa nộp lưu nên chưa có gói tin."))
    return packing.sip(one, made)


def export(actor: Actor, file_id: UUID, kind: str) -> Package:
    """The whole file as ``xml`` or ``pdf``, chronological. Raises NotFound."""
    held = whole(policies.visible_file(actor, file_id))
    return exporting.as_pdf(held) if kind == "pdf" else exporting.as_xml(held)


def share(actor: Actor, *, since: date, until: date) -> tuple[ShareRow, ...]:
    """Of the files ended in these days: how many were handled wholly on the network, by unit and tier. Two statements.

    ``files(actor, Query(unit=…, online=…))`` opens the files that are counted.
    """
    rows = WorkFile.objects.filter(
        record__in=visible_ids(actor), online__isnull=False, ended_on__gte=since, ended_on__lte=until
    )
    found = rows.values_list("maker_unit_id").annotate(part=Count("pk", filter=Q(online=True)), whole=Count("pk"))
    tree = orgs.tree()
    listed = [ShareRow(unit, _named(tree, unit), _tier(tree, unit), part, total) for unit, part, total in found]
    return tuple(sorted(listed, key=lambda row: (row.tier, -row.whole, row.unit_id)))


def _named(tree: UnitTree, unit: int) -> str:
    found = tree.get(unit)
    return found.short_name if found else ""


def _tier(tree: UnitTree, unit: int) -> str:
    """``commune``, ``department`` or ``province``: the level of the agency."""
    return tree.agency_of(unit).level if tree.get(unit) else ""


def expired(actor: Actor, *, limit: int = 200) -> tuple[FileRow, ...]:
    """Archived files of the own agency whose term is over: what may be proposed for disposal. Three statements."""
    agency = policies.agency_of(actor)
    rows = WorkFile.objects.filter(
        record__in=visible_ids(actor), agency=agency or 0, record__state=State.ARCHIVED,
        destroy_after__lt=local_date(timezone.now()),
    )  # fmt: skip
    tree = orgs.tree()
    return tuple(_row(one, tree) for one in _counted(rows).order_by("destroy_after", "record_id")[:limit])


def disposals(actor: Actor) -> Sequence[DisposalView]:
    """The councils of the own agency, newest first."""
    rows = Disposal.objects.filter(agency=policies.agency_of(actor) or 0).order_by("-made_at", "-id")[:50]
    return [_disposal(actor, row) for row in rows]


def disposal(actor: Actor, disposal_id: int) -> DisposalView:
    """One council. Raises NotFound outside the agency."""
    return _disposal(actor, policies.disposal(actor, disposal_id))


def _disposal(actor: Actor, row: Disposal) -> DisposalView:
    members = tuple(
        MemberView(one.pk, one.position_id, one.name, one.agrees, one.words) for one in row.members.order_by("id")
    )
    able = set[str]()
    if row.state == Disposal.State.LISTED:
        able |= {"speak"} if any(one.position_id == actor.position_id for one in members) else set()
        able |= {"decide"} if policies.heads(actor, row.agency_id) else set()
    if row.state == Disposal.State.DECIDED and policies.archives(actor, row.agency_id):
        able.add("destroy")
    held = list(row.items.order_by("id"))
    return DisposalView(
        id=row.pk, title=row.title, state=row.state, state_label=str(Disposal.State(row.state).label),
        made_by=row.made_by, made_at=row.made_at, decision=row.decision, decided_by=row.decided_by,
        destroyed_at=row.destroyed_at, authority_opinion=row.authority_opinion, members=members,
        items=tuple((one.trace["code"], one.trace["title"], one.reason) for one in held),
        lines=tuple(DisposalLine(**one.trace, reason=one.reason) for one in held),
        abilities=frozenset(able),
    )  # fmt: skip


def metadata_of(one: Described) -> tuple[tuple[str, str], ...]:
    """Every field of the table of NĐ 30/2020 Phụ lục VI for a document, in order, with its text; empty ones too."""
    table, values = described_fields(one)
    kept = cut(values, table)
    return tuple((field.name, kept.get(field.name, "")) for field in table)
