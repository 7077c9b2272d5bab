"""Nhiệm vụ: the lists by part, the boards, one task with its thread and the acts open to the post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks.selectors import Query
from congvu.domains.tasks.types import BoardRow
from congvu.faces.desk.posted import uuid_or_none, whole_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.tasks.forms import form_parts
from congvu.faces.desk.tasks.rows import TAGS, address_of, chip_of, facts_of, lines
from congvu.ground.files import selectors as files
from congvu.journeys import task_sources

CURRENT = "desk_tasks"
PARTS = (
    ("toi-lam", gettext_lazy("Tôi làm"), "mine"),
    ("toi-giao", gettext_lazy("Tôi giao"), "given"),
    ("phoi-hop", gettext_lazy("Phối hợp"), "support"),
    ("tat-ca", gettext_lazy("Tất cả"), ""),
)
Board = Callable[..., tuple[BoardRow, ...]]
BOARDS: dict[str, tuple[object, Board, str]] = {
    "van-ban": (gettext_lazy("Theo văn bản gốc"), tasks.by_source, "nguon"),
    "don-vi": (gettext_lazy("Theo đơn vị"), tasks.by_unit, "don-vi"),
    "lanh-dao": (gettext_lazy("Theo lãnh đạo giao"), tasks.by_leader, "nguoi-giao"),
}
YEAR = timedelta(days=365)


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Open tasks by term, or those that are over; filtered from a board by source, unit or leader."""
    actor, asked = actor_of(request), request.GET
    query, kept = _query(actor, request), {}
    found = tasks.tasks(actor, query, after=asked.get("sau", ""))
    kept = {key: asked[key] for key in ("loc", "tt", "q", "nguon", "don-vi", "nguoi-giao", "qua-han") if asked.get(key)}
    counts = tasks.counts(actor)
    context = {
        "lines": lines(found.rows),
        "tabs": _tabs(actor, kept, counts),
        "query": query,
        "kept": kept,
        "first_url": f"?{urlencode(kept)}" if asked.get("sau") else "",
        "next_url": f"?{urlencode({**kept, 'sau': found.next})}" if found.next else "",
        "open_url": f"?{urlencode({**kept, 'tt': ''})}",
        "ended_url": f"?{urlencode({**kept, 'tt': 'xong'})}",
        "may_give": tasks.may_give(actor),
    }
    return page(request, "desk/tasks/list.html", context, current=CURRENT)


def _query(actor: Actor, request: HttpRequest) -> Query:
    asked = request.GET
    found = {key: part for key, _label, part in PARTS}
    part = found.get(asked.get("loc", ""), _first_part(actor))
    if any(asked.get(key) for key in ("nguon", "don-vi", "nguoi-giao")):
        part = found.get(asked.get("loc", ""), "")
    return Query(
        part=part, ended=asked.get("tt") == "xong", late=asked.get("qua-han") == "1", text=asked.get("q", "").strip(),
        source=uuid_or_none(asked.get("nguon", "")), unit=whole_of(asked.get("don-vi", "")),
        leader=whole_of(asked.get("nguoi-giao", "")),
    )  # fmt: skip


def _first_part(actor: Actor) -> str:
    """Leaders begin with what they gave, everybody else with what they do."""
    return "given" if tasks.may_give(actor) else "mine"


def _tabs(actor: Actor, kept: dict[str, str], counts: dict[str, int]) -> list[tuple[str, object, bool, int | None]]:
    current = kept.get("loc") or {part: key for key, _l, part in PARTS}[_first_part(actor)]
    if "loc" not in kept and {"nguon", "don-vi", "nguoi-giao"} & kept.keys():
        current = "tat-ca"
    return [(key, label, key == current, counts.get(part)) for key, label, part in PARTS]


@require_GET
@staff_only
def board(request: HttpRequest) -> HttpResponseBase:
    """Tasks counted by source, unit or leader over the last year; each figure opens the tasks it counts."""
    actor = actor_of(request)
    chosen = request.GET.get("theo", "")
    key = chosen if chosen in BOARDS else "van-ban"
    label, count, field = BOARDS[key]
    rows = count(actor, since=timezone.now() - YEAR)
    context = {
        "rows": [(row, f"{reverse('desk_tasks')}?{urlencode({field: row.key, 'loc': 'tat-ca'})}") for row in rows],
        "tabs": [(name, words, name == key) for name, (words, _count, _field) in BOARDS.items()],
        "heading": label,
    }
    return page(request, "desk/tasks/board.html", context, current=CURRENT)


@require_GET
@staff_only
def task(request: HttpRequest, task_id: UUID) -> HttpResponseBase:
    """One task: facts, progress, thread, extensions, tasks under it, and the acts open to this post."""
    return task_page(request, task_id, open_act=request.GET.get("lam", ""))


def task_page(request: HttpRequest, task_id: UUID, *, open_act: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page, also after a refused act: then with the act's form open, its problems, and what was typed."""
    actor = actor_of(request)
    view = tasks.task(actor, task_id)
    filed = {info.id: info for info in files.visible_files(actor, view.id)}
    context = {
        "task": view,
        "tag": TAGS[view.standing],
        "chip": chip_of(view),
        "facts": facts_of(view),
        "thread": [(entry, [filed[key] for key in entry.files if key in filed]) for entry in view.entries],
        "children": lines(view.children),
        "source_url": address_of(view.source),
        "recalled_reason": task_sources.REASON,
        "result_url": address_of(view.result),
        "refusal": refusal,
        **form_parts(request, view, open_act, refusal),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/tasks/task.html", context, current=CURRENT, status=status)
