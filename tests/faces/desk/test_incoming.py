"""Văn bản đến on the desk: lists, registering, directing, working, the book; all without script."""

from __future__ import annotations

import io
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from congvu.common.actor import SYSTEM
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Direction, Incoming
from congvu.domains.documents.types import Forwarding
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry
from congvu.ground.files import services as files
from congvu.ground.files.models import File
from tests.domains.documents.conftest import office  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

HERE = "/lam-viec/van-ban-den/"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
)


def arrive(office, **values) -> UUID:  # noqa: F811
    return services.receive(SYSTEM, "xa-yen-khe", office.letter(channel="exchange", **values))


def fields(**values) -> dict:
    base = {
        "sender": "Sở Nội vụ", "number": "1284", "symbol": "SNV-TCBC", "issued_on": "17/11/2026",
        "kind_name": "Công văn", "subject": "V/v báo cáo biên chế", "copies": "1", "channel": "paper",
        "priority": "0", "secrecy": "0", "key": uuid4().hex,
    }  # fmt: skip
    return {**base, **values}


def line(office, number: int, suffix: str, term: str = "2026-11-27") -> dict:  # noqa: F811
    return {f"to-{number}": f"{office.unit(suffix)}:", f"term-{number}": term}


def test_lists_have_the_urgent_first_and_real_counts(desk, office, django_assert_max_num_queries):  # noqa: F811
    arrive(office)
    urgent = arrive(office, number="3388", subject="Ứng phó mưa lớn", priority=3, warnings=("Thiếu ngày.",))
    office.register(number="9", subject="V/v đã vào sổ")
    client = desk("vanthu")
    page = client.get(HERE)
    said = text(page)
    assert said.index("Ứng phó mưa lớn") < said.index("V/v báo cáo biên chế năm 2026")
    assert "Hỏa tốc" in said
    assert "Thiếu ngày." in said
    assert "Chờ vào sổ 2" in said
    assert "Chờ chỉ đạo 1" in said
    body = page.content.decode()
    assert f'value="{urgent}"' not in body, "what asks for a look is not registered with others"
    with django_assert_max_num_queries(13):
        client.get(HERE)
    for number in range(4):
        arrive(office, number=str(50 + number))
    with django_assert_max_num_queries(13):
        client.get(HERE)
    assert "V/v đã vào sổ" in text(client.get(HERE, {"loc": "tat-ca", "q": "da vao so"}))
    assert client.get(HERE, {"sau": "x"}).status_code == 422


def test_pages_follow_each_other(office):  # noqa: F811
    wanted = {arrive(office, number=str(n), priority=n % 3) for n in range(7)}
    query = selectors.IncomingQuery(view="cho-vao-so", urgent_first=True)
    found, after = [], ""
    while True:
        rows = selectors.incoming_list(office.clerk, query, after=after, limit=3)
        found += rows.rows
        after = rows.next
        if not after:
            break
    assert {row.id for row in found} == wanted
    assert [row.priority for row in found] == sorted((row.priority for row in found), reverse=True)


def test_an_arrival_is_registered_from_its_page(desk, office):  # noqa: F811
    record = arrive(office)
    client = desk("vanthu")
    page = client.get(f"{HERE}{record}/")
    assert faults(page) == []
    assert "Số đến dự kiến" in text(page)
    assert 'value="SNV-TCBC"' in page.content.decode()
    sent = fields(subject="V/v báo cáo biên chế năm 2026", version="1")
    done = client.post(f"{HERE}{record}/vao-so", sent, follow=True)
    assert "Đã vào sổ 1284/SNV-TCBC, số đến 1." in text(done)
    row = Incoming.objects.get(record_id=record)
    assert (row.arrival_number, row.record.state) == (1, "registered")
    again = client.post(f"{HERE}{record}/vao-so", fields())
    assert again.status_code == 409
    assert Incoming.objects.get(record_id=record).arrival_number == 1


