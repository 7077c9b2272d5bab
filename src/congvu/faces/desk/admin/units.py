"""Đơn vị: what the portal says of an office (address, phone, hours) and its dated switches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.common.errors import Conflict, Invalid, Problem, Refusal
from congvu.common.networks import network, within
from congvu.common.text import clean, fold
from congvu.common.zones import local_date, utc_now
from congvu.faces.desk.admin.frame import admin_only, admin_page, boxes, number, typed_day
from congvu.faces.desk.shell import actor_of
from congvu.ground.accounts import selectors as login_facts
from congvu.ground.accounts import services as accounts
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.orgs.types import UnitView
from congvu.ground.ui.types import Option

CURRENT = "desk_admin_units"
PAGE = 50
TEXTS = ("address", "phone", "zalo", "responsible")
SWITCHES: dict[str, dict[str, Any]] = {
    "own_filing": {"on": True, "off": False},
    "until": {"quarter": "quarter", "close": "close"},
    "after_hours": {"day": "day", "next": "next"},
    "sign_unread": {"off": False, "on": True},
}
SWITCH_WORDS = {
    ("own_filing", "on"): gettext_lazy("Nhận hồ sơ trực tuyến trên cổng này"),
    ("own_filing", "off"): gettext_lazy("Không nhận trên cổng này"),
    ("until", "quarter"): gettext_lazy("Đúng giờ tiếp nhận, làm tròn lên một phần tư giờ"),
    ("until", "close"): gettext_lazy("Hết giờ làm việc"),
    ("after_hours", "day"): gettext_lazy("Tính là nhận trong ngày"),
    ("after_hours", "next"): gettext_lazy("Tính là nhận ngày làm việc sau"),
    ("sign_unread", "off"): gettext_lazy("Chỉ ký văn bản đã xem"),
    ("sign_unread", "on"): gettext_lazy("Cho ký cả văn bản chưa xem, có ghi nhật ký"),
}
SWITCH_NAMES = {
    "own_filing": gettext_lazy("Nộp trực tuyến"),
    "until": gettext_lazy("Hạn theo ngày làm việc kết thúc lúc"),
    "after_hours": gettext_lazy("Hồ sơ nhận sau giờ làm việc"),
    "sign_unread": gettext_lazy("Ký nhiều văn bản một lượt"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A unit of the list with what is true of it; ``filing_from`` names the unit whose switch it inherits."""

    unit: UnitView
    filing: bool
    filing_from: str


@require_GET
@admin_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Agencies and centres in their order, by name; one statement, since the tree of the day is one value."""
    text, after = clean(request.GET.get("q", "")), number(request.GET.get("sau", ""))
    tree = orgs.tree()
    listed = [u for u in tree if (u.has_seal or u.parent_id is None) and fold(text) in fold(f"{u.name} {u.code}")]
    start = next((n for n, unit in enumerate(listed, 1) if unit.id == after), 0)
    shown, rest = listed[start : start + PAGE], listed[start + PAGE :]
    context = {
        "lines": [_line(tree, unit) for unit in shown], "q": text, "first": bool(start), "left": len(rest),
        "next": shown[-1].id if rest else "", "total": len(listed),
    }  # fmt: skip
    return admin_page(request, "units", context, current=CURRENT)


def _line(tree: UnitTree, unit: UnitView) -> Line:
    found = _setter(tree, unit.id, "own_filing")
    return Line(unit, bool(found and found.settings["own_filing"]), found.short_name if found else "")


def _setter(tree: UnitTree, unit_id: int, key: str) -> UnitView | None:
    """The unit on the way up that sets the switch."""
    return next((step for step in reversed(tree.path(unit_id)) if key in step.settings), None)


@require_http_methods(["GET", "POST"])
@admin_only
def unit(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    """The settings of one unit and the form that changes them from a day on."""
    if request.method == "GET":
        return _page(request, unit_id, None)
    try:
        values = _values(request.POST)
        _require_inside(request, unit_id, values["office_networks"])
        services.set_settings(actor_of(request), unit_id, values, valid_from=_from(request.POST))
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, unit_id, request.POST, refusal)
    messages.success(request, _("Đã lưu thông tin của đơn vị."))
    return redirect(reverse("desk_admin_unit", args=[unit_id]))


def _values(typed: QueryDict) -> dict[str, Any]:
    """What was typed, None for an empty line: then the unit says what the unit above says."""
    found: dict[str, Any] = {name: clean(typed.get(name, "")) or None for name in TEXTS}
    found["hours"] = [clean(line) for line in typed.get("hours", "").splitlines() if clean(line)] or None
    found["office_networks"] = [_network(line) for line in typed.get("office_networks", "").split()] or None
    return found | {key: choices.get(typed.get(key, "")) for key, choices in SWITCHES.items()}


def _network(line: str) -> str:
    """As it is kept where it is a network; else as typed, for the act to refuse."""
    try:
        return network(line)
    except ValueError:
        return line


def _require_inside(request: HttpRequest, unit_id: int, networks: list[str] | None) -> None:
    """Nobody shuts the own post out. Raises Invalid for networks of the own agency without the caller's address."""
    actor, address = actor_of(request), accounts.client_address(request)
    above = {step.id for step in orgs.tree().path(actor.unit_id)} if actor.unit_id is not None else set()
    try:
        shut_out = bool(networks) and unit_id in above and not within(address, networks or ())
    except ValueError:
        return  # the act says which line is no network
    if shut_out:
        words = _("Địa chỉ đang dùng (%(address)s) không nằm trong đó: lưu lại thì chính máy này bị coi là ở ngoài.")
        problem = Problem("office_networks", words % {"address": address}, "outside")
        raise Invalid(_("Chưa lưu được thông tin của đơn vị."), problems=(problem,))


