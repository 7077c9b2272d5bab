"""Values of procedures in force that stand on an assumption: somebody has to compare them with their text."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from congvu.common.digest import fingerprint
from congvu.domains.procedures.models import ProcedureVersion
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
            key = f"{code}/{flag['field']}/{fingerprint(flag['reason'], value)}"
            words = f"{FIELDS.get(flag['field'], flag['field'])}{f' {value}' if value else ''}"
            yield Item(key, f"{words}. {flag['reason']}", decision or source, f"{code} {name}", code)


FIELDS = {
    "time": _("Thời hạn giải quyết"),
    "fee": _("Phí, lệ phí"),
    "name": _("Tên thủ tục"),
    "result_from": _("Hệ thống cấp kết quả"),
}
