"""Documents made known on the desk: made known, opened, confirmed, watched; every figure opens its people."""

from __future__ import annotations

import io
import re
from uuid import UUID, uuid4

import openpyxl
import pytest

from congvu.domains.documents import selectors
from congvu.domains.documents.models import Confirmation, Dissemination
from congvu.ground.files import selectors as files
from congvu.ground.orgs import selectors as orgs
from tests.domains.documents.conftest import office  # noqa: F401
from tests.domains.documents.test_spreading import spread
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_dossier_page import pdf
from tests.faces.shape import faults

HERE = "/lam-viec/pho-bien/"


@pytest.fixture
def letter(office) -> UUID:  # noqa: F811
    return office.register(subject="Quy tắc ứng xử của cán bộ, công chức").record_id


def test_made_known_read_and_confirmed(desk, office, letter):  # noqa: F811
    clerk, culture = desk("vanthu"), desk("vanhoa")
    there = f"/lam-viec/van-ban-den/{letter}/"
    assert f"{HERE}moi?van-ban={letter}" in clerk.get(there).content.decode()
    form = clerk.get(f"{HERE}moi?van-ban={letter}")
    assert (faults(form), "3 ngày làm việc: thứ Tư 25/11" in text(form)) == ([], True)
    fields = {"document": str(letter), "key": uuid4().hex, "days": "3", "note": "Chú ý Điều 5"}
    empty = clerk.post(f"{HERE}moi", fields)
    assert (empty.status_code, errors(empty)[0][0], "Chú ý Điều 5" in empty.content.decode()) == (
        422, "lam-people", True,
    )  # fmt: skip
    made = clerk.post(f"{HERE}moi", {**fields, "units": [str(office.unit("vh"))]})
    assert made.status_code == 302
    record = UUID(made["Location"].split("/")[-2])
    listed = culture.get(HERE)
    assert ("Quy tắc ứng xử" in text(listed), "Văn bản phổ biến 1" in text(listed), faults(listed)) == (True, True, [])
    item = Confirmation.objects.get(user=office.world.made.users["vanhoa"]).item
    preview = culture.get(f"/lam-viec/?xem={item}")
    assert ("Mở văn bản để đọc" in text(preview), "Chú ý Điều 5" in text(preview)) == (True, True)
    early = culture.post(f"{HERE}{record}/xac-nhan")
    assert (early.status_code, "Hãy mở văn bản và đọc trước khi xác nhận." in text(early)) == (409, True)
    assert "Tôi đã đọc và nắm nội dung" not in text(early)
    seen = culture.get(there)
    assert "Văn bản phổ biến: hãy đọc và xác nhận" in text(seen)
    assert "Tôi đã đọc và nắm nội dung" in text(culture.get(f"{HERE}{record}/"))
    assert culture.post(f"{HERE}{record}/xac-nhan").status_code == 302
    done = text(culture.get(f"{HERE}{record}/"))
    assert "Đã xác nhận đọc và nắm nội dung lúc" in done
    assert "Người nhận" not in done
    assert "hãy đọc và xác nhận" not in text(culture.get(there))
    assert "Quy tắc ứng xử" in text(culture.get(f"{HERE}?loc=da-doc"))


def test_the_figures_open_their_people(desk, office, letter):  # noqa: F811
    record = spread(office, letter, by=office.clerk, units=(office.unit("vh"), office.unit("kt")))
    desk("chuyenmon").get(f"/lam-viec/van-ban-den/{letter}/")
    assert desk("chuyenmon").post(f"{HERE}{record}/xac-nhan").status_code == 302
    clerk = desk("vanthu")
    page = clerk.get(f"{HERE}{record}/")
    assert (faults(page), "1 trên 8 người đã xác nhận, 12%" in text(page)) == ([], True)
    links = re.findall(r'<a href="(\?tt=[^"]+)">(\d+)</a>', page.content.decode())
    assert len(links) > 6
    for address, figure in links:
        opened = clerk.get(f"{HERE}{record}/{address.replace('&amp;', '&').split('#')[0]}")
        shown = opened.content.decode().split('id="nguoi"')[1]
        assert (shown.count("<tr>") - 1, address) == (int(figure), address)
    sheet = clerk.get(f"{HERE}{record}/xac-nhan-da-doc.xlsx?tt=da")
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.content)).active.iter_rows(values_only=True))
    assert (rows[3][0], rows[3][2], rows[3][7]) == ("1", "Ngô Minh Tùng", "Đã xác nhận")
    assert rows[4][0] == "Đã xác nhận 1 trên 8 người phải xác nhận (12%)."
    assert desk("chuyenmon").get(f"{HERE}{record}/xac-nhan-da-doc.xlsx").status_code == 403
    Confirmation.objects.filter(user=office.world.made.users["chuyenmon"]).delete()
    assert "0 trên 7 người đã xác nhận, 0%" in text(clerk.get(f"{HERE}{record}/"))


