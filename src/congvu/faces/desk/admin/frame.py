"""The gate and the frame of the administrator's pages, and what their forms have in common."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from congvu.common.errors import Forbidden, Refusal
from congvu.faces.desk.admin.menu import ADMIN_PAGES
from congvu.faces.desk.shell import actor_of, page, staff_only

P = ParamSpec("P")


def admin_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Staff acting in an administrator's post pass; the acts behind the pages ask again."""

    @staff_only
    @functools.wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not actor_of(request).has_role("admin"):
            raise Forbidden(_("Trang này dành cho người quản trị hệ thống."))
        return view(request, *args, **kwargs)

    return gate


def admin_page(
    request: HttpRequest, name: str, context: dict[str, Any], *, current: str, refusal: Refusal | None = None
) -> HttpResponse:
    """A page with the tabs that lead to its sisters on a phone; a refusal gives the page its status."""
    sisters = [(reverse(url), label, url == current) for url, label, _icon in ADMIN_PAGES]
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    status = refusal.status if refusal is not None else 200
    whole = {"sisters": sisters, "refusal": refusal, "problems": problems, **context}
    return page(request, f"desk/admin/{name}.html", whole, current=current, status=status)


def typed_day(typed: QueryDict, name: str) -> date | None:
    """The day typed in three boxes, None when it is no day."""
    parts = [typed.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
    if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def boxes(name: str, day: date | None) -> dict[str, str]:
    """A day as the three boxes of a form hold it."""
    return {} if day is None else {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page named by the form, if it is one of ours."""
    target = request.POST.get("ve", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else otherwise


def number(text: str) -> int | None:
    """A number typed or carried in a form, None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
