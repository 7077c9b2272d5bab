"""The frame of every portal page: whose page it is, where one can go, who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congvu.faces.portal.people import citizen, sign_in_url
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import UnitView
from congvu.ground.ui.types import Agency, LinkGroup, NavEntry, Shell


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A portal page in its frame."""
    return render(request, f"portal/{template}.html", {"shell": shell(request), **context}, status=status)


def shell(request: HttpRequest) -> Shell:
    actor = citizen(request)
    return Shell(
        actor_name=actor.name if actor else "",
        nav=_nav(request),
        agency=agency(),
        footer=_footer(),
        home_url=reverse("portal-home"),
        sign_in_url=sign_in_url(request.get_full_path() if request.method == "GET" else request.path),
        sign_out_url=reverse("sign_out") if actor else "",
        account_url=reverse("portal-lookup"),
    )


def _nav(request: HttpRequest) -> tuple[NavEntry, ...]:
    places = (
        (pgettext("menu", "Thủ tục"), reverse("portal-procedures"), "doc"),
        (_("Tra cứu hồ sơ"), reverse("portal-lookup"), "search"),
        (_("Hồ sơ đang kê khai"), reverse("portal-drafts"), "folder"),
    )
    return tuple(NavEntry(label, url, icon, current=_under(request.path, url)) for label, url, icon in places)


def _under(path: str, url: str) -> bool:
    """The drafts lie below the look-up; only one of the two entries is the current one."""
    return path == url or (path.startswith(f"{url}/") and url != reverse("portal-lookup"))


def _footer() -> tuple[LinkGroup, ...]:
    links = (
        NavEntry(_("Tất cả thủ tục"), reverse("portal-procedures")),
        NavEntry(_("Tra cứu hồ sơ"), reverse("portal-lookup")),
        NavEntry(_("Hồ sơ đang kê khai"), reverse("portal-drafts")),
        NavEntry(_("Kiểm tra chữ ký số"), reverse("portal-verify")),
    )
    return (LinkGroup(_("Dịch vụ"), links),)


def agency() -> Agency:
    """The authority of this installation: the root of its units, with the contact lines kept in the unit's settings."""
    roots = orgs.authorities()
    return _agency(roots[0]) if roots else Agency(name=_("Cổng dịch vụ công"))


def _agency(root: UnitView) -> Agency:
    told = root.settings
    return Agency(
        name=_("Cổng dịch vụ công"),
        full_name=root.name,
        parent=str(told.get("territory") or root.short_name),
        address=str(told.get("address") or ""),
        hours=tuple(told.get("hours") or ()),
        phone=str(told.get("phone") or ""),
        zalo=str(told.get("zalo") or ""),
        responsible=str(told.get("responsible") or ""),
    )
