"""Số hóa tài liệu on the desk: the backlog, a sheet with mistakes, a batch from scanning to work files, progress."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.domains.digitising import services
from congvu.domains.digitising.models import Batch, Holding, Scan
from congvu.domains.workfiles.models import WorkFile
from tests.domains.digitising.papers import archive_of, begun, scan, taken
from tests.faces.desk.pages import errors, text

HERE = "/lam-viec/so-hoa/"
GIVEN = {
    "title": "Hồ sơ đất đai", "fonds": "UBND xã Yên Khê", "pages": "900", "first_year": "1998", "last_year": "2012",
    "importance": "3", "condition": "03",
}  # fmt: skip
PAPER = {
    "paper_file": "15.DC", "file_title": "Hồ sơ giao đất", "kind": "QĐ", "number": "41", "notation": "QĐ-UB",
    "subject": "Giao đất ở", "issued_on_day": "12", "issued_on_month": "5", "issued_on_year": "2003",
}  # fmt: skip


def test_the_backlog_is_entered_and_a_batch_begun(desk, world):
    clerk = desk("vanthu")
    assert 'name="importance"' in clerk.get(HERE, {"lam": "add"}).content.decode()
    refused = clerk.post(HERE + "them", GIVEN | {"pages": ""})
    assert (refused.status_code, [field for field, _w in errors(refused)]) == (422, ["lam-pages"])
    assert 'value="Hồ sơ đất đai"' in refused.content.decode()
    assert "Đã thêm khối tài liệu." in text(clerk.post(HERE + "them", GIVEN, follow=True))
    page = text(clerk.get(HERE))
    assert "Khai thác thường xuyên: 50" in page
    assert "Tổng 90 điểm" in page
    holding, here = Holding.objects.get().pk, f"{HERE}khoi/{Holding.objects.get().pk}/lap-dot"
    assert "Lập đợt số hóa: Hồ sơ đất đai" in text(clerk.get(HERE, {"lam": f"begin-{holding}"}))
    days = {"first_day": "20", "first_month": "11", "first_year": "2026", "last_day": "20", "last_month": "12"}
    given = days | {"last_year": "2026", "position": str(world.staff("chuyenmon").position_id), "pages": "100"}
    refused = clerk.post(here, given | {"pages": "901"})
    assert (refused.status_code, [field for field, _w in errors(refused)]) == (422, ["lam-pages"])
    assert clerk.post(here, given).status_code == 302
    assert "Hồ sơ đất đai, đợt 1" in text(desk("chuyenmon").get(HERE + "dot"))
    assert "Thêm khối tài liệu" not in text(desk("chuyenmon").get(HERE))
    assert desk("chuyenmon").post(HERE + "them", GIVEN).status_code == 403


def test_mistakes_of_a_sheet_stand_by_their_rows(desk, world):
    heading = "Tên khối tài liệu;Phông;Số trang;Từ năm;Đến năm;Mức quan trọng;Tình trạng\n"
    rows = "Hộ tịch;UBND xã;2500;1995;2015;3;tốt\nĐịa chính;UBND xã;nhiều;1995;2015;3;tốt\n"
    clerk = desk("vanthu")
    refused = clerk.post(HERE + "nhap", {"sheet": SimpleUploadedFile("a.csv", (heading + rows).encode())})
    assert refused.status_code == 422
    assert "3 Ghi số trang, ví dụ 12000." in text(refused)
    assert [field for field, _w in errors(clerk.post(HERE + "nhap", {}))] == ["lam-sheet"]
    assert Holding.objects.count() == 0
    good = SimpleUploadedFile("a.csv", (heading + rows.replace("nhiều", "100")).encode())
    assert "Đã nhập 2 khối." in text(clerk.post(HERE + "nhap", {"sheet": good}, follow=True))


def test_a_batch_from_scanning_to_work_files(desk, world):
    here = f"{HERE}dot/{begun(world)}/"
    scanner, clerk, chief = desk("chuyenmon"), desk("vanthu"), desk("chanhvp")
    low = SimpleUploadedFile("a.pdf", scan(1, dpi=100))
    refused = scanner.post(here + "nhan", PAPER | {"file": low})
    assert [field for field, _w in errors(refused)] == ["lam-file"]
    assert "Giao đất ở" in refused.content.decode()
    refused = scanner.post(here + "nhan", PAPER | {"file": SimpleUploadedFile("a.pdf", scan(1)), "subject": ""})
    assert "Đã nhận tệp a.pdf" in text(refused)
    scanner.post(here + "nhan", PAPER | {"file": SimpleUploadedFile("a.pdf", scan(1))})
    row = Scan.objects.get()
    assert "Chưa phải PDF/A" in text(scanner.get(here))
    assert clerk.post(here + "nhan", PAPER).status_code == 403
    assert [field for field, _w in errors(clerk.post(here + "rut-mau", {"percent": "1"}))] == ["lam-percent"]
    assert "Đã rút mẫu." in text(clerk.post(here + "rut-mau", {"percent": "100"}, follow=True))
    refused = chief.post(here + "kiem-tra", {"scan": row.pk, "passed": "0", "reason": ""})
    assert [field for field, _w in errors(refused)] == ["lam-reason"]
    chief.post(here + "kiem-tra", {"scan": row.pk, "passed": "0", "reason": "Mờ góc"})
    assert "Mờ góc" in text(scanner.get(here, {"quet-lai": row.pk}))
    again = {"file": SimpleUploadedFile("b.pdf", scan(5)), "replaces": row.pk}
    scanner.post(here + "nhan", PAPER | again)
    second = Scan.objects.exclude(pk=row.pk).get()
    assert clerk.post(here + "nghiem-thu", {"years": "70"}).status_code == 409
    chief.post(here + "kiem-tra", {"scan": second.pk, "passed": "1"})
    assert [field for field, _w in errors(clerk.post(here + "nghiem-thu", {"years": ""}))] == ["lam-years"]
    done = clerk.post(here + "nghiem-thu", {"years": "70"}, follow=True)
    assert "Đã nghiệm thu" in text(done)
    assert str(WorkFile.objects.get().pk) in done.content.decode()
    assert desk("hotich").get(here).status_code == 404


def test_numbers_open_what_they_count(desk, world):
    batch, clerk = begun(world, pages=40), desk("vanthu")
    taken(world, batch, 1, content=scan(1, pages=3))
    unit = world.staff("chuyenmon").unit_id
    page = clerk.get(HERE + "tien-do").content.decode()
    assert f"?don-vi={unit}&amp;nam=2026" in page
    assert "1 văn bản, 3 trang" in text(clerk.get(HERE + "ban", {"don-vi": unit, "nam": "2026"}))
    assert "0 văn bản, 0 trang" in text(clerk.get(HERE + "ban", {"nam": "2025"}))
    assert "đợt 1" in text(clerk.get(HERE + "dot", {"don-vi": unit}))
    assert clerk.get(HERE + "tien-do", {"nam": "9" * 30}).status_code == 200
    assert clerk.get(f"{HERE}dot/{Batch.objects.get().pk}/").status_code == 200


@pytest.mark.parametrize("address", ["", "dot", "ban", "tien-do", "?lam=add", "?lam=import"])
def test_in_english(desk, world, address):
    services.add_holding(world.staff("vanthu"), world.made.units["xa-yen-khe"], archive_of(title="Paper", fonds="F"))
    client = desk("vanthu")
    client.cookies["django_language"] = "en"
    shown = text(client.get(HERE + address))
    assert "Số hóa" not in shown
    assert "Khối tài liệu" not in shown
