"""Registering, deciding, moving, cancelling; who may; what is refused and that nothing moved."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import uuid4

import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid, KeyReused, NotFound
from congvu.common.zones import VN
from congvu.domains.calendars import selectors, services
from congvu.domains.calendars.errors import RoomTaken, WrongState
from congvu.domains.calendars.models import Change, Entry, Room
from congvu.domains.calendars.types import When
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry as Trail
from tests.domains.calendars.weeks import EIGHT, TEN, THURSDAY, entry, post, register
from tests.marks import refuses


def state(record) -> str:
    return Entry.objects.get(record=record).record.state


def test_the_office_enters_at_once_a_unit_proposes(world):
    assert state(register(world)) == "approved"
    record = register(world, "chuyenmon", content="Kiểm tra đồng ruộng", kind="trip")
    assert state(record) == "proposed"
    (item,) = [row for row in work.inbox(world.staff("chanhvp")).rows if row.kind == "calendar"]
    assert (item.name, item.title, item.due_at) == (
        "Duyệt lịch công tác", "Kiểm tra đồng ruộng", datetime(2026, 11, 26, 8, tzinfo=VN),
    )  # fmt: skip
    assert [row.id for row in selectors.proposals(world.staff("vanthu"))] == [record]
    assert selectors.proposals(world.staff("vanhoa")) == ()
    services.approve(world.staff("vanthu"), record)
    assert state(record) == "approved"
    assert [row for row in work.inbox(world.staff("chanhvp")).rows if row.kind == "calendar"] == []


def test_a_proposal_is_corrected_by_its_proposer(world):
    record = register(world, "chuyenmon")
    mine = world.staff("chuyenmon")
    services.amend(mine, record, entry(world, content="Họp khác", attendees=(post(world, "vanhoa"),)))
    view = selectors.entry(world.staff("vanhoa"), record)
    assert (view.row.content, [seat.name for seat in view.row.attendees]) == ("Họp khác", [world.staff("vanhoa").name])
    services.amend(mine, record, entry(world, content="Họp khác"))
    with pytest.raises(NotFound):
        selectors.entry(world.staff("vanhoa"), record)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"content": " "}, "content"),
        ({"kind": "party"}, "kind"),
        ({"place": "x" * 201}, "place"),
        ({"leader": None}, "leader"),
        ({"host": "Bí thư Huyện ủy"}, "host"),
        ({"leader": 987654321}, "leader"),
        ({"units": (987654321,)}, "units"),
        ({"when": When(THURSDAY)}, "start"),
        ({"when": When(THURSDAY, "evening")}, "session"),
        ({"when": When(THURSDAY, start=TEN, end=EIGHT)}, "end"),
        ({"when": When(THURSDAY, "day", until=date(2026, 11, 25))}, "until"),
        ({"when": When(THURSDAY, "day", until=date(2027, 1, 25))}, "until"),
        ({"room": 987654321, "place": ""}, "room"),
    ],
)
@refuses("calendar.register")
def test_what_is_wrong_is_named_and_nothing_moves(world, change, field):
    with pytest.raises(Invalid) as caught:
        register(world, **change)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert (Entry.objects.count(), Trail.objects.filter(verb="calendar.register").count()) == (0, 0)


def test_posts_of_other_agencies_are_guests(world):
    with pytest.raises(Invalid):
        register(world, attendees=(post(world, "chutichtinh"),))
    with pytest.raises(NotFound):
        register(world, source=uuid4())
    assert Entry.objects.count() == 0


def test_a_repeat_registers_once(world):
    key, office = uuid4().hex, world.staff("chanhvp")
    first = services.register(office, entry(world), key=key)
    assert services.register(office, entry(world), key=key) == first
    with pytest.raises(KeyReused):
        services.register(office, entry(world, content="Khác"), key=key)
    assert Entry.objects.count() == 1


def test_parts_of_the_day_follow_office_hours_and_an_end_may_stay_open(world):
    def at(when: When) -> tuple[str, str, bool]:
        row = selectors.entry(world.staff("chanhvp"), register(world, when=when)).row
        return (f"{row.starts_at.astimezone(VN):%d %H:%M}", f"{row.ends_at.astimezone(VN):%d %H:%M}", row.open_end)

    assert at(When(THURSDAY, "morning")) == ("26 07:30", "26 11:30", False)
    assert at(When(THURSDAY, "afternoon")) == ("26 13:00", "26 17:00", False)
    assert at(When(THURSDAY, "day", until=date(2026, 11, 27))) == ("26 07:30", "27 17:00", False)
    # A holiday has no hours: the usual halves are meant.
    assert at(When(date(2026, 11, 24), "morning")) == ("24 07:30", "24 11:30", False)
    assert at(When(THURSDAY, start=time(8))) == ("26 08:00", "26 11:30", True)
    assert at(When(THURSDAY, start=time(14))) == ("26 14:00", "26 17:00", True)
    assert at(When(THURSDAY, start=time(19))) == ("26 19:00", "26 21:00", True)


@refuses("calendar.approve", "calendar.decline")
def test_only_the_office_decides(world):
    record = register(world, "chuyenmon")
    for login in ("chuyenmon", "truongphong"):
        with pytest.raises(Forbidden):
            services.approve(world.staff(login), record)
        with pytest.raises(Forbidden):
            services.decline(world.staff(login), record, reason="Không")
    with pytest.raises(NotFound):
        services.approve(world.staff("vanhoa"), record)
    with pytest.raises(Invalid):
        services.decline(world.staff("chanhvp"), record, reason=" ")
    with pytest.raises(Conflict):
        services.approve(world.staff("chanhvp"), record, version=9)
    world.clock.move_to(datetime(2026, 11, 27, 8, tzinfo=VN))
    with pytest.raises(WrongState):
        services.approve(world.staff("chanhvp"), record)
    assert state(record) == "proposed"
    services.decline(world.staff("chanhvp"), record, reason="Trùng kỳ họp HĐND")
    assert selectors.entry(world.staff("chuyenmon"), record).row.reason == "Trùng kỳ họp HĐND"
    with pytest.raises(WrongState):
        services.approve(world.staff("chanhvp"), record)


@refuses("calendar.amend", "calendar.move")
def test_what_stands_is_moved_not_corrected(world):
    record, office = register(world), world.staff("chanhvp")
    with pytest.raises(WrongState):
        services.amend(office, record, entry(world))
    later = When(date(2026, 11, 27), start=EIGHT, end=TEN)
    with pytest.raises(NotFound):
        services.move(world.staff("chuyenmon"), record, later, reason="Bận", place="Nhà văn hóa")
    with pytest.raises(Invalid):
        services.move(office, record, later, reason="", place="Nhà văn hóa")
    with pytest.raises(Conflict):
        services.move(office, record, When(THURSDAY, start=EIGHT, end=TEN), reason="Bận", place="Nhà văn hóa")
    proposal = register(world, "chuyenmon")
    with pytest.raises(WrongState):
        services.move(office, proposal, later, reason="Bận", place="Nhà văn hóa")
    with pytest.raises(Forbidden):
        services.amend(world.staff("truongphong"), proposal, entry(world))
    assert (Change.objects.count(), state(record), state(proposal)) == (0, "approved", "proposed")
    services.move(office, record, later, reason="Chủ tịch đi họp tỉnh", place="Nhà văn hóa")
    (change,) = selectors.entry(office, record).changes
    assert (change.kind, change.reason, change.old_starts) == (
        "moved", "Chủ tịch đi họp tỉnh", datetime(2026, 11, 26, 8, tzinfo=VN),
    )  # fmt: skip


@refuses("calendar.cancel")
def test_a_proposer_withdraws_the_office_cancels(world):
    record, proposal = register(world), register(world, "chuyenmon")
    with pytest.raises(NotFound):
        services.cancel(world.staff("chuyenmon"), record, reason="Không cần")
    with pytest.raises(Forbidden):
        services.cancel(world.staff("truongphong"), proposal, reason="Không cần")
    with pytest.raises(Invalid):
        services.cancel(world.staff("chuyenmon"), proposal, reason="")
    assert (state(record), state(proposal)) == ("approved", "proposed")
    services.cancel(world.staff("chuyenmon"), proposal, reason="Không cần nữa")
    services.cancel(world.staff("chutich"), record, reason="Dồn vào tuần sau")
    assert (state(record), state(proposal)) == ("cancelled", "cancelled")
    with pytest.raises(WrongState):
        services.cancel(world.staff("chutich"), record, reason="Lại hủy")


@refuses("calendar.add_room", "calendar.close_room")
def test_a_room_is_held_once(world):
    office = world.staff("chanhvp")
    for name, seats in (("", None), ("Hội trường", 0)):
        with pytest.raises(Invalid):
            services.add_room(office, name, seats=seats)
    with pytest.raises(Forbidden):
        services.add_room(world.staff("chuyenmon"), "Hội trường")
    room = services.add_room(office, "Hội trường", seats=120)
    with pytest.raises(Conflict):
        services.add_room(office, "Hội trường")
    first = register(world, place="", room=room)
    with pytest.raises(RoomTaken):
        register(world, "chuyenmon", place="", room=room, when=When(THURSDAY, start=time(9)))
    # One after the other is no clash, and a proposal does not hold a room.
    waiting = register(world, "chuyenmon", place="", room=room, when=When(THURSDAY, start=TEN, end=time(11)))
    second = register(world, place="", room=room, when=When(THURSDAY, start=TEN, end=time(11)))
    with pytest.raises(RoomTaken):
        services.approve(office, waiting)
    with pytest.raises(RoomTaken):
        services.move(office, second, When(THURSDAY, start=time(9), end=TEN), reason="Sớm hơn", room=room)
    assert (state(waiting), Entry.objects.count()) == ("proposed", 3)
    services.cancel(office, first, reason="Hoãn")
    services.move(office, second, When(THURSDAY, start=time(9), end=TEN), reason="Sớm hơn", room=room)
    with pytest.raises(Forbidden):
        services.close_room(world.staff("chuyenmon"), room)
    with pytest.raises(NotFound):
        services.close_room(office, 987654321)
    assert Room.objects.get().closed_at is None
    services.close_room(office, room)
    with pytest.raises(WrongState):
        services.close_room(office, room)
    assert selectors.rooms(office) == ()
