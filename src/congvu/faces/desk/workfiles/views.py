"""Hồ sơ công việc: lists by year and unit, one file with its index, exports and packages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congvu.common.errors import Refusal
from congvu.common.zones import local_date
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles.selectors import Query
from congvu.domains.workfiles.types import EntryView, FileView
from congvu.faces.desk.held import typed
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.uploads import kept
from congvu.faces.desk.workfiles.forms import levels, number, terms
from congvu.ground.files import selectors as filed
from congvu.ground.files.types import FileInfo

CURRENT = "desk_workfiles"
TABS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("cua-toi", gettext_lazy("Tôi lập"), {"mine": True}),
    ("tat-ca", gettext_lazy("Tất cả"), {}),
    ("cho-nop", gettext_lazy("Chờ nộp lưu"), {"states": ("closed",)}),
    ("qua-han", gettext_lazy("Quá hạn nộp lưu"), {"overdue": True}),
    ("da-nop", gettext_lazy("Đã nộp lưu"), {"states": ("submitted", "archived", "disposal", "destroyed")}),
)
STATES = {
    "open": "info",
    "closed": "warn",
    "submitted": "warn",
    "archived": "ok",
    "disposal": "bad",
    "destroyed": "bad",
}
# What an address narrows the list to, carried along its pages.
KEPT = ("loc", "nam", "q", "don-vi", "mang", "che-do", "tu-ngay", "den-ngay")
KINDS = {"zip": "application/zip", "xml": "application/xml", "pdf": "application/pdf"}
# The act's word in the address, the ability it needs, and what its heading says.
FORMS = {
    "them": ("add", gettext_lazy("Đưa tài liệu vào hồ sơ")),
    "loai": ("weed", gettext_lazy("Loại văn bản khỏi hồ sơ")),
    "ket-thuc": ("close", gettext_lazy("Kết thúc hồ sơ")),
    "mo-lai": ("reopen", gettext_lazy("Mở lại hồ sơ")),
    "tra-loi": ("answer", gettext_lazy("Trả lời hồ sơ nộp lưu")),
    "bao-quan": ("keep_copy", gettext_lazy("Thêm bản bảo quản lâu dài")),
    "che-do": ("set_level", gettext_lazy("Đặt chế độ sử dụng hồ sơ")),
    "khoa": ("freeze", gettext_lazy("Khóa hồ sơ")),
    "mo-khoa": ("thaw", gettext_lazy("Mở khóa hồ sơ")),
}


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Files by part, year and unit; newest first."""
    actor, asked = actor_of(request), request.GET
    named = {key: values for key, _label, values in TABS}
    filtered = any(asked.get(key) for key in ("don-vi", "mang", "che-do", "tu-ngay"))
    tab = asked.get("loc") if asked.get("loc") in named else "tat-ca" if filtered else "cua-toi"
    online = {"1": True, "0": False}.get(asked.get("mang", ""))
    year, unit = number(asked.get("nam", "")), number(asked.get("don-vi", ""))
    since, until = _day(asked.get("tu-ngay", "")), _day(asked.get("den-ngay", ""))
    query = Query(
        **named[str(tab)], text=asked.get("q", "").strip(), year=year, unit=unit, online=online, ended_since=since,
        ended_until=until, level=asked.get("che-do", ""),
    )  # fmt: skip
    found = workfiles.files(actor, query, after=asked.get("sau", ""))
    kept_values = {key: asked[key] for key in KEPT if asked.get(key)}
    this_year = local_date(timezone.now()).year
    context = {
        "rows": [(row, STATES[row.state]) for row in found.rows],
        "tabs": [(key, label, key == tab) for key, label, _values in TABS],
        "query": query,
        "kept": kept_values,
        "years": [this_year - back for back in range(4)],
        "next_url": f"?{urlencode({**kept_values, 'sau': found.next})}" if found.next else "",
        "first_url": f"?{urlencode(kept_values)}" if asked.get("sau") else "",
        "archive": workfiles.is_archive(actor),
    }
    return page(request, "desk/workfiles/list.html", context, current=CURRENT)


def _day(text: str) -> date | None:
    """A day of an address (``17/11/2026``); what is none narrows nothing."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        return None


@require_GET
@staff_only
def file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """One file: its index, its metadata, its way to the archive, and the acts open to this post."""
    return file_page(request, file_id, open_act=request.GET.get("lam", ""))


def file_page(request: HttpRequest, file_id: UUID, *, open_act: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page, also after a refused act: then with the act's form open, its problems, and what was typed."""
    actor = actor_of(request)
    view = workfiles.file(actor, file_id)
    context = {
        "file": view,
        "tag": STATES[view.row.state],
        "entries": _with_files(request, view),
        "packed": any(row.sha256 for row in view.submissions),
        "unkept": workfiles.unkept(actor, file=file_id),
        "copies": workfiles.copies_of(key for entry in view.entries for key in entry.files),
        "refusal": refusal,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        "kept": kept(request),
        "today": local_date(timezone.now()),
        **_form(request, view, open_act),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/workfiles/file.html", context, current=CURRENT, status=status)


def _with_files(request: HttpRequest, view: FileView) -> list[tuple[EntryView, list[FileInfo]]]:
    """Each document with those of its files that hang on this file itself; others open on their record's page."""
    own = {info.id: info for info in filed.visible_files(actor_of(request), view.row.id)}
    return [(entry, [own[key] for key in entry.files if key in own]) for entry in view.entries]


def _form(request: HttpRequest, view: FileView, verb: str) -> dict[str, Any]:
    known = FORMS.get(verb)
    if known is None or known[0] not in view.abilities:
        return {}
    fields = typed(request)
    parts: dict[str, Any] = {
        "act": verb, "act_label": known[1], "act_template": f"desk/workfiles/act/{verb}.html", "typed": fields,
    }  # fmt: skip
    if verb == "ket-thuc":
        parts["terms"] = terms(fields.get("years", ""))
    if verb == "bao-quan":
        wanted = request.GET.get("tep", "") or fields.get("original", "")
        parts["chosen"] = next((row for row in workfiles.unkept(actor_of(request), file=view.row.id)
                                if str(row.info.id) == wanted), None)  # fmt: skip
    if verb == "che-do":
        parts["levels"] = levels(fields.get("level", "") or view.rights)
    if verb == "loai":
        chosen = number(request.GET.get("vb", "") or fields.get("entry", ""))
        parts["chosen"] = next((entry for entry in view.entries if entry.id == chosen), None)
    return parts


@require_GET
@staff_only
def formats(request: HttpRequest) -> HttpResponseBase:
    """Files in formats that are not meant for keeping, by unit."""
    actor, unit = actor_of(request), number(request.GET.get("don-vi", ""))
    units = workfiles.unkept_units(actor)
    context = {
        "units": units, "rows": workfiles.unkept(actor, unit=unit), "unit": unit,
        "total": sum(row.count for row in units),
    }  # fmt: skip
    return page(request, "desk/workfiles/formats.html", context, current=CURRENT)


@require_GET
@staff_only
def download(request: HttpRequest, file_id: UUID, kind: str) -> HttpResponseBase:
    """The whole file as .xml or .pdf, or the package handed to the archive as .zip."""
    if kind not in KINDS:
        raise Http404
    actor = actor_of(request)
    made = workfiles.package(actor, file_id) if kind == "zip" else workfiles.export(actor, file_id, kind)
    return HttpResponse(
        made.content, content_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="{made.name}"', "X-Content-Type-Options": "nosniff"},
    )  # fmt: skip


def year_days(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)
