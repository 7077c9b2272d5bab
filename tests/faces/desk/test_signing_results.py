"""Results of the one-stop shop in Chờ ký: proposed on the dossier's page, read, returned, signed beside documents."""

from __future__ import annotations

import pytest
from django.urls import reverse

from congvu.domains.documents import services as documents
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.models import ProposedResult, SignedResult
from congvu.engines.signing import services as signing
from congvu.engines.signing.models import Batch, Certificate
from congvu.ground.accounts.models import User
from congvu.journeys import dossier_documents
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.engines.signing.local_tool import running
from tests.engines.signing.pki import PIN
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401 - fixtures
from tests.faces.desk.test_signing import LIST, waiting
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db
WORDS = "Cấp bản sao Giấy khai sinh từ sổ gốc, quyển số 01/2001."


def proposed(house, count=2):
    """Results that wait for the chair, put down at the step before."""
    made = []
    for n in range(count):
        record = house.world.take_in("2.000908").record_id
        while (item := house.world.waiting(record)).step_kind != "approve":
            actor = house.world.holder(record)
            if item.step_kind not in ("receive", "approve"):
                services.propose_result(actor, item.id, text=f"{WORDS} Bản {n + 1}.")
            act = services.approve if item.step_kind == "review" else services.complete_step
            act(actor, item.id)
        made.append(record)
    return made


def chair_of(house):
    return house.world.staff("chutich")


def test_put_down_on_the_page_of_the_dossier(desk, signing_office):  # noqa: F811
    house = signing_office
    record = house.world.take_in("2.000908").record_id
    item, actor = house.world.waiting(record), house.world.holder(record)
    client, there = desk(User.objects.get(pk=actor.user_id).username), f"/lam-viec/ho-so/{record}/"
    assert "Dự thảo kết quả" in text(client.get(there))
    form = client.get(f"{there}?lam=du-thao-ket-qua")
    assert faults(form) == []
    act = reverse("desk_item_act", args=[item.id, "du-thao-ket-qua"])
    empty = client.post(act, {"text": " "})
    assert (empty.status_code, [field for field, _ in errors(empty)]) == (422, ["lam-text"])
    assert not ProposedResult.objects.exists()
    assert client.post(act, {"text": WORDS}).url == there
    assert WORDS in client.get(f"{there}?lam=du-thao-ket-qua").content.decode()
    assert [(row.n, row.text) for row in ProposedResult.objects.all()] == [(1, WORDS)]


def test_read_and_signed_beside_documents_with_one_authentication(desk, signing_office):  # noqa: F811
    house = signing_office
    proposed(house)
    first, second = (one.id for one in selectors.results_to_sign(chair_of(house)))
    (document,) = waiting(house, 1)
    client = desk("chutich")
    page = client.get(LIST)
    assert ("Kết quả một cửa" in text(page), page.context["total"], faults(page)) == (True, 3, [])
    shown = client.get(f"{LIST}?xem={first}")
    assert ("Đã xem, bản tiếp theo" in text(shown), "Mở hồ sơ" in text(shown), faults(shown)) == (True, True, [])
    pdf = client.get(f"{LIST}{first}/ket-qua-1.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.post(f"{LIST}{first}/xem", {"n": 1}).url == f"{LIST}?xem={second}"
    assert client.post(f"{LIST}{first}/xem", {"n": 7}).status_code == 409
    client.post(f"{LIST}{document}/xem", {"n": 1})
    form = client.get(f"{LIST}ky")
    assert form.context["sign_words"] == "Ký 2 văn bản đã xem"
    own = house.certificate("chair")
    done = client.post(f"{LIST}ky", {"chosen": form.context["tokens"], "certificate": own, "pin": PIN})
    assert [one.id for one in dossier_documents.results_to_sign(chair_of(house))] == [second]
    batch = Batch.objects.get()
    signing.finish_batch(chair_of(house), batch.id)
    page = client.get(done.url)
    assert ("2 văn bản đã ký" in text(page), faults(page)) == (True, [])
    assert {f"/lam-viec/ho-so/{first}/", f"/lam-viec/van-ban-di/{document}/"} <= hrefs(page)
    assert SignedResult.objects.get().dossier_id == first
    assert house.world.waiting(first).step_kind == "issue"


def hrefs(page):
    return {part.partition('"')[0] for part in page.content.decode().split('href="')[1:]}


def test_returned_from_the_list_with_its_reason(desk, signing_office):  # noqa: F811
    house = signing_office
    (record,) = proposed(house, 1)
    client = desk("chutich")
    (row,) = selectors.results_to_sign(chair_of(house))
    to = client.get(f"{LIST}?xem={record}").context["shown"]["to"]
    empty = client.post(f"{LIST}{record}/tra-lai", {"item": row.item, "to": to})
    assert (empty.status_code, errors(empty)) == (422, [("tl-reason", "Ghi rõ cần sửa điều gì.")])
    assert house.world.waiting(record).id == row.item
    client.post(f"{LIST}{record}/tra-lai", {"item": row.item, "to": to, "phrase": "0"})
    assert selectors.results_to_sign(chair_of(house)) == ()
    assert "Kiểm tra lại họ tên" in text(client.get(f"/lam-viec/ho-so/{record}/?muc=nhat-ky"))


def test_how_many_wait_and_what_the_list_asks(django_assert_num_queries, signing_office):  # noqa: F811
    house = signing_office
    actor = chair_of(house)
    assert selectors.count_to_sign(actor).now() == 0
    proposed(house, 3)
    house.world.go_to(house.world.take_in("2.000908").record_id, "approve")
    assert selectors.count_to_sign(actor).now() == 3, "one without a proposal waits in the inbox alone"
    with django_assert_num_queries(3):
        assert len(dossier_documents.results_to_sign(actor)) == 3
    assert selectors.count_to_sign(house.world.staff("vanthu")).now() == 0


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_signed_by_the_tool_on_the_machine(office, signing_office):  # noqa: F811
    house = signing_office
    Certificate.objects.update(provider="helper")
    Certificate.objects.filter(content=house.pki.revoked.der).update(state="revoked")
    for record in proposed(house):
        services.read_result(chair_of(house), record, n=1)
    (document,) = waiting(house, 1)
    documents.mark_read(house.chair, document, n=1)
    with running(house.pki.chair) as tool, office("chutich", LIST, width=390) as page:
        assert findings(page) == {}
        page.goto(page.url + "ky")
        page.click("button:has-text('Ký 3 văn bản đã xem')")
        page.wait_for_url("**/may-ky")
        assert findings(page) == {}
        tool.pull_after = 2
        page.click("[data-start]:not([disabled])")
        page.wait_for_selector("[data-told]:not([hidden]) >> text=Không tìm thấy thiết bị token")
        assert SignedResult.objects.count() == 1
        tool.pull_after = None
        page.wait_for_selector("[data-start]:not([disabled])")
        page.click("[data-start]:not([disabled])")
        page.wait_for_selector("text=3 văn bản đã ký")
        assert findings(page) == {}
    assert SignedResult.objects.count() == 2
