"""Văn bản đi on the desk: lists, drafting, the way to signature, issuing; all without script."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing, Version
from congvu.domains.documents.types import Forwarding
from congvu.engines.signing import jobs
from congvu.engines.signing.errors import TimestampUnavailable
from congvu.engines.signing.models import Certificate
from congvu.engines.signing.services import batches
from congvu.engines.typeset import services as typeset
from congvu.engines.workflow import selectors as work
from congvu.ground.numbering.models import Number
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.engines.signing.pki import PIN
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

HERE = "/lam-viec/van-ban-di/"


@pytest.fixture
def house(signing_office):  # noqa: F811
    """The office; the chair's and the agency's certificates by their numbers in the register."""
    keys = dict(Certificate.objects.values_list("provider_ref", "id"))
    signing_office.keys = SimpleNamespace(chair=keys["chair.p12"], agency=keys["agency.p12"])
    return signing_office


def fields(**values) -> dict:
    base = {
        "kind": "CV", "issuer": "xa-yen-khe", "subject": "báo cáo biên chế năm 2026", "addressees": "Sở Nội vụ",
        "text": "Thực hiện yêu cầu của Sở Nội vụ, UBND xã báo cáo như sau:\n1. Số liệu chung\n- Biên chế được giao: 32",
        "recipients": "Như trên\nLưu: VT, KT", "ending": "./.", "signer": "", "priority": "0", "secrecy": "0",
        "key": uuid4().hex,
    }  # fmt: skip
    return {**base, **values}


def drafted(desk, **values) -> UUID:
    sent = desk("chuyenmon").post(f"{HERE}soan", fields(**values))
    assert sent.status_code == 302, errors(sent)
    return UUID(sent["Location"].rstrip("/").rpartition("/")[2])


def act(client, document: UUID, verb: str, **values):
    view = selectors.outgoing(SYSTEM, document)
    (item,) = work.open_items(document) or (None,)
    given_ = {"version": view.record_version, "n": view.current.n, "item": item.id if item else "", **values}
    return client.post(f"{HERE}{document}/{verb}", given_)


def test_the_way_of_a_document_without_script(desk, house):
    document = drafted(desk)
    page = desk("chuyenmon").get(f"{HERE}{document}/")
    assert ("Trình" in text(page), "Ký nháy nội dung" in text(page), faults(page)) == (True, True, [])
    assert act(desk("chuyenmon"), document, "trinh").status_code == 302
    assert act(desk("truongphong"), document, "ky-nhay").status_code == 302
    assert act(desk("chanhvp"), document, "ky-nhay").status_code == 302
    page = desk("chutich").get(f"{HERE}{document}/")
    assert "Ký với thẩm quyền TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text(page)
    wrong = act(desk("chutich"), document, "ky", certificate=house.keys.chair, pin="0000")
    assert (wrong.status_code, [field for field, _words in errors(wrong)]) == (422, ["lam-pin"])
    assert "0000" not in wrong.content.decode()
    assert Outgoing.objects.get().original is None
    chair = desk("chutich")
    assert act(chair, document, "ky", certificate=house.keys.chair, pin=PIN).status_code == 302
    page = chair.get(f"{HERE}{document}/")
    assert ("đã ký lúc 9:30 ngày 19/11/2026" in text(page), 'name="pin"' in page.content.decode()) == (True, False)
    again = act(chair, document, "ky", certificate=house.keys.chair, pin=PIN)
    assert (again.status_code, "Không cần ký lại." in text(again), faults(page)) == (409, True, [])
    run_jobs()
    assert chair.get(f"{HERE}{document}/tien-do")["HX-Refresh"] == "true"
    assert "Đã ký. Văn bản đã chuyển văn thư cấp số, phát hành." in text(chair.get(f"{HERE}{document}/"))
    clerk = desk("vanthu")
    page = clerk.get(f"{HERE}{document}/")
    assert ("Cấp số, ký số, phát hành" in text(page), "Bản đã ký" in text(page)) == (True, True)
    sent = act(clerk, document, "phat-hanh", certificate=house.keys.agency, pin=PIN, paper="Sở Nội vụ")
    assert sent.status_code == 302
    page = clerk.get(f"{HERE}{document}/")
    assert ("Số 01/UBND-KT" in text(page), Outgoing.objects.get().record.state) == (True, "issuing")
    assert "Số 01/UBND-KT" in text(clerk.get(f"{HERE}{document}/tien-do"))
    run_jobs()
    clerk.get(f"{HERE}{document}/tien-do")
    page = clerk.get(f"{HERE}{document}/")
    assert "Đã phát hành 01/UBND-KT đến 1 nơi nhận." in text(page)
    assert [mark in text(page) for mark in ("Đã ký, 9:30 ngày 19/11/2026", "Chờ ký", "Sau đó")] == [True, False, False]
    row = Outgoing.objects.get()
    assert (row.number, row.symbol, row.record.state) == (1, "UBND-KT", "issued")


def run_jobs() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="signing.run_batch", status="todo"):
        jobs.run_batch(**job.args)


def test_a_time_stamp_that_does_not_come_loses_neither_number_nor_signature(desk, house, monkeypatch, clock):  # noqa: F811
    """Two minutes without an answer: the page says so, nothing is taken twice, and it goes on by itself."""
    document = drafted(desk)
    house.to_signature(document)
    house.sign(document)
    clerk, key = desk("vanthu"), {"certificate": house.keys.agency, "pin": PIN, "paper": "Sở Nội vụ"}

    def away(*_given, **_more):
        raise TimestampUnavailable("Máy chủ không trả lời.", code="timestamp_unavailable")

    with monkeypatch.context() as patched:
        patched.setattr(batches.documents, "complete", away)
        assert act(clerk, document, "phat-hanh", **key).status_code == 302
        with pytest.raises(RuntimeError):
            run_jobs()
        clock.shift(120)
        page = clerk.get(f"{HERE}{document}/")
        assert "Máy chủ cấp dấu thời gian chưa trả lời." in text(page)
        assert act(clerk, document, "phat-hanh", **key).status_code == 409
    row = Outgoing.objects.get()
    assert (row.number, row.record.state, row.recipients.count()) == (1, "issuing", 0)
    jobs.finish_held(0)
    run_jobs()
    row = Outgoing.objects.get()
    assert (row.number, row.record.state, row.recipients.count(), Number.objects.count()) == (1, "issued", 1, 1)


def test_a_signature_that_was_not_good_is_told_and_may_be_given_again(desk, house):
    document = drafted(desk)
    house.to_signature(document)
    house.hold_signature(document)
    services.save_draft(house.chair, document, subject="báo cáo khác", content=house.content("Sửa."))
    run_jobs()
    page = desk("chutich").get(f"{HERE}{document}/")
    assert "Lần ký trước không thành Văn bản đã thay đổi sau khi trình ký." in text(page)
    assert ('name="pin"' in page.content.decode(), faults(page)) == (True, [])


def test_issuing_refused_takes_no_number_and_keeps_what_was_typed(desk, house):
    document = drafted(desk)
    house.to_signature(document)
    house.sign(document)
    key = {"certificate": house.keys.agency, "pin": PIN}
    unknown = act(desk("vanthu"), document, "phat-hanh", exchange=["Sở Lạ"], paper="Sở Nội vụ", **key)
    assert errors(unknown)[0][0] == "lam-exchange-0"
    body = unknown.content.decode()
    assert ("Sở Lạ" in body, "Sở Nội vụ</textarea>" in body) == (True, True)
    nobody = act(desk("vanthu"), document, "phat-hanh", exchange=[""], paper="", **key)
    wrong = act(desk("vanthu"), document, "phat-hanh", paper="Sở Nội vụ", certificate=house.keys.agency, pin="1")
    assert [page.status_code for page in (unknown, wrong)] == [422, 422]
    assert errors(nobody) == [("lam-recipients", "Chọn ít nhất một nơi nhận.")]
    assert Outgoing.objects.get().number is None


def test_recipients_are_read_from_the_text(desk, house):
    document = drafted(desk, recipients="Như trên\nPhòng Kinh tế (để thực hiện)\nLưu: VT, KT")
    house.to_signature(document)
    house.sign(document)
    page = desk("vanthu").get(f"{HERE}{document}/").content.decode()
    unit = house.unit("kt")
    assert f'name="units" value="{unit}" checked' in page
    assert "Sở Nội vụ</textarea>" in page


def test_a_draft_is_opened_from_its_kind_and_keeps_what_was_typed(desk, house):
    page = desk("chuyenmon").get(f"{HERE}soan")
    assert (text(page).index("Công văn") < text(page).index("Nghị quyết"), faults(page)) == (True, [])
    form = desk("chuyenmon").get(f"{HERE}soan?loai=QD")
    body = form.content.decode()
    assert ("Luật Tổ chức chính quyền địa phương" in body, "ỦY BAN NHÂN DÂN XÃ YÊN KHÊ" in body) == (True, True)
    assert ("Kính gửi" in body, faults(form)) == (False, [])
    refused = desk("chuyenmon").post(f"{HERE}soan", fields(subject="", text="Giữ lại câu này"))
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-subject")
    assert "Giữ lại câu này" in refused.content.decode()
    secret = desk("chuyenmon").post(f"{HERE}soan", fields(secrecy="1"))
    assert errors(secret)[0][0] == "lam-secrecy"
    assert Outgoing.objects.count() == 0
    key = uuid4().hex
    first, again = drafted(desk, key=key), None
    again = desk("chuyenmon").post(f"{HERE}soan", fields(key=key))
    assert (again.status_code, str(first) in again["Location"], Outgoing.objects.count()) == (302, True, 1)


def test_saving_makes_a_version_and_a_stale_page_is_refused(desk, house):
    document = drafted(desk)
    form = desk("chuyenmon").get(f"{HERE}{document}/sua")
    assert "1. Số liệu chung" in form.content.decode()
    version = selectors.outgoing(SYSTEM, document).record_version
    saved = desk("chuyenmon").post(
        f"{HERE}{document}/sua", fields(text="Bản hai", comment="Gọn lại", version=version)
    )  # fmt: skip
    assert saved.status_code == 302
    assert list(Version.objects.order_by("n").values_list("n", "note")) == [(1, ""), (2, "Gọn lại")]
    stale = desk("chuyenmon").post(f"{HERE}{document}/sua", fields(text="Bản ba của người khác", version=version))
    assert (stale.status_code, "Bản ba của người khác" in stale.content.decode()) == (409, True)
    assert Version.objects.count() == 2
    assert desk("truongphong").get(f"{HERE}{document}/sua").status_code == 403


def test_another_signer_voids_initials_and_urgency_does_not(desk, house):
    document = drafted(desk)
    services.submit(house.official, house.step(document).id)
    view = selectors.outgoing(SYSTEM, document)
    head = desk("truongphong")
    same = fields(priority="2", signer=f"{house.position(':chair:1')}:TM.", version=view.record_version)
    assert head.post(f"{HERE}{document}/sua", same).status_code == 302
    view = selectors.outgoing(SYSTEM, document)
    assert (view.current.n, view.row.priority) == (1, 2)
    other = {**same, "signer": f"{house.position(':chair:2')}:KT.", "version": view.record_version}
    assert head.post(f"{HERE}{document}/sua", other).status_code == 302
    view = selectors.outgoing(SYSTEM, document)
    assert (view.current.n, view.capacity) == (2, "KT.")


def test_word_takes_the_place_of_the_text(desk, house):
    source = selectors.draft_word(SYSTEM, drafted(desk))
    word = SimpleUploadedFile("du-thao.docx", source)
    sent = desk("chuyenmon").post(f"{HERE}soan", {**fields(text="ô chữ"), "word": word})
    assert sent.status_code == 302
    document = UUID(sent["Location"].rstrip("/").rpartition("/")[2])
    page = desk("chuyenmon").get(f"{HERE}{document}/sua").content.decode()
    assert ("Biên chế được giao: 32" in page, "ô chữ" in page) == (True, False)
    broken = desk("chuyenmon").post(f"{HERE}soan", {**fields(), "word": SimpleUploadedFile("x.docx", b"PK\x03\x04")})
    assert (broken.status_code, Outgoing.objects.count()) == (422, 2)


def test_a_table_survives_editing(desk, house):
    blocks = [{"type": "table", "rows": [[{"text": [{"text": "STT"}]}, {"text": [{"text": "Tên"}]}]]}]
    document = house.draft(content={"blocks": blocks, "addressees": ["Sở Nội vụ"], "recipients": ["Lưu: VT, KT"]})
    form = desk("chuyenmon").get(f"{HERE}{document}/sua")
    assert "Ô chữ không giữ được các phần này" in text(form)
    version = selectors.outgoing(SYSTEM, document).record_version
    saved = desk("chuyenmon").post(
        f"{HERE}{document}/sua", fields(whole="1", text="", subject="trích yếu khác", version=version)
    )  # fmt: skip
    assert saved.status_code == 302
    newest = selectors.outgoing(SYSTEM, document).current
    assert (newest.n, newest.subject, newest.content["blocks"][0]["type"]) == (2, "trích yếu khác", "table")


def test_returned_to_the_head_who_sees_what_to_change(desk, house, clock):  # noqa: F811
    document = drafted(desk)
    house.to_signature(document)
    clock.shift(60)
    page = desk("chutich").get(f"{HERE}{document}/?lam=tra-lai")
    assert ("Soạn thảo</span>" in page.content.decode(), "Duyệt nội dung" in text(page)) == (False, True)
    straight = act(desk("chutich"), document, "tra-lai", to="soan", reason="Sửa số liệu")
    assert (straight.status_code, errors(straight)[0][0]) == (422, "lam-to")
    empty = act(desk("chutich"), document, "tra-lai", to="noi_dung", reason=" ")
    assert errors(empty) == [("lam-reason", "Ghi rõ cần sửa điều gì.")]
    assert selectors.outgoing(SYSTEM, document).row.state == "signing"
    assert act(desk("chutich"), document, "tra-lai", to="noi_dung", reason="Sửa số liệu").status_code == 302
    page = desk("truongphong").get(f"{HERE}{document}/")
    assert "Trả lại để sửa Sửa số liệu" in text(page)


def test_a_reply_begins_from_what_came(desk, house):
    came = house.register(Forwarding(unit=house.unit("kt")))
    form = desk("chuyenmon").get(f"{HERE}soan?tra-loi={came.record_id}")
    body = form.content.decode()
    assert "trả lời công văn số 1284/SNV-TCBC ngày 17/11/2026" in body
    assert "Trả lời Công văn số 1284/SNV-TCBC ngày 17/11/2026 của Sở Nội vụ về việc báo cáo biên chế" in body
    document = drafted(desk, reply_to=came.record_id)
    page = desk("chuyenmon").get(f"{HERE}{document}/")
    assert "Trả lời: 1284/SNV-TCBC" in text(page) or "V/v báo cáo biên chế năm 2026" in text(page)
    assert [link.record_id for link in selectors.outgoing(house.official, document).links] == [came.record_id]


def test_an_item_done_by_somebody_else_is_told(desk, house):
    document = drafted(desk)
    item = house.step(document).id
    services.submit(house.official, item)
    again = desk("chuyenmon").post(f"{HERE}{document}/trinh", {"item": item})
    assert (again.status_code, "Bước này đã làm xong" in text(again)) == (409, True)
    assert desk("chuyenmon").post(f"{HERE}{document}/trinh", {"item": "x"}).status_code == 404
    assert desk("chuyenmon").post(f"{HERE}{document}/la", {}).status_code == 404
    assert desk("hotich").get(f"{HERE}{document}/").status_code == 404


def test_lists_count_and_the_inbox_shows_drafts(desk, house, django_assert_max_num_queries):
    first, second = drafted(desk), drafted(desk, subject="hai", priority="3", text="Nội dung hai")
    services.submit(house.official, house.step(second).id)
    page = desk("chuyenmon").get(f"{HERE}?loc=du-thao")
    assert ("Dự thảo 1" in text(page), "Đang trình 1" in text(page)) == (True, True)
    inbox = desk("chuyenmon").get(f"/lam-viec/?xem={house.step(first).id}")
    assert ("báo cáo biên chế" in text(inbox), faults(inbox)) == (True, [])
    shown = desk("truongphong").get(f"/lam-viec/?xem={house.step(second).id}")
    assert ("Hỏa tốc" in text(shown), "Ký nháy" in text(shown)) == (True, True)
    client = desk("chuyenmon")
    client.get(HERE)
    with django_assert_max_num_queries(12):
        client.get(f"{HERE}?loc=tat-ca")


def test_papers_of_a_draft(desk, house):
    document = drafted(desk)
    pdf = desk("chuyenmon").get(f"{HERE}{document}/ban-thao/1")
    assert (pdf.status_code, pdf.content[:5], pdf["X-Frame-Options"]) == (200, b"%PDF-", "SAMEORIGIN")
    assert desk("chuyenmon").get(f"{HERE}{document}/ban-thao/7").status_code == 404
    assert typeset.read_word(desk("chuyenmon").get(f"{HERE}{document}/ban-thao.docx").content).body
    assert desk("hotich").get(f"{HERE}{document}/ban-thao/1").status_code == 404