def test_watching_adding_and_ending(desk, office, letter):  # noqa: F811
    record = spread(office, letter, by=office.clerk)
    clerk = desk("vanthu")
    assert clerk.post(f"{HERE}{record}/nhac").status_code == 302
    again = clerk.post(f"{HERE}{record}/nhac")
    assert (again.status_code, "Hôm nay đã nhắc lúc 09:30" in text(again)) == (409, True)
    form = clerk.get(f"{HERE}{record}/?lam=them")
    assert (faults(form), "Ngô Minh Tùng, Chuyên viên" in text(form)) == ([], True)
    assert clerk.post(f"{HERE}{record}/them", {"units": "x"}).status_code == 422
    added = clerk.post(f"{HERE}{record}/them", {"posts": [str(office.official.position_id)]})
    assert (added.status_code, Confirmation.objects.filter(dissemination=record).count()) == (302, 5)
    empty = clerk.post(f"{HERE}{record}/ket-thuc", {"reason": " ", "take_back": "1"})
    assert (empty.status_code, errors(empty)[0][0]) == (422, "lam-reason")
    assert 'name="take_back" value="1" checked' in empty.content.decode()
    assert clerk.post(f"{HERE}{record}/ket-thuc", {"reason": "Đã họp quán triệt"}).status_code == 302
    assert Dissemination.objects.get().end_reason == "Đã họp quán triệt"
    assert "Đã họp quán triệt" in text(clerk.get(f"{HERE}?loc=da-ket-thuc"))
    assert "Nhắc người chưa đọc" not in text(clerk.get(f"{HERE}{record}/"))
    assert clerk.post(f"{HERE}{record}/khong-co").status_code == 404


def test_an_own_notice_with_a_file_kept_through_a_refusal(desk, office):  # noqa: F811
    clerk = desk("vanthu")
    assert faults(clerk.get(f"{HERE}moi")) == []
    sent = {
        "key": uuid4().hex, "days": "2", "title": "", "text": "Không cung cấp mã xác thực cho ai.",
        "units": [str(office.unit("kt"))], "file": pdf("canh-bao.pdf"),
    }  # fmt: skip
    refused = clerk.post(f"{HERE}moi", sent)
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-title")
    (held,) = re.findall(r'name="file-kept" value="([^"]+)"', refused.content.decode())
    made = clerk.post(f"{HERE}moi", {**sent, "title": "Cảnh báo lừa đảo", "file": "", "file-kept": held})
    record = UUID(made["Location"].split("/")[-2])
    official = desk("chuyenmon")
    page = text(official.get(f"{HERE}{record}/"))
    assert ("Không cung cấp mã xác thực" in page, "canh-bao.pdf" in page, "Tôi đã đọc và nắm nội dung" in page) == (
        True, True, True,
    )  # fmt: skip
    assert official.post(f"{HERE}{record}/xac-nhan").status_code == 302
    assert [info.name for info in files.visible_files(office.official, record)] == ["canh-bao.pdf"]
    assert selectors.dissemination(office.clerk, record).row.tally.confirmed == 1


def test_a_stand_in_reads_whom_it_is_for(desk, office, letter):  # noqa: F811
    """Phó Chủ tịch stands in for the absent Chủ tịch, who alone is asked."""
    chair = office.position(":chair:1")
    record = spread(office, letter, by=office.clerk, units=(), positions=(chair,))
    stand_in = desk("phochutich", chair)
    item = Confirmation.objects.get().item
    page = text(stand_in.get(f"/lam-viec/?xem={item}"))
    assert ("phổ biến đến Lương Trọng Hùng" in page, "Tôi đã đọc" in page) == (True, False)
    assert stand_in.post(f"{HERE}{record}/xac-nhan").status_code == 403
    assert desk("chuyenmon").get(f"{HERE}moi").status_code == 403


def test_a_head_sees_the_report_of_the_own_unit(desk, office, letter):  # noqa: F811
    record = spread(office, letter, by=office.clerk, units=(office.unit("vh"), office.unit("kt")))
    desk("chuyenmon").get(f"/lam-viec/van-ban-den/{letter}/")
    desk("chuyenmon").post(f"{HERE}{record}/xac-nhan")
    head = desk("truongphong")
    listed = head.get(HERE, {"loc": "don-vi"})
    assert (faults(listed), f'href="{HERE}{record}/"' in listed.content.decode()) == ([], True)
    page = head.get(f"{HERE}{record}/")
    said = text(page)
    assert faults(page) == []
    assert "Tình hình xác nhận của đơn vị tôi" in said
    own = Confirmation.objects.filter(unit_id=office.unit("kt")).count()
    assert f"1 trên {own} người đã xác nhận" in said
    assert all(one.name not in said for one in Confirmation.objects.filter(unit_id=office.unit("vh")))
    assert "Thêm người nhận" not in said
    sheet = head.get(f"{HERE}{record}/xac-nhan-da-doc.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.content)).active.iter_rows(values_only=True))
    assert {row[1] for row in rows[3:-1]} == {orgs.unit(office.unit("kt")).name}
    assert head.post(f"{HERE}{record}/nhac").status_code == 403
    assert "Đơn vị tôi" not in text(desk("chuyenmon").get(HERE))
    assert "Tình hình xác nhận" not in text(desk("chuyenmon").get(f"{HERE}{record}/"))
