"""Cơ quan ban hành: in whose name documents are issued, what their papers print, how they are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from congvu.common.errors import Invalid, Problem, Refusal
from congvu.common.text import clean, fold
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import IssuerInput, IssuerView
from congvu.faces.desk.admin.frame import admin_only, admin_page, boxes, number, typed_day
from congvu.faces.desk.shell import actor_of
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import UnitView
from congvu.ground.ui.types import Option

CURRENT = "desk_admin_issuers"
PAGE = 50
HINTS = {
    "kind": gettext_lazy("Quyết định, kế hoạch, công văn… đếm riêng."),
    "one": gettext_lazy("Mọi văn bản hành chính đếm chung."),
    "groups": gettext_lazy("Mỗi nhóm ghi ở dưới một dãy số."),
}
TEXTS = ("abbreviation", "place", "collective", "basis")


@require_GET
@admin_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Who issues, by unit; two statements."""
    text, after = clean(request.GET.get("q", "")), number(request.GET.get("sau", ""))
    known = [
        row for row in documents.declared(actor_of(request)) if fold(text) in fold(f"{row.name} {row.abbreviation}")
    ]
    start = next((place for place, row in enumerate(known, 1) if row.id == after), 0)
    shown, rest = known[start : start + PAGE], known[start + PAGE :]
    context = {
        "rows": [(row, documents.FAMILIES[row.family], documents.SERIES[row.series]) for row in shown],
        "q": text, "first": bool(start),
        "left": len(rest), "next": shown[-1].id if rest else "",
    }  # fmt: skip
    return admin_page(request, "issuers", context, current=CURRENT)


@require_http_methods(["GET", "POST"])
@admin_only
def issuer(request: HttpRequest, key: str = "") -> HttpResponseBase:
    """The form of one issuer; without a key that of a new one."""
    found = next((row for row in documents.declared(actor_of(request)) if row.key == key), None)
    if key and found is None:
        raise Http404
    if request.method == "GET":
        return _page(request, found, _kept(found))
    try:
        row = services.set_issuer(actor_of(request), _read(request.POST, found))
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _page(request, found, request.POST, refusal)
    if found is not None:
        messages.success(request, _("Đã lưu cơ quan ban hành."))
        return redirect(CURRENT)
    messages.success(request, _("Đã khai báo cơ quan ban hành. Hãy ghi chữ viết tắt của các đơn vị soạn thảo."))
    return redirect(
        "desk_admin_issuer", next(one.key for one in documents.declared(actor_of(request)) if one.id == row)
    )


def _read(post: QueryDict, found: IssuerView | None) -> IssuerInput:
    """What was typed. Raises Invalid for a missing unit or day; the act names the other fields."""
    unit, day = found.unit_id if found else number(post.get("unit_id", "")), typed_day(post, "valid_from")
    problems = []
    if unit is None or orgs.tree().get(unit) is None:
        problems.append(Problem("unit_id", _("Chọn đơn vị."), "missing"))
    if day is None:
        problems.append(Problem("valid_from", _("Ghi ngày bắt đầu áp dụng, ví dụ 01/07/2026."), "required"))
    if unit is None or day is None or problems:
        raise Invalid(_("Chưa khai báo được cơ quan ban hành."), problems=tuple(problems))
    family = found.family if found else post.get("family", "")
    symbols = {str(inner.id): clean(post.get(f"symbol_{inner.id}", "")) for inner in _inside(unit)}
    return IssuerInput(
        key=found.key if found else "", unit_id=unit, family=family, lines=_lines(post, "lines"),
        above=_lines(post, "above"), series=post.get("series", ""), groups=_groups(post.get("groups", ""), family),
        symbols={key: text for key, text in symbols.items() if text}, valid_from=day,
        secret_placeholders=post.get("secret_placeholders") == "1", **{name: post.get(name, "") for name in TEXTS},
    )  # fmt: skip


def _lines(post: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(clean(line) for line in post.get(name, "").splitlines() if clean(line))


def _groups(text: str, family: str) -> tuple[tuple[str, ...], ...]:
    """Each line a group of kinds by abbreviation or name; what is no kind stays as typed, for the act to refuse.

    Normative kinds have series of their own, so QĐ means the administrative decision.
    """
    kinds = [kind for kind in documents.kinds(family) if kind.nature != "normative"]
    known = {fold(name): kind.key for kind in kinds for name in (kind.abbreviation, kind.name) if name}
    lines = ([clean(word) for word in line.split(",") if clean(word)] for line in text.splitlines())
    return tuple(tuple(known.get(fold(word), word) for word in words) for words in lines if words)


def _kept(found: IssuerView | None) -> QueryDict:
    """The fields as the form shows what is kept; a new issuer begins today, numbered kind by kind."""
    form = QueryDict(mutable=True)
    if found is None:
        form.update({"family": "administrative", "series": "kind"} | boxes("valid_from", local_date(utc_now())))
        return form
    names = {kind.key: kind.abbreviation or kind.name for kind in documents.kinds(found.family)}
    form.update({name: getattr(found, name) for name in TEXTS} | boxes("valid_from", found.valid_from))
    form.update({f"symbol_{unit}": text for unit, text in found.symbols.items()})
    form.update(
        {
            "unit_id": str(found.unit_id), "family": found.family, "series": found.series,
            "lines": "\n".join(found.lines), "above": "\n".join(found.above),
            "groups": "\n".join(", ".join(names.get(key, key) for key in group) for group in found.groups),
            "secret_placeholders": "1" if found.secret_placeholders else "",
        }
    )  # fmt: skip
    return form


def _inside(unit_id: int) -> list[UnitView]:
    """The units that draft in the name of an agency: itself and what belongs to it."""
    tree = orgs.tree()
    return [unit for unit in tree if tree.get(unit_id) is not None and tree.agency_of(unit.id).id == unit_id]


def _page(
    request: HttpRequest, found: IssuerView | None, typed: QueryDict, refusal: Refusal | None = None
) -> HttpResponse:
    chosen = number(typed.get("unit_id", ""))
    context: dict[str, Any] = {
        "found": found, "typed": typed,
        "units": list(_units(chosen)),
        "families": [
            Option(key, str(words), checked=typed.get("family") == key) for key, words in documents.FAMILIES.items()
        ],
        "series": [
            Option(key, str(words), hint=str(HINTS[key]), checked=typed.get("series") == key)
            for key, words in documents.SERIES.items()
        ],
        "inside": [(str(unit.id), unit, typed.get(f"symbol_{unit.id}", "")) for unit in _inside(chosen or 0)],
        "placeholders": [Option("1", _("Cho ghi vào sổ"), checked=typed.get("secret_placeholders") == "1")],
        "back": reverse(CURRENT), "family": documents.FAMILIES[found.family] if found else "",
    }  # fmt: skip
    return admin_page(request, "issuer", context, current=CURRENT, refusal=refusal)


def _units(chosen: int | None) -> Iterator[Option]:
    """Units with a seal, by name: who has none issues nothing."""
    for unit in sorted((unit for unit in orgs.tree() if unit.has_seal), key=lambda one: fold(one.name)):
        yield Option(str(unit.id), unit.name, checked=unit.id == chosen)
