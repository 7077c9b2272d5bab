"""Several documents issued with one authentication, by plain forms; and the page in a browser."""

from __future__ import annotations

import pytest

from congvu.domains.documents import selectors
from congvu.domains.documents.models import Outgoing
from congvu.engines.signing.models import Batch
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.engines.signing.pki import PIN
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_journeys import arrive, browser, findings, office, world  # noqa: F401
from tests.faces.desk.test_signing_browser import in_a_thread, run_jobs
from tests.faces.shape import faults

LIST = "/lam-viec/van-ban-di/"


def signed(house, count=2):
    content = house.content(recipients=["Phòng Kinh tế", "Sở Nội vụ", "Lưu: VT, KT"])
    made = [house.draft("QD", subject=f"Về việc số {n + 1}", content=content) for n in range(count)]
    nowhere = house.draft("KH", subject="Kế hoạch không ghi nơi nhận", content=house.content(recipients=["Lưu: VT"]))
    for record in (*made, nowhere):
        house.to_signature(record)
        house.sign(record)
    return made


@pytest.mark.django_db
def test_chosen_ones_are_issued_and_each_has_its_result(desk, signing_office):  # noqa: F811
    first, _second = signed(signing_office)
    client, seal = desk("vanthu"), signing_office.certificate("agency")
    assert f'href="{LIST}phat-hanh"' in client.get(f"{LIST}?loc=cho-phat-hanh").content.decode()
    page = client.get(f"{LIST}phat-hanh")
    assert (faults(page), "Chưa rõ nơi nhận: mở văn bản để chọn." in text(page)) == ([], True)
    one, two = (row.item for row in selectors.to_issue(signing_office.clerk) if row.to)
    none = client.post(f"{LIST}phat-hanh", {"certificate": seal, "pin": PIN})
    assert (none.status_code, errors(none)) == (422, [("ph-chosen", "Chọn ít nhất một văn bản.")])
    wrong = client.post(f"{LIST}phat-hanh", {"chosen": [one], "certificate": seal, "pin": "1"})
    body = wrong.content.decode()
    kept = [line["chosen"] for line in wrong.context["lines"] if line["row"].to]
    assert (errors(wrong)[0][0], f'value="{one}"' in body, kept) == ("ph-pin", True, [True, False])
    assert (Batch.objects.filter(kind="document_seal").count(), Outgoing.objects.exclude(number=None).count()) == (0, 0)
    done = client.post(f"{LIST}phat-hanh", {"chosen": [one, two], "certificate": seal, "pin": PIN})
    page = client.get(done.url)
    assert ("Đang đóng dấu thời gian" in text(page), faults(page)) == (True, [])
    run_jobs()
    page = client.get(done.url)
    assert ("2 văn bản đã phát hành" in text(page), "Quyết định 01/QĐ-UBND" in text(page)) == (True, True)
    assert Outgoing.objects.get(record=first).record.state == "issued"
    assert desk("chutich").get(f"{LIST}phat-hanh").context["lines"] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1440, 390])
def test_the_clerk_issues_all_with_one_authentication(office, signing_office, width):  # noqa: F811
    in_a_thread(signed, signing_office)
    with office("vanthu", f"{LIST}?loc=cho-phat-hanh", width=width) as page:
        page.click("text=Phát hành nhiều văn bản")
        arrive(page, "#ph-pin")
        assert findings(page) == {}
        boxes = page.locator("[name=chosen]")
        assert [boxes.nth(place).is_visible() for place in range(boxes.count())] == [True, True]
        page.fill("#ph-pin", PIN)
        page.keyboard.press("Enter")
        page.wait_for_url("**/luot/*")
        arrive(page, "text=Đang hoàn tất 2 văn bản")
        assert findings(page) == {}
        in_a_thread(run_jobs)
        page.wait_for_selector("text=2 văn bản đã phát hành")
        assert findings(page) == {}