def test_a_paper_is_registered_and_the_next_keeps_the_sender(desk, office):  # noqa: F811
    client = desk("vanthu")
    scan = SimpleUploadedFile("quet.pdf", PDF, "application/pdf")
    done = client.post(HERE + "vao-so", fields(scan=scan, next="1"), follow=True)
    assert "Đã vào sổ, số đến 1." in text(done)
    body = done.content.decode()
    assert 'value="Sở Nội vụ"' in body
    assert 'value="17/11/2026"' in body
    assert 'value="1284"' not in body
    assert File.objects.get().record_id == Incoming.objects.get().record_id
    straight = fields(number="15/QĐ-UBND", symbol="", to=f"u:{office.unit('kt')}", due="27/11/2026")
    client.post(HERE + "vao-so", straight)
    row = Incoming.objects.get(number="15")
    assert (row.symbol, row.arrival_number, row.record.state) == ("QĐ-UBND", 2, "processing")
    assert row.record.due_at == datetime(2026, 11, 27, 17, tzinfo=VN)


def test_a_refused_form_keeps_everything(desk, office):  # noqa: F811
    client = desk("vanthu")
    scan = SimpleUploadedFile("quet.pdf", PDF, "application/pdf")
    page = client.post(HERE + "vao-so", fields(subject="", scan=scan, signer="Người Ký"))
    assert page.status_code == 422
    assert errors(page) == [("lam-subject", "Ghi trích yếu nội dung văn bản.")]
    body = page.content.decode()
    assert "quet.pdf" in body
    assert 'value="Người Ký"' in body
    assert faults(page) == []
    kept = File.objects.get()
    client.post(HERE + "vao-so", fields(**{"scan-kept": str(kept.id)}))
    assert File.objects.get().record_id == Incoming.objects.get().record_id
    wrong = client.post(HERE + "vao-so", fields(number="2", issued_on="31/2/2026", pages="ba"))
    assert errors(wrong) == [
        ("lam-issued_on", "Ngày văn bản: không có ngày 31/2/2026."), ("lam-pages", "Số trang: ghi bằng chữ số."),
    ]  # fmt: skip
    assert "Còn 2 chỗ cần sửa" in text(wrong)
    for bad in (
        {"to": "u:x"},
        {"to": "u:999999"},
        {"to": f"l:{office.position('-vp:registrar:1')}"},
        {"due": "mai", "to": f"u:{office.unit('kt')}"},
    ):
        assert client.post(HERE + "vao-so", fields(number="3", **bad)).status_code == 422
    assert Incoming.objects.count() == 1


def test_a_level_of_secrecy_stops_the_upload(desk, office):  # noqa: F811
    scan = SimpleUploadedFile("mat.pdf", PDF, "application/pdf")
    page = desk("vanthu").post(HERE + "vao-so", fields(secrecy="1", scan=scan))
    assert page.status_code == 422
    assert [field for field, _words in errors(page)] == ["lam-secrecy"]
    assert (File.objects.count(), Incoming.objects.count()) == (0, 0)
    page = desk("vanthu").post(HERE + "vao-so", fields(secrecy="1"))
    assert "sổ mật bằng giấy" in text(page)


def test_a_double_is_registered_only_on_the_clerk_s_word(desk, office):  # noqa: F811
    first = office.register().record_id
    client = desk("vanthu")
    page = client.post(HERE + "vao-so", fields())
    assert page.status_code == 409
    assert "Đây là văn bản khác" in text(page)
    assert f"{HERE}{first}/" in page.content.decode()
    client.post(HERE + "vao-so", fields(another="1"))
    assert Incoming.objects.count() == 2
    part = client.get(HERE + "vao-so/noi-nhan", {"sender": "Sở Nội vụ", "number": "1284", "symbol": "SNV-TCBC"})
    assert "Đây là văn bản khác" in text(part)


