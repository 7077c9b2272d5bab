"""Which section handles which field: a working table that nobody has compared with a decision of the province."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.digest import fingerprint
from congvu.ground.law.services import to_compare
from congvu.ground.law.types import Item
from congvu.ground.orgs.kinds import KINDS, division_rows, section_rows

KIND = "section"


@to_compare(KIND, label=gettext_lazy("Phân công lĩnh vực cho phòng chuyên môn"))
def sections() -> Iterable[Item]:
    for row in section_rows():
        if not row["verified"]:
            fields = row["fields"]
            words = _("%(n)s lĩnh vực: %(fields)s") % {"n": len(fields), "fields": "; ".join(fields)}
            yield Item(
                f"{row['section']}/{fingerprint(*fields)}", words, row.get("basis", _("Nghị định 150/2025/NĐ-CP")),
                str(KINDS[row["section"]].label),
            )  # fmt: skip
    for row in division_rows():
        if not row["verified"]:
            yield Item(
                f"division/{fingerprint(row['division'], row['department'])}", row["division"], row["basis"],
                row["department"],
            )  # fmt: skip
