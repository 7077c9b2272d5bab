"""The form of a direction slip: one line that leads, some that support, some for information, each with its term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.errors import Invalid, Problem, Refusal
from congvu.common.zones import local_date
from congvu.domains.documents.types import DirectionInput, DirectionView, IncomingView, Proposal
from congvu.faces.desk.incoming.fields import closing, day_of
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import weekday_date
from congvu.ground.ui.types import Option
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as worktime
from congvu.journeys.document_tasks import REPORT, higher_code

SUPPORTS, INFORMS = 4, 4
ROLES = ("lead", *["support"] * SUPPORTS, *["inform"] * INFORMS)
TERM_DAYS = (1, 3, 5, 7, 10, 15, 30)
SAME, NONE, OTHER = "same", "none", "day"
# What leaders write again and again; part of the record, so in the language of the record.
PHRASES = (
    "Chủ trì tham mưu văn bản trả lời đúng hạn.",
    "Chủ trì, phối hợp triển khai thực hiện, báo cáo kết quả.",
    "Nghiên cứu, đề xuất phương án thực hiện.",
    "Cử người dự họp theo giấy mời, báo cáo lại kết quả.",
    "Chuyển để biết, thực hiện theo chức năng, nhiệm vụ.",
)


@dataclass(frozen=True, slots=True)
class LineFields:
    """The fields of one line as the form shows them. ``number`` names them."""

    number: int
    role: str
    holders: list[Option]
    terms: list[Option]
    day: str
    error: str
    term_error: str


def form_of(
    view: IncomingView, fields: QueryDict, problems: Mapping[str, str], proposal: Proposal | None, *,
    above: DirectionView | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Lines for a slip of the agency, or of a unit that hands on the line ``above``. One with its lead offers none."""
    agency = view.book.unit_id
    led = above is None and any(line.role == "lead" and line.parent is None for line in view.directions)
    known = holders([above.unit_id]) if above is not None else holders(_sections(agency))
    terms = terms_of(agency, _asked(view, above))
    own = [terms if led or role == "lead" else [Option(SAME, _("Như chủ trì")), *terms] for role in ROLES]
    rows = [
        _line(number, role, known, own[number], fields, problems)
        for number, role in enumerate(ROLES)
        if not (led and role == "lead")
    ]
    if proposal is not None and not led and "to-0" not in fields:
        rows[0] = replace(rows[0], holders=[_chosen(o, f"{proposal.unit_id}:") for o in rows[0].holders])
    by_role = {role: [row for row in rows if row.role == role] for role in ("lead", "support", "inform")}
    more = any(fields.get(f"to-{number}") for number in range(1, len(ROLES)))
    return {
        "slip_rows": by_role, "phrases": _phrases(fields), "opinion": fields.get("opinion", ""),
        "proposal": None if led or above is not None else proposal, "why": why(proposal), "slip_more": more or led,
        "task_fields": None if led or above is not None else _task_fields(view, fields),
    }  # fmt: skip


def _task_fields(view: IncomingView, fields: QueryDict) -> dict[str, Any]:
    """Whether the work is followed as a task, what has to come of it, and the higher level's code."""
    code = fields["task_code"] if "task_code" in fields else higher_code(view.id)
    return {"on": fields.get("tracked") == "1" or bool(code), "output": fields.get("output", REPORT), "code": code}


def _asked(view: IncomingView, above: DirectionView | None) -> tuple[date, str] | None:
    """The day that is given already: the unit's own term, or the answer the sender asks for."""
    if above is not None:
        return (local_date(above.due_at), _("Hạn của đơn vị: %(day)s")) if above.due_at else None
    return (view.reply_by, _("Hạn trả lời: %(day)s")) if view.reply_by else None


def why(proposal: Proposal | None) -> str:
    """Why a unit is proposed, in words."""
    if proposal is None:
        return ""
    words = ngettext(
        "%(unit)s đã chủ trì %(times)s trong %(seen)s văn bản trước đây của nơi gửi này.",
        "%(unit)s đã chủ trì %(times)s trong %(seen)s văn bản trước đây của nơi gửi này.", proposal.seen,
    )  # fmt: skip
    return words % {"unit": proposal.unit, "times": proposal.times, "seen": proposal.seen}


def _line(
    number: int, role: str, known: list[Option], terms: list[Option], fields: QueryDict, problems: Mapping[str, str]
) -> LineFields:
    to, term = fields.get(f"to-{number}", ""), fields.get(f"term-{number}")
    if term is None:
        term = terms[0].value if terms[0].value == SAME or terms[0].checked else ""
    return LineFields(
        number, role, [_chosen(option, to) for option in known], [_chosen(option, term) for option in terms],
        fields.get(f"day-{number}", ""), problems.get(f"to-{number}", ""), problems.get(f"term-{number}", ""),
    )  # fmt: skip


def _chosen(option: Option, value: str) -> Option:
    return Option(option.value, option.label, checked=bool(value) and option.value == value)


