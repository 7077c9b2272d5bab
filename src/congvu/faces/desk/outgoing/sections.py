"""One act of a section of a document's page: opinions, annexes. Refused, the page comes back with its form open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise

from congvu.common.errors import Refusal
from congvu.faces.desk.outgoing.views import document_page

# What each verb of the address calls, and what the page says when it is done.
Acts: TypeAlias = Mapping[str, tuple[Callable[[HttpRequest, UUID], None], Promise]]


def run(request: HttpRequest, document_id: UUID, verb: str, acts: Acts, *, section: str) -> HttpResponseBase:
    """Do it and lead back to the section; refused, the form stands open with what was typed. Raises Http404."""
    if verb not in acts:
        raise Http404
    call, words = acts[verb]
    try:
        call(request, document_id)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return document_page(request, document_id, open_act=verb, refusal=refusal)
    messages.success(request, str(words))
    return redirect(f"{reverse('desk_outgoing_document', args=[document_id])}#{section}")
