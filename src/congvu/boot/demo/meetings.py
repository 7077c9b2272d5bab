"""The calendar of the first commune: this week published with changes, the next one being planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import time_machine

from congvu.boot.demo.arrivals import HOME, holder
from congvu.boot.demo.organisation import Organisation
from congvu.common.actor import Actor
from congvu.common.zones import at, local_date
from congvu.domains.calendars import selectors as calendars
from congvu.domains.calendars import services
from congvu.domains.calendars.types import EntryInput, Kind, SeriesInput, Session, When

WEEK = timedelta(days=7)


@dataclass(slots=True)
class _Office:
    """Who registers, and short names for posts and units of the commune."""

    made: Organisation
    number: int = 0

    def unit(self, suffix: str) -> int:
        return self.made.units[f"{HOME}-{suffix}"]

    def post(self, key: str) -> int:
        return self.made.positions[f"{HOME}{key}"]

    def add(self, actor: Actor, kind: str, content: str, when: When, leader: str, **more: object) -> UUID:
        self.number += 1
        given = EntryInput(kind, content, when, leader=self.post(leader), **more)  # type: ignore[arg-type]
        return services.register(actor, given, key=f"demo-calendar-{self.number}")


def play(made: Organisation, *, now: datetime) -> int:
    """Fill this week and the next unless they are filled. Returns how many entries were registered."""
    office = _Office(made)
    head = holder(made, f"{HOME}-vp", "head")
    if calendars.recurring(head) or calendars.rooms(head):
        return 0
    monday = calendars.monday_of(local_date(now))
    planned = min(now, at(monday - timedelta(days=3), 15))
    with time_machine.travel(planned, tick=True):
        hall = services.add_room(head, "Hội trường UBND", seats=120)
        small = services.add_room(head, "Phòng họp số 1", seats=24)
        reception = SeriesInput(
            Kind.RECEPTION, "Chủ tịch UBND tiếp công dân định kỳ", Session.MORNING, weekdays=(1,),
            leader=office.post(":chair:1"), place="Nơi tiếp công dân, Trung tâm Phục vụ hành chính công",
        )  # fmt: skip
        services.add_series(head, reception, first=monday)
        moved, dropped = _week(office, head, monday, hall, small)
        services.publish_week(head, monday)
    with time_machine.travel(min(now, at(monday, 9)), tick=True):
        late = When(monday + timedelta(days=4), start=time(14), end=time(16))
        services.move(head, moved, late, reason="Chủ tịch dự họp đột xuất của tỉnh.", room=small)
        services.cancel(head, dropped, reason="Đơn vị phối hợp đề nghị lùi sang tháng sau.")
    _next(office, head, monday + WEEK, hall, small)
    return office.number


def _week(office: _Office, head: Actor, monday: date, hall: int, small: int) -> tuple[UUID, UUID]:
    """The published week. Returns the entry that is moved and the one that is cancelled later."""
    days = [monday + timedelta(days=number) for number in range(5)]
    leaders = (office.post(":chair:2"), office.post(":chair:3"))
    units = tuple(office.unit(suffix) for suffix in ("vp", "kt", "vh", "tt"))
    office.add(
        head, Kind.MEETING, "Giao ban đầu tuần", When(days[0], start=time(8), end=time(9, 30)), ":chair:1", room=small,
        attendees=leaders, units=units, preparers=(office.unit("vp"),),
    )  # fmt: skip
    moved = office.add(
        head, Kind.MEETING, "Họp rà soát tiến độ giải ngân vốn đầu tư công", When(days[2], start=time(14)), ":chair:1",
        room=small, units=(office.unit("kt"),), preparers=(office.unit("kt"),),
    )  # fmt: skip
    dropped = office.add(
        head, Kind.WORK, "Làm việc với Hợp tác xã dịch vụ nông nghiệp", When(days[3], Session.MORNING), ":chair:2",
        place="Trụ sở hợp tác xã", units=(office.unit("kt"),),
    )  # fmt: skip
    office.add(
        head, Kind.TRIP, "Kiểm tra công tác phòng, chống thiên tai tại các thôn ven sông",
        When(days[3], Session.DAY, until=days[4]), ":chair:3", place="Thôn Bãi, thôn Thượng",
        units=(office.unit("kt"),), guests="Trưởng thôn các thôn ven sông",
    )  # fmt: skip
    office.add(
        head, Kind.MEETING, "Hội nghị sơ kết chuyển đổi số", When(days[4], start=time(8), end=time(10, 30)), ":chair:2",
        room=hall, units=units, guests="Bí thư chi bộ, trưởng các thôn", preparers=(office.unit("vh"),),
    )  # fmt: skip
    office.add(
        head, Kind.DUTY, "Trực lãnh đạo cuối tuần", When(monday + timedelta(days=5), Session.DAY), ":chair:3",
        place="Trụ sở UBND",
    )  # fmt: skip
    return moved, dropped


def _next(office: _Office, head: Actor, monday: date, hall: int, small: int) -> None:
    """The week being planned: what the office entered, and what sections propose, one of it with a clash."""
    thursday = monday + timedelta(days=3)
    office.add(
        head, Kind.MEETING, "Họp Ủy ban nhân dân thường kỳ", When(thursday, start=time(8), end=time(11)), ":chair:1",
        room=hall, attendees=(office.post(":chair:2"), office.post(":chair:3")), preparers=(office.unit("vp"),),
    )  # fmt: skip
    official = holder(office.made, f"{HOME}-kt", "specialist")
    office.add(
        official, Kind.WORK, "Làm việc với đơn vị tư vấn quy hoạch", When(thursday, start=time(9), end=time(10)),
        ":chair:2", place="Phòng Kinh tế", units=(office.unit("kt"),),
    )  # fmt: skip
    culture = holder(office.made, f"{HOME}-vh", "head")
    office.add(
        culture, Kind.MEETING, "Họp ban tổ chức hội thao xã", When(thursday, Session.AFTERNOON), ":chair:3", room=small,
        guests="Đoàn Thanh niên, Hội Phụ nữ xã",
    )  # fmt: skip
