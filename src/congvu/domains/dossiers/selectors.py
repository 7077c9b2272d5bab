"""Reading dossiers: every function takes the actor and goes through ``records.visible_to``, except the two
public look-ups, which give no name (R20)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.counting import Counting, reusable
from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.errors import NotFound
from congvu.common.text import clean, fold
from congvu.common.zones import at, local_date
from congvu.domains.dossiers import declaration, policies
from congvu.domains.dossiers.answering import answer_by
from congvu.domains.dossiers.counting import by_channel, received_by_authority, settled, settled_on_time, total
from congvu.domains.dossiers.models import (
    NATIONAL_STATUS,
    RATEABLE,
    Channel,
    Dossier,
    Draft,
    Rating,
    Result,
    SignedResult,
    State,
    Supplement,
)  # fmt: skip
from congvu.domains.dossiers.proposed import count_to_sign, proposal, results_to_sign
from congvu.domains.dossiers.types import (
    DossierRow,
    DossierView,
    DraftView,
    Page,
    PaperLine,
    Person,
    PublicView,
    ResultView,
    SupplementView,
)  # fmt: skip
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.forms.types import FormDef
from congvu.engines.workflow import selectors as work
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import get_visible, standing, visible_to

__all__ = [
    "Query", "abilities", "answer_by", "by_channel", "code_orders", "count", "count_to_sign", "dossier",
    "dossier_by_token", "dossiers", "draft", "drafts", "due_at", "form_of", "names_of", "proposal", "public_look_up",
    "public_view", "received_by_authority", "results_to_sign", "settled", "settled_on_time", "signed_by",
    "subject_of", "total",
]  # fmt: skip

PAGE = 30
CODE = re.compile(r"^(?:\d{3}(?:\.\d{2}){2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{1,3}){0,6})-\d{6}-\d{4,}$")


@dataclass(frozen=True, slots=True)
class Query:
    """Filters of a list. ``text`` matches code, title, applicant's name or number, without marks.

    ``code`` is a whole dossier code, its agency part in either order, or a portal number.
    """

    states: tuple[str, ...] = ()
    text: str = ""
    procedure: str = ""
    channel: int | None = None
    code: str = ""


def dossiers(actor: Actor, query: Query = Query(), *, after: str = "", limit: int = PAGE) -> Page:
    """Newest first, by keyset; ``after`` is the cursor of the page before. Two statements however long the table."""
    rows = _filtered(actor, query)
    if after:
        at, last = read_cursor(after)
        rows = rows.filter(Q(record__opened_at__lt=at) | Q(record__opened_at=at, record_id__lt=last))
    found = list(rows.select_related("record").order_by("-record__opened_at", "-record_id")[: limit + 1])
    shown = found[:limit]
    more = write_cursor(shown[-1].record.opened_at, shown[-1].record_id) if len(found) > limit else ""
    return Page(rows=tuple(_row(d) for d in shown), next=more)


def _filtered(actor: Actor, query: Query) -> QuerySet[Dossier]:
    records = visible_to(actor).filter(kind="dossier")
    if query.states:
        records = records.filter(state__in=query.states)
    if query.text:
        records = records.filter(folded__contains=fold(clean(query.text)))
    rows = Dossier.objects.filter(record__in=records)
    if query.procedure:
        rows = rows.filter(procedure_code=query.procedure)
    if query.code:
        text = clean(query.code).upper().replace(" ", "")
        rows = rows.filter(Q(record__code__in=code_orders(text)) | Q(portal_number=text))
    if query.channel:
        rows = rows.filter(channel=query.channel)
    return rows


def received_today(actor: Actor, *, limit: int = 8) -> tuple[DossierRow, ...]:
    """What the acting person took in at the counter today, newest first. One statement."""
    midnight = at(local_date(timezone.now()))
    rows = _filtered(actor, Query()).filter(record__opened_at__gte=midnight, received_by=actor.name)
    newest = rows.select_related("record").order_by("-record__opened_at", "-record_id")
    return tuple(_row(dossier) for dossier in newest[:limit])


@reusable
def count(actor: Actor, *states: str) -> Counting:
    """How many the actor may read in these states."""
    return standing(actor, "dossier", states)


def _row(dossier: Dossier) -> DossierRow:
    record = dossier.record
    return DossierRow(
        id=record.id, code=record.code, portal_number=dossier.portal_number, title=record.title,
        procedure_code=dossier.procedure_code, applicant_name=dossier.applicant["full_name"], state=record.state,
        state_label=str(State(record.state).label), channel=str(Channel(dossier.channel).label),
        opened_at=record.opened_at, due_at=record.due_at, closed_at=record.closed_at,
    )  # fmt: skip


def dossier(actor: Actor, dossier_id: UUID) -> DossierView:
    """One dossier whole. Raises NotFound, whether missing or hidden."""
    record = get_visible(actor, dossier_id, kind="dossier")
    row = Dossier.objects.get(record_id=dossier_id)
    row.record = record
    return _view(actor, row)


def dossier_by_token(actor: Actor, token: str) -> DossierView | None:
    """The dossier behind a short link, if this actor may read it whole."""
    row = Dossier.objects.select_related("record").filter(token=token).first()
    if row is None or not visible_to(actor).filter(id=row.record_id).exists():
        return None
    return _view(actor, row)


def _view(actor: Actor, row: Dossier) -> DossierView:
    record = row.record
    day = local_date(row.received_at or record.opened_at)
    units = orgs.tree(day)
    # A rating reaches the head of the unit, never the page of the official concerned.
    rated = actor.kind is not ActorKind.STAFF or actor.has_role("head", "chair", "center_head")
    return DossierView(
        id=record.id, version=record.version, code=record.code, portal_number=row.portal_number, token=row.token,
        title=record.title, procedure_code=row.procedure_code, procedure_version=row.procedure_version_id,
        declared_version=row.declared_version_id or row.procedure_version_id,
        state=record.state, state_label=str(State(record.state).label),
        national_status=NATIONAL_STATUS[State(record.state)], channel=str(Channel(row.channel).label),
        authority_id=row.authority_id, authority_name=units.unit(row.authority_id).name,
        center_name=units.unit(row.received_at_unit_id).name if row.received_at_unit_id else "",
        applicant=Person(**row.applicant), agent=Person(**row.agent) if row.agent else None, request=row.request,
        answers=row.answers, form_version=row.form_version, papers=tuple(_paper(line) for line in row.papers),
        copies=row.copies, result_channel=row.result_channel, submitted_at=row.submitted_at,
        received_at=row.received_at, received_by=row.received_by, receipt_number=row.receipt_number,
        due_at=record.due_at, finished_at=row.finished_at, returned_at=row.returned_at, end_reason=row.end_reason,
        supplements=tuple(_supplement(s) for s in Supplement.objects.filter(dossier=row).order_by("-asked_at")),
        results=tuple(_result(r) for r in Result.objects.filter(dossier=row).order_by("issued_at")),
        rating=Rating.objects.filter(dossier=row).values_list("score", flat=True).first() if rated else None,
        abilities=abilities(actor, row),
    )  # fmt: skip


def _paper(line: dict[str, object]) -> PaperLine:
    values = {**line, "file": UUID(str(line["file"])) if line.get("file") else None}
    return PaperLine(**values)  # type: ignore[arg-type]


def _supplement(row: Supplement) -> SupplementView:
    return SupplementView(
        id=row.pk, items=tuple(row.items), reason=row.reason, asked_at=row.asked_at, asked_by=row.asked_by,
        answer_by=row.answer_by, answered_at=row.answered_at, cancelled_at=row.cancelled_at,
        answer_note=row.answer_note,
    )  # fmt: skip


def _result(row: Result) -> ResultView:
    return ResultView(
        name=row.name, code=row.code, number=row.number, source=row.source, signed=row.signed, signer=row.signer,
        file=row.file, issued_at=row.issued_at,
    )  # fmt: skip


# What each state leaves open, by the side that may do it.
_STAFF_ABILITIES: dict[str, frozenset[str]] = {
    State.SUBMITTED: frozenset({"receive", "decline"}),
    State.PROCESSING: frozenset({"ask_supplement", "stop"}),
    State.SUPPLEMENT: frozenset({"cancel_supplement", "answer_supplement", "stop"}),
    State.FINISHED: frozenset({"return"}),
    State.REFUSED: frozenset({"return"}),
    State.STOPPED: frozenset({"return"}),
}
_CITIZEN_ABILITIES: dict[str, frozenset[str]] = {
    State.SUBMITTED: frozenset({"withdraw"}),
    State.PROCESSING: frozenset({"withdraw"}),
    State.SUPPLEMENT: frozenset({"answer_supplement", "withdraw"}),
}
_CLERK_ONLY = frozenset({"receive", "decline", "stop", "return", "answer_supplement"})


def abilities(actor: Actor, row: Dossier) -> frozenset[str]:
    """The acts on the dossier open to the actor now; the policies say the same when the act is called.

    ``give_result`` beside ``return``: the process issued none, so the hand-over must bring the result.
    """
    state = row.record.state
    if actor.kind is ActorKind.CITIZEN:
        return _CITIZEN_ABILITIES.get(state, frozenset())
    if actor.kind is not ActorKind.STAFF:
        return frozenset()
    able = _STAFF_ABILITIES.get(state, frozenset()) - ({"return"} if row.returned_at else set())
    held = work.kinds_held(actor, row.record_id)
    refuses = state == State.PROCESSING and policies.decides(actor, row.authority_id, held)
    decides = {"refuse"} if refuses else set()
    if actor.has_role("clerk"):
        lacks = state == State.FINISHED and not Result.objects.filter(dossier=row).exists()
        return able | decides | ({"give_result"} if lacks else set())
    return (able - _CLERK_ONLY if held else frozenset()) | decides


def public_view(token: str) -> PublicView:
    """What the short link shows without login. Raises NotFound."""
    row = Dossier.objects.select_related("record").filter(token=token).first()
    if row is None:
        raise NotFound(_("Đường dẫn này không còn dùng được. Hãy tra cứu bằng mã hồ sơ in trên giấy tiếp nhận."))
    return _public(row)


def public_look_up(code: str) -> PublicView:
    """The same by dossier code (either order of the agency part) or portal number. Raises NotFound in words."""
    text = code.strip().upper().replace(" ", "")
    rows = Dossier.objects.select_related("record")
    row = rows.filter(portal_number=text).first() if text.startswith("DV-") else None
    if row is None:
        row = rows.filter(record__kind="dossier", record__code__in=code_orders(text)).first()
    if row is None:
        raise NotFound(_("Không có hồ sơ nào mang mã này. Hãy xem lại mã in trên giấy tiếp nhận."))
    return _public(row)


def code_orders(text: str) -> list[str]:
    """A code as typed and with its agency part turned round: both orders are met (QCVN 102, QĐ 20/2020)."""
    if not CODE.match(text):
        return [text]
    agency, _dash, rest = text.partition("-")
    orders = (agency, orgs.normal_code(agency), orgs.lowest_first(agency))
    return [f"{order}-{rest}" for order in dict.fromkeys(orders)]


def _public(row: Dossier) -> PublicView:
    record = row.record
    path = work.path(record.id) if row.received_at else []
    rated = Rating.objects.filter(dossier=row).exists()
    return PublicView(
        code=record.code or row.portal_number, procedure_name=procedures.version(row.procedure_version_id).name,
        authority_name=orgs.unit(row.authority_id, local_date(record.opened_at)).name, state=record.state,
        state_label=str(State(record.state).label), received_at=row.received_at, due_at=record.due_at,
        finished_at=row.finished_at, returned_at=row.returned_at,
        steps_done=sum(step.state == "done" for step in path), steps_total=len(path), rated=rated,
        may_rate=not rated and record.state in RATEABLE, token=row.token,
    )  # fmt: skip


def drafts(actor: Actor) -> list[DraftView]:
    """The actor's own unfinished applications, newest first."""
    if actor.subject_id is None:
        return []
    rows = Draft.objects.filter(owner=actor.subject_id, submitted_as__isnull=True).order_by("-saved_at")[:50]
    return [_draft(row) for row in rows]