def _from(typed: QueryDict) -> date:
    day = typed_day(typed, "valid_from")
    if day is None:
        problem = Problem("valid_from", _("Ghi ngày bắt đầu áp dụng, ví dụ 01/07/2026."), "required")
        raise Invalid(_("Chưa lưu được thông tin của đơn vị."), problems=(problem,))
    return day


def _page(
    request: HttpRequest, unit_id: int, typed: QueryDict | None, refusal: Refusal | None = None
) -> HttpResponse:  # fmt: skip
    today, tree = local_date(utc_now()), orgs.tree()
    view = tree.unit(unit_id)
    told = view.settings
    form = QueryDict(mutable=True)
    form.update({name: str(told.get(name) or "") for name in TEXTS} | {"hours": "\n".join(told.get("hours") or ())})
    form.update(boxes("valid_from", today))
    form["office_networks"] = "\n".join(told.get("office_networks") or ())
    context = {
        "unit": view, "path": tree.path(unit_id)[:-1], "typed": typed if typed is not None else form,
        "switches": [_switch(tree, view, key, typed) for key in SWITCHES], "people": _people(unit_id),
        "networks_from": _setter(tree, view.parent_id, "office_networks") if view.parent_id else None,
    }  # fmt: skip
    return admin_page(request, "unit", context, current=CURRENT, refusal=refusal)


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds a post of the unit, and whether the login has a second factor."""

    user: int
    name: str
    post: str
    factor: bool


def _people(unit_id: int) -> list[Person]:
    """Holders of the unit's posts, stand-ins left out. One statement for each post and two more."""
    held = [(post.title, who) for post in orgs.positions(unit_id) for who in orgs.holders_of(post.id)]
    factors = login_facts.second_factors(who.user_id for _post, who in held)
    return [Person(who.user_id, who.name, post, who.user_id in factors) for post, who in held if not who.stand_in]


@require_POST
@admin_only
def reset_factor(request: HttpRequest, unit_id: int, user_id: int) -> HttpResponseBase:
    """Take away the second factor of somebody who holds a post of this unit and lost the phone."""
    if user_id not in {person.user for person in _people(unit_id)}:
        raise Http404
    try:
        accounts.reset_second_factor(actor_of(request), user_id)
    except Conflict as refusal:
        return _page(request, unit_id, None, refusal)
    messages.success(request, _("Đã đặt lại ứng dụng xác thực. Người này được báo và bật lại khi ở cơ quan."))
    return redirect(reverse("desk_admin_unit", args=[unit_id]))


def _switch(tree: UnitTree, view: UnitView, key: str, typed: QueryDict | None) -> dict[str, Any]:
    """A switch with its choices, and what would be true without one of its own."""
    choices = SWITCHES[key]
    own = next((word for word, value in choices.items() if view.settings.get(key) == value), "")
    chosen = typed.get(key, "") if typed is not None else own
    above = _setter(tree, view.parent_id, key) if view.parent_id else None
    return {
        "key": key, "label": SWITCH_NAMES[key], "from": above.short_name if above else "",
        "options": [Option(word, str(SWITCH_WORDS[key, word]), checked=word == chosen) for word in choices],
    }  # fmt: skip
