"""A birth, from the first search to the rating: citizen and officials in browsers, every process of the house running.

The hours are chosen, the dates worked out by hand. Filed on Sunday 22/11/2026 in the evening, received on Monday 23/11
at 14:50: the same day by 17:00. Papers asked for at 15:10 and sent at 15:30, after 15:00: the clock begins again and
ends the next working day at 17:00. Tuesday 24/11 is a public holiday, so that is Wednesday 25/11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium
from tests.faces.portal.births import ANSWERS
from tests.faces.portal.typing import fill_page
from tests.faces.portal.world import PDF
from tests.faces.whole.house import House, body, running

pytestmark = [pytest.mark.browser]

FILED, RECEIVED, ASKED = "2026-11-22T20:10:00+07:00", "2026-11-23T14:50:00+07:00", "2026-11-23T15:10:00+07:00"
ANSWERED, FINISHED = "2026-11-23T15:30:00+07:00", "2026-11-25T08:30:00+07:00"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
                  "Mobile Safari/537.36",
}  # fmt: skip
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
# On each page one answer is wrong at first, once its last question stands open: that one, the box, what is typed
# into it, what the page says.
WRONG = {
    "nguoi-yeu-cau": ("requester_id_number", "requester_id_issued_on.d", "31", "Ngày cấp"),
    "nguoi-duoc-khai-sinh": ("birth_facility", "child_dob.m", "13", "Ngày, tháng, năm sinh"),
    "cha-me": ("father_address.detail", "father_personal_id", "09909300010", "12 chữ số"),
}


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def house(tmp_path, django_db_setup):
    with running(tmp_path / "house", FILED) as found:
        yield found


@pytest.fixture(scope="module")
def photos(tmp_path_factory) -> list[Path]:
    """Three photos as a phone makes them."""
    from PIL import Image

    folder = tmp_path_factory.mktemp("photos")
    made = [folder / f"{name}.jpg" for name in ("giay chung sinh", "mat sau", "chup lai")]
    for number, path in enumerate(made):
        Image.effect_noise((1500, 1000), 40 + number).convert("RGB").save(path, quality=80)
    return made


@dataclass(frozen=True, slots=True)
class Tools:
    """A browser and the house it looks at."""

    browser: Any
    house: House

    @contextmanager
    def device(self, kind: dict[str, Any]) -> Iterator[Any]:
        """A page on a device that nobody has used; script errors and missing resources fail."""
        context = self.browser.new_context(**kind, locale="vi-VN", accept_downloads=True, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if _bad(answer) else None)
        try:
            yield page
        finally:
            context.close()
        assert wrong == []

    @contextmanager
    def official(self, login: str, hour: str, path: str = "/lam-viec/") -> Iterator[Any]:
        """The desk as this official sees it at this hour, signed in by the sign-in page."""
        self.house.go_to(hour)
        with self.device(DESKTOP) as page:
            page.goto(self.house.url + path)
            page.fill("[name=login]", login)
            page.fill("[name=password]", "binh-lam-2026")
            page.keyboard.press("Enter")
            page.wait_for_url(f"{self.house.url}{path}*")
            yield page


def _bad(answer: Any) -> bool:
    """A form that is refused is a page of its own."""
    return answer.status >= 400 and answer.status != 422


def sign_in(page: Any, name: str = "Nguyễn Thị Thu Hường") -> None:
    """From our page through the identity provider's two pages and back."""
    ours = page.url.partition("/dang-nhap")[0]
    page.click("main button:has-text('Đăng nhập bằng VNeID')")
    page.wait_for_url(lambda url: not url.startswith(ours))
    page.click(f"button:has-text('{name}, Thôn Đông')")
    page.click("button[value=grant]")
    page.wait_for_url(lambda url: url.startswith(ours))


def typed(page: Any) -> dict[str, str]:
    """What stands in every open box, as the person typed it or as the page tidied it."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('main [name]')].filter(box => box.type !== 'hidden'
          && box.type !== 'file' && box.tagName !== 'BUTTON' && !(box.type === 'radio' && !box.checked))
          .map(box => [box.name, box.type === 'checkbox' ? String(box.checked) : box.value])"""
    )
    return {name: re.sub(r"\b0+(?=\d)", "", "".join(value.split())).casefold() for name, value in found}


def go_on(page: Any) -> None:
    page.click("main button:has-text('Tiếp tục')")
    page.wait_for_load_state()


