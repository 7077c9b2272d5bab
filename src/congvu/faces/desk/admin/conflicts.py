"""Quyền xung đột: who holds rights that should check each other. It warns and changes nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from congvu.faces.desk.admin.frame import admin_only, admin_page
from congvu.ground.orgs import selectors as orgs

CURRENT = "desk_admin_conflicts"


@require_GET
@admin_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Every conflict of today, by person."""
    return admin_page(request, "conflicts", {"conflicts": orgs.conflicts()}, current=CURRENT)
