"""Hồ sơ công việc on the desk: opened, filled, closed, submitted, answered; lists of files; the archive side."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.common.zones import VN
from congvu.domains.workfiles import selectors
from congvu.domains.workfiles.jobs import pack_waiting
from congvu.domains.workfiles.models import Catalogue, Entry, WorkFile
from tests.domains.workfiles.filing import add, opened, pdf
from tests.domains.workfiles.test_archive import archived
from tests.faces.desk.pages import errors, text

HERE = "/lam-viec/ho-so-cong-viec/"


def test_from_opening_to_the_archive(desk, world):
    keeper, clerk = desk("chuyenmon"), desk("vanthu")
    assert [field for field, _w in errors(keeper.post(HERE + "mo", {"title": "Hồ sơ lúa"}))] == ["lam-notation"]
    page = keeper.post(HERE + "mo", {"title": "Hồ sơ lúa", "notation": "05.KT", "years": "10"}, follow=True)
    assert "Đã mở hồ sơ." in text(page)
    here = f"{HERE}{WorkFile.objects.get().record_id}/"
    form = keeper.get(here, {"lam": "them"})
    assert 'name="subject"' in form.content.decode()
    scan = SimpleUploadedFile("van-ban.pdf", pdf(), "application/pdf")
    refused = keeper.post(here + "them", {"subject": "", "pages": "1", "file": scan})
    assert [field for field, _w in errors(refused)] == ["lam-subject"]
    given = {"subject": "V/v rà soát", "pages": "1", "number": "12", "notation": "UBND-KT", "issued_on_day": "18",
             "issued_on_month": "11", "issued_on_year": "2026"}  # fmt: skip
    keeper.post(here + "them", given | {"file": SimpleUploadedFile("van-ban.pdf", pdf(), "application/pdf")})
    keeper.post(here + "them", given | {"subject": "Bản nháp", "file": SimpleUploadedFile("n.pdf", pdf(2))})
    draft = Entry.objects.get(ordinal=2).pk
    assert "2. Bản nháp" in text(keeper.get(here, {"lam": "loai", "vb": draft}))
    keeper.post(here + "loai", {"entry": draft, "reason": "Bản nháp"})
    assert "Đã loại khỏi hồ sơ 1" in text(keeper.get(here))
    wrong = {"ended_on_day": "40", "ended_on_month": "1", "ended_on_year": "2026"}
    assert [field for field, _w in errors(keeper.post(here + "ket-thuc", wrong))] == ["lam-ended_on"]
    assert "Đã kết thúc hồ sơ." in text(keeper.post(here + "ket-thuc", {"years": ""}, follow=True))
    assert "Đang đóng gói" in text(keeper.post(here + "nop-luu", follow=True))
    assert keeper.get(here + "xuat/zip").status_code == 404
    assert pack_waiting() == 1
    assert "Hồ sơ lúa" in text(clerk.get(HERE + "luu-tru"))
    assert [field for field, _w in errors(clerk.post(here + "tra-loi", {"accepted": "0"}))] == ["lam-reason"]
    clerk.post(here + "tra-loi", {"accepted": "1"})
    assert WorkFile.objects.get().record.state == "archived"
    package = keeper.get(here + "xuat/zip")
    assert package["Content-Disposition"].startswith('attachment; filename="001uuid-')
    assert zipfile.ZipFile(BytesIO(package.content)).testzip() is None
    assert keeper.get(here + "xuat/pdf").content.startswith(b"%PDF")
    assert keeper.get(here + "xuat/xml").content.startswith(b"<?xml")
    assert keeper.get(here + "xuat/exe").status_code == 404
    assert desk("vanhoa").get(here).status_code == 404


def test_freezing_and_reopening(desk, world):
    file = opened(world)
    add(world, file)
    keeper, clerk, here = desk("chuyenmon"), desk("vanthu"), f"{HERE}{file}/"
    clerk.post(here + "khoa", {"reason": "Phục vụ thanh tra"})
    assert "Hồ sơ đang bị khóa" in text(keeper.get(here))
    assert keeper.post(here + "ket-thuc").status_code == 409
    clerk.post(here + "mo-khoa", {"reason": "Xong"})
    keeper.post(here + "ket-thuc")
    keeper.post(here + "mo-lai", {"reason": "Còn văn bản"})
    assert WorkFile.objects.get().record.state == "open"
    assert keeper.post(here + "khoa", {"reason": "x"}).status_code == 403


def test_the_list_of_files_is_drafted_approved_and_issued(desk, world):
    clerk, chair = desk("vanthu"), desk("chutich")
    page = clerk.post(HERE + "danh-muc", {"year": "2026", "running": "heading"}, follow=True)
    assert "Danh mục hồ sơ năm 2026" in text(page)
    here = f"{HERE}danh-muc/{Catalogue.objects.get().pk}/"
    assert clerk.post(HERE + "danh-muc", {"year": "2026"}).status_code == 409
    clerk.post(here + "de-muc", {"heading_title": "KINH TẾ", "symbol": "KT"})
    heading = Catalogue.objects.get().headings.get().pk
    line = {"heading": heading, "title": "Hồ sơ nông nghiệp", "years": "20", "unit": world.made.units["xa-yen-khe-kt"]}
    assert [field for field, _w in errors(clerk.post(here + "ho-so", line | {"heading": ""}))] == ["lam-heading"]
    assert [field for field, _w in errors(clerk.post(here + "ho-so", line | {"years": ""}))] == ["lam-years"]
    clerk.post(here + "ho-so", line)
    assert "I. KINH TẾ KT 01.KT Hồ sơ nông nghiệp 20 năm Phòng Kinh tế" in text(clerk.get(here))
    assert desk("chuyenmon").post(here + "duyet").status_code == 403
    chair.post(here + "duyet")
    clerk.post(here + "ban-hanh", {"decision": "Quyết định 12/QĐ-UBND"})
    assert "Bản danh mục này có 1 hồ sơ: 0 hồ sơ lưu trữ vĩnh viễn, 1 hồ sơ" in text(chair.get(here))
    form = desk("chuyenmon").get(HERE + "mo")
    assert "01.KT Hồ sơ nông nghiệp (20 năm, Phòng Kinh tế)" in text(form)
    assert desk("chutichtinh").get(here).status_code == 404


def test_disposal_by_a_council(desk, world):
    file = archived(world, years=2)
    world.clock.move_to(datetime(2029, 1, 2, 9, 0, tzinfo=VN))
    clerk, chair = desk("vanthu"), desk("chutich")
    assert "H99.101.2026.05.KT" in text(clerk.get(HERE + "luu-tru"))
    council = [world.staff(login).position_id for login in ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa")]
    sent = {"file": [str(file)], "title": "Xét hủy 2029", "reason": "Hết thời hạn", "members": council}
    assert [field for field, _w in errors(clerk.post(HERE + "xet-huy", sent | {"members": council[:2]}))] == [
        "lam-members"
    ]
    page = clerk.post(HERE + "xet-huy", sent, follow=True)
    here = page.redirect_chain[0][0]
    assert "Chưa cho ý kiến" in text(page)
    for login in ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa"):
        desk(login).post(here + "y-kien", {"agrees": "1"})
    chair.post(here + "quyet-dinh", {"destroy": "1", "decision": "Quyết định 5/QĐ-UBND"})
    assert "Hủy là không khôi phục được" in text(clerk.get(here))
    clerk.post(here + "huy")
    assert WorkFile.objects.get().record.state == "destroyed"


def test_lists_and_their_statements(desk, world, django_assert_num_queries):
    """A longer list costs no more than a short one, whatever the frame of the page asks."""
    client = desk("chuyenmon")
    opened(world, notation="00.KT", title="Hồ sơ 0")
    client.get(HERE)
    with CaptureQueriesContext(connection) as short:
        client.get(HERE)
    opened(world, notation="01.KT", title="Hồ sơ 1")
    with django_assert_num_queries(len(short)):
        page = client.get(HERE)
    assert "Hồ sơ 1" in text(page)
    assert "Hồ sơ 0" in text(client.get(HERE, {"loc": "tat-ca", "nam": "2026", "q": "ho so 0"}))
    for tab in ("cho-nop", "qua-han", "da-nop"):
        assert "Không có hồ sơ công việc nào" in text(client.get(HERE, {"loc": tab}))
    assert client.get(HERE, {"nam": "x", "don-vi": "9" * 30}).status_code == 200
    assert len(selectors.files(world.staff("chuyenmon")).rows) == 2


@pytest.mark.parametrize("address", ["", "mo", "danh-muc", "luu-tru"])
def test_in_english(desk, address):
    client = desk("vanthu")
    client.cookies["django_language"] = "en"
    shown = text(client.get(HERE + address))
    assert "Hồ sơ công việc" not in shown