def wrong_first(page: Any, key: str) -> None:
    """One wrong answer: named at its box and in the summary, every other answer still there; then put right."""
    _last, name, wrong, words = WRONG[key]
    box = page.locator(f'main [name="{name}"]')
    right = box.input_value()
    box.fill(wrong)
    before = typed(page)
    go_on(page)
    page.wait_for_selector(".cv-errsum")
    assert page.title().startswith("Lỗi:")
    assert words.casefold() in page.inner_text(".cv-errsum").casefold()
    assert page.locator(".cv-errsum li").count() == 1
    page.click(".cv-errsum li a")
    assert page.evaluate("document.activeElement.name") in (name, f"{name.rpartition('.')[0]}.d")
    assert {k: v for k, v in typed(page).items() if k in before} == before
    page.fill(f'main [name="{name}"]', right)


def declare(page: Any, photos: list[Path]) -> None:
    """Every page of the declaration, each but the last two wrong at first."""
    tried: set[str] = set()
    for _turn in range(15):
        key = page.url.rpartition("/")[2].partition("?")[0]
        if key == "kiem-tra":
            assert tried == set(WRONG)
            return
        fill_page(page, *photos[:2])
        if key in WRONG and page.locator(f'main [name="{WRONG[key][0]}"]').count():
            tried.add(key)
            wrong_first(page, key)
        go_on(page)
    raise AssertionError(f"the declaration does not end: {page.url}")


def file_birth(tools: Tools, device: dict[str, Any], photos: list[Path]) -> str:
    """Search, sign in on the way, declare, check, send; the link of the dossier."""
    with tools.device(device) as page:
        page.goto(tools.house.url)
        page.fill("#q", "khai sinh")
        page.press("#q", "Enter")
        page.click("main a[href='/thu-tuc/1.001193']")
        page.locator("a:visible", has_text="Nộp hồ sơ trực tuyến").last.click()
        page.wait_for_url("**/dang-nhap?*")
        sign_in(page)
        assert page.url == f"{tools.house.url}/thu-tuc/1.001193/nop"
        page.select_option("#authority", str(tools.house.told["commune"]))
        page.click("text=Bắt đầu")
        page.wait_for_url("**/nguoi-yeu-cau*")
        declare(page, photos)
        check = page.inner_text("main")
        for words in ("LÊ NGUYỄN AN NHIÊN", "05/11/2026", "LÊ QUANG VINH", ANSWERS["birth_facility"], "NGUYỄN THỊ THU"):
            assert words in check
        assert "giay chung sinh.jpg, mat sau.jpg" in check
        page.click("main button:has-text('Gửi hồ sơ')")
        page.wait_for_url("**/da-gui")
        assert re.search(r"\bDV-261122-\d{7}\b", page.inner_text("main"))
        assert "20:1" in page.inner_text("main")
        return page.url.removesuffix("/da-gui")


def arrive(page: Any, words: str) -> None:
    page.wait_for_selector(words)
    page.wait_for_load_state()


def open_first(page: Any) -> None:
    """The first of the waiting items, opened as a page of its own."""
    page.click(".d-item__t")
    arrive(page, ".d-act")


def receive(tools: Tools) -> str:
    """The clerk receives what came online; its code is of today, not of the day of filing."""
    with tools.official("motcua", RECEIVED, "/lam-viec/ho-so/truc-tuyen-moi") as page:
        page.click("main a:has-text('Đăng ký khai sinh')")
        arrive(page, "main button:has-text('Tiếp nhận')")
        page.keyboard.press("e")
        arrive(page, "text=Đã tiếp nhận hồ sơ.")
        words = page.inner_text("main")
        assert "H99.101-261123-0001" in words
        assert "17:00" in words
        return page.url.partition("?")[0].removeprefix(tools.house.url)


def press(page: Any, key: str, words: str) -> None:
    """An act by its key, and what the page says when it is done."""
    arrive(page, f"main [data-key={key}]")
    page.keyboard.press(key)
    arrive(page, f"text={words}")


def ask_for_supplement(tools: Tools) -> None:
    """The head passes the work on; the specialist asks for a better photo. The legal clock stands still."""
    with tools.official("chanhvp", ASKED) as page:
        open_first(page)
        press(page, "e", "Đã chuyển bước tiếp theo.")
    with tools.official("hotich", ASKED) as page:
        open_first(page)
        page.keyboard.press("b")
        arrive(page, "#lam-items")
        page.fill("#lam-items", "Ảnh giấy chứng sinh chụp lại cho rõ mặt sau")
        page.fill("#lam-reason", "Mặt sau bị lóa, chưa đọc được số.")
        page.keyboard.press("Control+Enter")
        arrive(page, "text=Đã gửi yêu cầu bổ sung.")


