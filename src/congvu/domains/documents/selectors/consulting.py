"""Opinions on drafts: those of one draft, and the lists of what was asked of somebody or by somebody."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from congvu.common.actor import SYSTEM, Actor
from congvu.common.counting import Counting
from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.domains.documents import policies
from congvu.domains.documents.models import Consultation, Consulted, DraftOpinion
from congvu.domains.documents.services.consulted import CONSULT
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.types import (
    ConsultationView,
    ConsultedView,
    ConsultPage,
    ConsultRow,
    DraftOpinionView,
)
from congvu.engines.workflow import selectors as work
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import get_visible, visible_ids

OF_ME, BY_ME = "hoi-toi", "toi-hoi"
PAGE = 30


def consultations(actor: Actor, document_id: UUID) -> tuple[ConsultationView, ...]:
    """Every round of asking about a draft with all that was said, the newest first. At most four statements.
    Raises NotFound."""
    get_visible(actor, document_id, kind=policies.OUTGOING)
    return _views(actor, Consultation.objects.filter(outgoing=document_id))


def consultation(consultation_id: UUID) -> tuple[UUID, ConsultationView]:
    """One round and its document. For journeys. Raises NotFound."""
    row = Consultation.objects.filter(id=consultation_id)
    found = _views(SYSTEM, row)
    if not found:
        raise NotFound(_("Không tìm thấy lượt xin ý kiến này."))
    return row.values_list("outgoing_id", flat=True).get(), found[0]


def opinion_of(opinion_id: int) -> tuple[UUID, str]:
    """The round an opinion belongs to, and who was asked. For journeys."""
    path = ("consulted__consultation_id", "consulted__name")
    round_, name = DraftOpinion.objects.values_list(*path).get(id=opinion_id)
    return round_, name


def posts_asked(consultation_id: UUID, *, silent: bool = False) -> tuple[tuple[int, ...], int]:
    """The posts of whoever was asked (``silent``: and has not answered), and the post that asked. For journeys."""
    asked = Consulted.objects.filter(consultation=consultation_id)
    if silent:
        asked = asked.filter(~Exists(DraftOpinion.objects.filter(consulted=OuterRef("id"))))
    found = [post for row in asked.order_by("id") for post in _posts(row)]
    return tuple(dict.fromkeys(found)), Consultation.objects.values_list("asker_id", flat=True).get(id=consultation_id)


def _posts(row: Consulted) -> list[int]:
    """A named post, else those of the unit whose roles were asked."""
    if row.position_id is not None:
        return [row.position_id]
    posts = orgs.positions(row.unit_id)
    return [post.id for post in posts if {f"r:{role}@{row.unit_id}" for role in post.roles} & set(row.keys)]


def open_rounds(document_id: UUID) -> tuple[UUID, ...]:
    """Rounds of a draft that are not closed. For journeys."""
    rows = Consultation.objects.filter(outgoing=document_id, closed_at=None).order_by("asked_at")
    return tuple(rows.values_list("id", flat=True))


def may_consult(actor: Actor, document_id: UUID) -> bool:
    """Whether the actor may ask about a draft and say what becomes of the opinions."""
    return policies.allows(policies.may_consult, actor, document_id)


def count_consulted(actor: Actor) -> Counting:
    """How many drafts wait for the actor's opinion."""
    return work.held_count(actor, step_kind=CONSULT, record_kind=policies.OUTGOING)


def consulted_list(actor: Actor, side: str, *, after: str = "", limit: int = PAGE) -> ConsultPage:
    """What was asked of the actor (``hoi-toi``) or by the actor's post (``toi-hoi``), the newest first. One statement.
    Raises Invalid for another side or a broken cursor."""
    rows = _readable(actor, side)
    if after:
        at, key = read_cursor(after)
        rows = rows.filter(Q(asked_at__lt=at) | Q(asked_at=at, id__lt=key))
    found = list(rows.order_by("-asked_at", "-id")[: limit + 1])
    shown = found[:limit]
    more = write_cursor(shown[-1].asked_at, shown[-1].id) if len(found) > limit else ""
    return ConsultPage(tuple(_row(row) for row in shown), more)


def _readable(actor: Actor, side: str) -> QuerySet[Consultation]:
    rows = Consultation.objects.filter(outgoing__record__in=visible_ids(actor))
    mine = Consulted.objects.filter(consultation=OuterRef("id"), keys__overlap=actor.work_keys)
    if side == OF_ME:
        rows = rows.filter(Exists(mine))
    elif side == BY_ME:
        rows = rows.filter(asker=actor.position_id)
    else:
        message = _("Không có danh sách này.")
        raise Invalid(message, problems=(Problem("view", message, "unknown"),))
    own = DraftOpinion.objects.filter(consulted__consultation=OuterRef("id"), consulted__keys__overlap=actor.work_keys)
    return rows.select_related("outgoing__record", "outgoing__kind").annotate(
        asked=Count("consulted", distinct=True),
        answered=Count("consulted", filter=Q(consulted__opinions__isnull=False), distinct=True),
        stance=Subquery(own.order_by("-at", "-id").values("stance")[:1]),
    )


def _row(row: Consultation) -> ConsultRow:
    document, stance = row.outgoing, row.stance or ""  # type: ignore[attr-defined]  # annotated
    return ConsultRow(
        id=row.id, document=document.record_id, code=full_code(document), title=document.record.title,
        question=row.question, asked_by=row.asked_by, asked_at=row.asked_at, due_at=row.due_at,
        open=row.closed_at is None, asked=row.asked, answered=row.answered, stance=stance,  # type: ignore[attr-defined]
        stance_label=str(DraftOpinion.Stance(stance).label) if stance else "",
    )  # fmt: skip


def _views(actor: Actor, rows: QuerySet[Consultation]) -> tuple[ConsultationView, ...]:
    found = rows.select_related("version", "outgoing").prefetch_related(
        "consulted", Prefetch("consulted__opinions", DraftOpinion.objects.select_related("version"))
    )
    keys = set(actor.work_keys)
    return tuple(_view(row, keys) for row in found.order_by("-asked_at", "-id"))


def _view(row: Consultation, keys: set[str]) -> ConsultationView:
    return ConsultationView(
        id=row.id, version=row.version.n, current=row.outgoing.version, question=row.question, due_at=row.due_at,
        asked_at=row.asked_at, asked_by=row.asked_by, asked_by_position=row.asked_by_position,
        open=row.closed_at is None, closed_at=row.closed_at, closed_by=row.closed_by,
        consulted=tuple(_consulted(one, keys) for one in sorted(row.consulted.all(), key=lambda one: one.id)),
    )  # fmt: skip


def _consulted(row: Consulted, keys: set[str]) -> ConsultedView:
    said = sorted(row.opinions.all(), key=lambda one: (one.at, one.id), reverse=True)
    return ConsultedView(row.id, row.name, not keys.isdisjoint(row.keys), tuple(_opinion(one) for one in said))


def _opinion(row: DraftOpinion) -> DraftOpinionView:
    return DraftOpinionView(
        id=row.id, stance=row.stance, stance_label=str(DraftOpinion.Stance(row.stance).label), text=row.text,
        file=row.file, version=row.version.n, at=row.at, by=row.by, by_position=row.by_position,
        on_behalf_of=row.on_behalf_of, taken=row.taken,
        taken_label=str(DraftOpinion.Taken(row.taken).label) if row.taken else "", words=row.words,
        settled_by=row.settled_by, settled_at=row.settled_at,
    )  # fmt: skip
