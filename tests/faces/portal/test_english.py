"""The portal in English: every page of a birth, from the first search to the dossier, says nothing of its own in
Vietnamese."""

from __future__ import annotations

import pytest

from congvu.common.actor import SYSTEM
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures import services as catalogue
from congvu.engines.forms import selectors as forms
from tests.faces.english import faults, in_english, leaks, recorded
from tests.faces.portal.births import begin, fill
from tests.faces.portal.pages import errors, follow, heading, post
from tests.faces.portal.world import BIRTH, COPY, NOW, at_counter, finish


def test_the_choice_is_a_button_and_lasts(anybody):
    home = anybody.get("/")
    assert '<html lang="vi"' in home.content.decode()
    assert home["Content-Language"] == "vi"
    answer = anybody.post("/tro-nang/chon", {"set": "lang:en", "next": "/thu-tuc"})
    assert (answer.status_code, answer["Location"]) == (302, "/thu-tuc")
    page = anybody.get("/thu-tuc")
    assert '<html lang="en"' in page.content.decode()
    assert heading(page) == "All procedures"
    anybody.post("/tro-nang/chon", {"set": "lang:vi", "next": "/"})
    assert heading(anybody.get("/thu-tuc")) == "Tất cả thủ tục"


def test_public_pages(anybody, world):
    client = in_english(anybody)
    answers = recorded(client)
    for path in ("/", "/viec/sinh-con", "/thu-tuc", "/thu-tuc?q=khai+sinh", "/thu-tuc?q=khong-co-gi", "/thu-tuc?loc=1"):
        client.get(path)
    for path in (f"/thu-tuc/{BIRTH}", f"/thu-tuc/{COPY}", "/ho-so", "/ho-so?ma=X", "/khong-co", "/dang-nhap"):
        client.get(path)
    client.post("/ho-so", {"ma": "H99.1-261118-9999"})
    assert {answer.status_code for answer in answers} <= {200, 404, 405, 422}
    assert faults(answers) == {}


def test_filing_with_every_page_refused_once(mother, world):
    client = in_english(mother)
    answers = recorded(client)
    page = begin(client, world)
    assert heading(page) == "Requester"
    refused = post(client, page, {"phone": "12"})
    assert refused.status_code == 422
    assert any(line.startswith("Relation to the person registered") or "relation" in line for line in errors(refused))
    check = fill(client, client.get(page.request["PATH_INFO"]))
    assert heading(check) == "Check your answers before you submit"
    follow(client, post(client, check))
    client.get("/ho-so")
    client.get("/ho-so/dang-ke-khai")
    assert faults(answers) == {}


@pytest.mark.parametrize("code", ["1.004873", "1.000656", "2.000635", "1.001612", COPY])
def test_the_other_declarations(mother, world, code):
    client = in_english(mother)
    answers = recorded(client)
    if procedures.procedure(code, NOW.date()).budget is None:
        catalogue.set_time(SYSTEM, code, "3wd", "Nghị định 168/2025/NĐ-CP")
    begun = begin(client, world, code).request["PATH_INFO"].rpartition("/")[0]
    form = forms.form_for(code, on=NOW.date())
    pages = [page.key for page in form.pages] if form else []
    for key in pages:
        opened = client.get(f"{begun}/{key}")
        if opened.status_code == 200:
            assert post(client, opened, {}).status_code in (200, 302, 422)
    assert any(answer.status_code == 422 for answer in answers) or not pages
    assert faults(answers) == {}


def test_following_a_dossier_to_its_rating(mother, world):
    client = in_english(mother)
    answers = recorded(client)
    record = at_counter(world, world.mother).record_id
    token = dossiers.dossier(world.mother_actor, record).token
    client.get(f"/h/{token}")
    finish(record)
    for path in (f"/h/{token}", f"/h/{token}/danh-gia", f"/h/{token}/rut", f"/h/{token}/bo-sung"):
        client.get(path)
    in_english(client).logout()
    in_english(client).get(f"/h/{token}")
    assert faults(answers) == {}


def test_dates_and_money(mother, world):
    client = in_english(mother)
    record = at_counter(world, world.mother).record_id
    page = client.get(f"/h/{dossiers.dossier(world.mother_actor, record).token}").content.decode()
    assert "Wednesday 18 Nov 2026, 9:30" in page


def test_the_walk_sees_what_leaks():
    page = '<p>Hello, Ủy ban xã Yên Khê</p><p title="Đóng">Chưa có · 3 Nov</p><b>ĐH</b>'
    assert leaks(page, "chưa có", ["Ủy ban xã Yên Khê"]) == ["Đóng"]
