"""Documents give tasks: a direction slip that asks for progress and acceptance, a conclusion item by item.

A tracked slip gives one task: who leads owns it, who supports supports it, each with the term on the slip. The work
waits in the task alone; the slip follows what the task says, never the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import SYSTEM, Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.text import clean, fold, nfc
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import DirectionInput, IncomingView
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks import services as task_services
from congvu.domains.tasks.events import TaskBegun, TaskDone, TaskSaid
from congvu.domains.tasks.types import Holder, TaskOrder, TaskView
from congvu.engines.exchange import selectors as exchange
from congvu.engines.typeset.types import Article, Clause, Point, blocks_from_json, words
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import consumes
from congvu.ground.files import selectors as files
from congvu.ground.records import services as records

# Kinds of issued documents whose items may become tasks: conclusions are announced as "thông báo" (NĐ 30/2020 Điều 7).
GIVING = frozenset({"TB", "BB", "NQ", "QD", "CT", "KH", "CTR"})
GIVING_NAMES = {
    "TB": "thong bao", "BB": "bien ban", "NQ": "nghi quyet", "QD": "quyet dinh", "CT": "chi thi", "KH": "ke hoach",
    "CTR": "chuong trinh",
}  # fmt: skip
TITLE, CODE = 500, 100
# How a numbered line begins, how many lines of a text are looked at, and how short a line is no item.
ITEM = re.compile(r"(?:(\d{1,2})[.)]|([a-zđ])\))\s+(?=\S)")
LINES, SHORTEST = 600, 20
# What a tracked direction is to bring where the leader says nothing else.
REPORT = "Văn bản báo cáo kết quả thực hiện"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a conclusion, proposed as a task: its number in the document and its words."""

    number: str
    text: str


def may_direct_as_task(actor: Actor, document_id: UUID, *_args: object, **_given: object) -> None:
    """Whoever may direct the document."""
    services.require_direct(actor, document_id)


@act("document.direct_as_task", policy=may_direct_as_task, label="Cho ý kiến chỉ đạo và giao nhiệm vụ theo dõi")
def direct_as_task(
    actor: Actor, document_id: UUID, given: Sequence[DirectionInput], *, output: str, opinion: str = "",
    task_code: str = "", version: int | None = None,
) -> UUID:  # fmt: skip
    """A direction whose work is a task with progress and acceptance. Returns the task.

    ``output`` is what has to lie there in the end; ``task_code`` the higher level's, by default the message's own.
    Raises Invalid naming lines and fields, WrongState, Conflict for a stale page.
    """
    lines = services.give_direction(actor, document_id, given, opinion=opinion, version=version, tracked=True)
    lead = next(line for line in given if line.role == "lead")
    view = documents.incoming(actor, document_id)
    order = TaskOrder(
        title=view.row.title[:TITLE], output=output, content=clean(opinion), source=document_id, due=lead.due_at,
        no_term=lead.due_at is None, owner=Holder(lead.unit_id, lead.position_id),
        supporters=tuple(_supporter(line, lead) for line in given if line.role == "support"),
        task_code=clean(task_code) or higher_code(document_id),
    )  # fmt: skip
    try:
        task = task_services.give_task(actor, order)
    except Invalid as refusal:
        raise _on_the_slip(refusal, given) from refusal
    services.hold_task(lines, task)
    note(record=document_id, task=str(task), lines=len(lines))
    return task


def _supporter(line: DirectionInput, lead: DirectionInput) -> Holder:
    own = line.due_at if line.due_at != lead.due_at else None
    return Holder(line.unit_id, line.position_id, own)


