"""Số hóa tài liệu: the backlog with its priorities, batches, scans, progress by unit and year."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congvu.common.errors import Refusal
from congvu.common.zones import local_date
from congvu.domains.digitising import selectors as digitising
from congvu.faces.desk.digitising.forms import conditions, importances, kinds, posts, terms
from congvu.faces.desk.posted import whole_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.uploads import kept

CURRENT = "desk_digitising"
STATES = {"scanning": "info", "checking": "warn", "accepted": "ok"}
SCANS = {"taken": "line", "passed": "ok", "back": "bad", "replaced": "line", "accepted": "ok", "erased": "line"}
LEVELS = {
    "high": (gettext_lazy("Ưu tiên cao"), "bad"),
    "middle": (gettext_lazy("Ưu tiên vừa"), "warn"),
    "low": (gettext_lazy("Ưu tiên thấp"), "line"),
}


@require_GET
@staff_only
def backlog(request: HttpRequest) -> HttpResponseBase:
    """What paper there is, the most urgent first."""
    return backlog_page(request)


def backlog_page(request: HttpRequest, *, form: str = "", refusal: Refusal | None = None) -> HttpResponse:
    """The list; refused, with the form of the act open: ``add``, ``import``, or ``begin`` and a holding."""
    actor, typed = actor_of(request), request.POST
    rows = digitising.backlog(actor)
    open_form = form or request.GET.get("lam", "")
    asked = whole_of(open_form.removeprefix("begin-"))
    context = {
        "rows": [(row, *LEVELS[row.priority.level]) for row in rows],
        "may_plan": digitising.may_plan(actor),
        "to_do": digitising.to_do(actor),
        "form": open_form,
        "chosen": next((row for row in rows if open_form.startswith("begin-") and row.id == asked), None),
        "importances": importances(typed.get("importance", "")),
        "conditions": conditions(typed.get("condition", "")),
        "posts": posts(actor, typed.get("position", "")) if open_form.startswith("begin-") else [],
        **_refused(typed, refusal),
    }
    return page(request, "desk/digitising/backlog.html", context, current=CURRENT, status=_status(refusal))


def _refused(typed: QueryDict, refusal: Refusal | None) -> dict[str, Any]:
    problems = refusal.problems if refusal else ()
    return {
        "typed": typed, "refusal": refusal, "problems": {problem.field: problem.message for problem in problems},
        "row_problems": [(problem.field.removeprefix("row-"), problem.message) for problem in problems
                         if problem.field.startswith("row-")],
    }  # fmt: skip


def _status(refusal: Refusal | None) -> int:
    return refusal.status if refusal is not None else 200


@require_GET
@staff_only
def batches(request: HttpRequest) -> HttpResponseBase:
    """Batches, of one holding or one unit when asked."""
    asked = request.GET
    found = digitising.batches(
        actor_of(request), holding=whole_of(asked.get("khoi", "")), unit=whole_of(asked.get("don-vi", ""))
    )
    return page(
        request, "desk/digitising/batches.html", {"rows": [(row, STATES[row.state]) for row in found]}, current=CURRENT
    )


@require_GET
@staff_only
def scans(request: HttpRequest) -> HttpResponseBase:
    """The scans a number of the progress counts."""
    asked = request.GET
    found = digitising.scans(
        actor_of(request), year=whole_of(asked.get("nam", "")), unit=whole_of(asked.get("don-vi", "")),
        holding=whole_of(asked.get("khoi", "")), state="accepted" if asked.get("tt") == "accepted" else "",
    )  # fmt: skip
    context = {"scans": [(one, SCANS[one.state]) for one in found], "pages": sum(one.pages for one in found)}
    return page(request, "desk/digitising/scans.html", context, current=CURRENT)


@require_GET
@staff_only
def progress(request: HttpRequest) -> HttpResponseBase:
    """Pages planned, scanned, filed by unit in a year."""
    this_year = local_date(timezone.now()).year
    year = whole_of(request.GET.get("nam", "")) or this_year
    year = year if 2000 <= year <= 2100 else this_year
    rows = digitising.progress(actor_of(request), year)
    context = {
        "rows": [(row, 100 * row.scanned / row.planned if row.planned else 0) for row in rows],
        "year": year, "years": [this_year - back for back in range(4)],
        "total": [sum(getattr(row, name) for row in rows) for name in ("batches", "planned", "scanned", "accepted")],
    }  # fmt: skip
    return page(request, "desk/digitising/progress.html", context, current=CURRENT)


@require_GET
@staff_only
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """One batch with its scans and the acts open to this post."""
    return batch_page(request, batch_id)


def batch_page(request: HttpRequest, batch_id: UUID, *, verb: str = "", refusal: Refusal | None = None) -> HttpResponse:
    """The page, also after a refused act: then with its problems and what was typed."""
    actor, typed = actor_of(request), request.POST
    view = digitising.batch(actor, batch_id)
    again = whole_of(request.GET.get("quet-lai", "") or typed.get("replaces", ""))
    context = {
        "batch": view,
        "tag": STATES[view.row.state],
        "scans": [(one, SCANS[one.state]) for one in view.scans],
        "again": next((one for one in view.scans if one.id == again and one.state == "back"), None),
        "verb": verb,
        "refused_scan": whole_of(typed.get("scan", "")) if verb == "kiem-tra" else None,
        "kinds": kinds(typed.get("kind", "")),
        "terms": terms(typed.get("years", "")),
        "percent": typed.get("percent", "") or digitising.sample_percent(),
        "kept": kept(request),
        **_refused(typed, refusal),
    }
    return page(request, "desk/digitising/batch.html", context, current=CURRENT, status=_status(refusal))
