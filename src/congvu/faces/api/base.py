"""One call: who calls, with what right, how much it may send, and how it is answered."""
# ruff: noqa: ARG002 - the signatures are the framework's

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import IO, Any, ClassVar

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, TooLarge
from congvu.faces.api import problems
from congvu.faces.api.schema import Schema
from congvu.ground.accounts import services as accounts
from congvu.ground.accounts.errors import TokenRefused
from congvu.ground.accounts.types import SCOPES, TokenUse
from congvu.ground.orgs import selectors as orgs

JSON_LIMIT = 1024 * 1024
# Room for the borders and headers around the one file of a multipart body.
ENVELOPE = 64 * 1024
_ETAG = re.compile(r'"(\d{1,9})"', re.ASCII)
_KEY = re.compile(r"[!-~]{8,80}", re.ASCII)


class BearerToken(BaseAuthentication):
    """``Authorization: Bearer``; the actor is the token's machine login in the token's post, today."""

    def authenticate(self, request: Request) -> tuple[Any, Any]:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            raise TokenRefused(_("Hãy gửi khóa truy cập trong tiêu đề Authorization: Bearer."), code="token_missing")
        use = accounts.use_token(secret.strip())
        return orgs.machine_actor(use.user_id, use.position_id), use


class WithinScope(BasePermission):
    """The token's scopes hold the one that the address names for the method (an unknown method is 405 later)."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        method = "GET" if request.method == "HEAD" else str(request.method)
        needed = view.scopes.get(method, "")  # type: ignore[attr-defined]
        use: TokenUse = request.auth  # type: ignore[assignment]
        if needed and needed not in use.scopes:
            words = _("Khóa truy cập này không có phạm vi “%(scope)s” (%(words)s).")
            raise Forbidden(words % {"scope": needed, "words": SCOPES[needed]}, code="scope")
        return True


class Json(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN, no depth that would exhaust the stack."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            return orjson.loads(stream.read())
        except orjson.JSONDecodeError as error:
            raise ParseError from error


class JsonAnswer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str)


class OnlyJson(BaseContentNegotiation):
    """There is one form of answer; what the caller would rather have does not matter."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """Base of every address. ``scopes`` names the scope of each method, ``limit`` a bound of its own in bytes."""

    scopes: ClassVar[dict[str, str]] = {}
    limit: ClassVar[int | None] = None
    http_method_names = ("get", "head", "post")
    authentication_classes = (BearerToken,)
    permission_classes = (WithinScope,)
    parser_classes: Sequence[type[BaseParser]] = (Json,)
    renderer_classes = (JsonAnswer,)
    content_negotiation_class = OnlyJson
    throttle_classes = ()
    metadata_class = None
    schema = Schema()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        limit = self.limit or (JSON_LIMIT if Json in self.parser_classes else settings.UPLOAD_LIMIT + ENVELOPE)
        told = request.META.get("CONTENT_LENGTH") or "0"
        if told.isdecimal() and (len(told) > 18 or int(told) > limit):
            raise TooLarge(_("Nội dung gửi lên lớn hơn %(n)s MB.") % {"n": limit // 1024 // 1024})

    def permission_denied(self, request: Request, message: Any = None, code: str | None = None) -> Any:
        raise Forbidden(_("Không có quyền làm việc này."))

    def handle_exception(self, exc: Exception) -> Any:
        http: HttpRequest = self.request._request
        answer = problems.answer(http, exc)
        if answer is None:
            raise exc
        return answer

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        """Answers hold personal data: nobody on the way keeps them."""
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Cache-Control"] = "no-store"
        return final


def actor_of(request: Request) -> Actor:
    """Who calls."""
    actor: Actor = request.user  # type: ignore[assignment]
    return actor


def etag(version: int) -> str:
    """The entity tag of a record's version."""
    return f'"{version}"'


def wanted_version(request: Request) -> int | None:
    """The version named by ``If-Match``, None when the caller does not care. Raises BadRequest, PreconditionFailed."""
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return None
    match = _ETAG.fullmatch(given)
    if match:
        return int(match[1])
    if re.fullmatch(r'(W/)?"[^"]*"', given):
        raise stale()
    raise problems.BadRequest(_("Tiêu đề If-Match phải là ETag nhận được khi xem hồ sơ."), code="if_match")


def stale() -> problems.PreconditionFailed:
    return problems.PreconditionFailed(_("Hồ sơ đã thay đổi từ lúc xem. Hãy xem lại rồi làm tiếp."))


def one_time_key(request: Request) -> str:
    """The ``Idempotency-Key``: 8 to 80 visible ASCII characters. Raises BadRequest without one."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        words = _("Cần tiêu đề Idempotency-Key, từ 8 đến 80 ký tự ASCII nhìn thấy được, mỗi lần nộp một mã riêng.")
        raise problems.BadRequest(words, code="idempotency_key")
    return key


def done(data: Any, *, status: int = 200, **headers: str) -> HttpResponseBase:
    """An answer with headers; underscores in their names stand for dashes."""
    return Response(data, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})
