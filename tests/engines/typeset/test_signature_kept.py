"""A signature never stands alone on its page: the last lines of the text are with it, also those of a long table."""

from __future__ import annotations

import dataclasses

import pytest

from congvu.engines.typeset import services
from congvu.engines.typeset.body import body_data, broken
from congvu.engines.typeset.types import Cell, Paragraph, Table, plain
from tests.engines.typeset import documents, measure
from tests.engines.typeset.test_layout import one


def table(rows: int, *, header: int = 1, span: int = 1, words: str = "Hộ ông Lường Văn Thắng") -> Table:
    """Rows with a running number; groups of ``span`` rows share their first cell."""
    heads = tuple((Cell(plain("TT")), Cell(plain("Họ và tên")), Cell(plain("Số tiền"))) for _n in range(header))
    made = []
    for n in range(1, rows + 1):
        group = (Cell(plain(f"Thôn {n}"), rowspan=min(span, rows - n + 1)),) if (n - 1) % span == 0 else ()
        made.append((*group, Cell(plain(f"{words} {n:03}")), Cell(plain("1.500.000"))))
    return Table(rows=(*heads, *made), header=header, widths=(1, 3, 2))


def report(*blocks) -> measure.Piece:
    return dataclasses.replace(
        documents.NAMED, signer=documents.CHAIR, body=(Paragraph(plain("Kết quả thực hiện như sau:")), *blocks)
    )


def kept(document) -> tuple[int, list[str], list[measure.Piece]]:
    """The page of the signature, the texts above it on that page, everything."""
    sheet = services.set_official(document)
    found = measure.pieces(sheet.pdf)
    last = sheet.zones["person"].page
    capacity = one(found, "CHỦ TỊCH")
    assert last == capacity.page == sheet.pages
    above = [p.text for p in found if p.page == last and p.y < capacity.y - 2 and p.y > 18]
    return last, above, found


@pytest.mark.parametrize("rows", range(18, 70))
def test_after_a_long_closing_table_some_of_its_rows_are_with_the_signature(rows):
    last, above, found = kept(report(table(rows)))
    listed = [text for text in above if text.startswith("Hộ ông")]
    assert len(listed) >= min(2, rows), (rows, last, above)
    names = [p.text for p in found if p.text.startswith("Hộ ông")]
    assert names == [f"Hộ ông Lường Văn Thắng {n:03}" for n in range(1, rows + 1)], "no row lost, none twice"
    if last > 1:
        assert "Họ và tên" in above, "the heading is repeated on each page"


@pytest.mark.parametrize("rows", range(40, 58, 3))
@pytest.mark.parametrize(("header", "span"), [(0, 1), (2, 1), (1, 4)])
def test_headers_of_any_height_and_cells_over_several_rows_stay_whole(rows, header, span):
    _last, above, found = kept(report(table(rows, header=header, span=span)))
    assert len([text for text in above if text.startswith("Hộ ông")]) >= 2
    names = [p.text for p in found if p.text.startswith("Hộ ông")]
    assert names == [f"Hộ ông Lường Văn Thắng {n:03}" for n in range(1, rows + 1)]


def test_the_break_that_is_made_falls_between_groups_and_repeats_the_header():
    (made,) = body_data((table(12, span=4),), ending="")
    first, middle, second = broken([made])
    assert (len(first["rows"]), middle["type"], len(second["rows"])) == (1 + 8, "break", 1 + 4)
    assert second["rows"][0] == made["rows"][0]
    (short,) = body_data((table(2),), ending="")
    assert [block["type"] for block in broken([short])] == ["break", "table"], "two rows move as a whole"


@pytest.mark.parametrize("rows", range(8, 30, 2))
def test_rows_of_several_lines_are_kept_by_rows(rows):
    _last, above, _found = kept(report(table(rows, words="Hộ ông Lường Văn Thắng, thôn Khe Bố, đã sửa nhà xong")))
    assert [text for text in above if text.startswith("Hộ ông")]


def test_what_follows_a_table_is_kept_as_before_and_a_full_page_begins_no_empty_one():
    """50 rows fill two pages to the last millimetre: nothing begins a third one."""
    assert services.set_official(report(table(50))).pages == 2
    for rows in range(18, 27):
        last, above, _found = kept(report(table(rows), Paragraph(plain("Kính trình Ủy ban nhân dân xã xem xét."))))
        assert last == 1 or any("Kính trình" in text for text in above)
