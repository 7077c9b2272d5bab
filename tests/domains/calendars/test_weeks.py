"""The week: who reads it before and after it is published, what changes say, clashes in words, what recurs."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.calendars import jobs, selectors, services
from congvu.domains.calendars.errors import WrongState
from congvu.domains.calendars.models import Entry, Series, Week
from congvu.domains.calendars.types import SeriesInput, When
from congvu.ground.events.services import deliver_pending
from congvu.ground.notifications.models import Message
from tests.domains.calendars.weeks import EIGHT, MONDAY, THURSDAY, post, register
from tests.marks import refuses

FRIDAY = date(2026, 11, 27)
# Tree, calendar, entries, seats, the week, changes.
WEEK_STATEMENTS = 6


def settle() -> None:
    while deliver_pending():
        pass


def told(world, login: str) -> list[str]:
    rows = Message.objects.filter(recipient=f"p:{post(world, login)}").order_by("created_at", "id")
    return [row.kind for row in rows]


def contents(actor, **more) -> list[str]:
    return [row.content for row in selectors.week(actor, MONDAY, **more).rows]


def test_a_week_is_open_to_the_agency_once_it_is_published(world):
    register(world, attendees=(post(world, "truongphong"),))
    register(world, content="Tiếp công dân", kind="reception", when=When(FRIDAY, "morning"))
    everybody, taking_part, office = world.staff("vanhoa"), world.staff("truongphong"), world.staff("chanhvp")
    assert contents(everybody) == []
    assert contents(taking_part) == ["Họp giao ban"]
    assert contents(office) == contents(world.staff("chutich")) == ["Họp giao ban", "Tiếp công dân"]
    services.publish_week(office, MONDAY)
    settle()
    assert contents(everybody) == ["Họp giao ban", "Tiếp công dân"]
    assert selectors.week(everybody, MONDAY).published_by == office.name
    assert contents(world.staff("chutichtinh")) == []
    assert (contents(taking_part, own=True), contents(everybody, own=True)) == (["Họp giao ban"], [])
    assert (told(world, "truongphong"), told(world, "vanhoa")) == (["calendar_week"], [])


@refuses("calendar.publish_week")
def test_a_week_is_published_once_by_the_office(world):
    with pytest.raises(Forbidden):
        services.publish_week(world.staff("chuyenmon"), MONDAY)
    with pytest.raises(Invalid):
        services.publish_week(world.staff("vanthu"), THURSDAY)
    assert Week.objects.count() == 0
    services.publish_week(world.staff("vanthu"), MONDAY)
    with pytest.raises(Conflict):
        services.publish_week(world.staff("vanthu"), MONDAY)


def test_changes_after_publication_are_marked_and_told(world):
    office, member = world.staff("chanhvp"), world.staff("truongphong")
    first = register(world, attendees=(post(world, "truongphong"),))
    second = register(world, content="Hủy sau", when=When(THURSDAY, "afternoon"), units=(member.unit_id,))
    services.publish_week(office, MONDAY)
    added = register(world, content="Bổ sung", when=When(FRIDAY, "afternoon"), attendees=(post(world, "truongphong"),))
    services.move(office, first, When(FRIDAY, start=EIGHT), reason="Chủ tịch họp tỉnh", place="Nhà văn hóa")
    services.cancel(office, second, reason="Dồn sang tháng sau")
    settle()
    assert sorted(told(world, "truongphong")) == [
        "calendar_added", "calendar_cancelled", "calendar_moved", "calendar_week"
    ]  # fmt: skip
    days = {day.day: day for day in selectors.week(world.staff("vanhoa"), MONDAY).days}
    assert [(row.content, row.mark, row.state) for row in days[THURSDAY].rows] == [
        ("Hủy sau", "cancelled", "cancelled")
    ]
    assert [(ghost.content, ghost.reason) for ghost in days[THURSDAY].ghosts] == [("Họp giao ban", "Chủ tịch họp tỉnh")]
    assert [(row.id, row.mark_label) for row in days[FRIDAY].rows] == [(first, "Đổi lịch"), (added, "Bổ sung")]
    moved = Message.objects.get(kind="calendar_moved", recipient=f"p:{member.position_id}")
    assert "trước đây 8:00 thứ Năm 26/11/2026, nay đổi sang 8:00 thứ Sáu 27/11/2026" in moved.body


def test_before_publication_nothing_is_told(world):
    record = register(world, attendees=(post(world, "truongphong"),))
    services.move(world.staff("chanhvp"), record, When(FRIDAY, start=EIGHT), reason="Bận", place="")
    services.cancel(world.staff("chanhvp"), record, reason="Thôi")
    declined = register(world, "chuyenmon")
    services.decline(world.staff("chanhvp"), declined, reason="Trùng")
    settle()
    assert (told(world, "truongphong"), told(world, "chuyenmon")) == ([], ["calendar_declined"])


def test_what_never_stood_or_fell_out_before_is_not_published(world):
    office, everybody = world.staff("chanhvp"), world.staff("vanhoa")
    withdrawn = register(world, "chuyenmon", content="Rút lại")
    services.cancel(world.staff("chuyenmon"), withdrawn, reason="Không cần nữa")
    dropped = register(world, content="Bỏ sớm")
    services.cancel(office, dropped, reason="Nhập nhầm")
    services.publish_week(office, MONDAY)
    assert (contents(office), contents(everybody)) == (["Bỏ sớm"], [])
    with pytest.raises(NotFound):
        selectors.entry(everybody, withdrawn)


def test_clashes_are_words_and_forbid_nothing(world):
    office = world.staff("chanhvp")
    register(world, attendees=(post(world, "truongphong"),))
    record = register(
        world, content="Kiểm tra", leader=post(world, "truongphong"), when=When(THURSDAY, start=time(9), end=time(18))
    )
    name = world.staff("truongphong").name
    assert [(clash.kind, clash.text) for clash in selectors.entry(office, record).row.clashes] == [
        ("hours", "Ngoài giờ làm việc (7:30–17:00)."),
        ("person", f"{name}, Trưởng phòng trùng lịch với “Họp giao ban” (8:00–10:00)."),
    ]
    chair = world.staff("chutich")
    holiday = register(world, when=When(date(2026, 11, 24), "morning"))
    words = [clash.text for clash in selectors.entry(office, holiday).row.clashes]
    assert words[0].startswith("Thứ Ba 24/11/2026 là ngày nghỉ: Ngày Văn hóa Việt Nam")
    assert words[1] == f"{chair.name}, Chủ tịch UBND đang có người thay: {world.staff('phochutich').name}."
    assert register(world, kind="duty", when=When(date(2026, 11, 29), start=time(19)))
    day = next(day for day in selectors.week(office, MONDAY).days if day.day == date(2026, 11, 24))
    assert day.off.startswith("Thứ Ba 24/11/2026 là ngày nghỉ")


def test_a_clash_with_what_one_may_not_read_names_nothing(world):
    register(world, content="Kín", attendees=(post(world, "truongphong"),))
    record = register(world, "chuyenmon", leader=post(world, "truongphong"))
    (clash,) = selectors.entry(world.staff("chuyenmon"), record).row.clashes
    assert clash.text.endswith("trùng lịch với một lịch khác (8:00–10:00).")


def test_a_week_costs_the_same_however_full(world, django_assert_num_queries):
    office = world.staff("chanhvp")
    for hour in range(8, 16):
        register(world, when=When(THURSDAY, start=time(hour), end=time(hour, 30)), attendees=(post(world, "vanhoa"),))
    selectors.week(office, MONDAY)
    with django_assert_num_queries(WEEK_STATEMENTS):
        assert len(selectors.week(office, MONDAY).rows) == 8
    register(world, "chuyenmon", content="Chờ")
    with django_assert_num_queries(5):
        assert [row.content for row in selectors.proposals(office)] == ["Chờ"]
    member = world.staff("vanhoa")
    with django_assert_num_queries(3):
        assert len(selectors.mine(member, MONDAY, FRIDAY)) == 8


def reception(world, **values) -> SeriesInput:
    given = {
        "kind": "reception", "content": "Chủ tịch tiếp công dân", "session": "morning", "weekdays": (1,),
        "leader": post(world, "chutich"), "place": "Nơi tiếp công dân",
    }  # fmt: skip
    return SeriesInput(**{**given, **values})


@refuses("calendar.add_series", "calendar.extend_series")
def test_reception_days_come_again_and_step_aside_on_holidays(world):
    office = world.staff("chanhvp")
    for wrong in ({"weekdays": ()}, {"weekdays": (7,)}, {"month_days": (1,)}, {"content": ""}, {"session": "x"}):
        with pytest.raises(Invalid):
            services.add_series(office, reception(world, **wrong), first=MONDAY)
    with pytest.raises(Forbidden):
        services.add_series(world.staff("chuyenmon"), reception(world), first=MONDAY)
    assert (Series.objects.count(), Entry.objects.count()) == (0, 0)
    series = services.add_series(office, reception(world), first=MONDAY)
    made = [
        (f"{row.starts_at.astimezone(VN):%d/%m}", row.record.state, row.reason)
        for row in Entry.objects.select_related("record").order_by("starts_at")
    ]
    # 35 days from 19/11 reach to 24/12; Tuesday 24/11 is a holiday.
    assert [(day, state) for day, state, _reason in made] == [
        ("25/11", "proposed"), ("01/12", "approved"), ("08/12", "approved"), ("15/12", "approved"),
        ("22/12", "approved"),
    ]  # fmt: skip
    assert made[0][2] == ("Thứ Ba 24/11/2026 là ngày nghỉ: Ngày Văn hóa Việt Nam. Đề nghị dời sang thứ Tư 25/11/2026.")
    assert [row.rule for row in selectors.recurring(office)] == ["thứ Ba hằng tuần"]
    with pytest.raises(Forbidden):
        services.extend_series(office, series)
    assert jobs.extend_all() == 0
    world.clock.move_to(datetime(2026, 11, 26, 2, tzinfo=VN))
    assert (jobs.extend_all(), jobs.extend_all()) == (1, 0)


def test_days_of_the_month_and_a_taken_room(world):
    office = world.staff("chanhvp")
    room = services.add_room(office, "Phòng họp số 1")
    register(world, place="", room=room, when=When(date(2026, 11, 30), "day"))
    services.add_series(office, reception(world, weekdays=(), month_days=(15, 31), place="", room=room), first=MONDAY)
    rows = Entry.objects.filter(series__isnull=False).select_related("record").order_by("starts_at")
    assert [(f"{r.starts_at.astimezone(VN):%d/%m}", r.record.state, r.room_id) for r in rows] == [
        ("30/11", "proposed", None), ("15/12", "approved", room),
    ]  # fmt: skip
    assert rows[0].reason.startswith("Phòng họp số 1 đã có lịch khác")


@refuses("calendar.end_series")
def test_an_ended_series_takes_its_coming_entries_along(world):
    office = world.staff("chanhvp")
    series = services.add_series(office, reception(world), first=MONDAY)
    with pytest.raises(Forbidden):
        services.end_series(world.staff("chuyenmon"), series, reason="Đổi ngày")
    with pytest.raises(NotFound):
        services.end_series(office, 987654321, reason="Đổi ngày")
    with pytest.raises(Invalid):
        services.end_series(office, series, reason="")
    assert Entry.objects.filter(record__state="cancelled").count() == 0
    world.clock.move_to(datetime(2026, 12, 2, 8, tzinfo=VN))
    assert services.end_series(office, series, reason="Đổi ngày tiếp công dân") == 3
    with pytest.raises(WrongState):
        services.end_series(office, series, reason="Lần nữa")
    assert services.extend_series(SYSTEM, series) == 0