def draft(actor: Actor, draft_id: UUID) -> DraftView:
    """One own draft. Raises NotFound."""
    row = Draft.objects.filter(id=draft_id, owner=actor.subject_id).first() if actor.subject_id else None
    if row is None:
        raise NotFound(_("Không tìm thấy bản kê khai này."))
    return _draft(row)


def _draft(row: Draft) -> DraftView:
    return DraftView(
        id=row.id, procedure_version=row.procedure_version_id, authority_id=row.authority_id,
        form_version=row.form_version, values=row.values, pages_done=tuple(row.pages_done), version=row.version,
        saved_at=row.saved_at, submitted_as=row.submitted_as,
    )  # fmt: skip


def subject_of(record: UUID) -> int:
    """Whose dossier it is, for messages. Raises NotFound."""
    subject = Dossier.objects.filter(record_id=record).values_list("subject_id", flat=True).first()
    if subject is None:
        raise NotFound(_("Không tìm thấy hồ sơ này."))
    return subject


def is_dossier(record: UUID) -> bool:
    """Whether a record is a dossier; events of deadlines and workflow concern other kinds too."""
    return Dossier.objects.filter(record_id=record).exists()


def due_at(record: UUID) -> datetime | None:
    """The promised time now, None while the clock waits."""
    return Dossier.objects.filter(record_id=record).values_list("record__due_at", flat=True).first()