def _on_the_slip(refusal: Invalid, given: Sequence[DirectionInput]) -> Invalid:
    """The task's refusal at the lines of the slip."""
    lead = next(place for place, line in enumerate(given) if line.role == "lead")
    support = next((place for place, line in enumerate(given) if line.role == "support"), lead)
    at = {"owner": f"lines.{lead}.unit", "supporters": f"lines.{support}.unit", "due": f"lines.{lead}.due_at"}
    problems = tuple(replace(problem, field=at.get(problem.field, problem.field)) for problem in refusal.problems)
    return Invalid(refusal.message, problems=problems, code=refusal.code)


def higher_code(document_id: UUID) -> str:
    """Codes of the higher level's tasks as the document's message brought them (edXML ResponseForTask)."""
    return ", ".join(_codes_of(document_id))[:CODE]


def _codes_of(document_id: UUID) -> tuple[str, ...]:
    message, _unit = documents.message_of(document_id)
    return exchange.letter(message).tasks if message is not None else ()


def answered_codes(record: UUID) -> tuple[str, ...]:
    """Codes of the higher level's tasks that an outgoing document reports on: those of what it replies to."""
    links = documents.outgoing(SYSTEM, record).links
    answered = [link.record_id for link in links if link.outward and link.relation == "reply" and link.kind == "doc_in"]
    found = [code for source in answered for code in _codes_of(source)]
    typed = [code.strip() for text in tasks.higher_codes(answered) for code in text.split(",")]
    return tuple(dict.fromkeys(code for code in (*found, *typed) if code))


def may_give_from(actor: Actor, document_id: UUID, orders: Sequence[TaskOrder], **_given: object) -> None:
    """Leaders, from issued documents they may read, to units they lead; asked for each task."""
    _kind_of(actor, document_id)
    for order in orders:
        task_services.require_give(actor, replace(order, source=document_id))


@act("document.give_tasks", policy=may_give_from, label="Giao nhiệm vụ theo văn bản kết luận")
def give_from_conclusion(actor: Actor, document_id: UUID, orders: Sequence[TaskOrder], *, key: str) -> tuple[UUID, ...]:
    """The items of a conclusion, issued here or registered on arrival, become tasks, all of them or none.

    With ``key`` a repeat gives them once.

    Owners and supporters may read the document from then on. Raises Invalid naming ``items.N.<field>``, KeyReused.
    """
    before = records.recall(actor, key, [str(document_id), *map(repr, orders)])
    if before is not None:
        note(record=document_id, repeat=True)
        return tuple(UUID(text) for text in before)
    _check_giving(actor, document_id, orders)
    given = _give_all(actor, document_id, orders)
    services.let_read(document_id, {key for order in orders for key in _readers(order)})
    records.remember(actor, key, [str(task) for task in given])
    note(record=document_id, tasks=len(given))
    return given


def _check_giving(actor: Actor, document_id: UUID, orders: Sequence[TaskOrder]) -> None:
    if _kind_of(actor, document_id) not in GIVING:
        raise Invalid(_("Loại văn bản này không giao nhiệm vụ. Chỉ giao từ kết luận, chỉ thị, kế hoạch, quyết định."))
    if not orders:
        message = _("Chọn ít nhất một mục để giao.")
        raise Invalid(message, problems=(Problem("items", message, "missing"),))


def _kind_of(actor: Actor, document_id: UUID) -> str:
    """The kind of a document that may give tasks; "" for one that arrived and is of another kind.

    Raises NotFound, WrongState for a draft, Conflict for an arrival nobody has registered.
    """
    if not documents.is_incoming(document_id):
        return services.require_issued(actor, document_id)
    view = documents.incoming(actor, document_id)
    if view.row.arrival_number is None:
        raise Conflict(_("Văn bản chưa vào sổ. Vào sổ rồi giao nhiệm vụ."))
    return _named(view)


def _named(view: IncomingView) -> str:
    name = fold(view.row.kind_name)
    return next((key for key, giving in GIVING_NAMES.items() if name.startswith(giving)), "")


def concludes(view: IncomingView) -> bool:
    """Whether an arrival is of a kind whose items may become tasks, and is registered."""
    return view.row.arrival_number is not None and bool(_named(view))


