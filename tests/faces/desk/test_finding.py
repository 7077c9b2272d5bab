"""Tra cứu on the desk: the form, what it finds, columns, orders, exports, kept searches."""

from __future__ import annotations

import io
from uuid import uuid4

from docx import Document
from openpyxl import load_workbook

from congvu.domains.documents.models import SavedSearch
from congvu.ground.audit.models import Entry
from congvu.ground.files import jobs
from congvu.ground.files import services as files
from tests.domains.documents.conftest import office  # noqa: F401
from tests.domains.documents.test_finding import word
from tests.domains.documents.test_registers import issued
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

HERE = "/lam-viec/tra-cuu/"


def filled(office):  # noqa: F811
    file = files.store(office.clerk, name="a.docx", content=word("Kế hoạch trồng rừng phòng hộ"))
    record = office.register(number="15", symbol="QĐ-STC", sender="Sở Tài chính", files=(file.id,)).record_id
    jobs.read(record=str(record))
    office.register(number="12", symbol="UBND-VP", sender="=HYPERLINK(1)")
    issued(office, 5)
    return record


def test_the_form_finds_by_number_by_words_and_in_files(desk, office):  # noqa: F811
    filled(office)
    client = desk("vanthu")
    page = client.get(HERE)
    assert faults(page) == []
    assert "Văn bản tìm được" not in text(page)
    for asked, there, missing in (
        ({"q": "15/qđ"}, "15/QĐ-STC", "12/UBND-VP"), ({"noi-dung": "trong rung"}, "15/QĐ-STC", "05/QĐ-UBND"),
        ({"sender": "tai chinh"}, "15/QĐ-STC", "12/UBND-VP"),
        ({"loai-vb": "out", "q": "phe duyet"}, "05/QĐ-UBND", "15/QĐ-STC"),
    ):  # fmt: skip
        page = client.get(HERE, asked)
        assert (asked, faults(page), there in text(page), missing in text(page)) == (asked, [], True, False)
    assert "Kế hoạch trồng rừng phòng hộ" in text(client.get(HERE, {"noi-dung": "rừng"}))
    assert "Không có văn bản nào" in text(desk("chuyenmon").get(HERE, {"q": "15/QĐ-STC"}))
    assert "Không có văn bản nào" in text(client.get(HERE, {"q": "a\x00b"}))


def test_what_cannot_be_read_is_refused_by_its_field(desk, office):  # noqa: F811
    client = desk("vanthu")
    page = client.get(HERE, {"issued_since": "x", "copies": "hai", "priority": "9", "q": "a"})
    assert (page.status_code, faults(page)) == (422, [])
    assert sorted(f for f, _w in errors(page)) == ["tim-copies", "tim-issued_since", "tim-priority"]
    assert client.get(HERE, {"q": "a", "sau": "x"}).status_code == 422


def test_columns_and_orders_are_chosen_and_exported(desk, office):  # noqa: F811
    filled(office)
    client = desk("vanthu")
    asked = {"registered_by": "ngan", "xep": "number", "cot": ["code", "party"]}
    page = client.get(HERE, asked)
    assert "Số, ký hiệu Nơi gửi, nơi nhận 12/UBND-VP" in text(page)
    sheet = load_workbook(io.BytesIO(client.get(HERE + "tai-ve.xlsx", asked).content)).active
    lines = list(sheet.iter_rows(values_only=True))[2:]
    assert lines == [
        ("Số, ký hiệu", "Nơi gửi, nơi nhận"), ("12/UBND-VP", "=HYPERLINK(1)"), ("15/QĐ-STC", "Sở Tài chính")
    ]  # fmt: skip
    table = Document(io.BytesIO(client.get(HERE + "tai-ve.docx", asked).content)).tables[0]
    assert [cell.text for cell in table.rows[2].cells] == ["15/QĐ-STC", "Sở Tài chính"]
    assert client.get(HERE + "tai-ve.pdf", asked).content.startswith(b"%PDF")
    assert client.get(HERE + "tai-ve.csv", asked).status_code == 404
    entries = Entry.objects.filter(verb="document.export_list")
    assert {(entry.detail["form"], entry.detail["rows"]) for entry in entries} == {
        ("xlsx", 2), ("docx", 2), ("pdf", 2),
    }  # fmt: skip


def test_searches_are_kept_asked_again_and_dropped(desk, office):  # noqa: F811
    filled(office)
    client = desk("vanthu")
    query = "q=15%2FQ%C4%90&sau=x&la=1&cot=code&cot=party"
    assert client.post(HERE + "luu", {"query": query, "name": "Quyết định 15"}).status_code == 302
    kept = SavedSearch.objects.get()
    assert kept.query == "q=15%2FQ%C4%90&cot=code&cot=party"
    page = client.get(f"{HERE}?{kept.query}")
    assert "Lần tìm đã lưu Quyết định 15" in text(page)
    assert "15/QĐ-STC" in text(page)
    assert desk("chutich").post(f"{HERE}bo/{kept.pk}").status_code == 404
    client.post(HERE + "luu", {"query": "", "name": "Rỗng"}, follow=True)
    assert SavedSearch.objects.count() == 1
    assert client.post(f"{HERE}bo/{kept.pk}").status_code == 302
    assert SavedSearch.objects.count() == 0


def test_dossiers_that_answer_the_same_words_stand_below(desk, world):
    world.take_in("2.000908")
    page = desk("motcua").get(HERE, {"q": "tran thi lan"})
    assert "Hồ sơ một cửa" in text(page)
    assert "Trần Thị Lan" in text(page)
    assert faults(page) == []
    assert str(uuid4()) not in text(page)
