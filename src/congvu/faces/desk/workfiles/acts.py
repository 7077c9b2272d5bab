"""Acts on work files: opening one, and each verb on its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.workfiles import services
from congvu.domains.workfiles.types import Described, NewFile
from congvu.faces.desk.held import typed
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.uploads import uploaded
from congvu.faces.desk.workfiles.forms import lines, number, rules, term, terms, typed_day, uuids
from congvu.faces.desk.workfiles.views import CURRENT, file_page

Call = Callable[[Actor, UUID, HttpRequest], object]


@require_http_methods(["GET", "POST"])
@staff_only
def open_new(request: HttpRequest) -> HttpResponseBase:
    """Open a file from a line of the list, or outside it. Refused, the form comes back with what was typed."""
    actor = actor_of(request)
    if request.method == "GET":
        return _open_page(request, actor, typed(request))
    fields = request.POST
    years, permanent = term(fields)
    try:
        new = NewFile(
            line=number(fields.get("line", "")), title=fields.get("title", ""), notation=fields.get("notation", ""),
            years=years, permanent=permanent, rule=fields.get("rule", ""), started_on=typed_day(fields, "started_on"),
            paper=fields.get("paper") == "1", description=fields.get("description", ""),
        )  # fmt: skip
        file_id = services.open_file(actor, new)
    except Refusal as refusal:
        return _open_page(request, actor, fields, refusal)
    messages.success(request, _("Đã mở hồ sơ."))
    return redirect(reverse("desk_workfile", args=[file_id]))


def _open_page(request: HttpRequest, actor: Actor, fields: QueryDict, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "typed": fields,
        "lines": lines(actor, fields.get("line", "")),
        "terms": terms(fields.get("years", "")),
        "rules": rules(fields.get("rule", "")),
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/workfiles/open.html", context, current=CURRENT, status=status)


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()


def _version(request: HttpRequest) -> int | None:
    return number(_text(request, "version"))


def _add(actor: Actor, file_id: UUID, request: HttpRequest) -> None:
    file = uploaded(request, "file")
    day: date | None = typed_day(request.POST, "issued_on")
    described = Described(
        subject=_text(request, "subject"), type_name=_text(request, "type_name"), number=_text(request, "number"),
        notation=_text(request, "notation"), issued_on=day, organ_name=_text(request, "organ_name"),
        pages=number(_text(request, "pages")) or 0, paper=file is None,
        confidence="02" if _text(request, "confidence") == "02" else "01",
    )  # fmt: skip
    services.add(actor, file_id, None, described, attached=[file] if file else [])


def _weed(actor: Actor, file_id: UUID, request: HttpRequest) -> None:
    services.weed(actor, file_id, number(_text(request, "entry")) or 0, reason=_text(request, "reason"))


def _close(actor: Actor, file_id: UUID, request: HttpRequest) -> None:
    years, permanent = term(request.POST)
    services.close(
        actor, file_id, ended_on=typed_day(request.POST, "ended_on"), title=_text(request, "title"), years=years,
        permanent=permanent, version=_version(request),
    )  # fmt: skip


def _answer(actor: Actor, file_id: UUID, request: HttpRequest) -> None:
    services.answer(actor, file_id, accepted=_text(request, "accepted") == "1", reason=_text(request, "reason"))


def _keep_copy(actor: Actor, file_id: UUID, request: HttpRequest) -> None:
    (original,) = uuids([_text(request, "original")]) or [file_id]
    services.keep_copy(actor, file_id, original, copy=uploaded(request, "file"))


def _set_level(actor: Actor, file_id: UUID, request: HttpRequest) -> None:
    services.set_level(actor, file_id, level=_text(request, "level"), reason=_text(request, "reason"))


# What each verb of the address calls, and what the page says when it is done.
ACTS: dict[str, tuple[Call, Promise]] = {
    "them": (_add, gettext_lazy("Đã đưa tài liệu vào hồ sơ.")),
    "loai": (_weed, gettext_lazy("Đã loại khỏi hồ sơ.")),
    "ket-thuc": (_close, gettext_lazy("Đã kết thúc hồ sơ.")),
    "mo-lai": (
        lambda a, f, r: services.reopen(a, f, reason=_text(r, "reason")),
        gettext_lazy("Đã mở lại hồ sơ."),
    ),
    "nop-luu": (
        lambda a, f, r: services.submit(a, f, version=_version(r)),
        gettext_lazy("Đã nộp lưu. Hệ thống đóng gói rồi chuyển lưu trữ cơ quan; xong sẽ có thông báo."),
    ),
    "bao-quan": (_keep_copy, gettext_lazy("Đã thêm bản bảo quản bên cạnh tệp gốc.")),
    "che-do": (_set_level, gettext_lazy("Đã đặt chế độ sử dụng.")),
    "tra-loi": (_answer, gettext_lazy("Đã trả lời hồ sơ nộp lưu.")),
    "khoa": (lambda a, f, r: services.freeze(a, [f], reason=_text(r, "reason")), gettext_lazy("Đã khóa hồ sơ.")),
    "mo-khoa": (lambda a, f, r: services.thaw(a, [f], reason=_text(r, "reason")), gettext_lazy("Đã mở khóa hồ sơ.")),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, file_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the file; refused, the page comes back with the form open and what was typed."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(actor_of(request), file_id, request)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return file_page(request, file_id, open_act=verb, refusal=refusal)
    messages.success(request, str(words))
    return redirect(reverse("desk_workfile", args=[file_id]))
