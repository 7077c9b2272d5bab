"""The backlog by hand or from a sheet, and batches of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.digitising import policies
from congvu.domains.digitising.models import Batch, Condition, Holding, Importance, State
from congvu.domains.digitising.services.steps import wrong
from congvu.domains.digitising.types import HoldingInput
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records

EARLIEST, MOST_PAGES = 1945, 10_000_000


@act("digitising.add_holding", policy=policies.may_plan, label="Thêm khối tài liệu giấy")
def add_holding(actor: Actor, agency: int, given: HoldingInput) -> int:
    """Enter a body of paper of the backlog. Returns its id. Raises Invalid naming the fields."""
    problems = _problems(given) or _taken(agency, [given])
    if problems:
        raise Invalid(_("Khối tài liệu chưa ghi đúng."), problems=tuple(problems))
    made = Holding.objects.create(**_values(actor, agency, given))
    note(holding=made.pk, pages=made.pages)
    return made.pk


@act("digitising.import_holdings", policy=policies.may_plan, label="Nhập danh sách khối tài liệu giấy")
def import_holdings(actor: Actor, agency: int, rows: Sequence[tuple[int, HoldingInput]]) -> int:
    """Enter the rows of a sheet, all or none. Returns how many.

    Raises Invalid whose problems carry the field ``row-7`` for row 7 of the sheet.
    """
    wrongs = [
        Problem(f"row-{number}", problem.message, problem.code) for number, row in rows for problem in _problems(row)
    ]
    if not wrongs:
        wrongs = _doubles(rows) + [
            Problem(f"row-{number}", problem.message, problem.code)
            for number, row in rows
            for problem in _taken(agency, [row])
        ]
    if wrongs:
        message = _("Bảng có %(n)s lỗi nên chưa nhập dòng nào.") % {"n": len(wrongs)}
        raise Invalid(message, problems=tuple(wrongs))
    Holding.objects.bulk_create(Holding(**_values(actor, agency, row)) for _number, row in rows)
    note(agency=agency, holdings=len(rows))
    return len(rows)


def _problems(given: HoldingInput) -> list[Problem]:
    this_year = local_date(timezone.now()).year
    first, last, pages = given.first_year or 0, given.last_year or 0, given.pages or 0
    tests = (
        ("title", 0 < len(clean(given.title)) <= 300, _("Ghi tên khối tài liệu, tối đa 300 ký tự.")),
        ("fonds", 0 < len(clean(given.fonds)) <= 200, _("Ghi tên phông.")),
        ("shelf", len(clean(given.shelf)) <= 100, _("Giá, kệ tối đa 100 ký tự.")),
        ("pages", 0 < pages <= MOST_PAGES, _("Ghi số trang, ví dụ 12000.")),
        ("first_year", EARLIEST <= first <= this_year, _("Ghi năm sớm nhất của tài liệu, từ 1945 đến nay.")),
        ("last_year", first <= last <= this_year, _("Năm muộn nhất không trước năm sớm nhất và không sau năm nay.")),
        ("importance", given.importance in Importance.values, _("Chọn mức khai thác 1, 2 hoặc 3.")),
        ("condition", given.condition in Condition.values, _("Chọn tình trạng: tốt, bình thường, hỏng.")),
    )
    return [Problem(field, message, "invalid") for field, fits, message in tests if not fits]


def _key(given: HoldingInput) -> tuple[str, str, str]:
    return clean(given.fonds), clean(given.shelf), clean(given.title)


def _taken(agency: int, rows: Sequence[HoldingInput]) -> list[Problem]:
    message = _("Khối tài liệu này đã có trong danh sách.")
    return [
        Problem("title", message, "taken")
        for fonds, shelf, title in map(_key, rows)
        if Holding.objects.filter(agency=agency, fonds=fonds, shelf=shelf, title=title).exists()
    ]


def _doubles(rows: Sequence[tuple[int, HoldingInput]]) -> list[Problem]:
    first: dict[tuple[str, str, str], int] = {}
    found = []
    for number, row in rows:
        before = first.setdefault(_key(row), number)
        if before != number:
            found.append(Problem(f"row-{number}", _("Trùng với dòng %(n)s.") % {"n": before}, "double"))
    return found


def _values(actor: Actor, agency: int, given: HoldingInput) -> dict[str, object]:
    fonds, shelf, title = _key(given)
    return {
        "agency_id": agency, "title": title, "fonds": fonds, "shelf": shelf, "boxes": given.boxes,
        "files": given.files, "pages": given.pages, "first_year": given.first_year, "last_year": given.last_year,
        "importance": given.importance, "condition": given.condition, "note": clean(given.note)[:300],
        "made_at": timezone.now(), "made_by": actor.name,
    }  # fmt: skip


@act("digitising.begin", policy=policies.may_begin, label="Lập đợt số hóa")
def begin(
    actor: Actor, holding: int, *, position: int, first: date | None, last: date | None, pages: int | None
) -> UUID:
    """A batch of a holding: which post of the agency scans how many pages, from when to when. Returns its record.

    Raises Invalid naming the field.
    """
    found = Holding.objects.get(id=holding)
    tree = orgs.tree()
    inside = {unit for unit in tree.subtree(found.agency_id) if tree.agency_of(unit).id == found.agency_id}
    seats = {seat.position_id: seat for seat in orgs.seats(inside)}
    if position not in seats:
        raise wrong("position", _("Chọn vị trí quét trong cơ quan."), "required")
    if first is None or last is None or last < first:
        raise wrong("last" if first else "first", _("Ghi ngày bắt đầu và ngày kết thúc, kết thúc không trước bắt đầu."))
    if pages is None or not 0 < pages <= found.pages:
        raise wrong("pages", _("Số trang kế hoạch từ 1 đến %(n)s.") % {"n": found.pages}, "range")
    seat = seats[position]
    readers = [f"p:{one.position_id}" for one in seats.values() if {"registrar", *policies.LEADERS} & set(one.roles)]
    number = Batch.objects.filter(holding=found).count() + 1
    record = records.open_record(
        kind=policies.KIND, title=f"{found.title}, đợt {number}", unit=seat.unit_id, state=State.SCANNING,
        readers=[f"p:{position}", *readers], opened_at=timezone.now(),
    )  # fmt: skip
    Batch.objects.create(
        record=record, holding=found, unit_id=seat.unit_id, position_id=position,
        scanner=next(iter(seat.names), seat.title), first=first, last=last, planned_pages=pages,
        made_at=timezone.now(), made_by=actor.name,
    )  # fmt: skip
    note(record=record.id, holding=holding, position=position, pages=pages)
    return record.id
