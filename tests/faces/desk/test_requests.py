"""Recalling, setting right and answering on the desk, all without script."""

from __future__ import annotations

import pytest

from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Link, Request
from congvu.domains.documents.types import Forwarding
from congvu.engines.workflow import selectors as work
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.engines.exchange.office import told
from tests.engines.exchange.samples import OURS, THEIRS, report
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_outgoing import fields
from tests.faces.shape import faults
from tests.journeys.houses import AWAY, PAPER, Houses, houses_of
from tests.journeys.test_document_recalls import told_letter

OUT, IN = "/lam-viec/van-ban-di/", "/lam-viec/van-ban-den/"


@pytest.fixture
def houses(signing_office) -> Houses:  # noqa: F811
    return houses_of(signing_office)


def test_the_clerk_recalls_by_a_notice_and_notes_the_paper(desk, houses):
    record, clerk = houses.issued(AWAY, PAPER), desk("vanthu")
    page = clerk.get(f"{OUT}{record}/?lam=thu-hoi")
    assert ("Chưa có thông báo thu hồi nào được phát hành." in text(page), faults(page)) == (True, [])
    notice = houses.issued(PAPER, kind="TB", subject="thu hồi văn bản ban hành nhầm")
    page = clerk.get(f"{OUT}{record}/?lam=thu-hoi")
    assert "01/TB-UBND thu hồi văn bản ban hành nhầm" in text(page)
    refused = clerk.post(f"{OUT}{record}/thu-hoi", {"notice": "", "reason": "Ban hành nhầm"})
    assert (refused.status_code, [field for field, _words in errors(refused)]) == (422, ["lam-notice"])
    assert "Ban hành nhầm" in refused.content.decode()
    assert clerk.post(f"{OUT}{record}/thu-hoi", {"notice": str(notice), "reason": "Ban hành nhầm"}).status_code == 302
    houses.carry()
    page = clerk.get(f"{OUT}{record}/")
    for words in ("Văn bản đã thu hồi", "Ban hành nhầm", "Bị thu hồi bởi", "Đề nghị thu hồi", "Đã nhận lại bản giấy"):
        assert words in text(page), words
    assert (faults(page), "Soạn văn bản thay thế" in text(page)) == ([], False)
    paper = Request.objects.get(recipient__way="paper")
    assert clerk.post(f"{OUT}{record}/nhan-lai", {"request": str(paper.id)}).status_code == 302
    assert Request.objects.get(id=paper.id).answer == "15"


def test_one_recipient_is_asked_to_give_it_back(desk, houses):
    record, clerk = houses.issued(AWAY), desk("vanthu")
    page = clerk.get(f"{OUT}{record}/?lam=lay-lai")
    assert (THEIRS.name in text(page), faults(page)) == (True, [])
    ((key, _name),) = selectors.may_ask_back(houses.here.clerk, record)
    assert clerk.post(f"{OUT}{record}/lay-lai", {"recipient": key, "reason": "Gửi nhầm"}).status_code == 302
    assert "Đề nghị lấy lại" in text(clerk.get(f"{OUT}{record}/"))


def test_who_does_not_keep_the_books_sets_right_but_does_not_recall(desk, houses):
    record = houses.issued(PAPER)
    said = text(desk("chuyenmon").get(f"{OUT}{record}/?lam=thu-hoi"))
    assert ("Soạn văn bản thay thế" in said, "Thu hồi văn bản" in said) == (True, False)
    assert desk("chuyenmon").post(f"{OUT}{record}/thu-hoi", {"reason": "Nhầm"}).status_code in (403, 422)


def test_a_replacement_is_drafted_from_the_page_of_the_old_one(desk, houses):
    record, official = houses.issued(PAPER), desk("chuyenmon")
    page = official.get(f"{OUT}soan?loai=CV&tu={record}&thay-the={record}")
    assert ("Văn bản này thay thế 01/UBND-KT." in text(page), faults(page)) == (True, [])
    sent = official.post(f"{OUT}soan", fields(**{"thay-the": str(record)}))
    assert sent.status_code == 302
    assert Link.objects.get(relation="replace").target_id == record
    refused = official.post(f"{OUT}soan", fields(kind="QD", addressees="", **{"thay-the": str(record)}))
    assert refused.status_code == 422
    assert "Thay thế, sửa đổi bằng văn bản cùng loại: Công văn." in text(refused)


def asked(houses: Houses):
    houses.exchange.arrive(told_letter())
    houses.carry()
    (row,) = selectors.arrivals(houses.here.clerk)
    services.register_arrived(houses.here.clerk, row.id, Forwarding())
    houses.exchange.arrive(told(report("13", sender=THEIRS, to=OURS.id, description="Gửi nhầm nơi nhận")))
    houses.carry()
    return row.id


def test_the_clerk_answers_from_the_inbox_and_the_page(desk, houses):
    record, clerk = asked(houses), desk("vanthu")
    (item,) = [item for item in work.open_items(record) if item.kind == "answer"]
    inbox = text(clerk.get(f"/lam-viec/?xem={item.id}"))
    assert ("Trả lời đề nghị lấy lại văn bản" in inbox, "Xem và trả lời đề nghị" in inbox) == (True, True)
    page = clerk.get(f"{IN}{record}/")
    for words in ("Đề nghị của nơi gửi", "Đề nghị lấy lại", "Gửi nhầm nơi nhận", "Đồng ý đề nghị"):
        assert words in text(page), words
    assert faults(page) == []
    (one,) = selectors.requests(houses.here.clerk, record)
    refused = clerk.post(f"{IN}{record}/tu-choi-de-nghi", {"request": str(one.id), "reason": " "})
    assert (refused.status_code, [field for field, _words in errors(refused)]) == (422, ["lam-reason"])
    assert clerk.post(f"{IN}{record}/dong-y-de-nghi", {"request": str(one.id)}).status_code == 302
    page = clerk.get(f"{IN}{record}/")
    said = text(page)
    assert ("Văn bản đã bị thu hồi, nội dung đã hủy" in said, "Đồng ý" in said, faults(page)) == (True, True, [])
    assert "rà soát nhà ở" not in said


def test_a_leader_sees_the_request_and_does_not_answer_it(desk, houses):
    record = asked(houses)
    page = text(desk("chutich").get(f"{IN}{record}/"))
    assert ("Đề nghị lấy lại" in page, "Đồng ý đề nghị" in page) == (True, False)
