"""What waits for whom, in which group, page after page."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.common.actor import ANONYMOUS
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.engines.workflow import selectors, services
from congvu.engines.workflow.errors import AlreadyDone
from congvu.engines.workflow.models import Seat, WorkItem
from congvu.engines.workflow.types import Assignee
from tests.engines.workflow.office import TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


def put(office, due=None, *, holders=None, kind="task", title="Việc", **more):
    record = office.record(due=due, title=title)
    holders = [f"r:specialist@{office.dept}"] if holders is None else holders
    return services.open_item(record.id, kind=kind, name="Làm", holders=holders, unit_id=office.dept, **more)


def titles(actor, **filters):
    return [row.title for row in selectors.inbox(actor, **filters).rows]


def test_groups_have_their_borders(office):
    """Tuesday 17/11/2026 9:00: today ends at midnight, the week on Sunday 22/11."""
    cases = {
        "late": [datetime(2026, 11, 17, 8, 59, tzinfo=VN), datetime(2026, 11, 1, 9, tzinfo=VN)],
        "today": [datetime(2026, 11, 17, 9, 0, tzinfo=VN), datetime(2026, 11, 17, 23, 59, tzinfo=VN)],
        "week": [datetime(2026, 11, 18, 0, 0, tzinfo=VN), datetime(2026, 11, 22, 23, 59, tzinfo=VN)],
        "later": [datetime(2026, 11, 23, 0, 0, tzinfo=VN), None],
    }
    for group, dues in cases.items():
        for due in dues:
            put(office, due, title=group)
    page = selectors.inbox(office.expert)
    assert [row.group for row in page.rows] == [row.title for row in page.rows]
    assert [row.title for row in page.rows] == [g for g in cases for _ in range(2)]
    for group in cases:
        assert titles(office.expert, group=group) == [group, group]
    assert selectors.counts(office.expert) == {"late": 2, "today": 2, "week": 2, "later": 2}


def test_pages_follow_each_other_without_gap_or_repeat(office):
    dues = [None if n % 5 == 0 else TUESDAY + timedelta(hours=n % 3) for n in range(23)]
    items = {put(office, due) for due in dues}
    seen, after = [], ""
    while True:
        page = selectors.inbox(office.expert, after=after, limit=4)
        seen += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert len(seen) == 23
    assert set(seen) == items
    order = [row.due_at or datetime.max.replace(tzinfo=VN) for row in selectors.inbox(office.expert, limit=200).rows]
    assert order == sorted(order)


@pytest.mark.parametrize("after", ["x", "!!!", "bnVsbA", "W10", "WyIxIiwyXQ", "é"])
def test_a_broken_cursor_is_refused(office, after):
    with pytest.raises(Invalid):
        selectors.inbox(office.expert, after=after)


def test_unknown_group_is_refused(office):
    with pytest.raises(Invalid):
        selectors.inbox(office.expert, group="never")


def test_only_what_is_addressed_to_the_post_is_there(office):
    put(office, title="vai trò")
    put(office, title="vị trí", holders=[f"p:{office.expert.position_id}"])
    put(office, title="khác đơn vị", holders=[f"r:specialist@{office.center}"])
    put(office, title="lãnh đạo", holders=[f"r:head@{office.dept}"], kind="sign")
    assert sorted(titles(office.expert)) == ["vai trò", "vị trí"]
    assert titles(office.other_expert) == ["vai trò"]
    assert titles(office.head) == ["lãnh đạo"]
    assert titles(office.head, kind="task") == []
    assert titles(ANONYMOUS) == []
    assert selectors.counts(ANONYMOUS) == {"late": 0, "today": 0, "week": 0, "later": 0}


def test_a_stand_in_sees_the_posts_inbox(office):
    put(office, holders=[f"p:{office.chair.position_id}"])
    stand_in = dataclasses.replace(office.chair, user_id=999, name="Lường Thị Nương", on_behalf_of=office.chair.name)
    item = selectors.inbox(stand_in).rows[0]
    services.complete(item.id, actor=stand_in)
    done = WorkItem.objects.get(id=item.id)
    assert (done.done_by, done.on_behalf_of) == ("Lường Thị Nương", "Quàng Văn Bản")


def test_one_item_by_two_keys_is_listed_once(office):
    put(office, holders=[f"p:{office.expert.position_id}", f"r:specialist@{office.dept}"])
    assert len(selectors.inbox(office.expert).rows) == 1
    assert selectors.counts(office.expert)["later"] == 1


def test_assigned_and_claimed_items_leave_other_inboxes(office):
    first, second = put(office, title="giao"), put(office, title="nhận")
    services.assign(first, position_id=office.expert.position_id)
    services.claim(second, actor=office.other_expert)
    assert titles(office.expert) == ["giao"]
    assert titles(office.other_expert) == ["nhận"]
    with pytest.raises(Conflict, match="Cầm Thị Đồi"):
        services.claim(second, actor=office.expert)
    services.release(second)
    assert sorted(titles(office.expert)) == ["giao", "nhận"]


def test_work_is_assigned_only_to_posts_that_can_hold_it(office):
    item = put(office)
    with pytest.raises(Invalid) as caught:
        services.assign(item, position_id=office.clerk.position_id)
    assert caught.value.problems[0].field == "position"
    assert WorkItem.objects.get(id=item).assignee_id is None
    assert titles(office.expert) == ["Việc"]


def test_an_assigned_item_shows_the_post_when_nobody_is_in_it(office):
    item = put(office)
    services.assign(item, position_id=office.expert.position_id)
    assert selectors.inbox(office.expert).rows[0].assignee == "Vị trí specialist"


def test_snoozed_items_come_back(office, clock):
    item = put(office)
    services.snooze(item, TUESDAY + timedelta(days=1))
    assert titles(office.expert) == []
    assert titles(office.expert, snoozed=True) == ["Việc"]
    assert selectors.counts(office.expert)["later"] == 0
    clock.shift(timedelta(days=1))
    assert titles(office.expert) == ["Việc"]
    services.snooze(item, None)
    assert titles(office.expert, snoozed=True) == []


@pytest.mark.parametrize("delta", [timedelta(0), timedelta(days=-1), timedelta(days=61)])
def test_snooze_has_limits(office, delta):
    item = put(office)
    with pytest.raises(Invalid):
        services.snooze(item, TUESDAY + delta)
    assert titles(office.expert) == ["Việc"]


def test_seen_once(office):
    item = put(office)
    assert not selectors.inbox(office.expert).rows[0].seen
    services.mark_seen(item)
    assert selectors.inbox(office.expert).rows[0].seen


def test_due_time_and_title_follow_the_record(office, four):
    record = office.record(due=TUESDAY + timedelta(days=30))
    services.start(four, record.id, places=office.places, actor=office.clerk)
    services.set_due(record.id, TUESDAY - timedelta(hours=1))
    services.retitle(record.id, code="X-1", title="Tên mới")
    row = selectors.inbox(office.clerk, group="late").rows[0]
    assert (row.code, row.title) == ("X-1", "Tên mới")
    services.complete(row.id, actor=office.clerk)
    after = selectors.inbox(office.head).rows[0]
    assert (after.code, after.due_at) == ("X-1", TUESDAY - timedelta(hours=1))


def test_done_and_cancelled_items_leave(office):
    first, second = put(office), put(office)
    services.complete(first, actor=office.expert)
    services.cancel_item(second)
    assert titles(office.expert) == []
    assert Seat.objects.count() == 0
    for change in (lambda: services.claim(first, actor=office.expert), lambda: services.cancel_item(second)):
        with pytest.raises(AlreadyDone):
            change()


def test_an_item_without_holder_is_refused(office):
    with pytest.raises(Invalid):
        put(office, holders=[])
    assert not WorkItem.objects.exists()
    put(office, holders=[], assign=Assignee(office.expert.position_id, "Vi Văn Núi"))
    assert titles(office.expert) == ["Việc"]


def test_counts_are_capped():
    assert [selectors.capped(n) for n in (0, 999, 1000, 1001)] == ["0", "999", "1.000", "1.000+"]


def test_inbox_is_one_statement_and_so_are_its_counts(office):
    for _ in range(5):
        put(office)
    with CaptureQueriesContext(connection) as queries:
        selectors.inbox(office.expert)
        selectors.counts(office.expert)
    assert len(queries) == 2


def test_item_tells_apart_hidden_readable_held_and_done(office):
    item = put(office)
    reader = dataclasses.replace(office.clerk, roles=frozenset())
    stranger = dataclasses.replace(office.head, unit_ids=frozenset(), roles=frozenset())
    assert selectors.item(office.expert, item).may_work
    with pytest.raises(Forbidden):
        selectors.item(reader, item)
    assert not selectors.look(reader, item).may_work
    for ask in (selectors.item, selectors.look):
        with pytest.raises(NotFound):
            ask(stranger, item)
    record = selectors.record_of(item)
    assert (selectors.holds_work(office.expert, record), selectors.holds_work(office.head, record)) == (True, False)
    assert [i.may_work for i in selectors.open_items(record, office.expert)] == [True]
    services.complete(item, actor=office.expert)
    with pytest.raises(AlreadyDone, match="Vi Văn Núi"):
        selectors.item(office.other_expert, item)
    assert selectors.open_items(record) == []
    with pytest.raises(NotFound):
        selectors.record_of(record)
