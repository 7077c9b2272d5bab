"""What an authority sets itself: a missing time limit, its own steps. Each makes a new version, dated today."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.procedures import content as contents
from congvu.domains.procedures.models import Procedure, ProcedureVersion
from congvu.domains.procedures.policies import may_administer
from congvu.domains.procedures.steps import typed_process
from congvu.domains.procedures.types import KINDS, PLACES, ROLES, Content, StepInput
from congvu.domains.procedures.versions import content_of, open_versions
from congvu.ground.audit.services import act, note
from congvu.ground.worktime.types import Budget


@act("procedures.set_time", policy=may_administer, label="Đặt thời hạn giải quyết")
def set_time(_actor: Actor, code: str, budget: str, basis: str, unverified: bool = True) -> int:
    """Set the time limit of a procedure (``3wd``, ``sd``…) on a legal basis. Returns the id of the version in force.

    Where the source has no limit, the setting holds until an import brings one; where it has one (provinces shorten
    limits), the setting stays. Raises Invalid, NotFound, Forbidden.
    """
    limit, reason = str(Budget.parse(budget)), clean(basis)
    if not reason or len(reason) > 500:
        problem = Problem("basis", _("Ghi căn cứ của thời hạn, tối đa 500 ký tự."), "required")
        raise Invalid(_("Thiếu căn cứ của thời hạn."), problems=(problem,))
    version = _lock(code)
    gap = contents.source_budget(content_of(version).values) is None
    time = {"budget": limit, "basis": reason, "unverified": unverified, "fills_gap": gap}
    note(code=version.procedure.code, before=version.budget, budget=limit, basis=reason, unverified=unverified)
    return _replace(version, {**version.local, "time": time})


@act("procedures.set_steps", policy=may_administer, label="Đặt các bước xử lý")
def set_steps(_actor: Actor, code: str, rows: Sequence[StepInput]) -> int:
    """Replace the process of a procedure by the authority's own steps. Returns the id of the version in force.

    The first step receives, the last returns the result. Raises Invalid with a problem per row, NotFound, Forbidden.
    """
    version = _lock(code)
    steps = typed_process([_step(row) for row in rows])
    problems = [p for place, row in enumerate(steps, start=1) for p in _problems(place, row)] + _frame(steps)
    if problems:
        raise Invalid(_("Bảng bước xử lý còn chỗ chưa đúng."), problems=tuple(problems))
    note(code=version.procedure.code, steps=len(steps))
    return _replace(version, {**version.local, "steps": steps})


def _lock(code: str) -> ProcedureVersion:
    """The open version of a procedure whose row stays locked until the act ends."""
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    version = ProcedureVersion.objects.filter(procedure=procedure, valid_to=None).first() if procedure else None
    if version is None:
        raise NotFound(_("Không có thủ tục %(code)s trong danh mục.") % {"code": code})
    return version


def _replace(version: ProcedureVersion, local: dict[str, Any]) -> int:
    """Open a version with these local settings, unless nothing changes."""
    content: Content = contents.settle(content_of(version), local)
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