def _give_all(actor: Actor, document_id: UUID, orders: Sequence[TaskOrder]) -> tuple[UUID, ...]:
    """Every order, or none: what is wrong is collected from all of them, and the act is undone as a whole."""
    given: list[UUID] = []
    problems: list[Problem] = []
    for place, order in enumerate(orders):
        try:
            given.append(task_services.give_task(actor, replace(order, source=document_id)))
        except Invalid as refusal:
            problems += [replace(problem, field=f"items.{place}.{problem.field}") for problem in refusal.problems]
    if problems:
        words = ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(problems))
        raise Invalid(words % {"count": len(problems)}, problems=tuple(problems))
    return tuple(given)


def _readers(order: TaskOrder) -> Iterable[str]:
    for holder in (order.owner, *order.supporters, *order.watchers):
        yield f"u:{holder.unit}"
        if holder.position is not None:
            yield f"p:{holder.position}"


def conclusion_items(actor: Actor, document_id: UUID) -> tuple[Item, ...]:
    """The items of a conclusion that may become tasks, as they stand in it; none for other kinds.

    Clauses and points count, an article only where it has words of its own; of an arrival the numbered lines of its
    files, once they were read. Raises NotFound.
    """
    if documents.is_incoming(document_id):
        given = _kind_of(actor, document_id) in GIVING
        return tuple(numbered("\n".join(files.texts_of(document_id)))) if given else ()
    view = documents.outgoing(actor, document_id)
    if view.row.state != "issued" or view.kind.key not in GIVING:
        return ()
    found = []
    for block in blocks_from_json(view.current.content["blocks"]):
        if isinstance(block, Article | Clause | Point) and (text := clean(words(block.text))):
            found.append(Item(block.number, text[:TITLE]))
    return tuple(found)


def numbered(text: str) -> Iterator[Item]:
    """The lines of a text that begin with a number or a letter, each with the lines below that go on with it."""
    number, words_of = "", list[str]()
    for raw in [*nfc(text).splitlines()[:LINES], ""]:
        line = clean(raw)
        found = ITEM.match(line)
        if number and (found or not line):
            if len(said := " ".join(words_of)) >= SHORTEST:
                yield Item(number, said[:TITLE])
            number = ""
        if found:
            number, words_of = found[1] or found[2], [line[found.end() :]]
        elif number:
            words_of.append(line)


@consumes(TaskBegun)
def tell_begun(event: TaskBegun) -> None:
    _follow(event.record, "begun")


@consumes(TaskSaid)
def tell_supported(event: TaskSaid) -> None:
    """A supporter who is done has done the line of the slip."""
    slip = documents.lines_of_task(event.record)
    waiting = {unit for role, unit, _post, done in slip[1] if role != "lead" and not done} if slip else set()
    if not waiting:
        return
    view = tasks.task(SYSTEM, event.record)
    for part in view.supports:
        if part.part == "support" and part.done_at is not None and part.unit_id in waiting:
            news = services.TaskNews(
                "supported", part.name, _said(view, "supported", by=part.name), part.unit_id, part.position_id
            )
            services.follow_task(SYSTEM, event.record, news)


@consumes(TaskDone)
def tell_ended(event: TaskDone) -> None:
    _follow(event.record, "done" if event.outcome == "done" else "lost")


def _follow(task: UUID, kind: str) -> None:
    if documents.lines_of_task(task) is not None:
        view = tasks.task(SYSTEM, task)
        services.follow_task(SYSTEM, task, services.TaskNews(kind, view.owner.name, _said(view, "finished")))


def _said(view: TaskView, kind: str, *, by: str = "") -> str:
    """The newest words of this kind in the task's thread, else what the task was to bring."""
    said = (entry.text for entry in view.entries if entry.kind == kind and by in ("", entry.by))
    return next(said, "") or view.output
