"""Columns of what was found: which there are, what each says, which are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from congvu.domains.documents.selectors import FoundRow
from congvu.faces.desk.incoming.rows import PRIORITIES
from congvu.ground.ui.formats import date_time, table_date


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column: its heading, what it says of a row, its share of the width on paper."""

    label: str | Promise
    says: Callable[[FoundRow], str]
    share: float = 2.0


COLUMNS: Mapping[str, FoundColumn] = {
    "code": FoundColumn(gettext_lazy("Số, ký hiệu"), lambda row: row.code),
    "issued": FoundColumn(
        gettext_lazy("Ngày văn bản"), lambda row: table_date(row.issued_on) if row.issued_on else "", 1.6
    ),
    "kind": FoundColumn(gettext_lazy("Loại văn bản"), lambda row: row.kind_name, 1.6),
    "title": FoundColumn(gettext_lazy("Trích yếu"), lambda row: row.title, 5),
    "party": FoundColumn(gettext_lazy("Nơi gửi, nơi nhận"), lambda row: row.party, 2.6),
    "signer": FoundColumn(gettext_lazy("Người ký"), lambda row: row.signer),
    "unit": FoundColumn(gettext_lazy("Đơn vị"), lambda row: row.unit),
    "state": FoundColumn(gettext_lazy("Trạng thái"), lambda row: row.state, 1.8),
    "arrival": FoundColumn(gettext_lazy("Số đến"), lambda row: str(row.arrival_number or ""), 1.2),
    "at": FoundColumn(gettext_lazy("Ngày đến, ngày soạn"), lambda row: table_date(row.at), 1.6),
    "priority": FoundColumn(
        gettext_lazy("Độ khẩn"), lambda row: str(PRIORITIES[row.priority]) if row.priority else "", 1.4
    ),
    "due": FoundColumn(gettext_lazy("Hạn"), lambda row: date_time(row.due_at) if row.due_at else "", 1.8),
}
USUAL = ("code", "issued", "title", "party", "unit", "state")


def chosen(names: Iterable[str]) -> tuple[str, ...]:
    """The columns asked for, in the order of the table; the usual ones where none was."""
    wanted = set(names)
    return tuple(name for name in COLUMNS if name in wanted) or USUAL
