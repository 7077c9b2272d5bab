"""Another installation brings a message: kept, acknowledged with its digest, read later."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from congvu.common.errors import Invalid, Problem
from congvu.engines.exchange import services
from congvu.engines.exchange.types import MESSAGE_LIMIT
from congvu.faces.api.base import ENVELOPE, ApiView, actor_of, done
from congvu.faces.api.schema import answers


class MessageBody(serializers.Serializer[Any]):
    message = serializers.FileField(help_text="One edXML message of QCVN 102:2016, at most 100 MB.")


class ReceiptBody(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="message_id")
    sha256 = serializers.CharField(help_text="Of the bytes as kept: the acknowledgement holds for just these.")
    repeated = serializers.BooleanField(help_text="The same bytes had come before; nothing more was done.")


class Messages(ApiView):
    scopes = {"POST": "exchange:write"}
    parser_classes = (MultiPartParser,)
    limit = MESSAGE_LIMIT + ENVELOPE

    @extend_schema(
        operation_id="deliver_message",
        request={"multipart/form-data": MessageBody},
        responses=answers(201, ReceiptBody, 400, 413, 415, 422),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Deliver one message of an agency of the calling system. Repeating it is harmless."""
        stream = request.FILES.get("message")
        if stream is None or len(request.FILES.getlist("message")) != 1 or set(request.data) != {"message"}:
            message = _("Gửi đúng một tệp trong trường “message”.")
            raise Invalid(message, problems=(Problem("message", message, "required"),))
        return done(ReceiptBody(services.accept_from(actor_of(request), stream.read())).data, status=201)
