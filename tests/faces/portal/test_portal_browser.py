"""The portal in a browser: a birth filed on a phone, a supplement from another device, axe on filled pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser import axe, opened, sideways
from tests.faces.portal.typing import fill_page

pytestmark = [pytest.mark.browser]

THEMES = ("light", "dark", "contrast")
SHOTS = os.environ.get("CONGVU_SHOTS", "")


@pytest.fixture(scope="module")
def photo(tmp_path_factory) -> Path:
    """A photo as a phone makes it: 3000 by 2000, some hundred kilobytes."""
    from PIL import Image

    path = tmp_path_factory.mktemp("photo") / "giay chung sinh.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(path, quality=88)
    return path


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_filled_pages(browser, site, theme):
    told = site.told
    public = {
        "home": "/", "list": "/thu-tuc", "search": "/thu-tuc?q=giay+doc+than", "none": "/thu-tuc?q=zzqx",
        "event": "/viec/sinh-con", "procedure": f"/thu-tuc/{told['birth']}", "lookup": f"/ho-so?ma={told['code']}",
        "lookup-none": "/ho-so?ma=sai", "public": f"/h/{told['running']}", "rate": f"/h/{told['done']}/danh-gia",
    }  # fmt: skip
    own = {
        "start": f"/thu-tuc/{told['birth']}/nop", "mine": "/ho-so", "drafts": "/ho-so/dang-ke-khai",
        "running": f"/h/{told['running']}", "asked": f"/h/{told['asked']}", "result": f"/h/{told['done']}",
        "supplement": f"/h/{told['asked']}/bo-sung", "withdraw": f"/h/{told['running']}/rut",
    }  # fmt: skip
    found: dict[str, list[str]] = {}
    for width in (1440, 390):
        for name, address in {**public, **own}.items():
            cookie = site.cookie("mother") if name in own else None
            with visited(browser, site.url + address, width, theme, cookie) as page:
                shot(page, f"{name}-{width}-{theme}")
                if lines := axe(page):
                    found[f"{name} {width}"] = lines
    assert found == {}


def visited(browser: Any, address: str, width: int, theme: str, cookie: Any, reader: str = "") -> Any:
    from contextlib import contextmanager

    @contextmanager
    def visit():
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "congvu_reader", "value": reader or f"theme:{theme}", "url": address}])
        if cookie:
            context.add_cookies([cookie])
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
        page.goto(address)
        try:
            yield page
        finally:
            context.close()
        assert [line for line in wrong if "status of 4" not in line] == []

    return visit()


def test_nothing_scrolls_sideways(browser, site):
    told = site.told
    addresses = {
        "/": False, "/thu-tuc": False, f"/thu-tuc/{told['birth']}": False, f"/h/{told['done']}/danh-gia": False,
        f"/ho-so?ma={told['code']}": False, f"/h/{told['running']}": False, "/ho-so": True,
        f"/h/{told['asked']}": True, f"/h/{told['asked']}/bo-sung": True, f"/thu-tuc/{told['birth']}/nop": True,
    }  # fmt: skip
    found = {}
    for width, reader in ((320, "theme:light"), (390, "fs:xl|lh:wider"), (768, "theme:light"), (1024, "theme:light")):
        for address, signed in addresses.items():
            cookie = site.cookie("mother") if signed else None
            with visited(browser, site.url + address, width, "light", cookie, reader) as page:
                if lines := sideways(page):
                    found[f"{address} {width}"] = lines
    assert found == {}


def test_home_weighs_under_100_kilobytes(browser, site):
    """Everything a first visit loads, as compressed as a server may send it."""
    import gzip

    with opened(browser, "about:blank", width=390) as page:
        bodies: list[tuple[str, int]] = []

        def weigh(response: Any) -> None:
            body = response.body()
            packed = body if response.url.endswith(".woff2") else gzip.compress(body, 6)
            bodies.append((response.url, len(packed)))

        page.on("response", weigh)
        page.goto(site.url + "/", wait_until="networkidle")
    assert sum(size for _url, size in bodies) < 100_000, bodies


def test_rating_weighs_under_40_kilobytes(browser, site):
    import gzip

    with opened(browser, "about:blank", width=390) as page:
        sizes: list[int] = []
        page.on("response", lambda response: sizes.append(len(gzip.compress(response.body(), 6))))
        page.goto(f"{site.url}/h/{site.told['done']}/danh-gia", wait_until="networkidle")
    assert sum(sizes) < 40_000


def test_suggestions_appear_under_the_search_box(browser, site):
    with opened(browser, site.url + "/", width=390) as page:
        page.fill("#q", "giay doc than")
        page.wait_for_selector("#goi-y a")
        assert "tình trạng hôn nhân" in page.inner_text("#goi-y")
        shot(page, "suggestions-390")
        page.click("#goi-y a")
        assert page.url.endswith("/thu-tuc/1.004873")


def test_a_mother_files_a_birth_on_her_phone(browser, site, photo):
    findings: dict[str, list[str]] = {}
    with visited(browser, f"{site.url}/thu-tuc/{site.told['birth']}", 390, "light", site.cookie("mother")) as page:
        page.locator("a:visible", has_text="Nộp hồ sơ trực tuyến").last.click()
        page.select_option("#authority", str(site.told["commune"]))
        page.click("text=Bắt đầu")
        page.click("main button:has-text('Tiếp tục')")
        page.wait_for_selector(".cv-errsum")
        assert page.title().startswith("Lỗi:")
        assert page.evaluate("document.activeElement.className") == "cv-errsum"
        findings["errors"] = axe(page)
        shot(page, "wizard-errors-390")
        for step in range(20):
            if page.url.endswith("/kiem-tra"):
                break
            fill_page(page, photo)
            # At the end of the page the bar of buttons lies over nothing; elsewhere it hides whatever scrolls under it.
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            findings[f"step {step}"] = axe(page) + sideways(page)
            shot(page, f"wizard-{step:02}-390")
            page.click("main button:has-text('Tiếp tục')")
            page.wait_for_load_state()
        assert page.url.endswith("/kiem-tra")
        assert "giay chung sinh" in page.inner_text("main")
        findings["check"] = axe(page) + sideways(page)
        shot(page, "check-390")
        page.click("main button:has-text('Gửi hồ sơ')")
        page.wait_for_url("**/da-gui")
        findings["sent"] = axe(page) + sideways(page)
        shot(page, "sent-390")
        sent = page.url
        page.go_back()
        page.goto(sent.replace("/da-gui", ""))
        assert "Chờ tiếp nhận" in page.inner_text("main")
        findings["submitted"] = axe(page)
        shot(page, "submitted-390")
    assert {name: lines for name, lines in findings.items() if lines} == {}


def test_a_supplement_is_answered_on_another_device(browser, site, photo):
    address = f"{site.url}/h/{site.told['asked']}"
    with visited(browser, address, 1440, "light", site.cookie("mother_again")) as page:
        page.click("main a:has-text('Gửi bổ sung')")
        page.click("main button:has-text('Gửi bổ sung')")
        page.wait_for_selector(".cv-errsum")
        for upload in page.locator('main input[type="file"]').all():
            upload.set_input_files(str(photo))
        page.click("main button:has-text('Gửi bổ sung')")
        page.wait_for_url(address)
        assert "Đã gửi bổ sung" in page.inner_text("main")
        assert "Đang xử lý" in page.inner_text("main")
        shot(page, "answered-1440")


def test_rating_takes_two_taps_and_asks_the_dissatisfied_why(browser, site):
    with opened(browser, f"{site.url}/h/{site.told['rated']}/danh-gia", width=390) as page:
        assert not page.locator("text=Chờ lâu").is_visible()
        page.locator(".cv-faces label").nth(0).click()
        assert page.locator("text=Chờ lâu").is_visible()
        assert axe(page) == []
        shot(page, "rate-poor-390")
        page.locator(".cv-faces label").nth(4).click()
        page.click("text=Gửi đánh giá")
        page.wait_for_selector("text=Cảm ơn ông/bà")
        shot(page, "rated-390")


def test_the_way_works_without_script(browser, site):
    with opened(browser, f"{site.url}/thu-tuc", width=390, script=False) as page:
        page.fill("#q", "giay doc than")
        page.press("#q", "Enter")
        assert "/thu-tuc/1.004873" in page.content()
        page.goto(f"{site.url}/ho-so")
        page.fill("#ma", site.told["code"])
        page.press("#ma", "Enter")
        assert "Đang xử lý" in page.inner_text("main")
