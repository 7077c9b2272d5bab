"""Sổ chứng thư: counts that open their records, what ends soon, one certificate with its papers and acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.common.zones import local_date, utc_now
from congvu.engines.signing import selectors, services
from congvu.engines.signing.types import CertificateView, Device, Form, HolderKind, State
from congvu.faces.desk.admin.frame import number
from congvu.faces.desk.admin.keeping import CURRENT, keepers_only, kept_page
from congvu.faces.desk.shell import actor_of
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import table_date
from congvu.ground.ui.types import Option, SummaryRow

# Tabs: key, words, what the selector is asked.
TABS: dict[str, tuple[str | Promise, dict[str, Any]]] = {
    "": (gettext_lazy("Tất cả"), {}),
    "90": (gettext_lazy("Hết hạn trong 90 ngày"), {"days": 90}),
    "60": (gettext_lazy("60 ngày"), {"days": 60}),
    "30": (gettext_lazy("30 ngày"), {"days": 30}),
    "tam-dung": (pgettext_lazy("certificate", "Tạm dừng"), {"state": "suspended"}),
    "thu-hoi": (gettext_lazy("Đã thu hồi"), {"state": "revoked"}),
    "nop-lai": (gettext_lazy("Phải nộp lại thiết bị"), {"due": True}),
}
TAGS = {"active": "ok", "suspended": "warn", "revoked": "bad", "replaced": "line", "expired": "line"}
ABOUT = (Form.CHANGE, Form.REVOKE, Form.RESTORE)
RECORDS = (Form.HANDED_OVER, Form.RETURNED, Form.LOST)


@require_GET
@keepers_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """The register, and above it how many certificates each agency has had in the period and has now."""
    actor, asked = actor_of(request), request.GET
    today = local_date(utc_now())
    first, last = _day(asked.get("tu", ""), today.replace(month=1, day=1)), _day(asked.get("den", ""), today)
    tab = asked.get("loc", "") if asked.get("loc", "") in TABS else ""
    query = dict(TABS[tab][1]) | _narrowed(asked, first, last)
    rows = selectors.certificates(actor, after=number(asked.get("sau", "")) or 0, **query)
    tree = orgs.tree()
    kept = {name: str(asked[name]) for name in ("loc", "dv", "loai", "dem", "tu", "den") if asked.get(name)}
    context = {
        "rows": [(row, _state(row), TAGS[row.state], _unit(tree, row.unit_id)) for row in rows],
        "tabs": [(key, words, key == tab) for key, (words, _query) in TABS.items()], "first": first, "last": last,
        "counts": _counts(actor, first, last), "narrowed": bool(_narrowed(asked, first, last)),
        "next_url": f"?{urlencode({**kept, 'sau': str(rows[-1].id)})}" if len(rows) == selectors.PAGE else "",
        "first_url": f"?{urlencode(kept)}" if asked.get("sau") else "",
    }  # fmt: skip
    return kept_page(request, "certificates", context, tab=CURRENT)


def _narrowed(asked: QueryDict, first: date, last: date) -> dict[str, Any]:
    """What a figure of the counts opens: an agency, a kind of holder, issued in the period or in force at its end."""
    found: dict[str, Any] = {}
    unit = number(asked.get("dv", ""))
    if unit is not None:
        found["unit"] = unit
    if asked.get("loai", "") in HolderKind.values:
        found["kind"] = asked["loai"]
    if asked.get("dem") == "ky":
        found["issued"] = (first, last)
    elif asked.get("dem") == "tong":
        found["held_on"] = last
    return found


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _counts(actor: Actor, first: date, last: date) -> list[dict[str, Any]]:
    """A line for each agency the actor may see, the sum on top; each figure with the list it opens."""
    tree = orgs.tree()
    top = tree.agency_of(actor.unit_id).id if actor.unit_id is not None else None
    units = tree.subtree(top) if top is not None else set()
    period = {"tu": first.isoformat(), "den": last.isoformat()}
    lines = []
    for row in selectors.counts(first, last, units=units):
        cells = [
            (count, f"?{urlencode({**period, 'dv': str(row.unit_id), 'loai': kind, 'dem': what})}")
            for count, kind, what in (
                (row.persons_issued, "person", "ky"), (row.organisations_issued, "organisation", "ky"),
                (row.persons, "person", "tong"), (row.organisations, "organisation", "tong"),
            )
        ]  # fmt: skip
        lines.append({"name": _unit(tree, row.unit_id), "cells": cells})
    return lines


def _unit(tree: Any, unit_id: int) -> str:
    found = tree.get(unit_id)
    return found.short_name or found.name if found else ""


def _state(row: CertificateView) -> str:
    return _("Hết hạn") if row.state == "expired" else str(State(row.state).label)


@require_GET
@keepers_only
def one(request: HttpRequest, certificate_id: int) -> HttpResponseBase:
    return one_page(request, certificate_id)


def one_page(request: HttpRequest, certificate_id: int, refusal: Refusal | None = None) -> HttpResponse:
    """A certificate, its papers, and what may be done with it."""
    actor = actor_of(request)
    row = selectors.certificate(actor, certificate_id)
    alive = row.state in ("active", "suspended", "expired")
    context = {
        "row": row, "state": _state(row), "tag": TAGS[row.state], "facts": _facts(row), "alive": alive,
        "papers": selectors.papers(actor, certificate=row.id), "form_names": dict(Form.choices),
        "about": [Option(form, str(form.label)) for form in ABOUT],
        "records": [Option(form, str(form.label)) for form in RECORDS],
        "has_device": row.device in (Device.HELD, Device.DUE), "people": people_of(row.unit_id),
    }  # fmt: skip
    return kept_page(request, "certificate", context, tab=CURRENT, refusal=refusal)


def _facts(row: CertificateView) -> list[SummaryRow]:
    facts = [
        SummaryRow(_("Loại"), str(row.holder_kind.label)),
        SummaryRow(_("Cơ quan quản lý"), _unit(orgs.tree(), row.unit_id)),
        SummaryRow(_("Số hiệu"), row.serial), SummaryRow(_("Cấp bởi"), row.issuer),
        SummaryRow(_("Hiệu lực"), f"{table_date(row.valid_from)} – {table_date(row.valid_to)}"),
        SummaryRow(_("Khóa nằm ở"), str(row.provider.label)), SummaryRow(_("Thiết bị"), _device(row)),
    ]  # fmt: skip
    if row.state_reason:
        facts.append(SummaryRow(_("Lý do"), row.state_reason))
    return facts


def _device(row: CertificateView) -> str:
    words = " ".join(part for part in (str(row.device.label), row.device_serial) if part)
    due = _("trước ngày %(day)s") % {"day": table_date(row.device_due)} if row.device_due else ""
    return ", ".join(part for part in (words, due) if part)


def people_of(unit_id: int) -> list[Option]:
    """Posts of the agency with who holds them, as the pages offer people. One statement."""
    tree = orgs.tree()
    inside = [unit.id for unit in tree if tree.agency_of(unit.id).id == unit_id] or [unit_id]
    return [
        Option(str(seat.position_id), ", ".join([*seat.names, seat.title])) for seat in orgs.seats(inside) if seat.names
    ]


def holder_of(post: QueryDict, field: str) -> tuple[int | None, int | None]:
    """The person in the chosen post: post and user; nothing when none was chosen."""
    position = number(post.get(field, ""))
    if position is None:
        return None, None
    people = [person for person in orgs.holders_of(position) if not person.stand_in]
    return position, people[0].user_id if people else None


def _ask(actor: Actor, key: int, post: QueryDict) -> None:
    services.ask_about(
        actor, key, post.get("form", ""), reason=post.get("reason", ""), letter=post.get("letter", "")
    )  # fmt: skip


def _device_act(actor: Actor, key: int, post: QueryDict) -> None:
    _position, user = holder_of(post, "to_user")
    services.record_device(
        actor, key, post.get("form", ""), reason=post.get("reason", ""), letter=post.get("letter", ""), to_user=user
    )


ACTS: dict[str, tuple[Callable[[Actor, int, QueryDict], object], Promise]] = {
    "tam-dung": (
        lambda a, k, p: services.suspend(a, k, reason=p.get("reason", "")), gettext_lazy("Đã tạm dừng chứng thư.")
    ),
    "dung-lai": (
        lambda a, k, p: services.resume(a, k, reason=p.get("reason", "")),
        gettext_lazy("Chứng thư được dùng lại."),
    ),
    "thu-hoi": (
        lambda a, k, p: services.revoke(a, k, reason=p.get("reason", "")),
        gettext_lazy("Đã ghi nhận chứng thư bị thu hồi."),
    ),
    "de-nghi": (_ask, gettext_lazy("Đã lập đề nghị.")),
    "thiet-bi": (_device_act, gettext_lazy("Đã lập biên bản về thiết bị.")),
}  # fmt: skip


@require_POST
@keepers_only
def act_on(request: HttpRequest, certificate_id: int, verb: str) -> HttpResponseBase:
    """One act on a certificate; refused, its page comes back with why."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(actor_of(request), certificate_id, request.POST)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return one_page(request, certificate_id, refusal)
    messages.success(request, str(words))
    return redirect("desk_certificate", certificate_id=certificate_id)
