"""The items of a conclusion given as tasks at once: one line each, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, Problem, Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks.types import TaskOrder
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming.fields import closing, day_of
from congvu.faces.desk.posted import whole
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.tasks.forms import holder, posts
from congvu.faces.desk.tasks.giving import near
from congvu.faces.desk.tasks.views import CURRENT
from congvu.ground.ui.types import Option
from congvu.journeys import document_tasks

# Lines beside those the document proposes, and how many a form may have.
SPARE, MOST = 2, 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form with what was typed in it and what is wrong with it."""

    place: int
    number: str
    chosen: bool
    fields: dict[str, str]
    problems: dict[str, str]
    owners: list[Option]
    helpers: list[Option]


@require_http_methods(["GET", "POST"])
@staff_only
def give(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The form, and giving the lines that were chosen. Refused, everything typed stays and nothing was given."""
    actor = actor_of(request)
    if not tasks.may_give(actor):
        raise Forbidden(_("Chỉ lãnh đạo cơ quan, đơn vị được giao nhiệm vụ."))
    if request.method == "GET":
        return _page(request, actor, document_id, typed(request) or _begin(actor, document_id))
    try:
        given = _give(request, actor, document_id)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, actor, document_id, request.POST, refusal)
    words = ngettext("Đã giao %(n)s nhiệm vụ.", "Đã giao %(n)s nhiệm vụ.", given)
    messages.success(request, words % {"n": given})
    return redirect(f"{reverse('desk_tasks')}?nguon={document_id}&loc=tat-ca")


def _begin(actor: Actor, document_id: UUID) -> QueryDict:
    """The lines the document proposes, and some empty ones."""
    items = document_tasks.conclusion_items(actor, document_id)[: MOST - SPARE]
    fields = QueryDict(mutable=True)
    fields["lines"] = str(len(items) + SPARE)
    for place, item in enumerate(items):
        fields.update(
            {f"number-{place}": item.number, f"title-{place}": item.text, f"output-{place}": document_tasks.REPORT}
        )
    return fields


def _give(request: HttpRequest, actor: Actor, document_id: UUID) -> int:
    post = request.POST
    places = [place for place in range(_count(post)) if post.get(f"chosen-{place}") == "1"]
    problems: list[Problem] = []
    orders = [order for place in places if (order := _order(post, place, problems)) is not None]
    if problems:
        words = ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", len(problems))
        raise Invalid(words % {"count": len(problems)}, problems=tuple(problems))
    try:
        return len(document_tasks.give_from_conclusion(actor, document_id, orders, key=post.get("key", "")))
    except Invalid as refusal:
        raise _placed(refusal, places) from refusal


def _count(fields: QueryDict) -> int:
    return min(whole(fields, "lines") or SPARE, MOST)


def _order(post: QueryDict, place: int, problems: list[Problem]) -> TaskOrder | None:
    """The line as an order; what cannot be read is told at the line."""
    found: dict[str, Any] = {}
    no_term = post.get(f"no_term-{place}") == "1"
    readers: list[tuple[str, Any]] = [
        ("owner", lambda text: holder(text, "owner")), ("due", lambda text: None if no_term else day_of(text, "due")),
        ("support", lambda text: (holder(text, "support"),) if text else ()),
    ]  # fmt: skip
    for name, read in readers:
        try:
            found[name] = read(post.get(f"{name}-{place}", ""))
        except Invalid as refusal:
            problems += [replace(problem, field=f"items.{place}.{problem.field}") for problem in refusal.problems]
    if len(found) < len(readers):
        return None
    due = closing(found["due"], found["owner"].unit) if found["due"] else None
    return TaskOrder(
        title=post.get(f"title-{place}", ""), output=post.get(f"output-{place}", ""), owner=found["owner"], due=due,
        no_term=no_term, supporters=found["support"],
    )  # fmt: skip


def _placed(refusal: Invalid, places: Sequence[int]) -> Invalid:
    """The refusal at the lines of the form: the orders are those of the chosen lines only."""
    problems = []
    for problem in refusal.problems:
        parts = problem.field.split(".")
        field = problem.field
        if len(parts) == 3 and parts[0] == "items":
            field = f"items.{places[int(parts[1])]}.{'support' if parts[2] == 'supporters' else parts[2]}"
        problems.append(replace(problem, field=field))
    return Invalid(refusal.message, problems=tuple(problems), code=refusal.code)


NAMES = ("number", "title", "owner", "support", "output", "due", "no_term")


def _page(
    request: HttpRequest, actor: Actor, document_id: UUID, fields: QueryDict, refusal: Refusal | None = None
) -> HttpResponse:
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    owners, helpers = posts(actor.unit_ids, below=False), near(actor)
    context = {
        "document": _document(actor, document_id),
        "lines": [_line(fields, place, problems, owners, helpers) for place in range(_count(fields))],
        "count": _count(fields),
        "key": fields.get("key") or uuid4().hex,
        "refusal": refusal,
        "before": tasks.of_source(actor, document_id),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/tasks/conclusion.html", context, current=CURRENT, status=status)


def _document(actor: Actor, document_id: UUID) -> dict[str, str]:
    """Number, symbol and subject of the document and its page. Raises NotFound."""
    if documents.is_incoming(document_id):
        arrival = documents.incoming(actor, document_id).row
        return {"code": arrival.code, "title": arrival.title, "url": _url("desk_incoming_document", document_id)}
    row = documents.outgoing(actor, document_id).row
    return {"code": row.code, "title": row.title, "url": _url("desk_outgoing_document", document_id)}


def _url(name: str, document_id: UUID) -> str:
    return reverse(name, args=[document_id])


def _line(
    fields: QueryDict, place: int, problems: dict[str, str], owners: Sequence[Option], helpers: Sequence[Option]
) -> Line:
    values = {name: fields.get(f"{name}-{place}", "") for name in NAMES}
    wrong = {name: problems[f"items.{place}.{name}"] for name in NAMES if f"items.{place}.{name}" in problems}
    return Line(
        place, values["number"], fields.get(f"chosen-{place}") == "1", values, wrong,
        _marked(owners, values["owner"]), _marked(helpers, values["support"]),
    )  # fmt: skip


def _marked(options: Sequence[Option], chosen: str) -> list[Option]:
    return [Option(o.value, o.label, checked=o.value == chosen) for o in options]
