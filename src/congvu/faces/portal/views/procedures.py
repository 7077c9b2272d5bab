"""Finding a procedure and reading what it needs. All public."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.forms import selectors as forms
from congvu.faces.portal import agencies, words
from congvu.faces.portal.shell import page

QUERY_LIMIT = 200
ROWS = 30
SUGGESTIONS = 6
LEVELS = ("commune", "province", "ministry")
AUDIENCES = ("citizen", "business")


def _filters(request: HttpRequest) -> dict[str, str]:
    """The filters of the address; a value that is none of ours filters nothing."""
    level, audience = request.GET.get("cap", ""), request.GET.get("doi-tuong", "")
    return {
        "level": level if level in LEVELS else "",
        "field": clean(request.GET.get("linh-vuc", ""))[:QUERY_LIMIT],
        "audience": audience if audience in AUDIENCES else "",
    }


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All procedures by name, or those that fit what was typed; none: the three nearest and a person to ask."""
    text = clean(request.GET.get("q", ""))[:QUERY_LIMIT]
    chosen = _filters(request)
    context: dict[str, Any] = {"q": text, "chosen": chosen, "fields": procedures.fields()}
    if text:
        answer = procedures.search(
            text, limit=ROWS, level=chosen["level"], field=chosen["field"], audience=chosen["audience"]
        )
        context |= {"rows": answer.hits, "nearest": answer.nearest, "searched": True}
    else:
        found = procedures.list_page(
            after=request.GET.get("sau", ""),
            limit=ROWS,
            level=chosen["level"],
            field=chosen["field"],
            audience=chosen["audience"],
        )
        context |= {"rows": found.rows, "next_url": _next(chosen, found.after), "first_url": _first(request, chosen)}
    return page(request, "procedures", context)


def _address(chosen: dict[str, str], **more: str) -> str:
    names = {"level": "cap", "field": "linh-vuc", "audience": "doi-tuong"}
    asked = {names[key]: value for key, value in chosen.items() if value} | more
    return f"?{urlencode(asked)}" if asked else "?"


def _next(chosen: dict[str, str], after: str) -> str:
    return _address(chosen, sau=after) if after else ""


def _first(request: HttpRequest, chosen: dict[str, str]) -> str:
    return _address(chosen) if request.GET.get("sau") else ""


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A few names under the search box, after two letters. A fragment for htmx; the box works without it."""
    text = clean(request.GET.get("q", ""))[:QUERY_LIMIT]
    rows = procedures.search(text, limit=SUGGESTIONS).hits if len(text) >= 2 else ()
    return render(request, "portal/parts/suggestions.html", {"rows": rows, "q": text})


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """What one procedure takes: time, fee, ways of filing, result, papers, steps, legal bases."""
    today = local_date(timezone.now())
    procedure = procedures.procedure(code, today)
    form = forms.form_for(procedure.code, on=today)
    takers = agencies.takers(procedure, today) if words.takes_online(procedure) else ()
    context = {
        "procedure": procedure,
        "title": words.title(procedure.name),
        "fee": words.fee_summary(procedure),
        "channels": words.channels_words(procedure.channels),
        "papers": words.form_papers(form) if form else words.listed_papers(procedure),
        "steps": _public_steps(procedure),
        "may_file": any(taker.online for taker in takers),
        "online": words.takes_online(procedure),
        "national_portal": agencies.NATIONAL_PORTAL,
        "flags": {flag.field: flag.reason for flag in procedures.open_flags(procedure)},
    }
    return page(request, "procedure", context)


def _public_steps(procedure: ProcedureView) -> list[str]:
    """The names citizens see, each once, in order; at most five (design language, 4.3)."""
    names = list(dict.fromkeys(_(step.public_name) for step in procedure.steps if step.public_name))
    return names if len(names) <= 5 else [*names[:4], names[-1]]
