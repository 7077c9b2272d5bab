"""Between request and view: the reader's language, requests nobody may send, and refusals as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from congvu.common.errors import Refusal, TooLarge
from congvu.ground.ui.errors import not_found, refusal_response
from congvu.ground.ui.readers import LANGUAGES

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    """Vietnamese unless the reader chose otherwise.

    ``Accept-Language`` is not asked: phones sold in Vietnam often stand on English while their owners do not read it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


class DoorMiddleware:
    """Turns away what no page of ours sends, before any middleware or view reads the body.

    A zero byte in the path names nothing: no code, token or slug holds one, and PostgreSQL takes none. A body larger
    than ``BODY_LIMIT`` (nobody signed in: ``BODY_LIMIT_ANONYMOUS``, or the address's own in ``BODY_LIMITS_OPEN``; all
    bytes) would be written to disk by the upload
    handlers before any check of the form. The API has limits of its own and knows its callers by token, so there only
    the first bound holds. A body without a length (chunked) is empty to WSGI.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            return not_found(request)
        limit = self._exceeded(request)
        if limit:
            return refusal_response(request, TooLarge(_too_large(limit)))
        return self.get_response(request)

    @staticmethod
    def _exceeded(request: HttpRequest) -> int:
        """The bound that this request's body passes, in bytes; 0 if it passes none."""
        told = str(request.META.get("CONTENT_LENGTH") or "0")
        if not told.isdecimal():
            return 0
        length = int(told) if len(told) <= 18 else settings.BODY_LIMIT + 1
        if length > settings.BODY_LIMIT:
            return int(settings.BODY_LIMIT)
        limit = int(settings.BODY_LIMITS_OPEN.get(request.path_info, settings.BODY_LIMIT_ANONYMOUS))
        stranger = length > limit and not request.path_info.startswith("/api/")
        return limit if stranger and not request.user.is_authenticated else 0


def _too_large(limit: int) -> str:
    words = _("Nội dung gửi lên lớn hơn %(n)s MB nên chưa nhận.")
    if limit != settings.BODY_LIMIT_ANONYMOUS:
        help_ = _("Hãy quay lại và gửi ít tệp hơn hoặc tệp nhỏ hơn.")
    else:
        help_ = _("Hãy đăng nhập ở một thẻ khác, rồi tải lại trang này và đồng ý gửi lại.")
    return f"{words % {'n': limit // 1024 // 1024}} {help_}"


class RefusalMiddleware:
    """A refusal that no view has handled becomes its page, its fragment or its problem document."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal_response(request, exception) if isinstance(exception, Refusal) else None