def answer_on_another_device(tools: Tools, link: str, device: dict[str, Any], photo: Path) -> None:
    """From the mail to the public page, through the sign-in to the whole dossier; the clock begins again."""
    asked = tools.house.mail.wait("huong@nguoidan.example", "Ảnh giấy chứng sinh chụp lại")
    assert re.findall(r"http://\S+/h/[\w-]+", body(asked))[0] == link
    tools.house.go_to(ANSWERED)
    with tools.device(device) as page:
        page.goto(link)
        assert "Hường" not in page.inner_text("main")
        page.click("main a:has-text('Đăng nhập')")
        sign_in(page)
        assert page.url == link
        assert "Mặt sau bị lóa, chưa đọc được số." in page.inner_text("#bo-sung")
        page.click("#bo-sung a:has-text('Gửi bổ sung')")
        page.click("main button:has-text('Gửi bổ sung')")
        page.wait_for_selector(".cv-errsum")
        page.locator('main input[type="file"]').last.set_input_files(str(photo))
        page.click("main button:has-text('Gửi bổ sung')")
        page.wait_for_url(link)
        words = page.inner_text("main")
        assert "Đã gửi bổ sung" in words
        assert re.search(r"17:00[^\n]*(thứ Tư|Thứ Tư)", words)


def finish(tools: Tools, path: str, result: Path) -> None:
    """Appraise, review, sign in the chair's absence, issue with the ministry's number and file, hand over."""
    for login, done in (("hotich", "Đã chuyển bước tiếp theo."), ("chanhvp", "Đã phê duyệt.")):
        with tools.official(login, FINISHED, path) as page:
            press(page, "e", done)
    with tools.official("phochutich", FINISHED) as page:
        page.click("#cv-posts summary")
        page.click("#cv-posts >> text=thay Lương Trọng Hùng")
        open_first(page)
        press(page, "e", "Đã phê duyệt.")
    with tools.official("vanthu", FINISHED, path) as page:
        arrive(page, "main [data-key=e]")
        page.keyboard.press("e")
        arrive(page, "#lam-number")
        page.click("#lam button")
        arrive(page, ".cv-errsum")
        page.fill("#lam-number", "218/2026")
        page.set_input_files("#lam-file", str(result))
        page.keyboard.press("Control+Enter")
        arrive(page, "text=Đã ban hành kết quả.")
        # No scanner on this machine: who issues by name has answered for the file, no second screen asks again.
        assert page.locator("main a:has-text('Xem và xác nhận tệp')").count() == 0
    with tools.official("motcua", FINISHED, path) as page:
        arrive(page, "main [data-key=e]")
        page.keyboard.press("e")
        page.click("#lam button")
        arrive(page, "text=Đã trả kết quả.")
        assert "218/2026" in page.inner_text("main")


def fetch_and_rate(tools: Tools, link: str, device: dict[str, Any]) -> None:
    """The result is the very file that was issued; the rating needs the link alone, and counts once."""
    with tools.device(device) as page:
        page.goto(link)
        page.click("main a:has-text('Đăng nhập')")
        sign_in(page)
        words = page.inner_text("main")
        assert "218/2026" in words
        assert "Nhận bản điện tử" in words
        address = page.locator("section:has(h2:text-is('Kết quả')) a")
        answer = page.request.get(tools.house.url + address.get_attribute("href"))
        assert (answer.status, answer.body()) == (200, PDF)
    asked = tools.house.mail.wait("huong@nguoidan.example", "ánh giá")
    with tools.device(device) as page:
        page.goto(f"{re.findall(r'http://[^ ]+/h/[A-Za-z0-9_-]+', body(asked))[0]}/danh-gia")
        page.locator(".cv-faces label").nth(4).click()
        page.click("text=Gửi đánh giá")
        page.wait_for_selector("text=Cảm ơn ông/bà")
    assert tools.house.rows("SELECT score FROM dossiers_rating") == [(5,)]


@pytest.mark.parametrize(("first", "second"), [(PHONE, DESKTOP), (DESKTOP, PHONE)], ids=["phone", "desktop"])
def test_a_birth_from_the_search_to_the_rating(browser, house, photos, tmp_path, first, second):
    result = tmp_path / "giay-khai-sinh.pdf"
    result.write_bytes(PDF)
    tools = Tools(browser, house)
    link = file_birth(tools, first, photos)
    path = receive(tools)
    received = house.mail.wait("huong@nguoidan.example", "H99.101-261123-0001")
    assert "17:00" in body(received)
    ask_for_supplement(tools)
    answer_on_another_device(tools, link, second, photos[2])
    finish(tools, path, result)
    fetch_and_rate(tools, link, first)
