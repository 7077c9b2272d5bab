"""What the forms of the calendar offer, and how what was typed is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.common.zones import local
from congvu.domains.calendars import selectors as calendars
from congvu.domains.calendars.types import EntryInput, EntryRow, EntryView, Kind, Session, When
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming.fields import day_of
from congvu.faces.desk.posted import uuid_or_none, whole_of
from congvu.faces.desk.shell import actor_of
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import SeatView
from congvu.ground.ui.types import Option

# The act's word in the address, the ability it needs, and what its heading says.
FORMS = {
    "tu-choi": ("decline", gettext_lazy("Không đưa vào lịch")),
    "doi": ("move", gettext_lazy("Đổi thời gian, địa điểm")),
    "huy": ("cancel", gettext_lazy("Hủy lịch")),
}


@dataclass(frozen=True, slots=True)
class Group:
    """A unit of the agency with its posts, to be ticked."""

    unit: Option
    posts: tuple[Option, ...]


def clock_of(text: str, field: str) -> time | None:
    """``8:00``, ``8h``, ``14h30``; None for nothing. Raises Invalid."""
    words = text.strip().lower().replace("h", ":").replace("g", ":")
    if not words:
        return None
    hour, _sign, minute = words.partition(":")
    try:
        if not (hour.isascii() and hour.isdecimal() and len(hour) <= 2 and len(minute) in (0, 2)):
            raise ValueError(words)
        return time(int(hour), int(minute or 0))
    except ValueError:
        message = _("Ghi giờ như 8:00.")
        raise Invalid(message, problems=(Problem(field, message, "clock"),)) from None


def when_typed(fields: QueryDict) -> When:
    """The time as typed. Raises Invalid naming every field that cannot be read."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    by_clock = fields.get("session", Session.HOURS) == Session.HOURS
    readers: list[tuple[str, Any]] = [("day", day_of), ("until", day_of)]
    for name, read in [*readers, *([("start", clock_of), ("end", clock_of)] if by_clock else [])]:
        try:
            values[name] = read(fields.get(name, ""), name)
        except Invalid as refusal:
            problems += refusal.problems
    if not problems and values["day"] is None:
        problems.append(Problem("day", _("Ghi ngày như 26/11/2026."), "required"))
    if problems:
        raise Invalid(problems[0].message, problems=tuple(problems))
    return When(session=fields.get("session", Session.HOURS), **values)


def entry_typed(fields: QueryDict) -> EntryInput:
    """The entry as typed. Raises Invalid for a time that cannot be read."""
    return EntryInput(
        kind=fields.get("kind", ""), content=fields.get("content", ""), when=when_typed(fields),
        place=fields.get("place", ""), room=whole_of(fields.get("room", "")), leader=whole_of(fields.get("leader", "")),
        host=fields.get("host", ""), attendees=_numbers(fields, "attendees"), units=_numbers(fields, "units"),
        guests=fields.get("guests", ""), preparers=_numbers(fields, "preparers"),
        source=uuid_or_none(fields.get("source", "")),
    )  # fmt: skip


def _numbers(fields: QueryDict, name: str) -> tuple[int, ...]:
    return tuple(number for text in fields.getlist(name) if (number := whole_of(text)) is not None)


def when_fields(row: EntryRow) -> dict[str, str]:
    """The time of an entry as the form holds it."""
    start, end = local(row.starts_at), local(row.ends_at)
    by_clock = row.session == Session.HOURS
    return {
        "session": row.session, "day": f"{start:%d/%m/%Y}",
        "until": f"{end:%d/%m/%Y}" if end.date() != start.date() else "",
        "start": f"{start:%H:%M}" if by_clock else "", "end": f"{end:%H:%M}" if by_clock and not row.open_end else "",
    }  # fmt: skip


def when_put(when: When) -> dict[str, str]:
    """A time that was proposed, as the form holds it."""
    return {
        "session": when.session, "day": f"{when.day:%d/%m/%Y}", "until": f"{when.until:%d/%m/%Y}" if when.until else "",
        "start": f"{when.start:%H:%M}" if when.start else "", "end": f"{when.end:%H:%M}" if when.end else "",
    }  # fmt: skip


