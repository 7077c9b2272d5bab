"""What an entry must be like before anything is written, and who sits where in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.domains.calendars import times
from congvu.domains.calendars.models import Room, Seat
from congvu.domains.calendars.types import EntryInput, Kind, Session, When
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.orgs.types import SeatView
from congvu.ground.worktime import selectors as worktime
from congvu.ground.worktime.types import Calendar

CONTENT, PLACE, HOST, GUESTS, REASON = 500, 200, 200, 500, 500
LONGEST = timedelta(days=31)
MOST_SEATS = 60


@dataclass(frozen=True, slots=True)
class Span:
    """When an entry is, resolved."""

    session: str
    open_end: bool
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Who leads, takes part and prepares, with units and the names of today."""

    leader: SeatView | None
    seats: tuple[tuple[str, int, int | None, str], ...]


def refuse(problems: list[Problem]) -> None:
    """Raise Invalid naming each problem; nothing without any."""
    if problems:
        words = ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(problems))
        raise Invalid(words % {"count": len(problems)}, problems=tuple(problems))


def calendar_of(agency: int, tree: UnitTree) -> Calendar:
    return worktime.calendar(tree.calendar_of(agency))


def span_of(when: When, calendar: Calendar) -> Span:
    """The time as typed, resolved in the agency's calendar. Raises Invalid."""
    problems = []
    if when.session not in Session.values:
        problems.append(Problem("session", _("Chọn theo giờ, theo buổi hoặc cả ngày."), "unknown"))
    elif when.session == Session.HOURS and when.start is None:
        problems.append(Problem("start", _("Ghi giờ bắt đầu, ví dụ 8:00."), "required"))
    if when.until is not None and when.until < when.day:
        problems.append(Problem("until", _("Ngày cuối đứng trước ngày đầu."), "range"))
    refuse(problems)
    starts, ends, open_end = times.span(when, calendar)
    if ends <= starts:
        refuse([Problem("end", _("Giờ kết thúc phải sau giờ bắt đầu."), "range")])
    if ends - starts > LONGEST:
        refuse([Problem("until", _("Một lịch dài nhất 31 ngày."), "range")])
    return Span(when.session, open_end, starts, ends)


def words_of(given: EntryInput) -> list[Problem]:
    """What is wrong with the words of an entry."""
    problems = []
    if given.kind not in Kind.values:
        problems.append(Problem("kind", _("Chọn loại lịch."), "unknown"))
    if not 0 < len(clean(given.content)) <= CONTENT:
        problems.append(Problem("content", _("Ghi nội dung, tối đa 500 ký tự."), "required"))
    for field, text, most in (
        ("place", given.place, PLACE),
        ("host", given.host, HOST),
        ("guests", given.guests, GUESTS),
    ):
        if len(clean(text)) > most:
            problems.append(Problem(field, _("Ghi tối đa %(most)s ký tự.") % {"most": most}, "long"))
    if given.room is not None and clean(given.place):
        problems.append(Problem("place", _("Đã chọn phòng của cơ quan thì không ghi địa điểm khác."), "both"))
    if given.leader is None and not clean(given.host):
        problems.append(Problem("leader", _("Chọn người chủ trì, hoặc ghi người chủ trì ngoài cơ quan."), "required"))
    if given.leader is not None and clean(given.host):
        problems.append(
            Problem("host", _("Chỉ ghi người chủ trì ngoài cơ quan khi không chọn vị trí chủ trì."), "both")
        )
    if given.leader is not None and given.leader in given.attendees:
        problems.append(Problem("attendees", _("Người chủ trì không ghi lại trong thành phần."), "twice"))
    if len(given.attendees) + len(given.units) + len(given.preparers) > MOST_SEATS:
        problems.append(Problem("attendees", _("Chọn cả đơn vị thay cho từng người khi có quá 60 thành phần."), "many"))
    return problems


def members(tree: UnitTree, agency: int) -> set[int]:
    """The agency and the units inside it that do not act in their own name."""
    return {unit for unit in tree.subtree(agency) if tree.agency_of(unit).id == agency}


def place_of(given: EntryInput, agency: int, tree: UnitTree) -> Place:
    """Posts and units of the agency. Raises Invalid for any that are not in it."""
    inside = members(tree, agency)
    seats = {seat.position_id: seat for seat in orgs.seats(inside)}
    wrong = {
        "leader": given.leader is not None and given.leader not in seats,
        "attendees": not seats.keys() >= set(given.attendees),
        "units": not inside >= set(given.units),
        "preparers": not inside >= set(given.preparers),
    }
    message = _("Chọn vị trí, đơn vị của cơ quan trong danh sách; người ngoài ghi vào “Khách mời”.")
    refuse([Problem(field, message, "outside") for field, bad in wrong.items() if bad])
    posts = [seats[post] for post in dict.fromkeys(given.attendees)]
    rows = [(Seat.Role.ATTEND.value, seat.unit_id, seat.position_id, name_of(seat)) for seat in posts]
    taken: list[tuple[str, int, int | None, str]] = list(rows)
    taken += [(Seat.Role.ATTEND.value, unit, None, "") for unit in dict.fromkeys(given.units)]
    taken += [(Seat.Role.PREPARE.value, unit, None, "") for unit in dict.fromkeys(given.preparers)]
    return Place(seats[given.leader] if given.leader is not None else None, tuple(taken))


def name_of(seat: SeatView) -> str:
    """Who holds a post today."""
    return ", ".join(seat.names)[:200]


def room_of(room: int | None, agency: int) -> Room | None:
    """The agency's open room, locked so that nobody else takes it meanwhile. Raises Invalid."""
    if room is None:
        return None
    found = Room.objects.select_for_update().filter(id=room, agency=agency, closed_at=None).first()
    if found is None:
        message = _("Chọn phòng trong danh sách phòng của cơ quan.")
        raise Invalid(message, problems=(Problem("room", message, "unknown"),))
    return found


def reason_of(text: str) -> str:
    """A reason of one to 500 characters. Raises Invalid."""
    tidy = clean(text)
    if not 0 < len(tidy) <= REASON:
        message = _("Ghi lý do, tối đa 500 ký tự.")
        raise Invalid(message, problems=(Problem("reason", message, "required"),))
    return tidy
