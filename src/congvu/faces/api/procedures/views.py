"""The catalogue."""

from __future__ import annotations

import re

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from congvu.common.errors import NotFound
from congvu.common.zones import local_date
from congvu.domains.procedures import selectors
from congvu.faces.api.base import ApiView, done
from congvu.faces.api.fields import checked
from congvu.faces.api.procedures.bodies import ProcedureBody, ProcedurePage, ProcedureQuery
from congvu.faces.api.schema import answers

_CODE = re.compile(r"[\w.]{1,20}", re.ASCII)


class Procedures(ApiView):
    scopes = {"GET": "procedures:read"}

    @extend_schema(
        operation_id="list_procedures", parameters=[ProcedureQuery], responses=answers(200, ProcedurePage, 422)
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Procedures in force today: searched, or the whole catalogue by name."""
        asked = checked(ProcedureQuery, request.query_params)
        words, after = asked.pop("q"), asked.pop("after")
        if words:
            return done(ProcedurePage({"rows": selectors.search(words, **asked).hits, "next": ""}).data)
        page = selectors.list_page(after=after, **asked)
        return done(ProcedurePage({"rows": page.rows, "next": page.after}).data)


class Procedure(ApiView):
    scopes = {"GET": "procedures:read"}

    @extend_schema(operation_id="get_procedure", responses=answers(200, ProcedureBody, 404))
    def get(self, _request: Request, code: str) -> HttpResponseBase:
        """One procedure as in force today."""
        if not _CODE.fullmatch(code):
            raise NotFound(_("Mã thủ tục có dạng 1.004873."))
        return done(ProcedureBody(selectors.procedure(code, local_date(timezone.now()))).data)
