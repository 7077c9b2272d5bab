"""The inbox of the token's post, and finishing what waits in it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from congvu.common.errors import Conflict
from congvu.domains.dossiers import services
from congvu.engines.workflow import selectors
from congvu.faces.api.base import ApiView, actor_of, done, stale, wanted_version
from congvu.faces.api.fields import Body, checked
from congvu.faces.api.schema import IF_MATCH, answers
from congvu.faces.api.work.bodies import CommentBody, ItemBody, SendBackBody, WorkPage, WorkQuery

ANSWERS = answers(200, ItemBody, 400, 404, 409, 412, 413, 415, 422)


class Inbox(ApiView):
    scopes = {"GET": "work:read"}

    @extend_schema(operation_id="list_work", parameters=[WorkQuery], responses=answers(200, WorkPage, 422))
    def get(self, request: Request) -> HttpResponseBase:
        """What waits for the post, by due time."""
        asked = checked(WorkQuery, request.query_params)
        page = selectors.inbox(actor_of(request), **asked)
        return done(WorkPage(page).data)


def _run(request: Request, item_id: UUID, body: type[Body], act: Callable[..., None]) -> HttpResponseBase:
    """One act on a work item: its fields are the act's own; then the item as it is now."""
    version, values = wanted_version(request), checked(body, request.data)
    actor = actor_of(request)
    try:
        act(actor, item_id, version=version, **values)
    except Conflict as refusal:
        raise stale() if refusal.code == "stale" else refusal from refusal
    return done(ItemBody(selectors.look(actor, item_id)).data)


class Complete(ApiView):
    scopes = {"POST": "work:write"}

    @extend_schema(operation_id="complete_work", request=CommentBody, parameters=[IF_MATCH], responses=ANSWERS)
    def post(self, request: Request, item_id: UUID) -> HttpResponseBase:
        """Finish the step and move on."""
        return _run(request, item_id, CommentBody, services.complete_step)


class Approve(ApiView):
    scopes = {"POST": "work:write"}

    @extend_schema(operation_id="approve_work", request=CommentBody, parameters=[IF_MATCH], responses=ANSWERS)
    def post(self, request: Request, item_id: UUID) -> HttpResponseBase:
        """Approve at a reviewing or approving step."""
        return _run(request, item_id, CommentBody, services.approve)


class SendBack(ApiView):
    scopes = {"POST": "work:write"}

    @extend_schema(operation_id="send_back_work", request=SendBackBody, parameters=[IF_MATCH], responses=ANSWERS)
    def post(self, request: Request, item_id: UUID) -> HttpResponseBase:
        """Return the work to an earlier step, with the reason."""
        return _run(request, item_id, SendBackBody, services.send_back)
