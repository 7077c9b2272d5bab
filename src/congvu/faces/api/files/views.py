"""Uploads, before a dossier names them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from congvu.common.errors import Invalid, Problem
from congvu.faces.api.base import ApiView, actor_of, done
from congvu.faces.api.fields import Moment
from congvu.faces.api.schema import answers
from congvu.ground.files import services
from congvu.ground.files.types import Scan


class UploadBody(serializers.Serializer[Any]):
    file = serializers.FileField()


class FileBody(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField(help_text="The name as kept: tidied, at most 150 characters.")
    media_type = serializers.CharField(help_text="Told by the bytes, not by the name.")
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    scan = serializers.ChoiceField(choices=Scan.values)
    uploaded_at = Moment()


class Files(ApiView):
    scopes = {"POST": "dossiers:write"}
    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="upload_file",
        request={"multipart/form-data": UploadBody},
        responses=answers(201, FileBody, 400, 409, 413, 415, 422),
    )
    def post(self, request: Request) -> HttpResponseBase:
        """One file in the field `file`; its id goes into a paper of `POST dossiers` within a day."""
        stream = request.FILES.get("file")
        if stream is None or len(request.FILES.getlist("file")) != 1 or set(request.data) != {"file"}:
            message = _("Gửi đúng một tệp trong trường “file”.")
            raise Invalid(message, problems=(Problem("file", message, "required"),))
        kept = services.upload(actor_of(request), name=stream.name or "tep", stream=stream)
        return done(FileBody(kept).data, status=201)
