"""Filing, receiving and following dossiers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.zones import local_date
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.selectors import Query
from congvu.faces.api.base import ApiView, actor_of, done, etag, one_time_key, stale, wanted_version
from congvu.faces.api.dossiers.bodies import (
    DossierBody,
    DossierPage,
    DossierQuery,
    IntakeBody,
    ReceivedBody,
    intake_of,
)  # fmt: skip
from congvu.faces.api.fields import checked
from congvu.faces.api.schema import ETAG, IDEMPOTENCY_KEY, IF_MATCH, answers
from congvu.ground.orgs import selectors as orgs


class Dossiers(ApiView):
    scopes = {"GET": "dossiers:read", "POST": "dossiers:write"}

    @extend_schema(operation_id="list_dossiers", parameters=[DossierQuery], responses=answers(200, DossierPage, 422))
    def get(self, request: Request) -> HttpResponseBase:
        """Dossiers the post may read, newest first, or the one of a code."""
        asked = checked(DossierQuery, request.query_params)
        query = Query(states=(asked["state"],) if "state" in asked else (), code=asked["code"])
        page = selectors.dossiers(actor_of(request), query, after=asked["after"], limit=asked["limit"])
        return done(DossierPage(page).data)

    @extend_schema(
        operation_id="take_in_dossier",
        request=IntakeBody,
        parameters=[IDEMPOTENCY_KEY],
        responses=answers(201, ReceivedBody, 400, 404, 409, 413, 415, 422),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """File and receive in one go, as at the counter or by post. A repeated key gives the first answer."""
        key = one_time_key(request)
        values = checked(IntakeBody, request.data)
        taken = services.take_in(actor_of(request), intake_of(values, _authority(values["authority"])), key=key)
        return done(ReceivedBody(taken).data, status=201, Location=f"/api/v1/dossiers/{taken.record_id}")


def _authority(code: str) -> int | None:
    """The agency of a code. Raises Invalid for none, and for a unit that does not act in its own name."""
    if not code:
        return None
    today = local_date(timezone.now())
    try:
        unit = orgs.unit_by_code(code, today)
    except NotFound as refusal:
        raise Invalid(refusal.message, problems=(Problem("authority", refusal.message),)) from refusal
    if orgs.agency_of(unit.id, today).id != unit.id:
        message = _("Đơn vị này không phải cơ quan có thẩm quyền giải quyết.")
        raise Invalid(message, problems=(Problem("authority", message),))
    return unit.id


class Dossier(ApiView):
    scopes = {"GET": "dossiers:read"}

    @extend_schema(operation_id="get_dossier", parameters=[ETAG], responses=answers(200, DossierBody, 404))
    def get(self, request: Request, dossier_id: UUID) -> HttpResponseBase:
        """Where one dossier stands."""
        view = selectors.dossier(actor_of(request), dossier_id)
        return done(DossierBody(view).data, ETag=etag(view.version))


class Reception(ApiView):
    scopes = {"POST": "dossiers:write"}

    @extend_schema(
        operation_id="receive_dossier",
        request=None,
        parameters=[IF_MATCH],
        responses=answers(200, ReceivedBody, 400, 404, 409, 412),
    )
    def post(self, request: Request, dossier_id: UUID) -> HttpResponseBase:
        """Receive what was filed online: code, clocks and process begin."""
        version = wanted_version(request)
        try:
            received = services.receive(actor_of(request), dossier_id, version=version)
        except Conflict as refusal:
            raise stale() if refusal.code == "stale" else refusal from refusal
        return done(ReceivedBody(received).data)