def test_several_ordinary_arrivals_at_once(desk, office):  # noqa: F811
    two = [arrive(office, number=str(n)) for n in (2, 3)]
    services.register(office.clerk, office.letter(number="1"), Forwarding(), key=uuid4().hex)
    double = arrive(office, number="1")
    page = desk("vanthu").post(HERE + "vao-so/nhieu", {"item": [*map(str, two), str(double), "x"]}, follow=True)
    said = text(page)
    assert "Đã vào sổ 2 văn bản: 2/SNV-TCBC số đến 2; 3/SNV-TCBC số đến 3." in said
    assert "Sổ đã có văn bản 1/SNV-TCBC" in said
    assert Incoming.objects.filter(record__state="arrived").count() == 1
    assert "Chưa chọn văn bản nào" in text(desk("vanthu").post(HERE + "vao-so/nhieu", follow=True))
    desk("chutich").post(HERE + "vao-so/nhieu", {"item": [str(double)]})
    assert Incoming.objects.get(record_id=double).arrival_number is None


def test_a_leader_directs_from_the_page_and_from_the_inbox(desk, office):  # noqa: F811
    record = office.register().record_id
    chair, here = desk("chutich"), f"{HERE}{record}/"
    page = chair.get(here)
    assert faults(page) == []
    assert "Cho ý kiến chỉ đạo" in text(page)
    no_term = {**line(office, 0, "kt", ""), "phrase": "0", "opinion": "Gửi trước thứ Năm"}
    refused = chair.post(here + "chi-dao", no_term)
    assert errors(refused)[0][0] == "lam-term-0"
    assert "Gửi trước thứ Năm" in refused.content.decode()
    assert Direction.objects.count() == 0
    item = office.item(record, "direct")
    preview = chair.get("/lam-viec/", {"xem": str(item.id)})
    assert "Chuyển xử lý" in text(preview)
    given = {**line(office, 0, "kt"), **line(office, 1, "vh", "same"), "to-5": f"{office.unit('vp')}:", "phrase": "0",
             "opinion": "Gửi trước thứ Năm", "ve": "/lam-viec/"}  # fmt: skip
    done = chair.post(here + "chi-dao", given)
    assert done.url == "/lam-viec/"
    roles = {(d.role, d.due_at) for d in Direction.objects.all()}
    due = datetime(2026, 11, 27, 17, tzinfo=VN)
    assert roles == {("lead", due), ("support", due), ("inform", None)}
    said = text(chair.get(here))
    assert "Chủ trì tham mưu văn bản trả lời đúng hạn. Gửi trước thứ Năm" in said
    second = chair.post(here + "chi-dao", line(office, 0, "vh"))
    assert second.status_code == 422
    more = chair.post(here + "chi-dao", {"to-1": f"{office.unit('tt')}:", "term-1": "day", "day-1": "26/11"})
    assert more.status_code == 302
    assert Direction.objects.filter(role="support").count() == 2


def test_begun_handed_on_finished_and_opened_again(desk, office):  # noqa: F811
    record = office.register().record_id
    services.direct(office.chair, record, [office.lead()], opinion="Làm ngay")
    head, here = desk("truongphong"), f"{HERE}{record}/"
    item = office.item(record, "handle").id
    assert "Làm ngay" in text(head.get("/lam-viec/", {"xem": str(item)}))
    assert head.post(here + "bat-dau", {"item": str(item)}).status_code == 302
    form = head.get(here, {"lam": "phan-cong"})
    assert "Ngô Minh Tùng" in text(form)
    person = office.world.staff("chuyenmon")
    beyond = {"to-0": f"{person.unit_id}:{person.position_id}", "term-0": "2026-11-30", "item": str(item)}
    late = head.post(here + "phan-cong", beyond)
    assert errors(late) == [("lam-term-0", "Không được sau hạn của đơn vị.")]
    head.post(here + "phan-cong", {**beyond, "term-0": "2026-11-26"})
    worker = desk("chuyenmon")
    inner = next(i for i in work.open_items(record, person) if i.may_work).id
    empty = worker.post(here + "hoan-thanh", {"item": str(inner), "result": " "})
    assert [field for field, _words in errors(empty)] == ["lam-result"]
    worker.post(here + "hoan-thanh", {"item": str(inner), "result": "Công văn 12/UBND-KT"})
    assert Incoming.objects.get(record_id=record).record.state == "done"
    chair = desk("chutich")
    open_end = chair.post(here + "mo-lai", {"reason": "Thiếu phụ lục"})
    assert [field for field, _words in errors(open_end)] == ["lam-term-0"]
    chair.post(here + "mo-lai", {"reason": "Thiếu phụ lục", "term-0": "none"})
    assert Incoming.objects.get(record_id=record).record.state == "processing"
    worker.post(here + "y-kien", {"text": "Đã gửi bổ sung"})
    assert "Đã gửi bổ sung" in text(chair.get(here))
    assert worker.post(here + "hoan-thanh", {"item": "x"}).status_code == 404


