"""The page of one dossier, its acts and what stays typed when they are refused."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.models import Result, Supplement
from congvu.domains.dossiers.types import PaperLine
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry
from congvu.ground.files import services as files
from tests.faces.desk.pages import errors, text
from tests.ground.files.build import pdf as a_pdf

LIST = "/lam-viec/ho-so/"
# Session, user, posts, the tree of units, all figures of the menu, and the page itself.
LIST_STATEMENTS, PAGE_STATEMENTS = 9, 17
PDF = a_pdf()


def page_of(record) -> str:
    return f"{LIST}{record}/"


def pdf(name: str = "ket-qua.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


@pytest.fixture
def record(world):
    return world.take_in("2.000908").record_id


def test_list_by_state_in_a_fixed_number_of_statements(desk, world, django_assert_num_queries):
    client = desk("motcua")
    client.get(LIST)
    for _ in range(2):
        world.take_in("2.000908")
        with django_assert_num_queries(LIST_STATEMENTS):
            page = client.get(LIST, {"loc": "dang-xu-ly"})
    assert text(page).count("Cấp bản sao từ sổ gốc, Trần Thị Lan") == 2
    assert "Không có hồ sơ nào" in text(client.get(LIST, {"loc": "da-tra"}))
    assert client.get("/lam-viec/ho-so/truc-tuyen-moi").status_code == 200


def test_page_in_a_fixed_number_of_statements(desk, record, django_assert_num_queries):
    client = desk("motcua")
    client.get(LIST)
    with django_assert_num_queries(PAGE_STATEMENTS):
        page = client.get(page_of(record))
    assert page.status_code == 200
    assert "Thẩm định hồ sơ" in text(page)
    assert "•••• 0123" in text(page)
    assert "099188000123" not in text(page)


def test_tabs(desk, record):
    client = desk("motcua")
    assert "Tiếp nhận hồ sơ tại quầy: Phạm Thị Hoa" in text(client.get(page_of(record), {"muc": "nhat-ky"}))
    assert "tờ khai nằm trong giấy tờ" in text(client.get(page_of(record), {"muc": "ke-khai"}))
    assert "1 bản chính" in text(client.get(page_of(record)))


def test_hidden_and_missing_look_alike(desk, record):
    client = desk("quantri")
    hidden, missing = client.get(page_of(record)), client.get(page_of(uuid4()))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert text(hidden) == text(missing)
    assert client.post(f"{page_of(record)}tu-choi", {"reason": "x"}).status_code == 404
    assert client.post(f"{page_of(record)}khong-co").status_code == 404


@pytest.mark.parametrize("verb", ["tra-ket-qua", "nhan-bo-sung", "ban-hanh", "phan-cong", "la-lung"])
def test_a_form_that_is_not_open_is_not_shown(desk, record, verb):
    page = desk("motcua").get(page_of(record), {"lam": verb})
    assert page.status_code == 200
    assert 'id="lam"' not in page.content.decode()


def test_supplement_keeps_what_was_typed(desk, record):
    client = desk("hotich")
    assert 'id="lam-items"' in client.get(page_of(record), {"lam": "yeu-cau-bo-sung"}).content.decode()
    page = client.post(f"{page_of(record)}yeu-cau-bo-sung", {"items": "Bản chính sổ gốc.\nẢnh rõ hơn.", "reason": ""})
    assert page.status_code == 422
    assert errors(page) == [("lam-reason", "Ghi lý do cần bổ sung.")]
    assert page.context["typed"]["items"] == "Bản chính sổ gốc.\nẢnh rõ hơn."
    assert "Bản chính sổ gốc.\nẢnh rõ hơn.</textarea>" in page.content.decode()
    assert "<title>Lỗi:" in page.content.decode()
    assert not Supplement.objects.exists()


def test_supplement_asked_answered_and_cancelled(desk, record):
    clerk = desk("motcua")
    asked = {"items": "Bản chính sổ gốc.", "reason": "Thiếu"}
    clerk.post(f"{page_of(record)}yeu-cau-bo-sung", asked)
    refused = clerk.post(f"{page_of(record)}huy-bo-sung", {"reason": " "})
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-reason")
    clerk.post(f"{page_of(record)}huy-bo-sung", {"reason": "Đã có trong kho."})
    clerk.post(f"{page_of(record)}yeu-cau-bo-sung", asked)
    empty = clerk.post(f"{page_of(record)}nhan-bo-sung", {"papers": "", "note": ""})
    assert (empty.status_code, errors(empty)[0][0]) == (422, "lam-papers")
    done = clerk.post(f"{page_of(record)}nhan-bo-sung", {"papers": "Sổ gốc", "file": pdf("so.pdf")}, follow=True)
    assert "Đã nhận bổ sung." in text(done)
    assert "Sổ gốc 1 bản chính · Đang chờ quét Mở tệp" in text(done)


def test_main_action_moves_the_step_on(desk, record, world):
    client, item = desk("hotich"), world.waiting(record)
    done = client.post(f"{LIST}viec/{item.id}/xong", follow=True)
    assert "Đã chuyển bước tiếp theo." in text(done)
    again = client.post(f"{LIST}viec/{item.id}/xong")
    assert again.status_code == 409
    assert world.waiting(record).step_kind == "approve"


def test_send_back_needs_a_reason_and_keeps_the_step(desk, record, world):
    item = world.go_to(record, "approve")
    client = desk("chutich")
    form = client.get(page_of(record), {"lam": "tra-lai"})
    assert "Thẩm định hồ sơ" in text(form)
    page = client.post(f"{LIST}viec/{item.id}/tra-lai", {"to": "s02", "reason": ""})
    assert (page.status_code, errors(page)) == (422, [("lam-reason", "Ghi rõ cần sửa điều gì.")])
    assert '<option value="s02" selected>' in page.content.decode()
    assert world.waiting(record).id == item.id
    client.post(f"{LIST}viec/{item.id}/tra-lai", {"to": "s02", "reason": "Sai tên."})
    assert world.waiting(record).step_kind == "appraise"


def test_heads_hand_out_work(desk, world):
    record = world.take_in("1.004873").record_id
    services.complete_step(world.holder(record), world.waiting(record).id)
    item, head = world.waiting(record), desk("chanhvp")
    form = head.get(page_of(record), {"lam": "phan-cong", "viec": str(item.id)})
    position = world.made.positions["xa-yen-khe-vp:specialist:1"]
    assert f'<option value="{position}">Vũ Đức Hiếu, Công chức tư pháp - hộ tịch</option>' in form.content.decode()
    refused = head.post(f"{LIST}viec/{item.id}/phan-cong", {"position": world.clerk.position_id})
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-position")
    assert world.waiting(record).assignee_id is None
    head.post(f"{LIST}viec/{item.id}/phan-cong", {"position": position})
    assert world.waiting(record).assignee == "Vũ Đức Hiếu"
    assert work.inbox(world.staff("hotich")).rows[0].id == item.id


def test_assignment_without_a_post_chosen(desk, world):
    record = world.take_in("1.004873").record_id
    item = world.waiting(record)
    assert desk("chanhvp").post(f"{LIST}viec/{item.id}/phan-cong", {"position": ""}).status_code in (404, 422)
    assert world.waiting(record).assignee_id is None


def test_own_result_is_numbered_here_and_asks_no_number(desk, record, world):
    item = world.go_to(record, "issue")
    client = desk("vanthu")
    form = client.get(page_of(record), {"lam": "ban-hanh"}).content.decode()
    assert 'name="number"' not in form
    assert 'name="text"' in form
    client.post(f"{LIST}viec/{item.id}/ban-hanh", {"text": "Cấp 01 bản sao."})
    (result,) = Result.objects.all()
    assert (result.number, result.source) == ("1/KQ-UBND", "ours")


def test_result_of_a_ministry_needs_its_number_and_file_and_keeps_the_file(desk, world):
    record = world.take_in("1.004873").record_id
    item, client = world.go_to(record, "issue"), desk("vanthu")
    address = f"{LIST}viec/{item.id}/ban-hanh"
    form = client.get(page_of(record), {"lam": "ban-hanh"}).content.decode()
    assert "Kết quả do hệ thống của Bộ cấp số" in form
    assert 'name="text"' not in form
    page = client.post(address, {"number": "", "file": pdf()})
    assert (page.status_code, errors(page)) == (422, [("lam-number", "Ghi số do hệ thống của Bộ cấp.")])
    kept = page.context["kept"]["file"]
    assert "Đã nhận tệp ket-qua.pdf" in text(page)
    assert not Result.objects.exists()
    stranger = desk("hotich").post(address, {"number": "12/2026", "file-kept": str(kept.id)})
    assert stranger.status_code == 403
    client.post(address, {"number": "12/2026", "file-kept": str(kept.id)})
    (result,) = Result.objects.all()
    assert (result.number, result.source, result.file) == ("12/2026", "ministry", kept.id)


def test_a_file_that_cannot_be_taken_is_named(desk, world):
    record = world.take_in("1.004873").record_id
    item = world.go_to(record, "issue")
    empty = SimpleUploadedFile("trong.pdf", b"")
    page = desk("vanthu").post(f"{LIST}viec/{item.id}/ban-hanh", {"number": "1", "file": empty})
    assert (page.status_code, [field for field, _words in errors(page)]) == (422, ["lam-file"])
    assert not Result.objects.exists()


@pytest.fixture
def scanned(world):
    """A dossier with one scan that nobody has checked."""
    info = files.upload(world.clerk, name="to-khai.pdf", stream=pdf("to-khai.pdf"))
    answer = world.take_in("2.000908", papers=(PaperLine("Tờ khai", originals=1, file=info.id),))
    return answer.record_id, info.id


def test_unchecked_file_warns_before_it_opens(desk, scanned):
    _record, file = scanned
    client = desk("hotich")
    warned = client.get(f"{LIST}tep/{file}")
    assert warned.status_code == 409
    assert "Tệp chưa được kiểm tra" in text(warned)
    assert not Entry.objects.filter(verb="file.read").exists()
    assert client.get(f"{LIST}tep/{file}", {"dong-y": "1"}).status_code == 409
    opened = client.post(f"{LIST}tep/{file}")
    assert (opened.status_code, b"".join(opened.streaming_content)) == (200, PDF)
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(verb="file.read").count() == 1


def test_vouching_needs_grounds_and_then_the_file_opens_at_once(desk, scanned):
    record, file = scanned
    reader = desk("hotich")
    refused = reader.post(f"{LIST}tep/{file}/xac-nhan", {"reason": " "})
    assert (refused.status_code, errors(refused)) == (422, [("reason", "Ghi căn cứ để xác nhận tệp an toàn.")])
    assert not Entry.objects.filter(verb="file.vouch").exists()
    done = reader.post(f"{LIST}tep/{file}/xac-nhan", {"reason": "Cơ quan tự quét."})
    assert done["Location"] == page_of(record)
    assert reader.get(f"{LIST}tep/{file}").status_code == 200


def test_who_sent_the_file_may_answer_for_it_too(desk, scanned):
    _record, file = scanned
    clerk = desk("motcua")
    assert clerk.get(f"{LIST}tep/{file}").status_code == 200
    asked = clerk.get(f"{LIST}tep/{file}/xac-nhan")
    assert (asked.status_code, 'name="reason"' in asked.content.decode()) == (200, True)
    assert not Entry.objects.filter(verb="file.vouch").exists()
    clerk.post(f"{LIST}tep/{file}/xac-nhan", {"reason": "Tự tay quét."})
    assert Entry.objects.get(verb="file.vouch").detail["vouched"] == "Tự tay quét."


def test_papers_are_pdf_and_strangers_get_none(desk, record):
    client = desk("motcua")
    for paper in ("tiep-nhan", "tiep-nhan-a5", "kiem-soat"):
        response = client.get(f"{page_of(record)}giay/{paper}.pdf")
        assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(f"{page_of(record)}giay/bia.pdf").status_code == 404
    assert desk("quantri").get(f"{page_of(record)}giay/tiep-nhan.pdf").status_code == 404


def test_result_handed_over(desk, record, world):
    item = world.go_to(record, "issue")
    desk("vanthu").post(f"{LIST}viec/{item.id}/ban-hanh", {"text": "Cấp."})
    clerk = desk("motcua")
    assert 'value="Trần Thị Lan"' in clerk.get(page_of(record), {"lam": "tra-ket-qua"}).content.decode()
    page = clerk.post(f"{page_of(record)}tra-ket-qua", {"to": ""})
    assert (page.status_code, errors(page)) == (422, [("lam-to", "Ghi họ tên người nhận kết quả.")])
    clerk.post(f"{page_of(record)}tra-ket-qua", {"to": "Trần Thị Lan"})
    assert selectors.dossier(world.clerk, record).state == "returned"
