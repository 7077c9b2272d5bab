"""Acts of digitising: the backlog by hand and from a sheet, batches, scans, their check, filing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.digitising import selectors as digitising
from congvu.domains.digitising import services
from congvu.faces.desk.digitising import forms
from congvu.faces.desk.digitising.views import CURRENT, backlog_page, batch_page
from congvu.faces.desk.posted import whole
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.faces.desk.uploads import uploaded
from congvu.ground.orgs import selectors as orgs
from congvu.journeys import digitising_workfiles as filing

Call = Callable[[Actor, UUID, HttpRequest], object]
MOST_BYTES = 4 * 1024 * 1024


def _agency(actor: Actor) -> int:
    return orgs.agency_of(actor.unit_id or 0).id


@require_POST
@staff_only
def add(request: HttpRequest) -> HttpResponseBase:
    """One holding by hand."""
    actor = actor_of(request)
    try:
        services.add_holding(actor, _agency(actor), forms.holding(request.POST))
    except Refusal as refusal:
        return backlog_page(request, form="add", refusal=refusal)
    messages.success(request, _("Đã thêm khối tài liệu."))
    return redirect(reverse(CURRENT))


@require_POST
@staff_only
def from_sheet(request: HttpRequest) -> HttpResponseBase:
    """The rows of a sheet, all or none; mistakes stand by their rows."""
    actor, sheet = actor_of(request), request.FILES.get("sheet")
    try:
        if sheet is None or (sheet.size or 0) > MOST_BYTES:
            message = _("Chọn tệp .xlsx hoặc .csv, tối đa 4 MB.")
            raise Invalid(message, problems=(Problem("sheet", message, "required"),))
        done = services.import_holdings(actor, _agency(actor), digitising.rows_of(sheet.read()))
    except Refusal as refusal:
        return backlog_page(request, form="import", refusal=refusal)
    messages.success(request, ngettext("Đã nhập %(n)s khối.", "Đã nhập %(n)s khối.", done) % {"n": done})
    return redirect(reverse(CURRENT))


@require_POST
@staff_only
def begin(request: HttpRequest, holding_id: int) -> HttpResponseBase:
    """A batch of a holding."""
    fields = request.POST
    try:
        made = services.begin(
            actor_of(request), holding_id, position=whole(fields, "position") or 0, first=forms.day(fields, "first"),
            last=forms.day(fields, "last"), pages=whole(fields, "pages"),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return backlog_page(request, form=f"begin-{holding_id}", refusal=refusal)
    messages.success(request, _("Đã lập đợt số hóa."))
    return redirect(reverse("desk_digitising_batch", args=[made]))


def _take(actor: Actor, batch: UUID, request: HttpRequest) -> None:
    fields = request.POST
    given, file = forms.scan(fields), uploaded(request, "file")
    services.take(actor, batch, given, file=file, replaces=whole(fields, "replaces"))


def _check(actor: Actor, _batch: UUID, request: HttpRequest) -> None:
    fields = request.POST
    services.check(
        actor, whole(fields, "scan") or 0, passed=fields.get("passed") == "1", reason=fields.get("reason", "")
    )


def _accept(actor: Actor, batch: UUID, request: HttpRequest) -> None:
    text = request.POST.get("years", "")
    filing.accept(actor, batch, years=whole(request.POST, "years"), permanent=text == forms.FOREVER)


# What each verb of the address calls, and what the page says when it is done.
ACTS: dict[str, tuple[Call, Promise]] = {
    "nhan": (_take, gettext_lazy("Đã nhận bản số hóa.")),
    "rut-mau": (
        lambda a, b, r: services.draw(a, b, percent=whole(r.POST, "percent")),
        gettext_lazy("Đã rút mẫu. Người khác với người quét kiểm tra từng bản trong mẫu."),
    ),
    "kiem-tra": (_check, gettext_lazy("Đã ghi kết quả kiểm tra.")),
    "nghiem-thu": (_accept, gettext_lazy("Đã nghiệm thu, các bản số hóa nằm trong hồ sơ công việc.")),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, batch_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the batch; refused, the page comes back with what was typed."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(actor_of(request), batch_id, request)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return batch_page(request, batch_id, verb=verb, refusal=refusal)
    messages.success(request, str(words))
    return redirect(reverse("desk_digitising_batch", args=[batch_id]))