def entry_fields(given: EntryInput) -> QueryDict:
    """An entry that was proposed, as the form holds it."""
    fields = QueryDict(mutable=True)
    fields.update({
        "kind": given.kind, "content": given.content, "place": given.place, "room": str(given.room or ""),
        "leader": str(given.leader or ""), "host": given.host, "guests": given.guests,
        "source": str(given.source or ""), **when_put(given.when),
    })  # fmt: skip
    _put_seats(fields, given.attendees, given.units, given.preparers)
    return fields


def _put_seats(fields: QueryDict, posts: Iterable[int], units: Iterable[int], preparers: Iterable[int]) -> None:
    for name, numbers in (("attendees", posts), ("units", units), ("preparers", preparers)):
        fields.setlist(name, [str(number) for number in numbers])


def row_fields(view: EntryView) -> QueryDict:
    """A proposal that stands, as the form holds it."""
    row, fields = view.row, QueryDict(mutable=True)
    fields.update({
        "kind": row.kind, "content": row.content, "place": "" if row.room_id else row.place,
        "room": str(row.room_id or ""), "leader": str(row.leader_id or ""), "host": row.host, "guests": row.guests,
        "source": str(view.source.id) if view.source else "", **when_fields(row),
    })  # fmt: skip
    posts = [seat.position_id for seat in row.attendees if seat.position_id is not None]
    units = [seat.unit_id for seat in row.attendees if seat.position_id is None]
    _put_seats(fields, posts, units, [seat.unit_id for seat in row.preparers])
    return fields


def choices(actor: Actor, fields: QueryDict) -> dict[str, Any]:
    """Everything the form offers, with what was chosen marked."""
    tree = orgs.tree()
    agency = tree.agency_of(actor.unit_id or 0)
    inside = [unit for unit in (agency, *tree.children(agency.id)) if tree.agency_of(unit.id).id == agency.id]
    seats: dict[int, list[SeatView]] = {}
    for seat in orgs.seats([unit.id for unit in inside]):
        seats.setdefault(seat.unit_id, []).append(seat)
    leader, ticked = fields.get("leader", ""), fields.getlist("attendees")
    units, preparing = fields.getlist("units"), fields.getlist("preparers")
    return {
        "kinds": options(Kind.choices, fields.get("kind", "")),
        "sessions": options(Session.choices, fields.get("session", "") or Session.HOURS),
        "rooms": rooms(actor, fields.get("room", "")),
        "leaders": [
            _post(seat, [leader], unit.short_name) for unit in inside for seat in seats.get(unit.id, [])
        ],
        "groups": [
            Group(
                Option(str(unit.id), unit.short_name, checked=str(unit.id) in units),
                tuple(_post(seat, ticked) for seat in seats.get(unit.id, [])),
            )
            for unit in inside
        ],
        "preparers": [Option(str(u.id), u.short_name, checked=str(u.id) in preparing) for u in inside],
        "picked": bool(ticked or units or preparing),
    }  # fmt: skip


def _post(seat: SeatView, chosen: list[str], unit: str = "") -> Option:
    key = str(seat.position_id)
    words = ", ".join([*seat.names, seat.title])
    return Option(key, f"{unit}: {words}" if unit else words, checked=key in chosen)


def options(pairs: Iterable[tuple[str, Any]], chosen: str) -> list[Option]:
    return [Option(key, str(label), checked=key == chosen) for key, label in pairs]


def rooms(actor: Actor, chosen: str) -> list[Option]:
    """The agency's rooms with their seats."""
    return [
        Option(
            str(room.id),
            _("%(name)s (%(seats)s chỗ)") % {"name": room.name, "seats": room.seats} if room.seats else room.name,
            checked=str(room.id) == chosen,
        )
        for room in calendars.rooms(actor)
    ]  # fmt: skip


def form_parts(request: HttpRequest, view: EntryView, verb: str, refusal: Refusal | None) -> dict[str, Any]:
    """The form asked for, if its act is open to this post."""
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    parts: dict[str, Any] = {"problems": problems}
    known = FORMS.get(verb)
    if known is None or known[0] not in view.abilities:
        return parts
    fields = typed(request)
    if verb == "doi" and not fields:
        fields = row_fields(view)
    parts |= {"act": verb, "act_label": known[1], "act_template": f"desk/calendar/act/{verb}.html", "typed": fields}
    if verb == "doi":
        actor = actor_of(request)
        parts |= {
            "sessions": options(Session.choices, fields.get("session", "") or Session.HOURS),
            "rooms": rooms(actor, fields.get("room", "")),
        }
    return parts
