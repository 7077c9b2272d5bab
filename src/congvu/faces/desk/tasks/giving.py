"""Giving a task by hand: on its own, from a record, or under another task."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Refusal
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks import services
from congvu.domains.tasks.types import TaskOrder, TaskView
from congvu.faces.desk.held import typed
from congvu.faces.desk.posted import uuid_or_none
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.tasks.forms import holder, posts, term_fields, typed_term
from congvu.faces.desk.tasks.views import CURRENT
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

LINES = 3


@require_http_methods(["GET", "POST"])
@staff_only
def give(request: HttpRequest) -> HttpResponseBase:
    """The form, and giving what it says. Refused, it comes back with what was typed."""
    actor = actor_of(request)
    if not tasks.may_give(actor):
        raise Forbidden(_("Chỉ lãnh đạo cơ quan, đơn vị được giao nhiệm vụ."))
    if request.method == "GET":
        return _page(request, actor, typed(request) or _begin(request))
    try:
        task_id = services.give(actor, _order(request.POST), key=request.POST.get("key", ""))
    except Refusal as refusal:
        return _page(request, actor, request.POST, refusal)
    messages.success(request, _("Đã giao nhiệm vụ."))
    return redirect(reverse("desk_task", args=[task_id]))


def _begin(request: HttpRequest) -> QueryDict:
    """What the form knows before anything is typed: the record or the task it was opened from, and its term."""
    fields = QueryDict(mutable=True)
    for name in ("source", "parent"):
        if uuid_or_none(request.GET.get(name, "")):
            fields[name] = request.GET[name]
    fields["title"] = request.GET.get("title", "")[:500]
    parent = uuid_or_none(fields.get("parent", ""))
    if parent is not None:
        view = tasks.task(actor_of(request), parent)
        fields.update({"output": view.output, **(term_fields(view.due_at) if view.due_at else {})})
    return fields


def _order(fields: QueryDict) -> TaskOrder:
    """The order as typed. Raises Invalid for a post or a moment that cannot be read."""
    owner = holder(fields.get("owner", ""), "owner")
    due, no_term = typed_term(fields, owner.unit)
    return TaskOrder(
        title=fields.get("title", ""), output=fields.get("output", ""), content=fields.get("content", ""), owner=owner,
        due=due, no_term=no_term, task_code=fields.get("task_code", ""), source=uuid_or_none(fields.get("source", "")),
        parent=uuid_or_none(fields.get("parent", "")),
        supporters=tuple(holder(text, "supporters") for text in fields.getlist("supporters") if text),
        watchers=tuple(holder(text, "watchers") for text in fields.getlist("watchers") if text),
    )  # fmt: skip


def _page(request: HttpRequest, actor: Actor, fields: QueryDict, refusal: Refusal | None = None) -> HttpResponse:
    parent = _parent(actor, fields)
    context: dict[str, Any] = {
        "typed": fields,
        "key": fields.get("key") or uuid4().hex,
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        "owners": posts(actor.unit_ids, chosen=fields.get("owner", ""), below=False),
        "helpers": _picks(near(actor), fields.getlist("supporters")),
        "watchers": _picks(near(actor), fields.getlist("watchers")),
        "parent": parent,
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/tasks/give.html", context, current=CURRENT, status=status)


def _parent(actor: Actor, fields: QueryDict) -> TaskView | None:
    key: UUID | None = uuid_or_none(fields.get("parent", ""))
    return tasks.task(actor, key) if key else None


def near(actor: Actor) -> list[Option]:
    """Posts of the own agency: who may be asked for help."""
    if actor.unit_id is None:
        return []
    tree = orgs.tree()
    agency = tree.agency_of(actor.unit_id).id
    inside = {agency, *(child.id for child in tree.children(agency) if tree.agency_of(child.id).id == agency)}
    return posts(inside, below=False)


def _picks(options: list[Option], chosen: list[str]) -> list[list[Option]]:
    """One list of choices for each post already chosen, and some empty ones: more than one without any script."""
    values = [text for text in chosen if text]
    rows = max(LINES, len(values) + 1)
    return [
        [Option(o.value, o.label, checked=place < len(values) and o.value == values[place]) for o in options]
        for place in range(rows)
    ]
