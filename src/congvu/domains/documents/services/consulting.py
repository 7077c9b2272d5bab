"""Opinions on a draft: asking units and persons, answering, taking them over or saying why not.

Asking opens the draft to whoever is asked; it moves nothing: the draft stays where it is (documents.md §3.1).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.events import OpinionAsked, OpinionDue, OpinionGiven
from congvu.domains.documents.models import Consultation, Consulted, DraftOpinion, Outgoing, OutState
from congvu.domains.documents.services import lines
from congvu.domains.documents.services.consulted import CONSULT, end_round
from congvu.domains.documents.services.drafting import current, load
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.services.steps import require_state
from congvu.domains.documents.types import ConsultInput, DirectionInput
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.engines.workflow.types import Assignee
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record
from congvu.ground.worktime import selectors as worktime

UNSIGNED = (OutState.DRAFTING, OutState.REVIEWING, OutState.SIGNING)
LIMIT, MOST = 10_000, 40
NAME = "Cho ý kiến dự thảo văn bản"
SOON, OVER = 1, 2


@act("document.ask_opinion", policy=policies.may_consult, label="Xin ý kiến dự thảo văn bản")
def ask_opinion(actor: Actor, document_id: UUID, given: ConsultInput, *, version: int | None = None) -> UUID:
    """Ask units and posts of the agency about the newest version; they may read the draft from now on.

    Each has it among what waits. The term is the end of office hours of ``due_on``, a working day of the drafting
    unit. Raises Invalid naming each field, WrongState once signed, Conflict for a stale page.
    """
    record, row = load(document_id, version=version)
    require_state(record, *UNSIGNED)
    due = _term(given, row)
    _check_asked(given, row)
    now = utc_now()
    asked = Consultation.objects.create(
        outgoing=row, version=current(row), question=clean(given.question), due_at=due, asked_at=now,
        asker_id=actor.position_id or row.drafter_id, asked_by=actor.name, asked_by_position=actor.position_title,
        on_behalf_of=actor.on_behalf_of, notice_at=_first_notice(row, due, now),
    )  # fmt: skip
    for unit, position in given.asked:
        _ask_one(record, row, asked, unit, position)
    publish(OpinionAsked(consultation=asked.id))
    note(record=record.id, asked=len(given.asked), version=asked.version.n, due=due.isoformat())
    return asked.id


def _term(given: ConsultInput, row: Outgoing) -> datetime:
    """The end of office hours of the last day, in the calendar of the drafting unit."""
    calendar = worktime.calendar(orgs.calendar_of(row.drafting_unit_id))
    words = ""
    if given.due_on is None:
        words = _("Ghi hạn cho ý kiến.")
    elif not calendar.is_working(given.due_on):
        words = _("Ngày này không phải ngày làm việc; hãy chọn ngày khác.")
    elif calendar.closes(given.due_on) <= utc_now():
        words = _("Hạn phải sau thời điểm này.")
    if words or given.due_on is None:
        raise Invalid(words, problems=(Problem("due_on", words, "term"),))
    return calendar.closes(given.due_on)


def _first_notice(row: Outgoing, due: datetime, now: datetime) -> datetime:
    """The morning of the last day; a round that begins later is told of when its term is over."""
    morning = worktime.calendar(orgs.calendar_of(row.drafting_unit_id)).opens(local_date(due))
    return morning if morning > now else due


def _check_asked(given: ConsultInput, row: Outgoing) -> None:
    problem = _wrong_asked(given, row)
    if problem or len(clean(given.question)) > LIMIT:
        field, words = ("asked", problem) if problem else ("question", _("Nội dung xin ý kiến quá dài."))
        raise Invalid(words, problems=(Problem(field, words, "asked"),))


def _wrong_asked(given: ConsultInput, row: Outgoing) -> str:
    inside = orgs.tree()
    if not given.asked or len(given.asked) > MOST:
        return _("Chọn ít nhất một đơn vị hoặc người được xin ý kiến.")
    for unit, position in given.asked:
        view = inside.get(unit)
        if view is None or inside.agency_of(unit).id != row.issuer.unit_id:
            return _("Chỉ xin ý kiến trong cơ quan. Cơ quan khác được hỏi ý kiến bằng công văn.")
        if position is not None and orgs.position(position).unit_id != unit:
            return _("Vị trí này không thuộc đơn vị đã chọn.")
        if position == row.drafter_id:
            return _("Người soạn thảo không xin ý kiến của chính mình.")
    if len(set(given.asked)) != len(given.asked):
        return _("Mỗi đơn vị, mỗi người chỉ chọn một lần.")
    waiting = Consulted.objects.filter(consultation__outgoing=row, consultation__closed_at=None)
    again = {(one.unit_id, one.position_id): one.name for one in waiting}
    twice = next((again[one] for one in given.asked if one in again), "")
    return _("%(name)s đang được xin ý kiến về dự thảo này.") % {"name": twice} if twice else ""


def _ask_one(record: Record, row: Outgoing, asked: Consultation, unit: int, position: int | None) -> None:
    place = DirectionInput("support", unit, position)
    keys, view, assign = lines.holders_of(place), orgs.unit(unit), None
    name = view.short_name or view.name
    if position is not None:
        people, title = orgs.holders_of(position), orgs.position(position).title
        name = ", ".join([*(person.name for person in people[:1]), title])
        assign = Assignee(position, people[0].name if people else title)
    records.change(record, add_readers=lines.readers_of(place, row.issuer.unit_id))
    item = workflow.open_item(
        record.id, kind=CONSULT, step_kind=CONSULT, name=NAME, holders=keys, unit_id=unit, due_at=asked.due_at,
        assign=assign, code=full_code(row),
    )  # fmt: skip
    Consulted.objects.create(
        consultation=asked, unit_id=unit, position_id=position, name=name[:300], keys=keys, item=item
    )


@act("document.give_opinion", policy=policies.may_give_opinion, label="Cho ý kiến dự thảo văn bản")
def give_opinion(
    actor: Actor, consulted_id: int, *, stance: str, text: str = "", file: UUID | None = None, version: int
) -> int:  # fmt: skip
    """Say what one thinks of version ``version`` of the draft, for oneself or for the unit one heads.

    Until the round is closed another opinion may follow; the newest counts, all stay. Raises Invalid, WrongState once
    closed.
    """
    one, record = _locked(consulted_id)
    words = _said(stance, text)
    about = one.consultation.outgoing.versions.filter(n=version).first()
    if about is None:
        raise NotFound(_("Dự thảo không có bản này."))
    made = DraftOpinion.objects.create(
        consulted=one, version=about, stance=stance, text=words, file=file, at=utc_now(), by=actor.name,
        by_position=actor.position_title, on_behalf_of=actor.on_behalf_of,
    )  # fmt: skip
    if file is not None:
        files.attach(actor, file, record=record.id, purpose="internal", label=f"Ý kiến của {one.name}"[:200])
        files.lock_version(file)
    if one.item in {item.id for item in work.open_items(record.id)}:
        workflow.complete(one.item, actor=actor, note=words[:2000])
    publish(OpinionGiven(opinion=made.id))
    note(record=record.id, asked=one.name, stance=stance, version=version, text=words[:200])
    return made.id


def _said(stance: str, text: str) -> str:
    words = clean(text)
    problem = None
    if stance not in DraftOpinion.Stance.values:
        problem = Problem("stance", _("Chọn nhất trí, nhất trí có ý kiến, hoặc không nhất trí."), "missing")
    elif not words and stance != DraftOpinion.Stance.AGREE:
        problem = Problem("said", _("Ghi nội dung ý kiến."), "missing")
    elif len(words) > LIMIT:
        problem = Problem("said", _("Ý kiến dài quá %(limit)s ký tự.") % {"limit": LIMIT}, "too_long")
    if problem:
        raise Invalid(problem.message, problems=(problem,))
    return words


def _locked(consulted_id: int) -> tuple[Consulted, Record]:
    """Somebody asked in an open round, with the locked record. Raises WrongState once it was closed."""
    found = Consulted.objects.values_list("consultation__outgoing_id", flat=True).get(id=consulted_id)
    record = records.lock(found)
    one = Consulted.objects.select_related("consultation__outgoing").get(id=consulted_id)
    if one.consultation.closed_at is not None:
        raise WrongState(_("Lượt xin ý kiến này đã khép lại."))
    return one, record


@act("document.settle_opinion", policy=policies.may_settle_opinion, label="Tiếp thu, giải trình ý kiến dự thảo")
def settle_opinion(actor: Actor, opinion_id: int, *, taken: str, words: str) -> None:
    """Say how an opinion was taken over, or why it was not; said anew, the trail keeps what was said before.

    Raises Invalid without words, WrongState once the draft was signed.
    """
    row = DraftOpinion.objects.select_related("consulted__consultation").get(id=opinion_id)
    record = records.lock(row.consulted.consultation.outgoing_id)
    require_state(record, *UNSIGNED)
    said = clean(words)
    if taken not in DraftOpinion.Taken.values:
        problem = Problem("taken", _("Chọn tiếp thu hoặc giải trình."), "missing")
        raise Invalid(problem.message, problems=(problem,))
    if not said or len(said) > LIMIT:
        problem = Problem("words", _("Ghi đã tiếp thu thế nào, hoặc vì sao giữ nguyên."), "missing")
        raise Invalid(problem.message, problems=(problem,))
    row.taken, row.words, row.settled_at, row.settled_by = taken, said, utc_now(), actor.name
    row.save(update_fields=["taken", "words", "settled_at", "settled_by"])
    note(record=record.id, asked=row.consulted.name, taken=taken, words=said[:200])


@act("document.close_consultation", policy=policies.may_close_consultation, label="Khép lượt xin ý kiến dự thảo")
def close_consultation(actor: Actor, consultation_id: UUID) -> None:
    """No more opinions are waited for or taken; what was said stays. Raises Conflict once closed."""
    asked = Consultation.objects.get(id=consultation_id)
    record = records.lock(asked.outgoing_id)
    asked.refresh_from_db()
    if asked.closed_at is not None:
        raise Conflict(_("Lượt xin ý kiến này đã khép lại."))
    end_round(asked, actor.name)
    note(record=record.id, asked_at=asked.asked_at.isoformat())


@act("document.remind_opinion", policy=policies.only_system, label="Nhắc cho ý kiến dự thảo văn bản")
def remind_opinion(_actor: Actor, consultation_id: UUID) -> int:
    """On the morning of the last day whoever has not answered is told (1), and when it is over who asked as well (2).

    0 if there is nothing to tell any more.
    """
    asked = Consultation.objects.select_for_update().get(id=consultation_id)
    now = utc_now()
    if asked.closed_at is not None or asked.notice_at is None or asked.notice_at > now:
        return 0
    level = OVER if now >= asked.due_at else SOON
    asked.notice_at = asked.due_at if level == SOON else None
    asked.save(update_fields=["notice_at"])
    publish(OpinionDue(consultation=asked.id, level=level))
    note(record=asked.outgoing_id, level=level)
    return level


def due_rounds(limit: int = 500) -> list[UUID]:
    """Rounds whose next reminder is due, the oldest first. One statement."""
    rows = Consultation.objects.filter(closed_at=None, notice_at__lte=utc_now()).order_by("notice_at", "id")
    return list(rows.values_list("id", flat=True)[:limit])
