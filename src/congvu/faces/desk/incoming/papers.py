"""Papers made from incoming documents: a direction slip, the list as a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import IncomingRow, IncomingView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Column, Direction, DirectionSlip, RegisterBook
from congvu.faces.desk.incoming.rows import CHANNELS, PRIORITIES, slip_of
from congvu.faces.desk.incoming.views import query_of, tab_of
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.ground.ui.formats import date_time, table_date

EXPORTED = 5000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so is a formula to spreadsheet programs, whoever wrote it.
RISKY = ("=", "+", "-", "@", "\t", "\r")


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
    tab, text = tab_of(actor, request.GET.get("loc", "")), request.GET.get("q", "")
    rows = [_plain(row) for row in documents.incoming_list(actor, query_of(tab, text), limit=EXPORTED).rows]
    services.note_export(actor, "incoming", form=form, rows=len(rows), view=tab, text=text[:200])
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
