"""The gallery in a browser: every theme and width, without findings and without sideways scroll."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.browser import axe, chromium, opened, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

THEMES = ("light", "dark", "contrast")
PAGES = ("/gallery", "/gallery/desk")


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def site(live_server):
    with override_settings(DEMO=True):
        yield live_server.url


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(browser, site, address, theme):
    found = {}
    for width in (1440, 390, 320):
        with opened(browser, site + address, width=width, reader=f"theme:{theme}") as page:
            found[width] = axe(page)
    assert found == {1440: [], 390: [], 320: []}


@pytest.mark.parametrize("address", PAGES)
def test_nothing_scrolls_sideways(browser, site, address):
    views = [(320, ""), (390, "fs:xl|lh:wider"), (390, "fs:xl|lh:wider|font:serif"), (768, ""), (1024, ""), (1280, "")]
    found = {}
    for width, reader in views:
        with opened(browser, site + address, width=width, reader=reader) as page:
            found[width, reader] = sideways(page)
    assert found == {view: [] for view in views}


def test_reader_controls_change_the_page_and_are_kept(browser, site):
    with opened(browser, f"{site}/gallery") as page:
        page.click("text=Trợ năng")
        page.click("button[data-set='theme:contrast']")
        assert page.get_attribute("html", "data-theme") == "contrast"
        page.reload()
        assert page.get_attribute("html", "data-theme") == "contrast"


def test_reader_controls_work_without_script(browser, site):
    with opened(browser, f"{site}/gallery", script=False) as page:
        page.click("text=Trợ năng")
        page.click("button[data-set='fs:xl']")
        page.wait_for_url("**/gallery")
        assert page.get_attribute("html", "data-fs") == "xl"


def test_list_keys_palette_and_focus(browser, site):
    with opened(browser, f"{site}/gallery/desk") as page:
        page.keyboard.press("g")
        page.keyboard.press("u")
        assert page.evaluate("document.getElementById('cv-posts').open") is True
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.textContent") == "Cấp bản sao trích lục hộ tịch, số 2"
        page.keyboard.press("x")
        assert page.is_checked("[data-item].is-current input")
        page.keyboard.press("Control+k")
        assert page.evaluate("document.getElementById('cmd').open") is True
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert page.evaluate("document.getElementById('cv-keys').open") is True


def test_deadline_chip_explains_itself_without_script(browser, site):
    with opened(browser, f"{site}/gallery", script=False) as page:
        page.click("#han details.cv-duex >> nth=1")
        assert page.is_visible("text=Hạn 17:00 thứ Năm 19/11/2026. >> visible=true")


def test_error_summary_takes_focus(browser, site):
    with opened(browser, f"{site}/gallery") as page:
        assert page.evaluate("document.activeElement.className") == "cv-errsum"


@pytest.mark.parametrize("address", [*PAGES, "/khong-co"])
def test_opened_menus_stay_in_the_window_of_a_phone(browser, site, address):
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(site + address)
    seen = 0
    for summary in page.query_selector_all("header summary, aside summary"):
        if not summary.is_visible():
            continue
        summary.click()
        box = summary.evaluate(
            "s => { const b = s.nextElementSibling.getBoundingClientRect(); return [b.left, b.right, b.width]; }"
        )
        assert (box[0] >= 0, box[1] <= 320, box[2] > 0) == (True, True, True), summary.inner_text()
        summary.click()
        seen += 1
    context.close()
    assert seen >= 1
