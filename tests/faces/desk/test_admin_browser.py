"""The administrator's pages in a real browser: no findings in three themes, nothing sideways at 320 px."""

from __future__ import annotations

import pytest

from congvu.boot.demo import issuers
from congvu.common.actor import SYSTEM
from congvu.domains.procedures import selectors, services
from congvu.engines.forms import services as forms
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "doi-chieu", "doi-chieu?loai=form&phan=khai-sinh", "doi-chieu?loai=calendar", "tham-so", "thu-tuc",
    "thu-tuc/1.004873/", "lich/vn?nam=2027&ngay=2027-02-08", "lich/vn?nam=2026", "don-vi",
    "ban-hanh", "ban-hanh/khai-bao", "ban-hanh/cua/xa-yen-khe",
)  # fmt: skip


def test_every_page_is_clean(office, world):  # noqa: F811
    forms.load_shipped(SYSTEM)
    issuers.load(world.made, communes=1)
    with office("quantri", "/quan-tri/thu-tuc") as page:
        found = {}
        for path in (*PAGES, f"don-vi/{world.made.units['xa-yen-khe']}"):
            page.goto(page.url.split("/quan-tri/")[0] + f"/quan-tri/{path}")
            for summary in page.query_selector_all("details.a-more > summary")[:2]:
                summary.click()
            found[path] = findings(page)
        assert {path: lines for path, lines in found.items() if lines} == {}


def test_an_administrator_sets_a_limit_and_reads_why_a_table_of_steps_is_refused(office, world):  # noqa: F811
    row = next(line for line in services.shipped_rows() if line["code"] == "1.001612")
    services.import_rows(SYSTEM, [row], dry_run=False)
    with office("quantri", "/quan-tri/thu-tuc?loc=blocked") as page:
        page.click("td.d-table__t a")
        page.click("summary:has-text('Đặt thời hạn')")
        page.fill("#p-budget", "3")
        page.select_option("#p-unit", "wd")
        page.fill("#p-basis", "Nghị định 168/2025/NĐ-CP")
        page.click("details[open] button")
        page.wait_for_selector("text=Mẫu bảy bước, chưa có quyết định riêng")
        page.fill("#s3-hours", "nhiều")
        page.click("#cac-buoc button.cv-btn--primary")
        page.wait_for_selector("a[href='#s3-hours']")
        assert findings(page) == {}
        page.fill("#s3-hours", "9,5")
        page.check("[name=s4-drop]")
        page.click("#cac-buoc button.cv-btn--primary")
        page.wait_for_selector("text=Các bước do đơn vị đặt")
    assert len(selectors.procedure("1.001612", world.today).steps) == 6
