"""Everything that goes wrong in a call, as a problem document (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from rest_framework import exceptions

from congvu.common.errors import Conflict, Refusal, TooLarge
from congvu.ground.ui.errors import problem, refusal_response

# Messages that Django and the framework bring along in English.
_WORDS = {
    "null_characters_not_allowed": gettext_noop("Có ký tự không hợp lệ (U+0000). Hãy bỏ ký tự này."),
    "surrogate_characters_not_allowed": gettext_noop("Có ký tự không hợp lệ. Hãy gửi văn bản UTF-8."),
    "min_value": gettext_noop("Giá trị nhỏ quá mức cho phép."),
    "max_value": gettext_noop("Giá trị lớn quá mức cho phép."),
}
TOO_LARGE = frozenset({"too_large"})


class PreconditionFailed(Conflict):
    """``If-Match`` named another version than the one in force."""

    code = "stale"
    status = 412


class BadRequest(Refusal):
    """The call itself is malformed: nothing in its content was looked at."""

    code = "bad_request"
    status = 400


def answer(request: HttpRequest, exc: Exception) -> HttpResponse | None:
    """The problem document, or None for a fault of the program, which goes on to be logged."""
    if isinstance(exc, Refusal):
        return _refused(request, exc)
    if isinstance(exc, exceptions.ValidationError):
        found = list(_flat(exc.detail, ""))
        return problem(
            422,
            ngettext("Còn %(n)s chỗ cần sửa.", "Còn %(n)s chỗ cần sửa.", len(found)) % {"n": len(found)},
            code="invalid",
            problems=found,
        )
    if isinstance(exc, RequestDataTooBig):
        return problem(413, _("Nội dung gửi lên quá lớn."), code="too_large")
    if isinstance(exc, Http404):
        return problem(404, _("Không có địa chỉ này."), code="not_found")
    if isinstance(exc, exceptions.APIException):
        return _framework(exc)
    return None


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if refusal.code in TOO_LARGE and refusal.status != TooLarge.status:
        refusal = TooLarge(refusal.message, problems=refusal.problems)
    response = refusal_response(request, refusal)
    if response.status_code == 401:
        challenge = ', error="invalid_token"' if request.headers.get("Authorization") else ""
        response["WWW-Authenticate"] = f'Bearer realm="congvu"{challenge}'
    elif response.status_code == 429:
        response["Retry-After"] = str(60 - timezone.now().second)
    return response


def _framework(exc: exceptions.APIException) -> HttpResponse:
    told = {
        400: ("bad_request", _("Không đọc được nội dung gửi lên: phải là JSON đúng cú pháp, mã UTF-8.")),
        405: ("method_not_allowed", _("Địa chỉ này không nhận phương thức đó.")),
        415: ("unsupported_media_type", _("Kiểu nội dung gửi lên không được nhận ở địa chỉ này.")),
    }
    code, words = told.get(exc.status_code, ("refused", _("Không thực hiện được yêu cầu này.")))
    return problem(exc.status_code, words, code=code)


def _flat(detail: Any, path: str) -> Iterator[dict[str, str]]:
    """Each error with the dotted path of its field: ``papers.0.name``."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            inner = path if key == "non_field_errors" else f"{path}.{key}".lstrip(".")
            yield from _flat(value, inner)
    elif isinstance(detail, list):
        for number, value in enumerate(detail):
            yield from _flat(value, path if isinstance(value, str) else f"{path}.{number}".lstrip("."))
    else:
        code = str(getattr(detail, "code", "invalid"))
        yield {"field": path, "message": _(_WORDS[code]) if code in _WORDS else str(detail), "code": code}
