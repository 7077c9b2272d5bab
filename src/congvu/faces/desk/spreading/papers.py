"""The report of one making known as a sheet: everybody asked, when opened, when confirmed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congvu.common.errors import Forbidden
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import SpreadView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Column, RegisterBook
from congvu.faces.desk.posted import whole_of
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.faces.desk.spreading.rows import Person, people_of
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import date_time

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@staff_only
def sheet(request: HttpRequest, spread_id: UUID) -> HttpResponseBase:
    """The people as narrowed on the screen; no cell is a formula."""
    actor = actor_of(request)
    view = documents.dissemination(actor, spread_id)
    if not view.reports:
        raise Forbidden(_("Chỉ người phổ biến, lãnh đạo, văn thư cơ quan, trưởng đơn vị xem được danh sách xác nhận."))
    group, unit = request.GET.get("tt", ""), whole_of(request.GET.get("don-vi", ""))
    people = people_of(view.readers, group, unit)
    services.note_export(actor, "reading", form="xlsx", rows=len(people), spread=str(spread_id))
    headers = {"Content-Disposition": 'attachment; filename="xac-nhan-da-doc.xlsx"'}
    return HttpResponse(typeset.register_sheet(_book(view, people)), content_type=SHEET, headers=headers)


def _book(view: SpreadView, people: list[Person]) -> RegisterBook:
    """The tally of the whole stands under whatever was narrowed."""
    tally = view.row.tally
    words = _("Đã xác nhận %(n)s trên %(m)s người phải xác nhận (%(p)s%%).")
    closing = words % {"n": tally.confirmed, "m": tally.total, "p": tally.percent}
    title = " ".join(part for part in (view.row.code, view.row.title) if part)
    return RegisterBook(
        kind="report", agency=orgs.unit(view.agency_id).name, title=_("Xác nhận đã đọc văn bản"), subtitle=(title,),
        columns=_columns(), rows=tuple(_line(number, one) for number, one in enumerate(people, 1)), closing=(closing,),
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("STT"), 0.5, "center"), Column(_("Đơn vị"), 2.0), Column(_("Họ và tên"), 2.0),
        Column(_("Vị trí"), 2.0), Column(_("Hạn xác nhận"), 1.5), Column(_("Mở văn bản lúc"), 1.5),
        Column(_("Xác nhận lúc"), 1.5), Column(_("Tình trạng"), 2.0),
    )  # fmt: skip


def _line(number: int, one: Person) -> tuple[str, ...]:
    reader = one.reader
    moments = [date_time(at) if at else "" for at in (reader.due_at, reader.opened_at, reader.confirmed_at)]
    return (str(number), reader.unit, reader.name, reader.post, *moments, one.state)