def test_returned_with_a_reason(desk, office):  # noqa: F811
    record = arrive(office)
    client, here = desk("vanthu"), f"{HERE}{record}/"
    refused = client.post(here + "tra-lai", {"reason": ""})
    assert errors(refused) == [("lam-reason", "Ghi lý do trả lại để nơi gửi biết cần làm gì.")]
    client.post(here + "tra-lai", {"reason": "Gửi nhầm cơ quan"})
    assert "Gửi nhầm cơ quan" in text(client.get(here))
    assert "V/v báo cáo biên chế năm 2026" in text(client.get(HERE, {"loc": "tra-lai"}))


@pytest.mark.parametrize(
    ("login", "page", "register", "direct"),
    [
        ("vanthu", 200, 200, 403), ("chutich", 200, 403, 302), ("truongphong", 404, 403, 404),
        ("chuyenmon", 404, 403, 404), ("other", 404, 200, 404),
    ],
)  # fmt: skip
def test_who_gets_what(desk, office, world, login, page, register, direct):  # noqa: F811
    record = office.register().record_id
    if login == "other":
        from congvu.ground.accounts.models import User
        from congvu.ground.orgs.models import Assignment

        post = world.made.positions["xa-" + _second() + "-vp:registrar:1"]
        login = User.objects.get(id=Assignment.objects.get(position_id=post).user_id).username
    client = desk(login)
    assert client.get(f"{HERE}{record}/").status_code == page
    assert client.get(HERE + "vao-so").status_code == register
    assert client.post(f"{HERE}{record}/chi-dao", line(office, 0, "kt")).status_code == direct
    assert client.post(f"{HERE}{record}/khong-co").status_code == 404


def _second() -> str:
    from congvu.boot.demo.territory import COMMUNES

    return COMMUNES[1].slug


def test_strangers_see_nothing(client, office, world):  # noqa: F811
    record = office.register().record_id
    answer = client.get(f"{HERE}{record}/")
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/can-bo/dang-nhap")
    from congvu.ground.accounts.models import User

    client.force_login(
        User.objects.get(id=world.citizen().user_id), "allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(f"{HERE}{record}/").status_code == 403


def test_the_slip_and_the_sheets(desk, office):  # noqa: F811
    office.register(sender="=HYPERLINK(1)", number="1")
    entries = Entry.objects.filter(verb="document.export_list").count()
    record = office.register(number="2").record_id
    services.direct(office.chair, record, [office.lead(), office.support()], opinion="Làm ngay")
    client = desk("vanthu")
    assert client.get(f"{HERE}{record}/phieu").content.startswith(b"%PDF")
    table = client.get(HERE + "tai-ve.csv", {"loc": "tat-ca"}).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table
    book = load_workbook(io.BytesIO(client.get(HERE + "tai-ve.xlsx", {"loc": "tat-ca"}).content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in cells] == ["s"]
    assert client.get(HERE + "tai-ve.exe").status_code == 404
    assert Entry.objects.filter(verb="document.export_list").count() == entries + 2


def test_a_file_stands_in_the_page_only_of_its_document(desk, office):  # noqa: F811

    file = files.store(office.clerk, name="goc.pdf", content=PDF)
    record = office.register(files=(file.id,)).record_id
    client = desk("vanthu")
    framed = client.get(f"{HERE}{record}/tep/{file.id}")
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert client.get(f"{HERE}{uuid4()}/tep/{file.id}").status_code == 404
    assert desk("chuyenmon").get(f"{HERE}{record}/tep/{file.id}").status_code == 404
