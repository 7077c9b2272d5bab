"""The page on which a device in the own machine signs: what it may connect to, and what its script is answered."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.common.errors import Invalid
from congvu.domains.documents import selectors, services
from congvu.engines.signing.models import Batch, BatchItem, Certificate, LocalSigning
from congvu.ground.law import services as law
from congvu.ground.law.models import Figure
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.engines.signing.standins import Plugin
from tests.faces.desk.pages import text
from tests.faces.desk.test_signing import LIST, certificate, waiting
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(signing_office):  # noqa: F811
    Certificate.objects.update(provider="helper")
    return signing_office


def begun(house, client, count=2):
    """The page after documents were chosen to be signed on this machine, without a PIN."""
    for record in waiting(house, count):
        services.mark_read(house.chair, record, n=1)
    tokens = [f"{row.item}:{row.version}" for row in selectors.to_sign(house.chair)]
    gone = client.post(f"{LIST}ky", {"chosen": tokens, "certificate": certificate(house)})
    batch = Batch.objects.get()
    assert gone.url == f"{LIST}luot/{batch.id}/may-ky"
    return batch, [item.id for item in batch.items.order_by("order")], gone.url


def csp(answer):
    return dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))


def test_only_this_page_may_talk_to_the_tool_and_to_nothing_else(desk, house):
    client = desk("chutich")
    form = client.get(f"{LIST}ky")
    assert "Mã PIN ký số" not in text(form)
    batch, _items, here = begun(house, client)
    page = client.get(here)
    assert (faults(page), "Ký 2 văn bản trên máy này" in text(page)) == ([], True)
    assert csp(page)["connect-src"] == "'self' wss://127.0.0.1:8987"
    assert "unsafe" not in page["Content-Security-Policy"]
    result = client.get(f"{LIST}luot/{batch.id}")
    assert csp(result)["connect-src"] == "'self'"
    assert ("Ký tiếp trên máy này" in text(result), faults(result)) == (True, [])
    Figure.objects.filter(key="signing_helper_address").update(value="ws://localhost:9000/")
    assert csp(client.get(here))["connect-src"] == "'self' ws://localhost:9000"
    assert desk("phochutich").get(here).status_code == 404


def test_the_tool_fetches_and_brings_back_without_a_session(desk, house, client):
    mine = desk("chutich")
    _batch, (item, _other), here = begun(house, mine)
    told = mine.post(f"{here}/{item}/viec").json()
    assert told["address"] == "wss://127.0.0.1:8987/SignApproved"
    place = told["parameter"]["FileName"].removeprefix("http://testserver")
    assert told["parameter"]["FileUploadHandler"].removeprefix("http://testserver") == place
    original = client.get(place)
    assert (original["Content-Type"], original["Cache-Control"]) == ("application/pdf", "no-store")
    signed = Plugin(house.pki.chair, "person")._signed(original.content)
    brought = client.post(place, {"uploadfile": SimpleUploadedFile("a.pdf", signed)})
    assert brought.json()["Status"] is True
    done = mine.post(f"{here}/{item}/xong", {"status": "0", "message": ""})
    assert (done.status_code, done.json()) == (200, {"state": "signed", "label": "Đã ký, hợp lệ"})
    assert client.get(place).status_code == 404
    assert client.get(place.replace("may-ky/", "may-ky/x")).status_code == 409


def test_what_the_tool_says_is_told_in_words_and_nothing_is_signed(desk, house):
    mine = desk("chutich")
    _batch, (item, _other), here = begun(house, mine)
    mine.post(f"{here}/{item}/viec")
    answer = mine.post(f"{here}/{item}/xong", {"status": "10", "message": "Không tìm thấy thiết bị token"})
    assert answer.status_code == 409
    assert answer.json() == {
        "code": "device_gone", "words": "Công cụ ký số báo: Không tìm thấy thiết bị token", "stop": True,
    }  # fmt: skip
    assert mine.post(f"{here}/{item}/xong", {"status": "x"}).json()["code"] == "declined"
    assert mine.post(f"{here}/{10**9}/xong", {"status": "0"}).status_code == 404
    assert set(BatchItem.objects.values_list("state", flat=True)) == {"waiting"}


def test_one_that_changed_is_left_out_and_does_not_stop_the_others(desk, house):
    mine = desk("chutich")
    _batch, (item, _other), here = begun(house, mine)
    record = BatchItem.objects.get(id=item).record_id
    services.save_draft(house.chair, record, subject="kiện toàn", content=house.content("Sửa."))
    answer = mine.post(f"{here}/{item}/viec")
    assert (answer.status_code, answer.json()["stop"]) == (409, False)
    assert not LocalSigning.objects.exists()


def test_away_from_the_office_the_file_stays_here(desk, house, monkeypatch):
    from congvu.faces.desk.signing import local

    mine = desk("chutich")
    _batch, (item, _other), here = begun(house, mine)
    monkeypatch.setattr(local, "is_outside", lambda _request, _actor: True)
    assert mine.get(here).status_code == 403
    assert mine.post(f"{here}/{item}/viec").status_code == 403
    assert not LocalSigning.objects.exists()


def test_the_address_leads_nowhere_but_to_this_machine(house):
    admin = house.world.staff("quantri")
    for wrong in ("wss://ky-so.example:8987/", "https://127.0.0.1:8987/", "wss://127.0.0.1/", "wss://127.0.0.1:1/a b/"):
        with pytest.raises(Invalid):
            law.set_figure(
                admin, "signing_helper_address", value=wrong, valid_from=date(2026, 11, 1), legal_basis="Tài liệu"
            )
