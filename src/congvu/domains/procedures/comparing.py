"""Values of procedures in force that stand on an assumption: somebody has to compare them with their text."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from congvu.common.digest import fingerprint
from congvu.domains.procedures.models import ProcedureVersion
from congvu.domains.procedures.types import Flag, ProcedureView
from congvu.ground.law import selectors as law
from congvu.ground.law.services import to_compare
from congvu.ground.law.types import Item

KIND = "procedure"


@to_compare(KIND, label=_("Thủ tục hành chính"))
def flags() -> Iterable[Item]:
    """Every flag of every version in force. One statement."""
    rows = ProcedureVersion.objects.filter(valid_to=None).exclude(unverified=[]).order_by("procedure__code")
    for code, name, budget, decision, source, found in rows.values_list(
        "procedure__code", "name", "budget", "decision", "source", "unverified"
    ):
        for flag in found:
            value = str(budget) if flag["field"] == "time" else ""
            key = _key(code, flag["field"], flag["reason"], value)
            words = f"{FIELDS.get(flag['field'], flag['field'])}{f' {value}' if value else ''}"
            yield Item(key, f"{words}. {flag['reason']}", decision or source, f"{code} {name}", code)


def open_flags(view: ProcedureView) -> tuple[Flag, ...]:
    """The flags of a version that nobody has compared with their text. No statement where there are none, else one."""
    if not view.unverified:
        return ()
    known = law.compared(KIND)
    return tuple(flag for flag in view.unverified if _key_of(view, flag) not in known)


def _key_of(view: ProcedureView, flag: Flag) -> str:
    return _key(view.code, flag.field, flag.reason, str(view.budget) if flag.field == "time" else "")


def _key(code: str, field: str, reason: str, value: str) -> str:
    return f"{code}/{field}/{fingerprint(reason, value)}"


FIELDS = {
    "time": _("Thời hạn giải quyết"),
    "levels": _("Cấp tiếp nhận hồ sơ"),
    "fee": _("Phí, lệ phí"),
    "name": _("Tên thủ tục"),
    "result_from": _("Hệ thống cấp kết quả"),
}
