"""The monitor: queue, errors in words, sending and reading again; as many statements for many rows as for one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.engines.exchange.models import Delivery, Message
from congvu.ground.audit.models import Entry
from tests.engines.exchange.office import set_up, written
from tests.engines.exchange.samples import OURS, THEIRS, letter
from tests.faces.desk.pages import text

pytestmark = pytest.mark.django_db
URL = "/quan-tri/lien-thong"


@pytest.fixture
def office(world):
    return set_up(world)


def fail(office, words: str = "Nơi nhận đang bị khóa trên trục của tỉnh. (mã 23, HTTP 200)") -> Delivery:
    office.send(letter(sender=OURS, to=(THEIRS,)))
    Delivery.objects.update(state="failed", attempts=3, error=words)
    return Delivery.objects.get()


def test_the_queue_says_what_failed_and_why(office, desk):
    fail(office)
    page = text(desk("quantri").get(URL, {"loc": "failed"}))
    for words in ("15/SXD-QLN", "Trục quốc gia", "Không gửi được", "Nơi nhận đang bị khóa", "Gửi lại"):
        assert words in page


def test_sending_again_by_hand(office, desk):
    row, client = fail(office), desk("quantri")
    answer = client.post(f"{URL}/gui-lai/{row.id}", {"ve": f"{URL}?loc=failed"})
    assert (answer.status_code, answer.url) == (302, f"{URL}?loc=failed")
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("queued", 0)
    assert Entry.objects.filter(verb="exchange.resend").count() == 1
    Delivery.objects.update(state="sent", sent_at=row.created_at)
    refused = client.post(f"{URL}/gui-lai/{row.id}")
    assert (refused.status_code, "không cần gửi lại" in text(refused)) == (409, True)


def test_what_came_and_could_not_be_used(office, desk):
    message, client = office.arrive(b"<!DOCTYPE x><edXML/>"), desk("quantri")
    page = text(client.get(URL, {"loc": "faulty"}))
    assert "DOCTYPE" in page
    assert "Đọc lại" in page
    assert client.post(f"{URL}/doc-lai/{message.id}").status_code == 302
    assert Message.objects.get(id=message.id).state == "waiting"


def test_others_do_not_enter(office, desk):
    row = fail(office)
    for login in ("vanthu", "chuyenmon", "chutich"):
        client = desk(login)
        assert client.get(URL).status_code == 403
        assert client.post(f"{URL}/gui-lai/{row.id}").status_code == 403
    row.refresh_from_db()
    assert row.state == "failed"


@pytest.mark.parametrize("tab", ["", "den"])
def test_any_number_of_rows_costs_the_same(office, desk, tab):
    client = desk("quantri")

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(URL, {"loc": tab}).status_code == 200
        return len(seen)

    office.arrive(written())
    statements()
    one = statements()
    for number in range(40):
        office.arrive(written(number=str(number)))
    many = statements()
    assert many == one
    page = text(client.get(URL, {"loc": tab}))
    assert "Xem tiếp" in page


def test_an_unknown_tab_or_cursor_shows_the_queue(office, desk):
    assert desk("quantri").get(URL, {"loc": "gì đó", "sau": "không"}).status_code == 200
