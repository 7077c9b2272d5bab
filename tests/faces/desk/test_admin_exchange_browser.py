"""The monitor of the exchange in a real browser: no findings, and sending again by a click."""

from __future__ import annotations

import pytest

from congvu.engines.exchange.models import Delivery, Partner
from tests.engines.exchange.office import set_up, written
from tests.engines.exchange.samples import OURS, THEIRS, letter
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_monitor_is_clean_and_sends_again(office, world):  # noqa: F811
    made = set_up(world)
    made.send(letter(sender=OURS, to=(THEIRS,), subject="V/v phối hợp rà soát, thống kê nhà ở của hộ nghèo " * 3))
    Delivery.objects.update(state="failed", attempts=3, error="Nơi nhận đang bị khóa trên trục của tỉnh. (mã 23)")
    made.arrive(b"<!DOCTYPE x><edXML/>")
    made.arrive(written())
    Partner.objects.update(error="Trục liên thông đang lỗi (HTTP 503).")
    with office("quantri", "/quan-tri/lien-thong") as page:
        found = {}
        for tab in ("", "failed", "queued", "den", "faulty"):
            page.goto(page.url.split("/quan-tri/")[0] + f"/quan-tri/lien-thong?loc={tab}")
            found[tab] = findings(page)
        assert {tab: lines for tab, lines in found.items() if lines} == {}
        page.goto(page.url.split("/quan-tri/")[0] + "/quan-tri/lien-thong?loc=failed")
        page.click("button:has-text('Gửi lại')")
        page.wait_for_selector("text=Đã xếp hàng gửi lại.")
    assert Delivery.objects.filter(state="queued").count() == 2
