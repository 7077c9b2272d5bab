"""The gate and the frame of the pages about certificates: records clerks keep the register beside administrators."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Refusal
from congvu.faces.desk.shell import actor_of, page, staff_only

P = ParamSpec("P")
CURRENT = "desk_certificates"
KEEPERS = ("registrar", "admin")
# Address, words, whether for administrators alone.
PAGES = (
    ("desk_certificates", gettext_lazy("Sổ chứng thư"), False),
    ("desk_certificate_papers", pgettext_lazy("certificate", "Đề nghị"), False),
    ("desk_trust_roots", gettext_lazy("Chứng thư gốc tin cậy"), True),
)


def keeps(actor: Actor) -> bool:
    return actor.has_role(*KEEPERS)


def keepers_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Records clerks and administrators pass; the acts behind the pages ask again, whose agency it is."""

    @staff_only
    @functools.wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not keeps(actor_of(request)):
            raise Forbidden(_("Trang này dành cho văn thư và người quản trị."))
        return view(request, *args, **kwargs)

    return gate


def kept_page(
    request: HttpRequest, name: str, context: dict[str, Any], *, tab: str, refusal: Refusal | None = None
) -> HttpResponse:
    """A page about certificates with the tabs to its sisters; a refusal gives the page its status."""
    admin = actor_of(request).has_role("admin")
    sisters = [(reverse(url), label, url == tab) for url, label, only in PAGES if admin or not only]
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    status = refusal.status if refusal is not None else 200
    whole = {"sisters": sisters, "refusal": refusal, "problems": problems, "typed": request.POST, **context}
    return page(request, f"desk/admin/{name}.html", whole, current=CURRENT, status=status)
