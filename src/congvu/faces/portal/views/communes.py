"""The communes of a province as options of a list, for the address question of forms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from congvu.engines.forms import selectors as forms


@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    """Audience public. The province comes under the name of the question's own box (``<field>.province``)."""
    province = request.GET.get(f"{request.GET.get('field', '')}.province", "")[:20]
    options = [{"value": place.code, "label": place.name, "chosen": False} for place in forms.communes(province)]
    response = render(request, "forms/fields/_communes.html", {"options": options})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
