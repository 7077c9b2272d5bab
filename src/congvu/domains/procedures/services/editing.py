"""What an authority sets itself: time limit, receiving level, process. Each makes a new version, dated today.

``seen`` is the version the person had before him; when another one is in force by now, nothing is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.procedures import content as contents
from congvu.domains.procedures.models import Procedure, ProcedureVersion
from congvu.domains.procedures.policies import may_administer
from congvu.domains.procedures.steps import NO_TIME, typed_process
from congvu.domains.procedures.template import misfit
from congvu.domains.procedures.types import KINDS, LEVELS, PLACES, ROLES, Content, StepInput
from congvu.domains.procedures.versions import content_of, open_versions
from congvu.ground.audit.services import act, note
from congvu.ground.worktime.types import Budget


@act("procedures.set_time", policy=may_administer, label="Đặt thời hạn giải quyết")
def set_time(
    _actor: Actor, code: str, budget: str, basis: str, unverified: bool = True, *, seen: int | None = None
) -> int:
    """Set the time limit of a procedure (``3wd``, ``sd``…) on a legal basis. Returns the id of the version in force.

    Where the source has no limit, the setting holds until an import brings one; where it has one (provinces shorten
    limits), the setting stays. Raises Invalid, NotFound, Forbidden.
    """
    limit, reason = str(Budget.parse(budget)), clean(basis)
    if not reason or len(reason) > 500:
        problem = Problem("basis", _("Ghi căn cứ của thời hạn, tối đa 500 ký tự."), "required")
        raise Invalid(_("Thiếu căn cứ của thời hạn."), problems=(problem,))
    version = _lock(code, seen)
    gap = contents.source_budget(content_of(version).values) is None
    time = {"budget": limit, "basis": reason, "unverified": unverified, "fills_gap": gap}
    note(code=version.procedure.code, before=version.budget, budget=limit, basis=reason, unverified=unverified)
    return _replace(version, {**version.local, "time": time})


@act("procedures.set_steps", policy=may_administer, label="Đặt các bước xử lý")
def set_steps(_actor: Actor, code: str, rows: Sequence[StepInput], *, seen: int | None = None) -> int:
    """Replace the process of a procedure by the authority's own steps. Returns the id of the version in force.

    The first step receives, the last returns the result. Raises Invalid with a problem per row, NotFound, Forbidden.
    """
    version = _lock(code, seen)
    steps = typed_process([_step(row) for row in rows])
    problems = [p for place, row in enumerate(steps, start=1) for p in _problems(place, row)] + _frame(steps)
    if problems:
        raise Invalid(_("Bảng bước xử lý còn chỗ chưa đúng."), problems=tuple(problems))
    note(code=version.procedure.code, steps=len(steps))
    return _replace(version, {**_without(version.local, "process"), "steps": steps})


@act("procedures.set_levels", policy=may_administer, label="Đặt cấp tiếp nhận hồ sơ")
def set_levels(
    _actor: Actor, code: str, levels: Sequence[str], basis: str, unverified: bool = True, *, seen: int | None = None
) -> int:
    """Set at which levels dossiers of a procedure are filed, on a legal basis. Returns the id of the version in force.

    Raises Invalid, NotFound, Conflict, Forbidden.
    """
    wanted, reason = [level for level in LEVELS if level in levels], clean(basis)
    problems = []
    if not wanted or len(wanted) < len(set(levels)):
        problems.append(Problem("levels", _("Chọn ít nhất một cấp tiếp nhận.")))
    if not reason or len(reason) > 500:
        problems.append(Problem("basis", _("Ghi căn cứ, tối đa 500 ký tự."), "required"))
    if problems:
        raise Invalid(_("Chưa đặt được cấp tiếp nhận."), problems=tuple(problems))
    version = _lock(code, seen)
    note(code=version.procedure.code, before=version.levels, levels=wanted, basis=reason, unverified=unverified)
    return _replace(version, {**version.local, "levels": {"levels": wanted, "basis": reason, "unverified": unverified}})


@act("procedures.choose_process", policy=may_administer, label="Chọn quy trình xử lý")
def choose_process(_actor: Actor, code: str, choice: str, *, seen: int | None = None) -> int:
    """Go back to the published steps (``source``) or take the seven-step template (``template``).

    Steps the authority typed stay readable in the versions before. Returns the id of the version in force. Raises
    Invalid where the source has no steps, or the template does not fit or lacks a time limit; NotFound, Conflict.
    """
    version = _lock(code, seen)
    content, local = content_of(version), _without(version.local, "steps", "process")
    if choice == "template":
        reason = misfit(content.values) or ("" if version.budget else NO_TIME)
        if reason:
            raise Invalid(reason, problems=(Problem("process", reason),))
        local["process"] = "template"
    elif choice == "source":
        published = _published(version)
        content.steps = content_of(published).steps
        content.values |= {"steps_origin": "own", "steps_source": published.steps_source}
    else:
        words = _("Chọn quy trình đã công bố hoặc mẫu bảy bước.")
        raise Invalid(words, problems=(Problem("process", words),))
    note(code=version.procedure.code, process=choice, before=version.steps_origin)
    return _open(version, content, local)


def _published(version: ProcedureVersion) -> ProcedureVersion:
    """The newest version that had the steps of the source. Raises Invalid."""
    known = ProcedureVersion.objects.filter(procedure=version.procedure, steps_origin="own").order_by("-number").first()
    if known is None:
        words = _("Nguồn không công bố các bước của thủ tục này.")
        raise Invalid(words, problems=(Problem("process", words),))
    return known


def _without(local: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in local.items() if name not in names}


def _lock(code: str, seen: int | None = None) -> ProcedureVersion:
    """The open version of a procedure whose row stays locked until the act ends."""
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    version = ProcedureVersion.objects.filter(procedure=procedure, valid_to=None).first() if procedure else None
    if version is None:
        raise NotFound(_("Không có thủ tục %(code)s trong danh mục.") % {"code": code})
    if seen is not None and seen != version.id:
        raise Conflict(_("Thủ tục này vừa được người khác thay đổi. Hãy mở lại trang rồi nhập lại."), code="stale")
    return version


def _replace(version: ProcedureVersion, local: dict[str, Any]) -> int:
    """Open a version with these local settings, unless nothing changes."""
    return _open(version, content_of(version), local)


def _open(version: ProcedureVersion, content: Content, local: dict[str, Any]) -> int:
    contents.settle(content, local)
    if contents.digest(content) == version.sha256:
        return version.id
    return open_versions([content], local_date(timezone.now()))[0].id


def _step(row: StepInput) -> dict[str, Any]:
    return {
        "name": clean(row.name),
        "role_text": "",
        "role": row.role,
        "place": row.place,
        "hours": row.hours,
        "public_name": clean(row.public_name),
        "kind": row.kind,
        "added": False,
    }


def _problems(place: int, row: dict[str, Any]) -> list[Problem]:
    where = _("dòng %(place)s") % {"place": place}
    checks = (
        (0 < len(row["name"]) <= 300, _("Ghi tên bước, tối đa 300 ký tự."), "name"),
        (len(row["public_name"]) <= 120, _("Tên công khai tối đa 120 ký tự."), "public_name"),
        (row["role"] in ROLES, _("Chọn vai trò xử lý."), "role"),
        (row["place"] in PLACES, _("Chọn nơi xử lý."), "place"),
        (row["kind"] in KINDS, _("Chọn loại bước."), "kind"),
        (row["hours"] is None or 0 <= Decimal(row["hours"]) <= 99_999, _("Số giờ phải từ 0 đến 99999."), "hours"),
    )
    return [Problem(where, words, code) for good, words, code in checks if not good]


def _frame(steps: list[dict[str, Any]]) -> list[Problem]:
    if len(steps) < 2 or steps[0]["kind"] != "receive" or steps[-1]["kind"] != "return":
        return [Problem("steps", _("Bước đầu phải là tiếp nhận, bước cuối phải là trả kết quả."), "frame")]
    kinds = [row["kind"] for row in steps]
    repeated = [kind for kind in ("receive", "approve", "issue", "return") if kinds.count(kind) > 1]
    return [
        Problem("steps", _("Loại bước “%(kind)s” chỉ được có một lần.") % {"kind": kind}, "repeated")
        for kind in repeated
    ]
