"""Reading the backlog, batches, scans, progress. Batches go through ``records.visible_to``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.zones import local_date
from congvu.domains.digitising import figures, policies
from congvu.domains.digitising.importing import rows_of
from congvu.domains.digitising.models import Batch, Condition, Holding, Importance, Scan, ScanState, State
from congvu.domains.digitising.priority import priority
from congvu.domains.digitising.types import BatchRow, BatchView, HoldingView, ProgressRow, ScanView
from congvu.ground.law.selectors import figure
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_ids

__all__ = [
    "backlog", "batch", "batches", "may_plan", "priority", "progress", "rows_of", "sample_percent", "scans",
    "to_do",
]  # fmt: skip
MOST = 200
# What was filed counts as done, whatever became of the work file since.
FILED = (ScanState.ACCEPTED, ScanState.ERASED)
_LIVE = ~Q(scans__state=ScanState.REPLACED)


def may_plan(actor: Actor) -> bool:
    """Whether the post plans the digitising of its agency."""
    agency = policies.agency_of(actor)
    return agency is not None and policies.plans(actor, agency)


def sample_percent() -> int:
    """The least share of scans that is looked at, in per cent."""
    return int(figure(figures.SAMPLE, local_date(timezone.now())))


def backlog(actor: Actor) -> tuple[HoldingView, ...]:
    """The paper of the own agency, what to scan first on top. Three statements beside the tree's."""
    rows = list(Holding.objects.filter(agency=policies.agency_of(actor) or 0).order_by("title", "id")[:MOST])
    ids = [row.pk for row in rows]
    batches = Batch.objects.filter(holding__in=ids).values_list("holding").annotate(n=Sum("planned_pages"))
    scanned = Scan.objects.filter(batch__holding__in=ids).exclude(state=ScanState.REPLACED).values_list(
        "batch__holding"
    ).annotate(n=Sum("pages"), done=Coalesce(Sum("pages", filter=Q(state__in=FILED)), 0))  # fmt: skip
    planned, pages = dict(batches), {holding: (n, done) for holding, n, done in scanned}
    year = local_date(timezone.now()).year
    views = [_holding(row, year, planned.get(row.pk, 0), *pages.get(row.pk, (0, 0))) for row in rows]
    return tuple(sorted(views, key=lambda view: (-view.priority.points, view.title)))


def _holding(row: Holding, year: int, planned: int, scanned: int, accepted: int) -> HoldingView:
    return HoldingView(
        id=row.pk, title=row.title, fonds=row.fonds, shelf=row.shelf, boxes=row.boxes, files=row.files,
        pages=row.pages, first_year=row.first_year, last_year=row.last_year,
        importance_label=str(Importance(row.importance).label), condition_label=str(Condition(row.condition).label),
        note=row.note, planned=planned, scanned=scanned, accepted=accepted,
        priority=priority(
            last_year=row.last_year, importance=row.importance, condition=row.condition, today=year
        ),
    )  # fmt: skip


def _counted(actor: Actor) -> QuerySet[Batch]:
    live, pages = _LIVE & Q(scans__isnull=False), "scans__pages"
    return Batch.objects.filter(record__in=visible_ids(actor)).select_related("record", "holding").annotate(
        scanned=Coalesce(Sum(pages, filter=live), 0),
        accepted=Coalesce(Sum(pages, filter=Q(scans__state__in=FILED)), 0),
        held=Count("scans", filter=live), drawn=Count("scans", filter=live & Q(scans__drawn=True)),
        waiting=Count("scans", filter=Q(scans__drawn=True, scans__state=ScanState.TAKEN)),
        back=Count("scans", filter=Q(scans__state=ScanState.BACK)),
    )  # fmt: skip


def batches(actor: Actor, *, holding: int | None = None, unit: int | None = None) -> tuple[BatchRow, ...]:
    """Batches the actor may read, newest first. Two statements."""
    rows = _counted(actor)
    if holding is not None:
        rows = rows.filter(holding=holding)
    if unit is not None:
        rows = rows.filter(unit=unit)
    tree = orgs.tree()
    return tuple(_row(row, tree) for row in rows.order_by("-made_at", "-record_id")[:MOST])


def _row(row: Batch, tree: orgs.UnitTree) -> BatchRow:
    unit, counted = tree.get(row.unit_id), row.__dict__
    return BatchRow(
        id=row.record_id, title=row.record.title, holding=row.holding.title, unit=unit.short_name if unit else "",
        scanner=row.scanner, first=row.first, last=row.last, state=row.record.state,
        state_label=str(State(row.record.state).label), planned=row.planned_pages, scanned=counted["scanned"],
        accepted=counted["accepted"], scans=counted["held"], drawn=counted["drawn"], waiting=counted["waiting"],
        back=counted["back"],
    )  # fmt: skip


