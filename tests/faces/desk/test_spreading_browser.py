"""Documents made known in a real browser: no findings on a screen and on a phone, from the form to the confirmation."""

from __future__ import annotations

import pytest

from congvu.boot.demo import issuers
from congvu.domains.documents import services
from tests.domains.documents.office import Office
from tests.domains.documents.test_spreading import read, spread
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/lam-viec/pho-bien/"


def test_made_known_opened_and_confirmed_with_the_keyboard(office, world):  # noqa: F811
    issuers.load(world.made, communes=2)
    made = Office(world)
    letter = made.register(subject="Quy tắc ứng xử của cán bộ, công chức").record_id
    with office("vanthu", f"/lam-viec/van-ban-den/{letter}/") as page:
        page.click("text=Phổ biến, xác nhận đã đọc")
        page.wait_for_url("**/moi?van-ban=*")
        assert findings(page) == {}
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".cv-errsum")
        page.click(".cv-errsum a")
        assert page.evaluate("document.activeElement.name") == "units"
        assert findings(page) == {}
        page.check("label:has-text('Phòng Văn hóa') input[name=units]")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("text=Đã phổ biến.")
        assert findings(page) == {}
    with office("vanhoa", "/lam-viec/") as page:
        page.click("text=Quy tắc ứng xử")
        page.wait_for_selector("text=Mở văn bản để đọc")
        assert findings(page) == {}
        page.click("text=Mở văn bản để đọc")
        page.wait_for_selector("text=Văn bản phổ biến: hãy đọc và xác nhận")
        assert findings(page) == {}
        page.click("text=Tôi đã đọc và nắm nội dung")
        page.wait_for_selector("text=Đã ghi nhận việc đọc và nắm nội dung.")
        assert findings(page) == {}


def test_the_other_pages_are_clean(office, world):  # noqa: F811
    issuers.load(world.made, communes=2)
    made = Office(world)
    letter = made.register().record_id
    record = spread(made, letter, by=made.clerk, units=(made.unit("vh"), made.unit("kt")))
    read(made.official, record, letter)
    ended = spread(made, None, by=made.clerk, title="Cảnh báo lừa đảo", text="Không đọc mã xác thực cho ai.")
    services.end_dissemination(made.clerk, ended, reason="Đã họp quán triệt")
    pages = ("", "?loc=da-doc", "?loc=da-pho-bien", "?loc=da-ket-thuc", "moi", f"{record}/", f"{record}/?tt=da",
             f"{record}/?lam=them", f"{record}/?lam=ket-thuc", f"{ended}/")  # fmt: skip
    with office("vanthu", HERE) as page:
        top, found = page.url, {}
        for path in pages:
            page.goto(top + path)
            found[path] = findings(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
