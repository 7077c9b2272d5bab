"""Putting a dossier of the one-stop shop into an own work file that is open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congvu.domains.dossiers import selectors as dossiers
from congvu.faces.desk.gathering import gather
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.faces.desk.workfiles.views import CURRENT
from congvu.journeys import dossier_workfiles as filing


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on top of the page."""

    id: UUID
    code: str
    title: str
    url: str
    current: str = CURRENT


@require_http_methods(["GET", "POST"])
@staff_only
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """The work files the dossier lies in, and putting it into another of one's own."""
    actor = actor_of(request)
    view = dossiers.dossier(actor, dossier_id)
    head = Head(view.id, view.code or view.portal_number, view.title, reverse("desk_dossier", args=[view.id]))
    done = gather(request, actor, head, lambda file: filing.collect(actor, dossier_id, file))
    if not isinstance(done, UUID):
        return done
    messages.success(request, _("Đã đưa hồ sơ một cửa vào hồ sơ công việc."))
    return redirect(reverse("desk_workfile", args=[done]))
