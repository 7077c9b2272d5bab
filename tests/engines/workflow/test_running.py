"""Processes as rows: a record's way through its steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.engines.workflow import selectors, services
from congvu.engines.workflow.errors import AlreadyDone, NotRunnable
from congvu.engines.workflow.models import Definition, Instance, Seat, Token, WorkItem
from congvu.engines.workflow.types import Step
from congvu.ground.audit.models import Entry
from congvu.ground.events.models import Event
from tests.engines.workflow.office import STEPS, TUESDAY
from tests.engines.workflow.running import begin, do, everything, open_one, waiting
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def test_a_record_goes_through_its_steps(office, four):
    record, instance = begin(office, four)
    assert waiting(record) == ["receive"]
    first = WorkItem.objects.get()
    assert first.holders == [f"r:clerk@{office.center}"]
    assert (first.planned_hours, first.public_name, first.step_kind) == (Decimal(2), "Tiếp nhận", "receive")
    done = do(record, "receive", office.clerk)
    assert waiting(record) == ["assign"]
    assert done.opened == (open_one(record),)
    assert WorkItem.objects.get(node="assign").holders == [f"r:head@{office.dept}"]
    do(record, "assign", office.head)
    do(record, "appraise", office.expert)
    done = do(record, "approve", office.chair)
    assert (done.ended, done.opened) == (True, ())
    row = Instance.objects.get(id=instance)
    assert (row.state, row.outcome, row.ended_at is not None) == ("ended", "next", True)
    assert (Token.objects.count(), Seat.objects.count()) == (0, 0)
    finished = WorkItem.objects.get(node="appraise")
    assert (finished.done_by, finished.done_position, finished.assignee_id) == (
        "Vi Văn Núi", "Vị trí specialist", office.expert.position_id,
    )  # fmt: skip


def test_events_tell_what_happened(office, four):
    record, instance = begin(office, four)
    item = open_one(record)
    services.complete(item, actor=office.clerk)
    told = [(e.name, e.payload) for e in Event.objects.order_by("at", "id")]
    assert [name for name, _ in told] == ["workflow.item_opened", "workflow.step_done", "workflow.item_opened"]
    assert told[1][1] == {"item": str(item), "record": str(record.id), "node": "receive", "outcome": "next"}
    services.cancel(instance)
    assert Event.objects.filter(name="workflow.instance_ended").get().payload == {
        "instance": str(instance), "record": str(record.id), "outcome": "cancelled",
    }  # fmt: skip


def test_completing_a_step_takes_few_statements(office, four):
    record, _ = begin(office, four)
    item = open_one(record)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.complete(item, actor=office.clerk)
    assert len(queries) <= 10, [q["sql"][:90] for q in queries]


def test_done_twice_says_who_and_when_and_moves_nothing(office, four):
    record, _ = begin(office, four)
    item = open_one(record)
    with time_machine.travel(datetime(2026, 11, 17, 14, 5, tzinfo=VN), tick=False):
        services.complete(item, actor=office.clerk)
    before = everything()
    with pytest.raises(AlreadyDone, match="Lò Thị Mây làm xong lúc 14:05 17/11/2026"):
        services.complete(item, actor=office.expert)
    assert everything() == before


@pytest.mark.parametrize("outcome", ["send_back", "bogus", ""])
def test_an_answer_the_step_does_not_have_is_refused(office, four, outcome):
    record, _ = begin(office, four)
    before = everything()
    with pytest.raises(Invalid) as caught:
        services.complete(open_one(record), outcome, actor=office.clerk)
    assert caught.value.problems[0].field == "outcome"
    assert everything() == before


def test_unknown_item_is_not_found(office, four):
    record, _ = begin(office, four)
    with pytest.raises(NotFound):
        services.complete(record.id, actor=office.clerk)


def test_drafts_do_not_start(office):
    draft = services.publish_definition("nhap", title="N", steps=[Step("a", "A", None)])
    record = office.record()
    with pytest.raises(NotRunnable):
        begin(office, draft.id, record)
    with pytest.raises(NotRunnable):
        begin(office, 0, record)
    assert not Instance.objects.exists()


def test_places_must_be_bound(office, four):
    with pytest.raises(Invalid) as caught:
        services.start(four, office.record().id, places={"center": office.center}, actor=office.clerk)
    assert {p.field for p in caught.value.problems} == {"dept", "authority"}
    assert not Instance.objects.exists()


def test_send_back_opens_the_earlier_step_for_who_did_it(office, four):
    record, _ = begin(office, four)
    do(record, "receive", office.clerk)
    do(record, "assign", office.head)
    do(record, "appraise", office.other_expert)
    item = open_one(record, "approve")
    assert selectors.earlier_steps(item) == [
        ("appraise", "Thẩm định"),
        ("assign", "Phân công"),
        ("receive", "Tiếp nhận"),
    ]
    services.send_back(item, to="appraise", actor=office.chair, reason="Thiếu căn cứ")
    again = WorkItem.objects.get(state="open")
    assert (again.node, again.assignee_id, again.assignee_name) == (
        "appraise", office.other_expert.position_id, "Cầm Thị Đồi",
    )  # fmt: skip
    assert WorkItem.objects.get(id=item).note == "Thiếu căn cứ"
    do(record, "appraise", office.other_expert)
    assert do(record, "approve", office.chair).ended
    assert [(s.node, s.state, s.round) for s in selectors.path(record.id)] == [
        ("receive", "done", 1), ("assign", "done", 1), ("appraise", "done", 1), ("approve", "done", 1),
        ("appraise", "done", 2), ("approve", "done", 2),
    ]  # fmt: skip


def test_send_back_needs_a_reason_and_an_earlier_step(office, four):
    record, _ = begin(office, four)
    do(record, "receive", office.clerk)
    item = open_one(record)
    before = everything()
    for target, reason in [("receive", " "), ("approve", "x"), ("assign", "x"), ("zz", "x")]:
        with pytest.raises(Invalid):
            services.send_back(item, to=target, actor=office.head, reason=reason)
    assert everything() == before


def test_first_step_cannot_be_sent_back(office, four):
    record, _ = begin(office, four)
    with pytest.raises(Conflict):
        services.send_back(open_one(record), to="receive", actor=office.clerk, reason="x")


def test_cancel_empties_every_inbox_and_may_be_repeated(office, four):
    record, instance = begin(office, four)
    item = open_one(record)
    services.cancel(instance)
    services.cancel(instance)
    assert waiting(record) == []
    assert (Token.objects.count(), Seat.objects.count(), Instance.objects.get().state) == (0, 0, "cancelled")
    assert Event.objects.filter(name="workflow.instance_ended").count() == 1
    with pytest.raises(AlreadyDone, match="không còn phải làm"):
        services.complete(item, actor=office.clerk)


def test_cancel_all_takes_items_without_a_process_too(office, four):
    record, _ = begin(office, four)
    services.open_item(record.id, kind="signature", name="Ký", holders=["r:chair@1"], unit_id=office.center)
    services.cancel_for(record.id)
    assert waiting(record) == []
    assert Seat.objects.count() == 0


# publishing


@refuses("workflow.publish")
def test_publishing_is_an_act_for_administrators(office):
    with pytest.raises(Forbidden):
        services.publish_process(office.clerk, "k", title="K", steps=STEPS)
    assert not Definition.objects.exists()
    assert not Entry.objects.exists()
    key = services.publish_process(SYSTEM, "k", title="K", steps=STEPS)
    assert services.publish_process(SYSTEM, "k", title="K", steps=STEPS) == key
    assert services.publish_process(SYSTEM, "k", title="K", steps=STEPS[:3]) != key
    assert list(Definition.objects.order_by("version").values_list("key", "version")) == [("k", 1), ("k", 2)]
    view = selectors.latest_definition("k")
    assert view is not None
    assert (view.version, view.runnable, view.places, view.steps) == (2, True, ("center", "dept"), tuple(STEPS[:3]))
    assert [s.node for s in selectors.plan(key)] == ["receive", "assign", "appraise", "approve"]


def test_running_processes_keep_their_version(office, four):
    record, _ = begin(office, four)
    services.publish_definition("bon-buoc", title="Bốn bước", steps=STEPS[:1])
    do(record, "receive", office.clerk)
    assert waiting(record) == ["assign"]


# path


def test_path_shows_what_was_done_what_is_and_what_comes(office, four):
    record, _ = begin(office, four)
    do(record, "receive", office.clerk)
    assert [(s.node, s.state, s.holder) for s in selectors.path(record.id)] == [
        ("receive", "done", "Lò Thị Mây"), ("assign", "now", "head"), ("appraise", "todo", "specialist"),
        ("approve", "todo", "chair"),
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        selectors.path(record.id)
    assert len(queries) == 2


def test_past_reception_the_first_step_is_the_acts_own(office, four):
    record = office.record(code="H01-261117-0001", due=TUESDAY)
    with time_machine.travel(TUESDAY, tick=False):
        services.start(four, record.id, places=office.places, actor=office.clerk, past_reception=True)
    assert waiting(record) == ["assign"]
    taken = WorkItem.objects.get(node="receive")
    assert (taken.state, taken.done_by, taken.done_at, taken.assignee_id) == (
        "done", "Lò Thị Mây", TUESDAY, office.clerk.position_id,
    )  # fmt: skip
    item = WorkItem.objects.get(node="assign")
    assert (item.code, item.title, item.due_at) == ("H01-261117-0001", "Khai sinh", TUESDAY)
    assert item.step_due_at == TUESDAY + timedelta(hours=2)
    assert Seat.objects.count() == 1
    assert sorted(e.name for e in Event.objects.all()) == ["workflow.item_opened", "workflow.step_done"]
