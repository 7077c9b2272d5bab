"""The tables of the statistics: which figures stand in which, under which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IssuerView
from congvu.engines.typeset.types import Column, RegisterBook
from congvu.faces.desk.statistics.periods import Period

LABELS: Mapping[str, str | Promise] = {
    "in": gettext_lazy("Văn bản đến đã vào sổ"),
    "in_done_on_time": gettext_lazy("Đã giải quyết đúng hạn"),
    "in_done_late": gettext_lazy("Đã giải quyết quá hạn"),
    "in_open_in_time": gettext_lazy("Đang giải quyết, trong hạn"),
    "in_open_late": gettext_lazy("Đang giải quyết, quá hạn"),
    "in_back": gettext_lazy("Đã trả lại, bị thu hồi"),
    "in_electronic": gettext_lazy("Đến bằng điện tử, không kèm bản giấy"),
    "out": gettext_lazy("Văn bản đi đã phát hành"),
    "out_electronic": gettext_lazy("Gửi điện tử, không kèm bản giấy"),
    "out_paper": gettext_lazy("Có gửi bản giấy"),
    "out_recalled": gettext_lazy("Văn bản đi đã thu hồi"),
    "loans": gettext_lazy("Lượt sử dụng bản lưu"),
    "loans_open": gettext_lazy("Bản lưu đang cho mượn"),
}
IN = ("in", "in_done_on_time", "in_done_late", "in_open_in_time", "in_open_late", "in_back")
OUT = ("out", "out_electronic", "out_paper", "out_recalled")
# Printed words are Vietnamese whatever the language of the screen.
PRINTED = {
    "den": ("BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN ĐẾN", "Đơn vị chủ trì", IN, (
        "Tổng số", "Đã giải quyết đúng hạn", "Đã giải quyết quá hạn", "Đang giải quyết trong hạn",
        "Đang giải quyết quá hạn", "Trả lại, thu hồi",
    ), "Tỷ lệ đúng hạn", ("in_done_on_time", ("in_done_on_time", "in_done_late"))),
    "di": ("BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN ĐI", "Đơn vị soạn thảo", OUT, (
        "Tổng số phát hành", "Gửi điện tử, không kèm bản giấy", "Có gửi bản giấy", "Đã thu hồi",
    ), "Tỷ lệ không giấy", ("out_electronic", ("out",))),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the address of the list behind it, without a list for nothing."""

    value: int
    figure: str
    address: str


@dataclass(frozen=True, slots=True)
class TableRow:
    label: str
    cells: tuple[Cell, ...]


def share(part: int, whole: int) -> str:
    """``66,7 %``; a dash where there is nothing to take a share of."""
    return f"{part * 100 / whole:.1f} %".replace(".", ",") if whole else "–"


def table(
    rows: Iterable[documents.GroupRow], names: Iterable[str], kept: IssuerView, days: Period, narrowed: str
) -> list[TableRow]:
    """Rows of a table; ``narrowed`` is what a row's key narrows the lists to: ``don-vi``, ``loai`` or ``thang``."""
    wanted = tuple(names)
    return [
        TableRow(row.label, tuple(
            Cell(row.figures[name], name, _address(kept, days, narrowed, row.key) if row.figures[name] else "")
            for name in wanted
        ))
        for row in rows
    ]  # fmt: skip


def _address(kept: IssuerView, days: Period, narrowed: str, key: str) -> str:
    if narrowed != "thang":
        return days.address(**{"co-quan": kept.key, narrowed: key})
    part = documents.month_of(documents.StatQuery(kept.id, days.since, days.until), int(key))
    return Period(part.since, part.until).address(**{"co-quan": kept.key})


def report(actor: Actor, name: str, kept: IssuerView, days: Period) -> RegisterBook:
    """Báo cáo giải quyết văn bản đến, or đi: a line for each unit, the whole below."""
    title, first, names, heads, last, (part, whole) = PRINTED[name]
    query = documents.StatQuery(kept.id, days.since, days.until)
    found = documents.by_unit(actor, query, names[0])
    total = {key: sum(row.figures[key] for row in found) for key in names}
    lines = [(row.label, row.figures) for row in found] + [("Tổng cộng", total)]
    rows = tuple(
        (label, *(str(figures[key]) for key in names), share(figures[part], sum(figures[key] for key in whole)))
        for label, figures in lines
    )
    return RegisterBook(
        kind="report", agency=kept.name, above=kept.above, title=title, rows=rows,
        columns=(Column(first, 3), *(Column(head, 1.4, "center") for head in heads), Column(last, 1.4, "center")),
        subtitle=(f"Từ ngày {days.since:%d/%m/%Y} đến ngày {days.until:%d/%m/%Y}",),
    )  # fmt: skip
