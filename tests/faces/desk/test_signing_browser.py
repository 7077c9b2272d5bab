"""The leader signs twenty documents in a real browser: DESIGN §9 row 4, at a desk and on a phone."""

from __future__ import annotations

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Outgoing
from congvu.engines.signing import jobs
from congvu.engines.signing.models import BatchItem
from congvu.ground.files import services as files
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.engines.signing.pki import PIN
from tests.faces.desk.test_journeys import arrive, browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/lam-viec/cho-ky/"
# The page has come whole, and so many are unread.
UNREAD = """n => document.readyState === "complete" && document.querySelectorAll(".d-item.is-new").length === n"""
KINDS = ("QD", "KH", "TB", "BC", "CV", "QD")


def twenty(house) -> list:
    made = [house.draft(KINDS[n % len(KINDS)], subject=f"Về việc số {n + 1}", priority=3 if n == 7 else 0)
            for n in range(20)]  # fmt: skip
    for record in made:
        house.to_signature(record)
    return made


class Hand:
    """Presses and clicks, and counts them: typed characters are no actions (DESIGN §9)."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, key):
        self.count += 1
        self.page.keyboard.press(key)

    def click(self, selector):
        self.count += 1
        self.page.click(selector)


def in_a_thread(work, *given):
    """As a worker does it: the browser's driver keeps an event loop in this thread."""

    def worked():
        try:
            return work(*given)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(worked).result()


def run_jobs() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="signing.run_batch", status="todo"):
        jobs.run_batch(**job.args)


def test_twenty_documents_with_24_actions_and_one_authentication(office, signing_office, tmp_path):  # noqa: F811
    house = signing_office
    twenty(house)
    with office("chutich", "/lam-viec/") as page:
        hand = Hand(page)
        hand.click("nav >> text=Chờ ký")
        arrive(page, ".s-paper")
        assert page.inner_text(".d-group >> nth=0").startswith("Hỏa tốc")
        assert findings(page) == {}
        for number in range(19):
            hand.press("Space")
            page.wait_for_function(UNREAD, arg=19 - number)
        last = page.inner_text(".d-prev h2")
        hand.press("r")
        hand.click("button:has-text('Bổ sung số liệu, căn cứ rồi trình lại.')")
        page.wait_for_selector("text=Đã trả lại dự thảo.")
        page.wait_for_load_state()
        changed = selectors.to_sign(house.chair)[-1]
        services.save_draft(house.chair, changed.id, subject=changed.title, content=house.content("Sửa một chỗ."))
        hand.press("Control+Enter")
        page.wait_for_selector("dialog[open] [name=pin]")
        assert findings(page) == {}
        page.keyboard.type(PIN)
        began = time.perf_counter()
        hand.press("Enter")
        page.wait_for_url("**/luot/*")
        held = time.perf_counter() - began
        assert hand.count == 24
        assert "Đang hoàn tất 18 văn bản" in page.inner_text("main")
        assert findings(page) == {}
        in_a_thread(run_jobs)
        took = time.perf_counter() - began
        page.wait_for_selector("text=18 văn bản đã ký, 1 văn bản để lại")
        assert "Văn bản đã thay đổi sau khi trình ký" in page.inner_text("main")
        assert findings(page) == {}
    print(f"held after {held:.1f} s, all signed after {took:.1f} s")
    assert [row.title for row in selectors.to_sign(house.chair)] == [changed.title]
    assert Outgoing.objects.exclude(original=None).count() == 18
    assert selectors.outgoing(house.official, record_of(last)).row.state == "reviewing"
    assert_pdfsig_agrees(house, tmp_path)


def record_of(title: str):
    return Outgoing.objects.get(record__title=title).record_id


def assert_pdfsig_agrees(house, tmp_path) -> None:
    """One of them is numbered and sealed by the records clerk; poppler confirms both signatures."""
    row = Outgoing.objects.exclude(original=None).order_by("record_id").first()
    in_a_thread(house.issue, row.record_id)
    row.refresh_from_db()
    path = tmp_path / "original.pdf"
    path.write_bytes(files.open_file(house.clerk, row.original).path.read_bytes())
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid.") == 2, told


def test_on_a_phone_by_buttons_and_a_wrong_pin_is_told(office, signing_office):  # noqa: F811
    house = signing_office
    record = house.draft("QD", subject="Về việc kiện toàn Tổ công tác")
    house.to_signature(record)
    with office("chutich", LIST, width=390) as page:
        page.click("text=Về việc kiện toàn Tổ công tác")
        arrive(page, ".d-inbox--open")
        assert findings(page) == {}
        page.set_viewport_size({"width": 390, "height": 844})
        page.click("button:has-text('Đã xem, bản tiếp theo')")
        page.wait_for_selector(".d-back")
        page.click("text=Về danh sách")
        page.click("text=Ký 1 văn bản đã xem")
        page.fill("dialog[open] [name=pin]", "0000")
        page.click("dialog[open] button:has-text('Ký 1 văn bản đã xem')")
        page.wait_for_selector(".cv-errsum")
        assert findings(page) == {}
        page.fill("[name=pin]", PIN)
        page.click("button:has-text('Ký 1 văn bản đã xem')")
        page.wait_for_url("**/luot/*")
        in_a_thread(run_jobs)
        page.wait_for_selector("text=1 văn bản đã ký")
    assert list(BatchItem.objects.values_list("state", flat=True)) == ["signed"]