def batch(actor: Actor, batch_id: UUID) -> BatchView:
    """One batch with its scans. Raises NotFound, whether missing or hidden."""
    found = policies.visible_batch(actor, batch_id)
    row = _row(_counted(actor).get(record_id=batch_id), orgs.tree())
    listed = _views(Scan.objects.filter(batch=found).order_by("paper_file", "id"))
    files = {one.paper_file: one.file_title for one in listed if one.state != ScanState.REPLACED}
    return BatchView(
        row=row, condition=found.holding.condition, first_year=found.holding.first_year, scans=listed,
        paper_files=tuple(files.items()), abilities=_abilities(actor, found, row),
    )  # fmt: skip


def _abilities(actor: Actor, found: Batch, row: BatchRow) -> frozenset[str]:
    """The acts open to the actor now; the policies say the same when the act is called."""
    able = set[str]()
    if actor.kind is not ActorKind.STAFF or row.state == State.ACCEPTED:
        return frozenset()
    plans = policies.plans(actor, found.holding.agency_id)
    if actor.position_id == found.position_id:
        able |= {"take"} if row.state == State.SCANNING else {"retake"}
    if row.state == State.SCANNING and row.scans and plans:
        able.add("draw")
    if row.state == State.CHECKING and plans:
        able.add("check")
        ready = not row.waiting and not row.back
        able |= {"accept"} if ready and actor.has_role("registrar") else set()
    return frozenset(able)


def scans(
    actor: Actor, *, year: int | None = None, unit: int | None = None, state: str = "", holding: int | None = None
) -> tuple[ScanView, ...]:
    """Scans of batches the actor may read, those made again left out, newest first. One statement."""
    rows = Scan.objects.filter(batch__record__in=visible_ids(actor)).exclude(state=ScanState.REPLACED)
    given = {"batch__unit": unit, "state": state or None, "batch__holding": holding}
    rows = rows.filter(**{key: value for key, value in given.items() if value is not None})
    if year is not None:
        rows = rows.filter(at__year=year)
    return _views(rows.order_by("-at", "-id")[:MOST])


WORDS = {
    "low": _("Độ phân giải thấp hơn mức nên có"), "grey": _("Không phải ảnh màu"), "not_archival": _("Chưa phải PDF/A"),
    "unsigned": _("Chưa có chữ ký số của người số hóa"),
    "misplaced": _("Chữ ký số không ở góc trên bên phải trang đầu"),
}  # fmt: skip


def _views(rows: Iterable[Scan]) -> tuple[ScanView, ...]:
    return tuple(
        ScanView(
            id=row.pk, batch=row.batch_id, file=row.file, doc_code=row.doc_code, name=row.name,
            paper_file=row.paper_file, file_title=row.file_title, kind=row.kind, type_name=row.type_name,
            number=row.number, notation=row.notation, issued_on=row.issued_on, organ_name=row.organ_name,
            subject=row.subject, pages=row.pages, dpi=row.dpi, colour=row.colour, pdf_version=row.pdf_version,
            findings=tuple(str(WORDS[code]) for code in row.findings if code in WORDS),
            signed="unsigned" not in row.findings, state=row.state,
            state_label=str(ScanState(row.state).label), drawn=row.drawn, at=row.at, by=row.by,
            checked_at=row.checked_at, checked_by=row.checked_by, reason=row.reason, work_file=row.work_file,
        )
        for row in rows
    )  # fmt: skip


def progress(actor: Actor, year: int) -> tuple[ProgressRow, ...]:
    """Pages by unit: planned in batches begun in the year, scanned and accepted of those scanned in it.

    Two statements beside the tree's. ``batches(unit=)`` and ``scans(year=, unit=, state=)`` open what is counted.
    """
    begun = Batch.objects.filter(record__in=visible_ids(actor), first__range=(date(year, 1, 1), date(year, 12, 31)))
    plans = {unit: (n, pages) for unit, n, pages in begun.values_list("unit").annotate(
        n=Count("pk"), pages=Sum("planned_pages"))}  # fmt: skip
    made = Scan.objects.filter(batch__record__in=visible_ids(actor), at__year=year).exclude(
        state=ScanState.REPLACED
    ).values_list("batch__unit").annotate(
        n=Sum("pages"), done=Coalesce(Sum("pages", filter=Q(state__in=FILED)), 0)
    )  # fmt: skip
    scanned, tree = {unit: (n, done) for unit, n, done in made}, orgs.tree()
    rows = [
        ProgressRow(unit, found.short_name if (found := tree.get(unit)) else "", *plans.get(unit, (0, 0)),
                    *scanned.get(unit, (0, 0)))
        for unit in plans.keys() | scanned.keys()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.planned, row.unit)))


def to_do(actor: Actor) -> int:
    """How many scans wait for the actor: to be made again, or, for who plans, to be looked at. Two statements."""
    if actor.kind is not ActorKind.STAFF or actor.position_id is None:
        return 0
    mine = Q(state=ScanState.BACK, batch__position=actor.position_id)
    if actor.has_role("registrar", *policies.LEADERS):
        look = Q(state=ScanState.TAKEN, drawn=True, batch__holding__agency=policies.agency_of(actor))
        mine |= look & ~Q(by_user=actor.user_id or 0)
    return Scan.objects.filter(mine).count()


def lies_in(work_file: UUID) -> bool:
    """Whether scans lie in this work file. One statement."""
    return Scan.objects.filter(work_file=work_file).exists()
