"""Errors in words: pages for people, problem documents (RFC 9457) for programs."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from congvu.common.actor import ANONYMOUS, Actor, ActorKind
from congvu.common.errors import Refusal


def _wants_problem(request: HttpRequest) -> bool:
    """True for the API and for callers that say so; everybody else reads pages."""
    accepted = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or "application/problem+json" in accepted


def _title(status: int) -> str:
    titles = {
        400: _("Chưa đọc được yêu cầu này"),
        401: _("Cần đăng nhập"),
        403: _("Không có quyền xem hoặc làm việc này"),
        404: _("Không tìm thấy trang này"),
        405: _("Địa chỉ này không nhận cách gọi đó"),
        409: _("Chưa làm được việc này"),
        412: _("Nội dung đã thay đổi từ lần đọc trước"),
        413: _("Nội dung gửi lên quá lớn"),
        415: _("Không nhận dạng dữ liệu này"),
        422: _("Còn chỗ cần sửa"),
        429: _("Có quá nhiều yêu cầu cùng lúc"),
        500: _("Hệ thống gặp lỗi"),
    }
    return titles.get(status, titles[409] if status < 500 else titles[500])


def _lead(status: int) -> str:
    leads = {
        400: _("Địa chỉ hoặc dữ liệu gửi lên không đầy đủ. Hãy quay lại trang trước và làm lại."),
        403: _("Việc này cần chức vụ hoặc đơn vị khác. Hãy kiểm tra chức vụ đang dùng, hoặc đăng nhập lại."),
        404: _("Địa chỉ có thể đã đổi hoặc gõ thiếu. Hãy bắt đầu từ trang đầu hoặc tìm thủ tục."),
        429: _("Hãy đợi một phút rồi làm lại. Những gì đã lưu không mất."),
        500: _("Việc vừa làm chưa được ghi. Hãy thử lại sau ít phút; nếu vẫn gặp lỗi, gọi bộ phận hỗ trợ."),
    }
    return leads.get(status, "")


def problem(status: int, detail: str, *, code: str, problems: list[dict[str, str]] | None = None) -> HttpResponse:
    """A problem document: ``title`` the kind, ``detail`` this case, ``code`` for programs, ``problems`` per field."""
    body: dict[str, Any] = {"type": "about:blank", "title": _title(status), "status": status, "detail": detail}
    body |= {"code": code, "problems": problems or []}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json; charset=utf-8"
    )


def _page(request: HttpRequest, status: int, *, lead: str = "", problems: Any = (), code: str = "") -> HttpResponse:
    context = {"status": status, "title": _title(status), "lead": lead or _lead(status), "problems": problems}
    context["home"] = _home(request)
    if request.headers.get("HX-Request") == "true":
        return _fragment(request, context)
    return render(request, "ui/error.html", context | {"code": code}, status=status)


def _home(request: HttpRequest) -> str:
    """Where this reader begins: an official at the desk, everybody else at the portal."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return str(settings.STAFF_HOME if actor.kind is ActorKind.STAFF else settings.CITIZEN_HOME)


def _fragment(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """For a partial update: a toast in the page's live corner, so that what was typed stays."""
    text = " ".join([context["lead"], *(p.message for p in context["problems"])])
    body = render_to_string("ui/components/toast.html", {"text": text, "kind": "bad"}, request)
    response = HttpResponse(body, status=context["status"])
    response["HX-Retarget"] = "#cv-toasts"
    response["HX-Reswap"] = "beforeend"
    return response


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as this caller reads it: problem document, toast fragment or page, with the refusal's status."""
    if _wants_problem(request):
        listed = [{"field": p.field, "message": p.message, "code": p.code} for p in refusal.problems]
        return problem(refusal.status, refusal.message, code=refusal.code, problems=listed)
    return _page(request, refusal.status, lead=refusal.message, problems=refusal.problems, code=refusal.code)


def _plain(request: HttpRequest, status: int, code: str, lead: str = "") -> HttpResponse:
    if _wants_problem(request):
        return problem(status, lead or _lead(status), code=code)
    return _page(request, status, lead=lead)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 Django passes it
    return _plain(request, 400, "bad_request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 Django passes it
    return _plain(request, 403, "forbidden")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 Django passes it
    return _plain(request, 404, "not_found")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 English, for developers
    """The form's token is old or missing: mostly a page left open over the end of the session."""
    lead = _("Trang này mở đã lâu nên phiên làm việc không còn khớp. Quay lại, tải lại trang rồi gửi lần nữa.")
    return _plain(request, 403, "csrf", lead)


def server_error(request: HttpRequest) -> HttpResponse:
    """The last resort: a page without context processors, which may be what failed."""
    if _wants_problem(request):
        return problem(500, _lead(500), code="server_error")
    page = {"status": 500, "title": _title(500), "lead": _lead(500)}
    return HttpResponse(render_to_string("ui/error.html", page), status=500)
