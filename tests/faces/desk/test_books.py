"""Sổ văn bản on the desk: the shelf, each register, its parts, volumes, sheets, and the two books written by hand."""

from __future__ import annotations

import io
import subprocess
from datetime import date, datetime

import pytest
import time_machine
from openpyxl import load_workbook

from congvu.common.actor import SYSTEM
from congvu.common.zones import VN
from congvu.domains.documents import services
from congvu.domains.documents.models import Loan, Posting
from congvu.engines.typeset.types import BOOKS
from congvu.ground.audit.models import Entry
from tests.domains.documents.conftest import office  # noqa: F401
from tests.domains.documents.test_registers import issued
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

HERE = "/lam-viec/so-van-ban/"
SLUGS = {
    "van-ban-di": "outgoing", "van-ban-den": "incoming", "gui-buu-dien": "post", "su-dung-ban-luu": "loans",
    "theo-doi-giai-quyet": "follow_up",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_a_saturday(office):  # noqa: F811 - the world is made in its own time
    with time_machine.travel(datetime(2026, 11, 21, 14, tzinfo=VN), tick=False):
        yield


def words_of(pdf: bytes) -> str:
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return " ".join(told.decode().split())


def filled(office):  # noqa: F811
    for number in ("1", "2"):
        office.register(number=number)
    record = issued(office, 5)
    services.post(office.clerk, record, services.PostingInput("Sở Nội vụ", 2, date(2026, 11, 21)), key="a")
    services.lend(office.clerk, record, services.LoanInput("Đỗ Thị Mai", "Chủ tịch", date(2026, 11, 21)))
    return record


def test_every_register_on_the_screen_as_a_paper_and_as_a_sheet(desk, office):  # noqa: F811
    filled(office)
    client = desk("vanthu")
    page = client.get(HERE)
    assert faults(page) == []
    for slug, kind in SLUGS.items():
        labels = [column.label for column in BOOKS[kind].columns]
        page = client.get(f"{HERE}{slug}/", {"nam": "2026"})
        assert (slug, faults(page)) == (slug, [])
        said = text(page)
        assert " ".join(labels) in said
        entries = Entry.objects.filter(verb="document.print_book").count()
        printed = client.get(f"{HERE}{slug}/", {"nam": "2026", "dang": "pdf", "quyen": "03"})
        words = subprocess.run(["pdftotext", "-", "-"], input=printed.content, capture_output=True, check=True)
        cover = " ".join(words.stdout.decode().split())
        assert BOOKS[kind].title.upper() in cover.upper()
        assert "03" in cover
        sheet = load_workbook(io.BytesIO(client.get(f"{HERE}{slug}/", {"dang": "xlsx"}).content)).active
        heads = next(row for row in sheet.iter_rows(values_only=True) if row[0] == labels[0])
        assert list(heads) == labels
        assert Entry.objects.filter(verb="document.print_book").count() == entries + 2


def test_only_who_keeps_or_oversees_the_books_opens_them(desk, office):  # noqa: F811
    filled(office)
    for path in ("", "van-ban-di/", "buu-dien", "cho-muon"):
        assert desk("chuyenmon").get(HERE + path).status_code == 403
        assert desk("chutich").get(HERE + path).status_code == 200
    assert "Sổ văn bản" not in text(desk("chuyenmon").get("/lam-viec/"))
    assert desk("vanthu").get(HERE + "so-mat/").status_code == 404
    assert Entry.objects.filter(verb="document.print_book").count() == 0


def test_a_part_that_is_none_is_refused_by_its_field(desk, office):  # noqa: F811
    client = desk("vanthu")
    for asked, field in (
        ({"tu-so": "9", "den-so": "2"}, "so-tu-so"), ({"tu-ngay": "21/11/2026", "den-ngay": "1/11/2026"}, "so-tu-ngay"),
        ({"tu-ngay": "x"}, "so-tu-ngay"), ({"nam": "12"}, "so-nam"),
    ):  # fmt: skip
        page = client.get(HERE + "van-ban-den/", asked)
        assert (page.status_code, [f for f, _w in errors(page)], faults(page)) == (422, [field], [])


def test_the_council_keeps_books_of_its_own(desk, office):  # noqa: F811
    filled(office)
    page = desk("vanthu").get(HERE + "van-ban-di/", {"co-quan": "hdnd-yen-khe"})
    assert "Sổ chưa có văn bản nào" in text(page)
    assert "05/QĐ-UBND" not in text(page)


def test_envelopes_and_loans_are_written_by_hand(desk, office):  # noqa: F811
    issued(office, 5)
    client = desk("vanthu")
    form = client.get(HERE + "buu-dien")
    assert faults(form) == []
    given = {"code": "5/qđ-ubnd", "to": "Sở Nội vụ", "envelopes": "2", "day": "21/11/2026", "key": "k1"}
    wrong = client.post(HERE + "buu-dien", {**given, "code": "99/QĐ-UBND"})
    assert (wrong.status_code, [f for f, _w in errors(wrong)], faults(wrong)) == (422, ["lam-code"], [])
    wrong = client.post(HERE + "buu-dien", {**given, "envelopes": "", "day": "22/11/2026"})
    assert [f for f, _w in errors(wrong)] == ["lam-envelopes", "lam-day"]
    assert Posting.objects.count() == 0
    assert client.post(HERE + "buu-dien", given).status_code == 302
    assert Posting.objects.get().envelopes == 2
    lent = {"code": "05/QĐ-UBND", "borrower": "Đỗ Thị Mai", "allowed_by": "Chủ tịch", "day": "21/11/2026"}
    wrong = client.post(HERE + "cho-muon", {**lent, "borrower": ""})
    assert ([f for f, _w in errors(wrong)], faults(wrong)) == (["lam-borrower"], [])
    assert client.post(HERE + "cho-muon", lent).status_code == 302
    page = client.get(HERE + "su-dung-ban-luu/")
    assert "Nhận lại 05/QĐ-UBND" in text(page)
    assert client.post(f"{HERE}nhan-lai/{Loan.objects.get().outgoing_id}").status_code == 302
    assert Loan.objects.get().returned_on == date(2026, 11, 21)
    assert "Nhận lại" not in text(client.get(HERE + "su-dung-ban-luu/"))


def test_lists_of_work_files_are_printed_with_their_columns(desk, office):  # noqa: F811
    from congvu.domains.workfiles import selectors as workfiles
    from congvu.domains.workfiles import services as filing
    from congvu.domains.workfiles.types import Described, NewFile

    actor = office.official
    file = filing.open_file(
        actor, NewFile(title="Hồ sơ biên chế 2026", notation="01.TCCB", years=10, started_on=date(2026, 11, 2))
    )
    for subject, pages in (("Kế hoạch", 3), ("Báo cáo", 2)):
        filing.add(actor, file, None, Described(
            subject, type_name="Công văn", number="7", notation="SNV", issued_on=date(2026, 11, 3), pages=pages,
            organ_name="Sở Nội vụ", paper=True,
        ))  # fmt: skip
    assert workfiles.index_of(actor, year=2026) == (), "a file that is worked on is handed to nobody"
    filing.close(actor, file, ended_on=date(2026, 11, 19))
    assert workfiles.index_of(actor, year=2026) == (), "closed, not handed over"
    submitted = filing.submit(actor, file)
    filing.pack(SYSTEM, submitted)
    (row,) = workfiles.index_of(actor, year=2026)
    assert (row.notation, row.pages) == ("01.TCCB", 5)
    client = desk("chuyenmon")
    page = client.get(f"{HERE}muc-luc-van-ban/{file}")
    assert faults(page) == []
    assert "2 7/SNV 03/11/2026 Công văn: Báo cáo Sở Nội vụ 4–5" in text(page)
    page = client.get(HERE + "muc-luc-ho-so", {"nam": "2026"})
    assert faults(page) == []
    assert "1 01.TCCB Hồ sơ biên chế 2026 02/11/2026 – 19/11/2026 10 năm 5" in text(page)
    for path in (f"muc-luc-van-ban/{file}", "muc-luc-ho-so"):
        assert client.get(HERE + path, {"dang": "pdf"}).content.startswith(b"%PDF")
        assert client.get(HERE + path, {"dang": "xlsx"}).content.startswith(b"PK")
    assert Entry.objects.filter(verb="document.export_list").count() == 4
    for year in ("xxxx", "999999", "12"):
        assert client.get(HERE + "muc-luc-ho-so", {"nam": year}).status_code == 422
    for way, said in (("nop-luu", "Hồ sơ nộp lưu trong năm 2026"), ("danh-muc", "Hồ sơ thuộc danh mục năm 2026")):
        page = client.get(HERE + "muc-luc-ho-so", {"nam": "2026", "theo": way})
        assert (f'value="{way}" selected' in page.content.decode(), faults(page)) == (True, [])
        made = client.get(HERE + "muc-luc-ho-so", {"nam": "2026", "theo": way, "dang": "pdf"}).content
        assert said in words_of(made)
