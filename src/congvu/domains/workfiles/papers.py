"""Papers about files, in the words of the rule each follows; what is printed is Vietnamese whoever reads the screen.

NĐ 30/2020 says "thời hạn bảo quản", the law of 2024 "thời hạn lưu trữ": the forms of the books carry the word.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from congvu.common.errors import NotFound
from congvu.common.zones import local_date
from congvu.domains.workfiles.indexes import By
from congvu.domains.workfiles.types import CatalogueView, DisposalView, FileView, LineView
from congvu.engines.typeset.types import Group, HandOver, Party, RegisterBook, Row
from congvu.ground.orgs import selectors as orgs

ACCEPTED = "accepted"


def catalogue_book(view: CatalogueView) -> RegisterBook:
    """Danh mục hồ sơ: headings in Roman and Arabic, counts below (NĐ 30/2020 Phụ lục V)."""
    rows: list[Row | Group] = []
    for big in view.headings:
        rows += [Group(big.number, big.title), *map(_line, big.lines)]
        for small in big.children:
            rows += [Group(small.number, small.title, 2), *map(_line, small.lines)]
    under = (f"(Ban hành kèm theo {view.decision} của {view.agency})",) if view.decision else ()
    return RegisterBook(
        kind="file_list", agency=view.agency, rows=tuple(rows), year=view.year, subtitle=(f"Năm {view.year}", *under)
    )


def index_book(rows: tuple[Row, ...], *, agency: str, year: int, by: By) -> RegisterBook:
    """Mục lục hồ sơ, tài liệu nộp lưu; below its title stands whose year it is."""
    under = f"Hồ sơ nộp lưu trong năm {year}" if by is By.HAND_OVER else f"Hồ sơ thuộc danh mục năm {year}"
    return RegisterBook(kind="file_index", agency=agency, rows=rows, year=year, subtitle=(under,))


def _line(line: LineView) -> Row:
    return (line.symbol, line.title, line.retention, line.unit, line.note)


def disposal_book(view: DisposalView, agency: str) -> RegisterBook:
    """The list of a council, as it was when it was made."""
    rows = tuple(
        (str(n), one.code, one.title, one.term, str(one.documents), str(one.pages), one.reason, "")
        for n, one in enumerate(view.lines, start=1)
    )
    under = (f"(Kèm theo {view.decision})",) if view.decision else ()
    return RegisterBook(kind="disposal", agency=agency, rows=rows, subtitle=(view.title, *under))


def minutes(view: FileView, *, place: str) -> HandOver:
    """Biên bản giao nhận of a file the archive accepted (NĐ 30/2020 Phụ lục V). Raises NotFound before that.

    ``place`` is the name of the place in front of the day.
    """
    handed = next((one for one in view.submissions if one.answer == ACCEPTED), None)
    if handed is None or handed.answered_at is None:
        raise NotFound(_("Hồ sơ chưa được lưu trữ tiếp nhận nên chưa có biên bản."))
    agency, row = orgs.agency_of(view.row.unit_id), view.row
    sheets = sum(entry.described.paper for entry in view.entries)
    return HandOver(
        agency=agency.name, place=place, symbol="BB", on=local_date(handed.answered_at),
        giver=Party(unit=row.unit, person=row.maker, position="Người lập hồ sơ"),
        taker=Party(unit="Lưu trữ hiện hành", person=handed.answered_by, position="Văn thư, lưu trữ"),
        holdings=f"{row.code} {row.title}", period=_period(row.started_on, row.ended_on),
        condition="Đầy đủ, theo mục lục kèm theo", paper_files=int(view.paper),
        electronic_files=int(len(view.entries) > sheets), items=sum(len(entry.files) for entry in view.entries),
    )  # fmt: skip


def _period(first: date, last: date | None) -> str:
    return f"Từ {first:%d/%m/%Y}" + (f" đến {last:%d/%m/%Y}" if last else "")
