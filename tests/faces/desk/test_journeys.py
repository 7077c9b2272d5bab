"""Official people at work in a real browser, from the first click to the paper in the citizen's hand."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager

import pytest

from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.models import Dossier
from congvu.domains.dossiers.types import PaperLine
from congvu.ground.files import services as files
from tests.browser import axe, chromium, sideways
from tests.faces.desk.test_dossier_page import pdf
from tests.world import small_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/lam-viec/ho-so/"


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def world(fresh_database):
    with small_world() as made:
        yield made


@pytest.fixture
def office(browser, live_server, world, desk):
    """``with office("motcua", "/lam-viec/") as page``: this official at this page, script errors collected."""

    @contextmanager
    def at(login, path, position=None, width=1440):
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        cookie = desk(login, position).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        try:
            page.goto(live_server.url + path)
            yield page
        finally:
            context.close()
        assert wrong == []

    return at


def findings(page) -> dict:
    """What axe says in each theme at two widths, and what sticks out at 320 px, for the page as it stands."""
    found = {}
    for theme in ("light", "dark", "contrast"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found[theme, width] = axe(page)
    page.set_viewport_size({"width": 320, "height": 900})
    found["sideways", 320] = sideways(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    return {key: value for key, value in found.items() if value}


def arrive(page, selector: str) -> None:
    """Wait for the page that has this, with its script at work: keys pressed earlier would be lost."""
    page.wait_for_selector(selector)
    page.wait_for_load_state()


def words_of(content: bytes) -> str:
    made = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(made.stdout.decode().split())


def test_a_clerk_receives_with_errors_first_and_prints_the_receipt(browser, live_server, world):
    world.take_in("2.000908")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live_server.url}/lam-viec/mot-cua/tiep-nhan")
    page.fill("[name=login]", "motcua")
    page.fill("[name=password]", "binh-lam-2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tiep-nhan")
    assert findings(page) == {}
    page.type("#q", "doc than")
    page.click("#tim-thay >> text=Giấy xác nhận tình trạng hôn nhân")
    arrive(page, "#request")
    page.keyboard.press("Control+Enter")
    arrive(page, ".cv-errsum")
    assert page.evaluate("document.activeElement.className") == "cv-errsum"
    assert page.title().startswith("Lỗi:")
    assert findings(page) == {}
    page.click(".cv-errsum a >> nth=0")
    page.keyboard.type("099188000123")
    arrive(page, ".c-known")
    assert page.input_value("[id='applicant.full_name']") == "Trần Thị Lan"
    page.fill("[id='applicant.email']", "lan@nguoidan.example")
    page.fill("[id='applicant.address']", "Thôn Đông, xã Yên Khê")
    page.click("summary:has-text('Nộp thay người khác')")
    for name, words in AGENT.items():
        page.fill(f"[id='agent.{name}']", words)
    page.fill("#request", "Để đăng ký kết hôn")
    page.check("#paper-0")
    page.fill("#copies", "2")
    page.keyboard.press("Control+Enter")
    arrive(page, "text=Đã tiếp nhận hồ sơ")
    assert findings(page) == {}
    dossier = Dossier.objects.get(procedure_code="1.004873")
    receipt = page.request.get(f"{live_server.url}{LIST}{dossier.record_id}/giay/tiep-nhan.pdf")
    printed = words_of(receipt.body())
    context.close()
    view = selectors.dossier(world.clerk, dossier.record_id)
    assert [words for words in receipt_words(view) if words not in printed] == []


AGENT = {
    "full_name": "Trần Văn Thành", "personal_id": "099090000128", "phone": "0900000128",
    "email": "thanh@nguoidan.example", "address": "Thôn Thượng, xã Yên Khê",
    "authorisation": "Văn bản ủy quyền ngày 18/11/2026",
}  # fmt: skip


def receipt_words(view) -> list[str]:
    """Every field of form 01 (Phụ lục I Thông tư 03/2025/TT-VPCP) for this dossier, as it must stand on the paper.

    Received on Thursday 19/11/2026 at 9:30, three working days: Friday 20, Monday 23, and Wednesday 25, for Tuesday
    24/11 is a public holiday; due at the same hour. The line of the paper register stands only where there is one.
    """
    return [
        "Trung tâm Phục vụ hành chính công xã Yên Khê".upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", f"Số: {view.receipt_number}", "H99.101-261119-0002",
        "Tiếp nhận hồ sơ của", "Trần Thị Lan", "099188000123", "Thôn Đông, xã Yên Khê", "0900000147",
        "lan@nguoidan.example", "Người được ủy quyền", *AGENT.values(), "Giấy tờ ủy quyền",
        "Nội dung yêu cầu giải quyết", "tình trạng hôn nhân (1.004873): Để đăng ký kết hôn",
        "Thành phần hồ sơ nộp gồm", view.papers[0].name.split()[0], "Bản chính", "Số lượng hồ sơ", "02 (bộ)",
        "Thời gian giải quyết theo quy định", "3 ngày làm việc",
        "Thời gian nhận hồ sơ", "9 giờ 30 phút, ngày 19 tháng 11 năm 2026",
        "Thời gian trả kết quả", "9 giờ 30 phút, ngày 25 tháng 11 năm 2026",
        "Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công xã Yên Khê", "NGƯỜI NỘP HỒ SƠ", "Trần Văn Thành",
        "NGƯỜI TIẾP NHẬN HỒ SƠ", "Phạm Thị Hoa",
    ]  # fmt: skip


def test_a_leader_approves_several_and_one_is_refused_with_its_reason(office, world, desk):
    items = [world.go_to(world.take_in("2.000908").record_id, "approve") for _ in range(3)]
    with office("chutich", "/lam-viec/?loc=approve") as page:
        assert page.is_hidden("[data-bulk]")
        for _ in items:
            page.keyboard.press("j")
            page.keyboard.press("x")
        assert page.inner_text("[data-bulk-count]") == "3"
        assert findings(page) == {}
        stand_in = desk("phochutich", world.made.positions["xa-yen-khe:chair:1"])
        stand_in.post(f"{LIST}viec/{items[1].id}/phe-duyet")
        page.click("[data-bulk] >> text=Phê duyệt")
        arrive(page, "text=Đã phê duyệt 2 việc.")
        refused = page.inner_text(".d-messages >> text=Chưa phê duyệt")
        assert items[1].code in refused
        assert "Vũ Thị Lan" in refused
    assert [world.waiting(item.record_id).step_kind for item in items] == ["issue"] * 3


def test_the_stand_in_approves_and_both_names_are_kept(office, world):
    record = world.take_in("2.000908").record_id
    world.go_to(record, "approve")
    with office("phochutich", "/lam-viec/") as page:
        page.click("#cv-posts summary")
        page.click("#cv-posts >> text=thay Lương Trọng Hùng")
        arrive(page, ".d-item__t")
        page.click(".d-item__t")
        arrive(page, ".d-act")
        assert findings(page) == {}
        page.keyboard.press("e")
        arrive(page, "text=Đã phê duyệt.")
        page.click("text=Nhật ký")
        arrive(page, ".cv-tl")
        assert "Vũ Thị Lan (thay Lương Trọng Hùng)" in page.inner_text(".cv-tl")
        assert findings(page) == {}


def test_supplement_asked_taken_at_the_counter_then_issued_and_returned(office, world):
    record = world.take_in("2.000908").record_id
    here = f"{LIST}{record}/"
    with office("hotich", "/lam-viec/") as page:
        page.click(".d-item__t")
        arrive(page, ".d-act")
        page.keyboard.press("b")
        arrive(page, "#lam-items")
        page.fill("#lam-items", "Bản chính sổ gốc.")
        page.click("#lam button")
        arrive(page, ".cv-errsum")
        assert page.input_value("#lam-items") == "Bản chính sổ gốc."
        assert findings(page) == {}
        page.fill("#lam-reason", "Ảnh chụp không đọc được.")
        page.keyboard.press("Control+Enter")
        arrive(page, "text=Đã gửi yêu cầu bổ sung.")
    with office("motcua", here) as page:
        page.click("text=Nhận bổ sung tại quầy")
        page.click("#lam button")
        arrive(page, ".cv-errsum")
        assert findings(page) == {}
        page.fill("#lam-papers", "Sổ gốc")
        page.click("#lam button")
        arrive(page, "text=Đã nhận bổ sung.")
    for login, key, done in (("hotich", "e", "Đã chuyển bước tiếp theo."), ("chutich", "e", "Đã phê duyệt.")):
        with office(login, here) as page:
            page.keyboard.press(key)
            arrive(page, f"text={done}")
    with office("vanthu", here) as page:
        page.keyboard.press("e")
        page.fill("#lam-text", "Cấp 01 bản sao.")
        page.click("#lam button")
        arrive(page, "text=Đã ban hành kết quả.")
        assert "1/KQ-UBND" in page.inner_text("main")
    with office("motcua", here) as page:
        page.keyboard.press("e")
        page.click("#lam button")
        arrive(page, "text=Đã trả kết quả.")
    assert selectors.dossier(world.clerk, record).state == "returned"


def test_a_ministry_result_refused_and_an_unchecked_file(office, world):
    info = files.upload(world.clerk, name="to-khai.pdf", stream=pdf("to-khai.pdf"))
    record = world.take_in("1.004873", papers=(PaperLine("Tờ khai", originals=1, file=info.id),)).record_id
    world.go_to(record, "issue")
    with office("vanthu", f"{LIST}{record}/?lam=ban-hanh") as page:
        page.click("#lam button")
        arrive(page, ".cv-errsum")
        assert page.locator(".cv-errsum li").count() == 2
        assert findings(page) == {}
        page.goto(page.url.split(LIST)[0] + f"{LIST}tep/{info.id}")
        page.click("text=Xác nhận an toàn")
        arrive(page, ".cv-errsum")
        assert findings(page) == {}


def test_lists_and_the_inbox_on_a_phone(office, world):
    record = world.take_in("2.000908").record_id
    services.complete_step(world.staff("hotich"), world.waiting(record).id)
    world.take_in("2.000908")
    with office("motcua", LIST) as page:
        assert findings(page) == {}
        page.goto(page.url.split(LIST)[0] + "/lam-viec/tim?q=tran+thi+lan")
        assert page.locator("tr[data-item]").count() == 2
        assert findings(page) == {}
    with office("hotich", "/lam-viec/", width=390) as page:
        page.click(".d-item__t")
        arrive(page, ".d-back")
        assert page.is_hidden(".d-items")
        assert page.is_visible("text=Đủ điều kiện, trình duyệt")
        page.click(".d-back")
        arrive(page, ".d-items")
        assert page.is_hidden(".d-prev")
