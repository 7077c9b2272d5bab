"""A document in a real browser: registered, directed, handled, answered, signed twice, issued, acknowledged."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from congvu.domains.documents import selectors
from congvu.engines.exchange.models import Message
from congvu.ground.events.services import deliver_pending
from congvu.ground.files import services as files
from tests.browser import chromium
from tests.domains.documents.conftest import signing_office  # noqa: F401
from tests.engines.exchange.office import set_up, written
from tests.engines.exchange.office import told as status
from tests.engines.exchange.samples import OURS, THEIRS, report
from tests.engines.signing.conftest import clock, pki  # noqa: F401
from tests.engines.signing.pki import PIN
from tests.faces.desk.test_journeys import arrive, findings
from tests.faces.desk.test_signing_browser import in_a_thread, run_jobs
from tests.world import small_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def world(fresh_database):
    with small_world() as made:
        yield made


@dataclass
class Hands:
    """Somebody at a page; every click, key and choice is counted, typed characters are not."""

    page: Any
    actions: int = 0

    def click(self, selector: str) -> None:
        self.actions += 1
        self.page.click(selector)

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def choose(self, selector: str, label: str) -> None:
        self.actions += 1
        value = self.page.locator(f"{selector} option", has_text=label).first.get_attribute("value")
        self.page.select_option(selector, value)

    def type(self, selector: str, words: str) -> None:
        self.page.fill(selector, words)


@pytest.fixture
def at(browser, live_server, signing_office, desk, clock):  # noqa: F811
    """``with at("vanthu", "/lam-viec/") as hands``: this official at this page; a minute passes with each."""

    @contextmanager
    def sit(login: str, path: str):
        clock.shift(60)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        cookie = desk(login).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        try:
            page.goto(live_server.url + path)
            yield Hands(page)
        finally:
            context.close()
        assert wrong == []

    return sit


def settle() -> None:
    while deliver_pending():
        pass


def told_sender() -> list[str]:
    settle()
    sent = Message.objects.filter(outgoing=True, kind="status").order_by("id")
    return sorted(message.status for message in sent)


def test_a_document_goes_its_whole_way(at, signing_office):  # noqa: F811
    office = signing_office
    exchange = set_up(office.world)
    exchange.arrive(written())
    settle()
    (arrival,) = selectors.arrivals(office.clerk)
    there = f"/lam-viec/van-ban-den/{arrival.id}/"
    _registered_in_four_actions(at, there)
    assert told_sender() == ["01", "03"]
    _directed_by_the_chair(at)
    assert told_sender() == ["01", "03", "04"]
    _begun_by_the_head(at, there)
    assert told_sender() == ["01", "03", "04", "05"]
    answer = _answered(at, there)
    _approved(at, answer)
    _signed_and_issued(at, answer)
    settle()
    (sent,) = Message.objects.filter(outgoing=True, kind="document")
    view = selectors.outgoing(office.clerk, answer)
    assert (view.row.code, sent.document_id) == ("01/UBND-KT", f"{OURS.id},2026/11/19,01/UBND-KT")
    assert [link.record_id for link in view.links] == [arrival.id]
    _both_signatures_hold(office, view)
    for code in ("01", "03"):
        about = {"document_id": sent.document_id, "code": view.row.code, "sender": THEIRS, "to": OURS.id}
        exchange.arrive(status(report(code, description="Đã vào sổ số 88", **about)))
    settle()
    with at("vanthu", f"/lam-viec/van-ban-di/{answer}/") as hands:
        assert "Đã vào sổ số 88" in hands.page.inner_text("main")
        assert findings(hands.page) == {}
    with at("truongphong", there) as hands:
        hands.click("a:has-text('Hoàn thành xử lý') >> nth=0")
        arrive(hands.page, "#lam-result")
        hands.type("#lam-result", "Đã trả lời bằng Công văn số 01/UBND-KT")
        hands.press("Control+Enter")
        arrive(hands.page, "text=Đã xử lý xong")
    assert told_sender() == ["01", "03", "04", "05", "06"]


def _registered_in_four_actions(at, there: str) -> None:
    """DESIGN 9, row 5: one screen, at most four actions from the list to the next document."""
    with at("vanthu", "/lam-viec/van-ban-den/") as hands:
        assert findings(hands.page) == {}
        hands.click(f"a[href='{there}']")
        arrive(hands.page, "text=Số đến dự kiến")
        assert findings(hands.page) == {}
        hands.press("e")
        arrive(hands.page, "text=số đến 1")
        assert hands.actions <= 4


def _directed_by_the_chair(at) -> None:
    with at("chutich", "/lam-viec/") as hands:
        hands.click(".d-item a >> nth=0")
        arrive(hands.page, "#lam-to-0")
        hands.choose("#lam-to-0", "Phòng Kinh tế")
        hands.choose("#lam-term-0", "5 ngày")
        hands.press("Escape")
        hands.click("button:has-text('Chuyển xử lý')")
        arrive(hands.page, "text=Đã chuyển xử lý")
        assert hands.actions <= 6


def _begun_by_the_head(at, there: str) -> None:
    with at("truongphong", there) as hands:
        hands.click("button:has-text('Bắt đầu xử lý')")
        arrive(hands.page, "text=Đã bắt đầu xử lý")
        assert findings(hands.page) == {}


def _answered(at, there: str) -> UUID:
    with at("truongphong", there) as hands:
        hands.click("a:has-text('Soạn văn bản trả lời')")
        arrive(hands.page, "#lam-text")
        assert hands.page.input_value("#lam-addressees") == THEIRS.name
        assert findings(hands.page) == {}
        hands.type("#lam-text", "Ủy ban nhân dân xã Yên Khê đã rà soát, báo cáo như sau:\n1. Số nhà đã cấp phép: 12")
        hands.press("Control+Enter")
        arrive(hands.page, "text=Đã lưu dự thảo")
        assert findings(hands.page) == {}
        answer = UUID(hands.page.url.rstrip("/").rpartition("/")[2])
        hands.click("form[action$='/trinh'] button")
        arrive(hands.page, "text=Đã trình dự thảo")
    return answer


def _approved(at, answer) -> None:
    for login in ("truongphong", "chanhvp"):
        with at(login, f"/lam-viec/van-ban-di/{answer}/") as hands:
            hands.press("e")
            arrive(hands.page, "text=Đã ký nháy")


def _signed_and_issued(at, answer) -> None:
    with at("chutich", f"/lam-viec/van-ban-di/{answer}/") as hands:
        assert findings(hands.page) == {}
        hands.click("#lam label:has-text('có hiệu lực') >> nth=0")
        hands.type("#lam-pin", "0000")
        hands.press("Enter")
        arrive(hands.page, ".cv-errsum")
        hands.type("#lam-pin", PIN)
        hands.press("Enter")
        arrive(hands.page, "text=Đã ký. Văn bản chuyển văn thư")
        assert findings(hands.page) == {}
        in_a_thread(run_jobs)
        arrive(hands.page, "text=Đã ký. Văn bản đã chuyển văn thư cấp số, phát hành.")
    with at("vanthu", f"/lam-viec/van-ban-di/{answer}/") as hands:
        assert THEIRS.name in hands.page.input_value("#lam-exchange-0")
        assert findings(hands.page) == {}
        hands.type("#lam-pin", PIN)
        hands.press("Enter")
        arrive(hands.page, "text=Văn bản được gửi đến nơi nhận khi xong.")
        assert findings(hands.page) == {}
        in_a_thread(run_jobs)
        arrive(hands.page, "text=Đã phát hành 01/UBND-KT đến 1 nơi nhận")


def _both_signatures_hold(office, view) -> None:
    """As two independent readers see them."""
    original = files.open_file(office.clerk, view.original).path
    made = subprocess.run(["pdfsig", "-nocert", str(original)], capture_output=True, text=True, check=False)
    assert made.stdout.count("Signature is Valid.") == 2
