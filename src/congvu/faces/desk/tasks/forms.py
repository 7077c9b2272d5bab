"""Which act's form stands open on the page of a task, what its fields offer, and how a typed term is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.errors import Invalid, Problem, Refusal
from congvu.common.zones import VN, local
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks.types import Holder, TaskView
from congvu.faces.desk.held import typed
from congvu.faces.desk.shell import actor_of
from congvu.faces.desk.uploads import kept
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import SeatView, UnitView
from congvu.ground.ui.types import Option
from congvu.ground.worktime import selectors as worktime

# The act's word in the address, the ability it needs, and what its heading says.
FORMS = {
    "tien-do": ("report", gettext_lazy("Báo cáo tiến độ")),
    "hoan-thanh": ("finish", gettext_lazy("Báo cáo hoàn thành")),
    "phoi-hop": ("contribute", gettext_lazy("Báo cáo phần phối hợp")),
    "gia-han": ("ask_extension", gettext_lazy("Xin gia hạn")),
    "tra-loi-gia-han": ("answer_extension", gettext_lazy("Trả lời đề nghị gia hạn")),
    "tra-lai": ("return", gettext_lazy("Trả lại nhiệm vụ")),
    "phan-cong": ("hand_on", gettext_lazy("Phân công trong đơn vị")),
    "giao-lai": ("give_again", gettext_lazy("Giao lại nhiệm vụ")),
    "khong-dat": ("reject", gettext_lazy("Đánh giá: không đạt")),
    "sua": ("amend", gettext_lazy("Sửa nhiệm vụ")),
    "huy": ("cancel", gettext_lazy("Hủy nhiệm vụ")),
}
UPLOADS = "application/pdf,image/jpeg,image/png,.docx,.xlsx"


def form_parts(request: HttpRequest, view: TaskView, verb: str, refusal: Refusal | None) -> dict[str, Any]:
    """The form asked for, if its act is open to this post; the comment form stands open always."""
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    parts: dict[str, Any] = {"problems": problems, "kept": kept(request), "uploads": UPLOADS, "said": {}}
    if verb == "trao-doi":
        return parts | {"said": typed(request)}
    known = FORMS.get(verb)
    if known is None or known[0] not in view.abilities:
        return parts
    given = typed(request) if request.method == "POST" else typed(request) or _begin(verb, view)
    parts |= {"act": verb, "act_label": known[1], "act_template": f"desk/tasks/act/{verb}.html", "typed": given}
    if verb in ("phan-cong", "giao-lai"):
        top = [view.owner.unit_id] if verb == "phan-cong" else actor_of(request).unit_ids
        parts["posts"] = posts(top, chosen=given.get("to", ""))
    return parts


def _begin(verb: str, view: TaskView) -> QueryDict:
    """What the fields hold before anything was typed."""
    fields = QueryDict(mutable=True)
    if verb == "sua":
        fields.update({"title": view.title, "output": view.output, "content": view.content,
                       "task_code": view.task_code, **term_fields(view.due_at)})  # fmt: skip
    elif verb == "tien-do":
        fields["percent"] = str(view.percent)
    elif verb == "tra-loi-gia-han" and view.asking is not None:
        fields.update(term_fields(view.asking.wanted))
    return fields


def term_fields(due: datetime | None) -> dict[str, str]:
    """A term as the form's fields hold it."""
    if due is None:
        return {"no_term": "1"}
    civil = local(due)
    return {"due_day": str(civil.day), "due_month": str(civil.month), "due_year": str(civil.year),
            "due_hour": f"{civil:%H:%M}"}  # fmt: skip


def typed_term(fields: QueryDict, unit: int) -> tuple[datetime | None, bool]:
    """The term typed, and whether "không thời hạn" was ticked; without an hour the office's closing time.

    Raises Invalid for what is no day or no hour.
    """
    no_term = fields.get("no_term") == "1"
    parts = [fields.get(f"due_{part}", "").strip() for part in ("day", "month", "year")]
    if no_term or not any(parts):
        return None, no_term
    day, hour = _day(parts), fields.get("due_hour", "").strip()
    if not hour:
        return tasks.closing(day, worktime.calendar(orgs.calendar_of(unit))), False
    try:
        clock = datetime.strptime(hour.replace("h", ":"), "%H:%M").time()
    except ValueError:
        raise _no_moment(_("Ghi giờ như 17:00, hoặc để trống là hết giờ làm việc.")) from None
    return datetime.combine(day, clock, tzinfo=VN), False


def _day(parts: list[str]) -> date:
    try:
        day, month, year = (
            int(part) if part.isascii() and part.isdecimal() and len(part) <= 4 else 0 for part in parts
        )
        return date(year, month, day)
    except ValueError:
        raise _no_moment(_("Ghi ngày, tháng, năm bằng số, ví dụ 30 11 2026.")) from None


def _no_moment(message: str) -> Invalid:
    return Invalid(message, problems=(Problem("due", message, "date"),))


def posts(units: Iterable[int], *, chosen: str = "", below: bool = True) -> list[Option]:
    """Posts of these units, and of those right below them, each with who acts there. Two statements."""
    tree, tops = orgs.tree(), set(units)
    inside = tops | ({child.id for top in tops for child in tree.children(top)} if below else set())
    names = {unit.id: unit for unit in tree if unit.id in inside}
    order = {unit: place for place, unit in enumerate(names)}
    found = sorted(orgs.seats(names), key=lambda seat: (order[seat.unit_id], seat.position_id))
    return [_option(names[seat.unit_id], seat, chosen) for seat in found]


def _option(unit: UnitView, seat: SeatView, chosen: str) -> Option:
    key = f"{unit.id}:{seat.position_id}"
    return Option(key, f"{unit.short_name}: {', '.join([*seat.names, seat.title])}", checked=key == chosen)


def holder(text: str, field: str) -> Holder:
    """A unit and a post as the form sends them. Raises Invalid."""
    unit, _sign, post = text.partition(":")
    if not (unit.isascii() and unit.isdecimal() and post.isascii() and post.isdecimal() and len(text) < 38):
        message = _("Chọn đơn vị và vị trí trong danh sách.")
        raise Invalid(message, problems=(Problem(field, message, "required"),))
    return Holder(int(unit), int(post))
