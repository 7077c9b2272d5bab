"""Danh mục hồ sơ: headings and numbers, drafted, approved, issued, opened from."""

from __future__ import annotations

import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.workfiles import selectors, services
from congvu.domains.workfiles.errors import TooShort, WrongState
from congvu.domains.workfiles.lists import roman
from congvu.domains.workfiles.types import LineInput, NewFile
from tests.marks import refuses


def drafted(world, running: str = "heading") -> int:
    agency = world.made.units["xa-yen-khe"]
    return services.draft(world.staff("vanthu"), agency, 2026, running=running)


def line(world, heading: int, title: str = "Hồ sơ tuyển dụng", **values) -> int:
    given = {"unit": world.made.units["xa-yen-khe-kt"], "years": 20}
    return services.add_line(world.staff("vanthu"), heading, LineInput(title, **{**given, **values}))


@refuses("workfile.draft_list", "workfile.add_heading", "workfile.add_line", "workfile.remove_line")
def test_only_the_office_drafts_and_numbers_run_within_big_headings(world):
    clerk, agency = world.staff("vanthu"), world.made.units["xa-yen-khe"]
    with pytest.raises(Forbidden):
        services.draft(world.staff("chuyenmon"), agency, 2026)
    with pytest.raises(Forbidden):
        services.draft(clerk, world.made.units["tinh-binh-lam"], 2026)
    with pytest.raises(Invalid):
        services.draft(clerk, agency, 2031)
    made = drafted(world)
    with pytest.raises(Conflict):
        drafted(world)
    with pytest.raises(Forbidden):
        services.add_heading(world.staff("chuyenmon"), made, title="TỔ CHỨC")
    first = services.add_heading(clerk, made, title="TỔ CHỨC CÁN BỘ", symbol="TCCB")
    small = services.add_heading(clerk, made, title="Tuyển dụng", parent=first)
    second = services.add_heading(clerk, made, title="KINH TẾ", symbol="KT")
    with pytest.raises(Invalid):
        services.add_heading(clerk, made, title="Sâu hơn", parent=small)
    with pytest.raises(Forbidden):
        services.add_line(world.staff("chuyenmon"), first, LineInput("x", agency, years=20))
    for wrong in ({"title": ""}, {"years": None}, {"unit": world.made.units["tinh-binh-lam"]}):
        with pytest.raises(Invalid):
            line(world, first, **wrong)
    with pytest.raises(TooShort):
        line(world, first, rule="so-den", years=10)
    line(world, first)
    line(world, small, "Hồ sơ thi tuyển", years=None, permanent=True)
    gone = line(world, second)
    view = selectors.catalogue(clerk, made)
    assert [(h.number, h.title, [entry.symbol for entry in h.lines]) for h in view.headings] == [
        ("I", "TỔ CHỨC CÁN BỘ", ["01.TCCB"]), ("II", "KINH TẾ", ["01.KT"]),
    ]  # fmt: skip
    (child,) = view.headings[0].children
    assert (child.number, [entry.symbol for entry in child.lines]) == ("1", ["02.TCCB"])
    assert (view.total, view.permanent, view.fixed) == (3, 1, 2)
    with pytest.raises(Forbidden):
        services.remove_line(world.staff("chuyenmon"), made, gone)
    services.remove_line(clerk, made, gone)
    with pytest.raises(NotFound):
        services.remove_line(clerk, made, gone)
    with pytest.raises(NotFound):
        selectors.catalogue(world.staff("chutichtinh"), made)


def test_numbers_may_run_over_the_whole_list(world):
    made, clerk = drafted(world, "list"), world.staff("vanthu")
    for symbol in ("TCCB", "KT"):
        line(world, services.add_heading(clerk, made, title=symbol, symbol=symbol))
    found = [entry.symbol for heading in selectors.catalogue(clerk, made).headings for entry in heading.lines]
    assert found == ["01.TCCB", "02.KT"]


@refuses("workfile.approve_list", "workfile.issue_list")
def test_approved_by_the_head_issued_by_the_clerk_then_opened_from(world):
    made, clerk, chair = drafted(world), world.staff("vanthu"), world.staff("chutich")
    with pytest.raises(WrongState):
        services.approve(chair, made)
    heading = services.add_heading(clerk, made, title="KINH TẾ", symbol="KT")
    chosen = line(world, heading, "Hồ sơ nông nghiệp")
    with pytest.raises(Forbidden):
        services.approve(clerk, made)
    with pytest.raises(WrongState):
        services.issue(clerk, made, decision="QĐ 12")
    with pytest.raises(Invalid):
        services.open_file(world.staff("chuyenmon"), NewFile(line=chosen))
    services.approve(chair, made)
    with pytest.raises(WrongState):
        services.add_heading(clerk, made, title="Muộn")
    with pytest.raises(Forbidden):
        services.issue(chair, made, decision="QĐ 12")
    with pytest.raises(Invalid):
        services.issue(clerk, made, decision=" ")
    services.issue(clerk, made, decision="Quyết định số 12/QĐ-UBND ngày 05/01/2026")
    assert [entry.title for entry in selectors.free_lines(world.staff("chuyenmon"))] == ["Hồ sơ nông nghiệp"]
    file = services.open_file(world.staff("chuyenmon"), NewFile(line=chosen))
    row = selectors.file(world.staff("chuyenmon"), file).row
    assert (row.code, row.title, row.retention) == ("H99.101.2026.01.KT", "Hồ sơ nông nghiệp", "20 năm")
    with pytest.raises(Conflict):
        services.open_file(world.staff("chuyenmon"), NewFile(line=chosen))
    assert selectors.free_lines(world.staff("chuyenmon")) == []
    assert selectors.catalogues(clerk) == [(made, 2026, "Đã ban hành")]


def test_the_next_year_begins_with_the_lines_of_the_last(world):
    made, clerk = drafted(world), world.staff("vanthu")
    first = services.add_heading(clerk, made, title="KINH TẾ", symbol="KT")
    line(world, services.add_heading(clerk, made, title="Nông nghiệp", parent=first), "Hồ sơ lúa")
    twin = services.draft(clerk, world.made.units["xa-yen-khe"], 2027, copy_last=True)
    view = selectors.catalogue(clerk, twin)
    assert [(e.symbol, e.title) for h in view.headings for c in h.children for e in c.lines] == [("01.KT", "Hồ sơ lúa")]


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (29, "XXIX")])
def test_roman(number, text):
    assert roman(number) == text