def form_of(view: DossierView) -> FormDef | None:
    """The form the answers were given to; None for a dossier taken in on paper."""
    if not view.answers:
        return None
    day = local_date(view.submitted_at) if view.submitted_at else local_date(view.received_at or timezone.now())
    return declaration.form_of(procedures.version(view.declared_version), view.form_version, day)


def form_for(procedure: ProcedureView, on: date) -> FormDef:
    """The form to begin a new application with. Raises NotFound when not even the general form is published."""
    return declaration.form_for(procedure, on)


def draft_form(draft_view: DraftView) -> FormDef:
    """The form an application was begun with, as ``submit`` will read it."""
    procedure = procedures.version(draft_view.procedure_version)
    return declaration.form_of(procedure, draft_view.form_version, local_date(draft_view.saved_at))


def signed_by(dossier_id: UUID) -> str:
    """Who signed the result that waits for the agency's seal; "" where none was signed. For who may read the dossier.
    One statement."""
    waiting = SignedResult.objects.filter(dossier=dossier_id, void_at=None)
    return waiting.values_list("signer", flat=True).first() or ""


def names_of(ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Code and title of dossiers, for the list of a batch; the caller owns the batch. One statement."""
    rows = Dossier.objects.filter(record_id__in=list(ids))
    return {found: (code, title) for found, code, title in rows.values_list("record", "record__code", "record__title")}
