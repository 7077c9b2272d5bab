"""Putting a record into an own work file that is open: the page, whatever the record is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles.selectors import Query
from congvu.faces.desk.posted import uuid_or_none
from congvu.faces.desk.shell import page
from congvu.ground.ui.types import Option


class Gathered(Protocol):
    """What stands on top of the page, and where it stands in the menu."""

    @property
    def id(self) -> UUID: ...
    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def current(self) -> str: ...


def gather(
    request: HttpRequest, actor: Actor, head: Gathered, collect: Callable[[UUID], object]
) -> HttpResponse | UUID:  # fmt: skip
    """The work files the record lies in and a form for another; once it was sent, the file ``collect`` put it into."""
    if request.method == "GET":
        return _page(request, actor, head)
    try:
        file = uuid_or_none(request.POST.get("file", ""))
        if file is None:
            message = _("Chọn một hồ sơ đang mở.")
            raise Invalid(message, problems=(Problem("file", message, "missing"),))
        collect(file)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, actor, head, refusal)
    return file


def _page(request: HttpRequest, actor: Actor, head: Gathered, refusal: Refusal | None = None) -> HttpResponse:
    holding = workfiles.files_holding(actor, head.id)
    inside = {row.id for row in holding}
    own = workfiles.files(actor, Query(mine=True, states=("open",)), limit=200).rows
    chosen = request.POST.get("file", "")
    context = {
        "head": head,
        "holding": holding,
        "options": [
            Option(str(row.id), f"{row.code} {row.title}", checked=str(row.id) == chosen)
            for row in own
            if row.id not in inside
        ],
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/papers/collect.html", context, current=head.current, status=status)
