"""The description of the API (OpenAPI 3.1), made from the views and kept after the first call."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

PROBLEM = "application/problem+json"
SETTINGS: dict[str, Any] = {
    "TITLE": "Công Vụ API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": (
        "Programs outside file and receive dossiers, do the work that waits for their post and follow it. "
        "Times are ISO 8601 at +07:00. Refusals are problem documents (RFC 9457): `code` is for programs, `detail` and "
        "the messages in `problems` are Vietnamese and may be shown as they stand."
    ),
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATIONS": False,
    "POSTPROCESSING_HOOKS": ["congvu.faces.api.schema.close_requests"],
}
_MEANINGS = {
    400: "The call is malformed: no JSON, or a missing or strange header.",
    401: "No token, or one that is unknown, revoked or expired.",
    403: "The token's scopes or the post's rights do not cover this.",
    404: "No such thing, or it lies outside what the post may see.",
    409: "Not in the state this needs, or the one-time key was used with other content.",
    412: "`If-Match` names an old version.",
    413: "Too large.",
    415: "A content type that this address does not take.",
    422: "Fields are wrong; `problems` names each.",
    429: "Too many calls in this minute; see `Retry-After`.",
}
EVERYWHERE = (401, 403, 429)


class ProblemLine(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Dotted path of the field (`applicant.full_name`), empty for the whole.")
    message = serializers.CharField(help_text="What to do, in Vietnamese.")
    code = serializers.CharField()


class ProblemDocument(serializers.Serializer[Any]):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField(help_text="Stable, for programs.")
    problems = ProblemLine(many=True)


class Schema(AutoSchema):
    """Operations are told by name in the views; a tag is the first part of the path."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "congvu.faces.api.base.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:  # noqa: ARG002
        return {"type": "http", "scheme": "bearer", "description": "Issued by an administrator of the agency."}


def answers(code: int, body: Any, *refusals: int, text: str = "") -> dict[Any, Any]:
    """The documented answers of an operation: the good one, and each refusal as a problem document."""
    told: dict[Any, Any] = {code: OpenApiResponse(body, description=text)}
    for status in sorted({*EVERYWHERE, *refusals}):
        told[status, PROBLEM] = OpenApiResponse(ProblemDocument, description=_MEANINGS[status])
    return told


def header(
    name: str, text: str, *, required: bool = False, response: bool = False, pattern: str = ""
) -> OpenApiParameter:
    """A header of the call, or of the good answer."""
    schema = {"type": "string", **({"pattern": pattern} if pattern else {})}
    return OpenApiParameter(
        name, schema, OpenApiParameter.HEADER, required=required, description=text, response=response
    )


IF_MATCH = header("If-Match", "`ETag` of the dossier as it was seen; a newer version refuses with 412.")
IDEMPOTENCY_KEY = header(
    "Idempotency-Key", "One key for each filing, kept for its repeats.", required=True, pattern=r"^[!-~]{8,80}$"
)
ETAG = header("ETag", "Version of the dossier, for `If-Match`.", response=True)


def close_requests(result: dict[str, Any], **_values: Any) -> dict[str, Any]:
    """Requests take no names but their own."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Request") and schema.get("type") == "object":
            schema["additionalProperties"] = False
    return result


@cache
def document() -> bytes:
    """The description as JSON."""
    with patched_settings(SETTINGS):
        made = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return orjson.dumps(made)


@require_GET
def openapi(_request: HttpRequest) -> HttpResponse:
    """Anybody may read what the API offers."""
    return HttpResponse(document(), content_type="application/json")
