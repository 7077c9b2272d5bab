"""The paper backlog: priority with reasons, sheets with mistakes by row, batches, scans checked, samples looked at."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.domains.digitising import selectors, services
from congvu.domains.digitising.errors import WrongState
from congvu.domains.digitising.inspection import inspect
from congvu.domains.digitising.models import Batch, Holding, Scan
from congvu.domains.digitising.priority import priority
from congvu.ground.files import services as uploads
from tests.domains.digitising.papers import archive_of, begun, paper, scan, taken
from tests.domains.workfiles.filing import pdf
from tests.marks import refuses


def fields(refused) -> list[str]:
    return [problem.field for problem in refused.value.problems]


def test_priority_comes_from_use_age_and_condition_with_its_reasons():
    """Used often 50, newest paper 14 years old 20, worn 20: 90 is high. 30 + 10 + 5: low. 30 + 20 + 0: middle."""
    high = priority(last_year=2012, importance=3, condition="03", today=2026)
    assert (high.points, high.level, [points for _words, points in high.reasons]) == (90, "high", [50, 20, 20])
    assert high.reasons[1][0] == "Tài liệu mới nhất cách nay 14 năm"
    assert priority(last_year=1999, importance=2, condition="02", today=2026).level == "low"
    assert priority(last_year=2012, importance=2, condition="01", today=2026).level == "middle"
    assert priority(last_year=1950, importance=1, condition="01", today=2026).points == 10


@refuses("digitising.add_holding")
def test_the_backlog_has_the_most_urgent_first(world, django_assert_num_queries):
    clerk, agency = world.staff("vanthu"), world.made.units["xa-yen-khe"]
    for wrong in ({"title": " "}, {"pages": None}, {"last_year": 1990}, {"importance": 4}, {"condition": ""}):
        with pytest.raises(Invalid) as refused:
            services.add_holding(clerk, agency, archive_of(**wrong))
        assert fields(refused) == list(wrong)
    for actor in (world.staff("chuyenmon"), world.staff("chutichtinh")):
        with pytest.raises(Forbidden):
            services.add_holding(actor, agency, archive_of())
    assert Holding.objects.count() == 0
    services.add_holding(clerk, agency, archive_of(title="Sổ công văn", importance=1, condition="01"))
    services.add_holding(clerk, agency, archive_of())
    with pytest.raises(Invalid):
        services.add_holding(clerk, agency, archive_of())
    with django_assert_num_queries(4):
        rows = selectors.backlog(clerk)
    assert [(row.title, row.priority.points) for row in rows] == [
        ("Hồ sơ đất đai thôn Nà Lâm", 90),
        ("Sổ công văn", 30),
    ]
    assert selectors.backlog(world.staff("chutichtinh")) == ()


HEADING = ["Tên khối tài liệu", "Phông", "Giá", "Số hộp", "Số hồ sơ", "Số trang", "Từ năm", "Đến năm",
           "Mức quan trọng", "Tình trạng", "Ghi chú"]  # fmt: skip


@refuses("digitising.import_holdings")
def test_a_sheet_is_entered_whole_or_not_at_all(world):
    clerk, agency = world.staff("vanthu"), world.made.units["xa-yen-khe"]
    good = ["Hộ tịch", "UBND xã", "Giá 1", 4, 30, 2500, 1995, 2015, 3, "Bình thường", ""]
    book, out = Workbook(), BytesIO()
    for row in (HEADING, good, [], ["", "UBND xã", "Giá 2", 1, 1, "nhiều", 1995, 2015, 3, "Tốt", ""], good):
        book.active.append(row)
    book.save(out)
    with pytest.raises(Invalid) as refused:
        services.import_holdings(clerk, agency, selectors.rows_of(out.getvalue()))
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [
        ("row-4", "invalid"), ("row-4", "invalid"),
    ]  # fmt: skip
    text = ";".join(HEADING) + "\nHộ tịch;UBND xã;Giá 1;4;30;2.500;1995;2015;3;hỏng;\n"
    rows = selectors.rows_of(text.encode())
    with pytest.raises(Invalid) as refused:
        services.import_holdings(clerk, agency, [*rows, (3, rows[0][1])])
    assert [problem.message for problem in refused.value.problems] == ["Trùng với dòng 2."]
    with pytest.raises(Forbidden):
        services.import_holdings(world.staff("chuyenmon"), agency, rows)
    assert Holding.objects.count() == 0
    assert services.import_holdings(clerk, agency, rows) == 1
    made = Holding.objects.get()
    assert (made.title, made.pages, made.condition, made.boxes) == ("Hộ tịch", 2500, "03", 4)
    for broken in (b"", b"PK\x03\x04xx", "Tên khối tài liệu\nx".encode(), b"\xff\xfe\x00"):
        with pytest.raises(Invalid) as refused:
            selectors.rows_of(broken)
        assert fields(refused) == ["sheet"]


@refuses("digitising.begin")
def test_a_batch_is_given_to_a_post_of_the_agency(world, django_assert_num_queries):
    clerk, agency = world.staff("vanthu"), world.made.units["xa-yen-khe"]
    holding = services.add_holding(clerk, agency, archive_of())
    given = {"position": world.staff("chuyenmon").position_id, "first": world.today, "last": world.today, "pages": 100}
    strange = {"position": world.staff("chutichtinh").position_id}
    for wrong, field in ((strange, "position"), ({"last": None}, "last"), ({"pages": 9001}, "pages")):
        with pytest.raises(Invalid) as refused:
            services.begin(clerk, holding, **{**given, **wrong})
        assert fields(refused) == [field]
    with pytest.raises(Forbidden):
        services.begin(world.staff("chuyenmon"), holding, **given)
    with pytest.raises(NotFound):
        services.begin(world.staff("chutichtinh"), holding, **given)
    assert Batch.objects.count() == 0
    made = services.begin(clerk, holding, **given)
    with django_assert_num_queries(2):
        (row,) = selectors.batches(clerk)
    assert (row.id, row.title, row.planned, row.scanned) == (made, "Hồ sơ đất đai thôn Nà Lâm, đợt 1", 100, 0)
    assert [len(selectors.batches(world.staff(login))) for login in ("chuyenmon", "hotich")] == [1, 0]


def test_what_a_scan_is_is_read_from_the_file():
    facts = inspect(scan(1, pages=2, dpi=300, colour=False))
    assert (facts.pages, facts.pictures, facts.dpi, facts.colour) == (2, 2, 300, False)
    assert (facts.archival, facts.signed_at) == (False, None)
    assert inspect(scan(1, version="1.4")).pdf_version == "1.4"
    assert inspect(scan(1)).colour is True
    assert inspect(pdf(2)).pictures == 0
    with pytest.raises(ValueError, match=r"PDF|unable|root|trailer"):
        inspect(b"%PDF-1.7 broken")


@refuses("digitising.take")
def test_scans_are_checked_before_they_are_kept(world):
    """DocCode agency_kind_number_V1, name CODE_day_words.pdf; below 200 dpi, born digital, doubles are refused."""
    batch, actor = begun(world), world.staff("chuyenmon")
    for content, code in ((scan(1, dpi=150), "dpi"), (pdf(), "born_digital"), (scan(1, version="1.3"), "old")):
        with pytest.raises(Invalid) as refused:
            taken(world, batch, content=content)
        assert [(problem.field, problem.code) for problem in refused.value.problems] == [("file", code)]
    for wrong in ({"subject": ""}, {"paper_file": "15 DC"}, {"kind": "x"}, {"pages": 3}):
        with pytest.raises(Invalid) as refused:
            taken(world, batch, **wrong)
        assert fields(refused) == list(wrong)
    with pytest.raises(Invalid):
        services.take(actor, batch, paper(), file=None)
    with pytest.raises(Forbidden):
        taken(world, batch, login="vanthu")
    with pytest.raises(NotFound):
        taken(world, batch, login="hotich")
    assert Scan.objects.count() == 0
    taken(world, batch, 1, pages=1)
    taken(world, batch, 2, colour=True, content=scan(2, colour=False), kind="CV")
    with pytest.raises(Invalid) as refused:
        taken(world, batch, 1)
    assert refused.value.problems[0].code == "double"
    one, two = selectors.batch(actor, batch).scans
    assert one.doc_code == "H99.101_QĐ_000001_V1"
    assert one.name == "H99.101_QĐ_000001_V1_20261119_giao-dat-o-cho-ho-ong-lo-van-t.pdf"
    assert two.doc_code == "H99.101_CV_000002_V1"
    assert "Không phải ảnh màu" in two.findings
    assert "Không phải ảnh màu" not in one.findings


@refuses("digitising.draw", "digitising.check")
def test_a_sample_is_looked_at_by_somebody_else(world, django_assert_num_queries):
    batch, clerk, scanner = begun(world, login="vanthu"), world.staff("vanthu"), world.staff("chuyenmon")
    for seed in (1, 2):
        taken(world, batch, seed, login="vanthu")
    for percent in (None, 5, 101):
        with pytest.raises(Invalid):
            services.draw(clerk, batch, percent=percent)
    with pytest.raises(NotFound):
        services.draw(scanner, batch, percent=50)
    assert Scan.objects.filter(drawn=True).count() == 0
    assert services.draw(clerk, batch, percent=50) == 1
    with pytest.raises(WrongState):
        taken(world, batch, 3, login="vanthu")
    drawn, other = Scan.objects.get(drawn=True), Scan.objects.get(drawn=False)
    chief = world.staff("chanhvp")
    with pytest.raises(Forbidden):
        services.check(clerk, drawn.pk, passed=True)
    with pytest.raises(Invalid):
        services.check(chief, drawn.pk, passed=False)
    with pytest.raises(WrongState):
        services.check(chief, other.pk, passed=True)
    with django_assert_num_queries(2):
        assert selectors.to_do(chief) == 1
    services.check(chief, drawn.pk, passed=False, reason="Mờ góc dưới")
    assert (selectors.to_do(chief), selectors.to_do(clerk)) == (0, 1)
    again = taken(world, batch, 6, login="vanthu", replaces=drawn.pk)
    found = Scan.objects.get(pk=again)
    assert (found.doc_code, found.drawn) == (drawn.doc_code.replace("_V1", "_V2"), True)
    with pytest.raises(WrongState):
        taken(world, batch, 10, login="vanthu", replaces=drawn.pk)
    services.check(chief, again, passed=True)
    (row,) = selectors.batches(chief)
    assert (row.scans, row.scanned, row.drawn, row.waiting, row.back) == (2, 2, 1, 0, 0)


def test_progress_counts_pages_and_opens_what_it_counts(world, django_assert_num_queries):
    batch, clerk = begun(world, pages=40), world.staff("vanthu")
    taken(world, batch, 1, content=scan(1, pages=3))
    taken(world, batch, 2)
    unit = world.staff("chuyenmon").unit_id
    with django_assert_num_queries(3):
        (row,) = selectors.progress(clerk, 2026)
    assert (row.unit_id, row.batches, row.planned, row.scanned, row.accepted) == (unit, 1, 40, 4, 0)
    with django_assert_num_queries(1):
        listed = selectors.scans(clerk, year=2026, unit=unit)
    assert sum(one.pages for one in listed) == row.scanned
    assert selectors.scans(clerk, year=2025) == ()
    assert selectors.progress(clerk, 2025) == ()
    assert uploads.open_file(clerk, listed[0].file, accept_unscanned=True).info.media_type == "application/pdf"