def _phrases(fields: QueryDict) -> list[Option]:
    return [Option(str(n), words, checked=fields.get("phrase") == str(n)) for n, words in enumerate(PHRASES)]


def _sections(agency: int) -> list[int]:
    """The agency and its own sections, without agencies below it."""
    there = orgs.tree()
    own = [unit.id for unit in there if unit.id != agency and there.agency_of(unit.id).id == agency]
    return [*own, agency]


def holders(units: Iterable[int]) -> list[Option]:
    """Units, then the posts in each, with who acts there. Two statements."""
    there, listed = orgs.tree(), list(units)
    seats = orgs.seats(listed)
    found = [Option(f"{unit}:", there.unit(unit).name) for unit in listed if len(listed) > 1]
    for unit in listed:
        view = there.unit(unit)
        for seat in sorted((s for s in seats if s.unit_id == unit), key=lambda s: s.position_id):
            words = ", ".join([*seat.names, seat.title])
            found.append(Option(f"{unit}:{seat.position_id}", f"{words} ({view.short_name or view.name})"))
    return found


def terms_of(agency: int, asked: tuple[date, str] | None = None) -> list[Option]:
    """The terms a line may have: the day asked for (checked), some working days, a day of its own, or none."""
    calendar = worktime.calendar(orgs.calendar_of(agency))
    today, found = local_date(timezone.now()), {}
    if asked is not None and asked[0] >= today:
        found[asked[0]] = Option(asked[0].isoformat(), asked[1] % {"day": weekday_date(asked[0])}, checked=True)
    for count in TERM_DAYS:
        day = rules.add_working_days(today, count, calendar)
        words = ngettext("%(n)s ngày làm việc: %(day)s", "%(n)s ngày làm việc: %(day)s", count)
        found.setdefault(day, Option(day.isoformat(), words % {"n": count, "day": weekday_date(day)}))
    return [*found.values(), Option(OTHER, _("Ngày khác, ghi ở ô bên")), Option(NONE, _("Không thời hạn"))]


def read(fields: QueryDict, agency: int) -> tuple[list[DirectionInput], list[int]]:
    """The lines as typed, and the number of each in the form. Raises Invalid for what cannot be read."""
    given: list[DirectionInput] = []
    places: list[int] = []
    lead: tuple[datetime | None, bool] = (None, False)
    for number, role in enumerate(ROLES):
        unit, position = _holder(fields.get(f"to-{number}", ""), f"to-{number}")
        if unit is None:
            continue
        term = (None, False) if role == "inform" else term_of(fields, number, agency, lead)
        lead = term if number == 0 else lead
        given.append(DirectionInput(role, unit, position, due_at=term[0], no_deadline=term[1]))
        places.append(number)
    return given, places


def _holder(text: str, field: str) -> tuple[int | None, int | None]:
    if not text:
        return None, None
    unit, _sign, post = text.partition(":")
    if not (
        unit.isascii() and unit.isdecimal() and len(text) < 38 and (not post or (post.isascii() and post.isdecimal()))
    ):
        message = _("Chọn đơn vị hoặc người trong danh sách.")
        raise Invalid(message, problems=(Problem(field, message, "unknown"),))
    return int(unit), int(post) if post else None


def term_of(
    fields: QueryDict, number: int, unit: int, lead: tuple[datetime | None, bool] = (None, False)
) -> tuple[datetime | None, bool]:
    """The term chosen for a line, and whether it has none. Raises Invalid for what is no day."""
    chosen, typed = fields.get(f"term-{number}", ""), fields.get(f"day-{number}", "")
    if chosen == SAME:
        return lead
    if chosen == NONE:
        return None, True
    if chosen in ("", OTHER):
        day = day_of(typed, f"term-{number}")
        return (closing(day, unit), False) if day else (None, False)
    try:
        return closing(date.fromisoformat(chosen), unit), False
    except ValueError:
        message = _("Chọn thời hạn trong danh sách.")
        raise Invalid(message, problems=(Problem(f"term-{number}", message, "unknown"),)) from None


def opinion(fields: QueryDict) -> str:
    """The set phrase and the words beside it, as one opinion."""
    chosen = fields.get("phrase", "")
    phrase = PHRASES[int(chosen)] if chosen in {str(n) for n in range(len(PHRASES))} else ""
    return "\n".join(part for part in (phrase, fields.get("opinion", "").strip()) if part)


def placed(refusal: Invalid, places: list[int]) -> Refusal:
    """The refusal with its problems at the fields of this form."""
    found = []
    for problem in refusal.problems:
        name, _sign, rest = problem.field.partition(".")
        field = problem.field
        if name == "lines":
            number, _sign, part = rest.partition(".")
            row = (
                places[int(number)] if number.isdecimal() and int(number) < len(places) else places[0] if places else 0
            )
            field = f"term-{row}" if part == "due_at" else f"to-{row}"
        found.append(Problem(field, problem.message, problem.code))
    return Invalid(refusal.message, problems=tuple(found), code=refusal.code)
