"""The leader signs with a device in the own machine: the page's script and a tool that listens there."""

from __future__ import annotations

import pytest

from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing
from congvu.engines.signing.models import BatchItem, Certificate
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.engines.signing.local_tool import running
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401
from tests.faces.desk.test_signing import waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/lam-viec/cho-ky/"
TOLD = "[data-told]:not([hidden])"
SIGN = "[data-start]:not([disabled])"


@pytest.fixture
def house(signing_office):  # noqa: F811
    Certificate.objects.update(provider="helper")
    Certificate.objects.filter(content=signing_office.pki.revoked.der).update(state="revoked")
    for record in waiting(signing_office, 3):
        services.mark_read(signing_office.chair, record, n=1)
    return signing_office


def to_the_tool(page) -> None:
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("dialog[open]")
    page.click("dialog[open] button:has-text('Ký 3 văn bản đã xem')")
    page.wait_for_url("**/may-ky")


def told(page, words: str) -> None:
    page.wait_for_selector(f"{TOLD} >> text={words}")
    page.wait_for_selector(SIGN)


def test_a_device_pulled_out_leaves_the_rest_and_signing_goes_on(office, house):  # noqa: F811
    with running(house.pki.chair) as tool, office("chutich", LIST) as page:
        to_the_tool(page)
        assert findings(page) == {}
        tool.pull_after = 1
        page.click(SIGN)
        told(page, "Không tìm thấy thiết bị token")
        assert "Các văn bản còn lại chưa ký." in page.inner_text(TOLD)
        assert findings(page) == {}
        assert sorted(BatchItem.objects.values_list("state", flat=True)) == ["signed", "waiting", "waiting"]
        assert Outgoing.objects.exclude(original=None).count() == 1
        tool.pull_after = None
        page.click(SIGN)
        page.wait_for_selector("text=3 văn bản đã ký")
    assert Outgoing.objects.exclude(original=None).count() == 3
    assert selectors.to_sign(house.chair) == ()
    assert [asked["DocNumber"] for asked in tool.asked] == [""] * 4


def test_every_way_it_may_fail_is_told_and_nothing_is_signed(office, house):  # noqa: F811
    with running(house.pki.chair) as tool, office("chutich", LIST, width=390) as page:
        page.goto(page.url + "ky")
        page.click("button:has-text('Ký 3 văn bản đã xem')")
        page.wait_for_url("**/may-ky")
        tool.cancelled = True
        page.click(SIGN)
        told(page, "Người dùng hủy bỏ")
        tool.cancelled, tool.made = False, house.pki.ending
        page.click(SIGN)
        told(page, "không phải chứng thư đã chọn")
        tool.made, tool.spoil = house.pki.chair, lambda original, _signed: original
        page.click(SIGN)
        told(page, "không phải văn bản đã gửi đi ký")
        tool.spoil, tool.hangs_up = None, True
        page.click(SIGN)
        told(page, "đã đóng giữa chừng")
        tool.hangs_up, tool.silent = False, True
        page.evaluate("document.getElementById('may-ky').dataset.patience = '1'")
        page.click(SIGN)
        told(page, "không trả lời")
        tool.close()
        page.click(SIGN)
        told(page, "Không kết nối được công cụ ký số trên máy này")
        assert findings(page) == {}
    assert set(BatchItem.objects.values_list("state", flat=True)) == {"waiting"}
    assert not Outgoing.objects.exclude(original=None).exists()
