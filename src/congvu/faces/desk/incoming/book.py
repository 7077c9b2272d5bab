"""Papers made from the book: the register of a period, a direction slip, the list as a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, Problem
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IncomingRow, IncomingView, IssuerView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Column, Direction, DirectionSlip, RegisterBook
from congvu.faces.desk.incoming.fields import day_of, figure
from congvu.faces.desk.incoming.rows import CHANNELS, PRIORITIES, slip_of
from congvu.faces.desk.incoming.views import CURRENT, may_print, query_of, tab_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.ui.formats import date_time, table_date

MOST = 1_000_000
EXPORTED = 5000
SHOWN = 200
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so is a formula to spreadsheet programs, whoever wrote it.
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Period:
    """What is printed of a year's book: by numbers, by days, or all of it."""

    year: int
    first: int
    last: int
    since: date | None
    until: date | None

    def holds(self, row: IncomingRow) -> bool:
        day = local_date(row.arrived_at)
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@require_GET
@staff_only
def book(request: HttpRequest) -> HttpResponseBase:
    """Sổ đăng ký văn bản đến: on the screen, or with ``?dang=pdf`` or ``xlsx`` as a paper or a sheet."""
    actor = actor_of(request)
    if not may_print(actor):
        raise Forbidden(_("Chỉ văn thư và lãnh đạo cơ quan xem, in được sổ."))
    kept = documents.book_of(actor)
    form = request.GET.get("dang", "")
    try:
        period = _period(request)
        rows = _rows(actor, kept, period)
    except Invalid as refusal:
        return _screen(request, kept, None, [], refusal)
    if form == "pdf":
        return _sent(typeset.set_register(_register(kept, period, rows)), "application/pdf", "so-van-ban-den.pdf")
    if form == "xlsx":
        return _sent(typeset.register_sheet(_register(kept, period, rows)), SHEET, "so-van-ban-den.xlsx")
    return _screen(request, kept, period, rows, None)


def _period(request: HttpRequest) -> Period:
    asked, this_year = request.GET, local_date(timezone.now()).year
    since, until = day_of(asked.get("tu-ngay", ""), "tu-ngay"), day_of(asked.get("den-ngay", ""), "den-ngay")
    year = figure(asked.get("nam", ""), "nam") or (since or until or date(this_year, 1, 1)).year
    first, last = figure(asked.get("tu-so", ""), "tu-so") or 1, figure(asked.get("den-so", ""), "den-so") or MOST
    if first > last or (since and until and since > until):
        message = _("Khoảng in không có văn bản nào: điểm đầu đứng sau điểm cuối.")
        raise Invalid(message, problems=(Problem("tu-so" if first > last else "tu-ngay", message, "range"),))
    return Period(year, first, last, since, until)


def _rows(actor: Actor, kept: IssuerView, period: Period) -> list[IncomingRow]:
    found = documents.book(actor, kept.id, year=period.year, first=period.first, last=period.last)
    return [row for row in found if period.holds(row)]


def _screen(
    request: HttpRequest, kept: IssuerView, period: Period | None, rows: list[IncomingRow], refusal: Invalid | None
) -> HttpResponse:
    asked = request.GET.copy()
    asked.pop("dang", None)
    context = {
        "book": kept, "period": period, "rows": [_cells(row) for row in rows[-SHOWN:]], "count": len(rows),
        "shown": SHOWN, "asked": asked, "query": asked.urlencode(), "refusal": refusal,
        "year": asked.get("nam") or (period.year if period else ""),
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }  # fmt: skip
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/incoming/book.html", context, current=CURRENT, status=status)


def _register(kept: IssuerView, period: Period, rows: list[IncomingRow]) -> RegisterBook:
    days = [local_date(row.arrived_at) for row in rows]
    return RegisterBook(
        kind="incoming", agency=kept.name, above=kept.above, rows=tuple(_cells(row) for row in rows),
        year=period.year, first_day=period.since or (days[0] if days else None),
        last_day=period.until or (days[-1] if days else None),
        first_number=str(rows[0].arrival_number) if rows else "", last_number=_last(rows),
    )  # fmt: skip


def _last(rows: list[IncomingRow]) -> str:
    return str(rows[-1].arrival_number) if rows else ""


