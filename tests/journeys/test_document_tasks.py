"""A direction is a task, a conclusion gives tasks: one story on both sides, and the higher level's code comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import selectors
from congvu.domains.documents import services as documents
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.models import Direction
from congvu.domains.documents.types import DirectionInput, Forwarding, RecipientInput
from congvu.domains.tasks import selectors as task_selectors
from congvu.domains.tasks import services as tasks
from congvu.domains.tasks.models import Task
from congvu.domains.tasks.types import Holder, TaskOrder
from congvu.engines.exchange import selectors as exchange_selectors
from congvu.engines.exchange.models import Message
from congvu.engines.workflow import selectors as work
from congvu.ground.events.services import deliver_pending
from congvu.journeys import document_tasks
from tests.domains.documents.office import Office
from tests.engines.exchange.office import set_up, written
from tests.engines.exchange.samples import THEIRS
from tests.marks import refuses

pytestmark = pytest.mark.django_db
OUTPUT = "Văn bản trả lời"


def settle() -> None:
    while deliver_pending():
        pass


def slip(office: Office) -> list[DirectionInput]:
    return [office.lead(), office.support(), DirectionInput("inform", office.unit("tt"))]


def tracked(office: Office):
    """A registered document, and the task its direction gave."""
    record = office.register().record_id
    task = document_tasks.direct_as_task(
        office.chair, record, slip(office), output=OUTPUT, opinion="Tham mưu trả lời đúng hạn."
    )
    settle()
    return record, task


def line(record, role: str, office: Office):
    return next(d for d in selectors.incoming(office.clerk, record).directions if d.role == role)


def test_the_lead_owns_the_task_supporters_support_it_each_with_the_own_term(office: Office):
    record, task = tracked(office)
    view = task_selectors.task(office.chair, task)
    assert (view.title, view.content, view.output) == (
        "V/v báo cáo biên chế năm 2026", "Tham mưu trả lời đúng hạn.", OUTPUT,
    )  # fmt: skip
    assert (view.owner.unit_id, view.due_at) == (office.unit("kt"), datetime(2026, 11, 27, 17, tzinfo=VN))
    assert [(p.part, p.unit_id, p.due_at) for p in view.supports] == [
        ("support", office.unit("vh"), datetime(2026, 11, 26, 17, tzinfo=VN))
    ]
    assert view.source is not None
    assert view.source.id == record
    shown = selectors.incoming(office.clerk, record)
    assert [(d.role, d.task, d.item) for d in shown.directions] == [
        ("lead", task, None), ("support", task, None), ("inform", None, None),
    ]  # fmt: skip
    assert (shown.row.state, shown.row.due_at) == ("processing", view.due_at)
    # The work waits in one place only: in the task.
    assert work.open_items(record) == []
    assert {(i.step_kind, i.due_at and i.due_at.astimezone(VN).day) for i in work.open_items(task)} == {
        ("do", 27), ("support", 26),
    }  # fmt: skip


def test_a_later_term_of_the_owner_leaves_the_supporters_own(office: Office):
    _record, task = tracked(office)
    head = office.world.staff("truongphong")
    tasks.ask_extension(head, task, until=datetime(2026, 12, 4, 17, tzinfo=VN), reason="Thiếu số liệu")
    tasks.answer_extension(office.chair, task, granted=True)
    items = {(i.step_kind, i.due_at.astimezone(VN).day) for i in work.open_items(task) if i.step_kind != "extend"}
    assert items == {("do", 4), ("support", 26)}


def test_accepting_the_task_finishes_line_and_document(office: Office):
    record, task = tracked(office)
    head = office.world.staff("truongphong")
    tasks.finish(head, task, text="Đã tham mưu Công văn 15/UBND-KT")
    settle()
    assert line(record, "lead", office).done_at is None, "finished is not accepted yet"
    tasks.accept(office.chair, task)
    settle()
    view = selectors.incoming(office.clerk, record)
    assert (view.row.state, view.result) == ("done", "Đã tham mưu Công văn 15/UBND-KT")
    assert line(record, "lead", office).done_by == head.name
    documents.follow_task(SYSTEM, task, documents.TaskNews("done", "Ai đó", "Khác"))
    assert line(record, "lead", office).done_by == head.name, "told again nothing more happens"


def test_a_supporter_who_is_done_has_done_the_line(office: Office):
    record, task = tracked(office)
    (item,) = [i for i in work.open_items(task) if i.step_kind == "support"]
    from congvu.ground.orgs import selectors as orgs

    (person,) = orgs.holders_of(item.assignee_id)
    helper = orgs.staff_actor(person.user_id, item.assignee_id)
    tasks.contribute(helper, task, text="Mới có số liệu một nửa")
    settle()
    assert line(record, "support", office).done_at is None
    tasks.contribute(helper, task, text="Đã gửi số liệu", done=True)
    settle()
    done = line(record, "support", office)
    assert (done.done_by, done.result) == (helper.name, "Đã gửi số liệu")
    assert selectors.incoming(office.clerk, record).row.state == "processing"


def test_a_lost_task_gives_the_document_back_to_the_leaders(office: Office):
    record, task = tracked(office)
    tasks.cancel(office.chair, task, reason="Giao nhầm đơn vị")
    settle()
    view = selectors.incoming(office.clerk, record)
    assert (view.row.state, view.row.due_at) == ("registered", None)
    assert [d.role for d in view.directions] == ["inform"]
    assert office.item(record, "direct").holders == (f"r:chair@{office.unit()}",)
    documents.direct(office.chair, record, [office.lead("vh")])
    assert selectors.incoming(office.clerk, record).row.state == "processing"


def test_a_task_given_by_hand_from_a_document_moves_no_line(office: Office):
    record = office.register().record_id
    documents.direct(office.chair, record, [office.lead()])
    order = TaskOrder("Rà soát", "Báo cáo", Holder(office.unit("kt")), no_term=True, source=record)
    task = tasks.give(office.chair, order)
    tasks.cancel(office.chair, task, reason="Không cần nữa")
    settle()
    assert selectors.incoming(office.clerk, record).row.state == "processing"
    assert len(selectors.incoming(office.clerk, record).directions) == 1


@refuses("document.direct_as_task")
def test_wrong_tracked_slips_are_refused_and_nothing_moves(office: Office):
    record = office.register().record_id
    head = office.world.staff("truongphong")
    with pytest.raises(NotFound):
        document_tasks.direct_as_task(head, record, slip(office), output=OUTPUT)
    with pytest.raises(Forbidden):
        document_tasks.direct_as_task(office.clerk, record, slip(office), output=OUTPUT)
    cases = [
        ([DirectionInput("inform", office.unit("tt"))], OUTPUT, "lines"),
        (slip(office), "", "output"),
        ([office.lead(), replace(office.support("kt"), position_id=head.position_id)], OUTPUT, "lines.1.unit"),
        ([replace(office.lead(), due_at=None)], OUTPUT, "lines.0.due_at"),
    ]
    for given, output, field in cases:
        with pytest.raises(Invalid) as refused:
            document_tasks.direct_as_task(office.chair, record, given, output=output)
        assert field in {problem.field for problem in refused.value.problems}
    with pytest.raises(Conflict):
        document_tasks.direct_as_task(office.chair, record, slip(office), output=OUTPUT, version=99)
    assert (Task.objects.count(), Direction.objects.count()) == (0, 0)
    assert selectors.incoming(office.chair, record).row.state == "registered"


@refuses("document.follow_task")
def test_only_the_program_moves_a_slip_after_its_task(office: Office):
    record, task = tracked(office)
    with pytest.raises(Forbidden):
        documents.follow_task(office.chair, task, documents.TaskNews("done", "x"))
    with pytest.raises(WrongState):
        documents.follow_task(SYSTEM, task, documents.TaskNews("sung", "x"))
    documents.follow_task(SYSTEM, record, documents.TaskNews("done", "x"))
    assert selectors.incoming(office.clerk, record).row.state == "processing"


def conclusion(office: Office, kind: str = "TB"):
    """A conclusion of the chair, issued, with two clauses."""
    blocks = [
        {"type": "paragraph", "text": [{"text": "Chủ tịch kết luận như sau:"}]},
        {"type": "clause", "number": "1", "text": [{"text": "Phòng Kinh tế rà soát diện tích lúa."}]},
        {"type": "clause", "number": "2", "text": [{"text": "Phòng Văn hóa - Xã hội lập danh sách hộ nghèo."}]},
    ]
    record = office.draft(kind, subject="kết luận giao ban", content={**office.content(), "blocks": blocks})
    office.to_signature(record)
    return record


def orders(office: Office) -> list[TaskOrder]:
    due = datetime(2026, 11, 30, 17, tzinfo=VN)
    return [
        TaskOrder("Rà soát diện tích lúa", "Báo cáo", Holder(office.unit("kt")), due=due),
        TaskOrder("Lập danh sách hộ nghèo", "Danh sách", Holder(office.unit("vh")), no_term=True),
    ]


@refuses("document.give_tasks")
def test_a_conclusion_gives_its_items_as_tasks_once(signing_office: Office):
    office = signing_office
    record = conclusion(office)
    with pytest.raises(WrongState):
        document_tasks.give_from_conclusion(office.chair, record, orders(office), key=uuid4().hex)
    office.sign(record)
    office.issue(record)
    assert [(i.number, i.text) for i in document_tasks.conclusion_items(office.chair, record)] == [
        ("1", "Phòng Kinh tế rà soát diện tích lúa."), ("2", "Phòng Văn hóa - Xã hội lập danh sách hộ nghèo."),
    ]  # fmt: skip
    key, wrong = uuid4().hex, [orders(office)[0], replace(orders(office)[1], output="")]
    with pytest.raises(Invalid) as refused:
        document_tasks.give_from_conclusion(office.chair, record, wrong, key=key)
    assert [problem.field for problem in refused.value.problems] == ["items.1.output"]
    with pytest.raises(Invalid):
        document_tasks.give_from_conclusion(office.chair, record, [], key=key)
    with pytest.raises(Forbidden):
        document_tasks.give_from_conclusion(office.official, record, orders(office), key=key)
    assert Task.objects.count() == 0
    given = document_tasks.give_from_conclusion(office.chair, record, orders(office), key=key)
    assert document_tasks.give_from_conclusion(office.chair, record, orders(office), key=key) == given
    rows = task_selectors.of_source(office.chair, record)
    assert [(row.id, row.title) for row in rows] == [
        (given[0], "Rà soát diện tích lúa"), (given[1], "Lập danh sách hộ nghèo"),
    ]  # fmt: skip
    # Who has to do it reads what it says.
    assert selectors.outgoing(office.world.staff("truongphong"), record).id == record


def test_a_letter_gives_no_tasks(signing_office: Office):
    office = signing_office
    record = conclusion(office, "CV")
    office.sign(record)
    office.issue(record)
    assert document_tasks.conclusion_items(office.chair, record) == ()
    with pytest.raises(Invalid):
        document_tasks.give_from_conclusion(office.chair, record, orders(office), key=uuid4().hex)
    assert Task.objects.count() == 0


def test_the_code_of_a_higher_levels_task_goes_from_the_message_to_the_task_and_back_with_the_reply(
    signing_office: Office,
):
    office = signing_office
    exchange = set_up(office.world)
    exchange.arrive(written(tasks=("TTg-2026-0147", "TTg-2026-0148")))
    settle()
    (arrival,) = selectors.arrivals(office.clerk)
    documents.register_arrived(office.clerk, arrival.id, Forwarding())
    task = document_tasks.direct_as_task(office.chair, arrival.id, [office.lead()], output=OUTPUT)
    assert task_selectors.task(office.chair, task).task_code == "TTg-2026-0147, TTg-2026-0148"
    reply = office.draft(reply_to=arrival.id)
    office.to_signature(reply)
    office.sign(reply)
    office.issue(reply, RecipientInput("exchange", THEIRS.name, THEIRS.id))
    settle()
    (message,) = Message.objects.filter(outgoing=True, kind="document")
    assert exchange_selectors.letter(message.id).tasks == ("TTg-2026-0147", "TTg-2026-0148")