def _cells(row: IncomingRow) -> tuple[str, ...]:
    """One line of the book, in the order of the ten columns of NĐ 30/2020 Phụ lục IV."""
    return (
        table_date(row.arrived_at), str(row.arrival_number or ""), row.sender, row.code,
        table_date(row.issued_on) if row.issued_on else "",
        ": ".join(part for part in (row.kind_name, row.title) if part), row.lead or "Lãnh đạo cơ quan",
        table_date(row.registered_at) if row.registered_at else "", "", "",
    )  # fmt: skip


@require_GET
@staff_only
def slip(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Phiếu giải quyết văn bản đến, as it stands now."""
    view = documents.incoming(actor_of(request), document_id)
    return _sent(typeset.set_direction_slip(_slip(view)), "application/pdf", "phieu-giai-quyet.pdf")


def _slip(view: IncomingView) -> DirectionSlip:
    row, lines = view.row, slip_of(view)
    top, inner = [x for x in lines if not x.inside], [x for x in lines if x.inside]
    said = [opinion for opinion in view.opinions if opinion.leader]
    done = next((x.line for x in top if x.line.role == "lead" and x.line.done_at), None)
    return DirectionSlip(
        agency=view.book.name, above=view.book.above, arrival=f"{row.arrival_number or ''}",
        document=(
            ("Tên loại", row.kind_name), ("Số, ký hiệu", row.code),
            ("Ngày tháng", table_date(row.issued_on) if row.issued_on else ""), ("Cơ quan ban hành", row.sender),
            ("Trích yếu nội dung", row.title),
        ),
        leader=tuple(_entry(x) for x in top), unit=tuple(_entry(x) for x in inner),
        leader_words="\n".join(opinion.text for opinion in said[:3]),
        leader_signed=f"{said[0].by}, {date_time(said[0].at)}" if said else "",
        unit_words=inner[0].line.opinion if inner else "",
        unit_signed=f"{inner[0].line.given_by}, {date_time(inner[0].line.given_at)}" if inner else "",
        proposal=done.result if done else "",
        proposal_signed=f"{done.done_by}, {date_time(done.done_at)}" if done and done.done_at else "",
    )  # fmt: skip


def _entry(shown: Any) -> Direction:
    line = shown.line
    due = date_time(line.due_at) if line.due_at else "Không thời hạn" if line.no_deadline else ""
    return Direction(to=shown.who, role=line.role_label, due=due)


@require_GET
@staff_only
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as narrowed on the screen, at most 5,000 rows, as ``csv`` or ``xlsx``; no cell is a formula."""
    if form not in SHEETS:
        raise Http404
    actor = actor_of(request)
    query = query_of(tab_of(actor, request.GET.get("loc", "")), request.GET.get("q", ""))
    rows = [_plain(row) for row in documents.incoming_list(actor, query, limit=EXPORTED).rows]
    make, media = SHEETS[form]
    return _sent(make([_heads(), *rows]), media, f"van-ban-den.{form}", attached=True)


def _heads() -> tuple[str, ...]:
    return (
        _("Số đến"), _("Ngày đến"), _("Nơi gửi"), _("Số, ký hiệu"), _("Ngày văn bản"), _("Loại văn bản"),
        _("Trích yếu"), _("Độ khẩn"), _("Trạng thái"), _("Chủ trì"), _("Hạn"), _("Đến bằng"),
    )  # fmt: skip


def _plain(row: IncomingRow) -> tuple[str, ...]:
    return (
        str(row.arrival_number or ""), table_date(row.arrived_at), row.sender, row.code,
        table_date(row.issued_on) if row.issued_on else "", row.kind_name, row.title, str(PRIORITIES[row.priority]),
        row.state_label, row.lead, date_time(row.due_at) if row.due_at else "", str(CHANNELS[row.channel]),
    )  # fmt: skip


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([f"'{cell}" if cell.startswith(RISKY) else cell for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    """The rows as a sheet; its cells are texts, whatever they begin with."""
    columns = tuple(Column(label) for label in rows[0])
    return typeset.register_sheet(
        RegisterBook(kind="report", agency="", title=_("Văn bản đến"), columns=columns, rows=tuple(rows[1:]))
    )


SHEETS: dict[str, tuple[Callable[[list[tuple[str, ...]]], bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"), "xlsx": (_xlsx, SHEET)
}  # fmt: skip


def _sent(content: bytes, media: str, name: str, *, attached: bool = False) -> HttpResponse:
    kind = "attachment" if attached or media == SHEET else "inline"
    return HttpResponse(
        content, content_type=media, headers={"Content-Disposition": f'{kind}; filename="{name}"'}
    )  # fmt: skip
