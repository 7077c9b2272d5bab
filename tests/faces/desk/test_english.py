"""The desk in English: pages and refusals say nothing of their own in Vietnamese."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils import translation

from congvu.domains.dossiers import services
from congvu.domains.dossiers.services import papers
from tests.faces.desk.pages import errors, text
from tests.faces.english import faults, in_english, recorded

ACTS = ("tu-choi-tiep-nhan", "yeu-cau-bo-sung", "phan-cong", "tra-lai", "tu-choi", "dung", "ban-hanh", "tra-ket-qua")


@pytest.fixture
def record(world):
    return world.take_in("1.004873").record_id


def test_lists_and_the_counter(desk, world, record):
    client = in_english(desk("motcua"))
    answers = recorded(client)
    paths = (
        "",
        "?loc=late",
        "?loc=today",
        "?loc=approve",
        "?loc=snoozed",
        "ho-so/",
        "ho-so/truc-tuyen-moi",
        "thong-bao",
    )
    for path in (*paths, "tim", "tim?q=Lan", "mot-cua/tiep-nhan", "mot-cua/tiep-nhan?thu-tuc=1.004873"):
        client.get(f"/lam-viec/{path}")
    client.post("/lam-viec/mot-cua/tiep-nhan?thu-tuc=1.004873", {"procedure": "1.004873"})
    assert {answer.status_code for answer in answers} <= {200, 404, 422}
    assert "My work" in text(answers[0])
    assert faults(answers) == {}


@pytest.mark.parametrize("kind", ["assign", "appraise", "review", "approve", "issue"])
def test_a_dossier_at_each_step_with_its_acts_refused(desk, world, record, kind):
    try:
        item = world.go_to(record, kind)
    except LookupError:
        pytest.skip(f"this process has no step {kind}")
    from congvu.ground.accounts.models import User

    holder = User.objects.get(id=world.holder(record).user_id)
    client = in_english(desk(holder.username))
    answers = recorded(client)
    client.get("/lam-viec/")
    client.get(f"/lam-viec/?viec={item.id}")
    client.get(f"/lam-viec/ho-so/{record}/")
    for verb in ACTS:
        for address in (f"/lam-viec/ho-so/{record}/{verb}", f"/lam-viec/ho-so/viec/{item.id}/{verb}"):
            client.get(address)
            client.post(address, {})
    assert faults(answers) == {}


def test_sign_in_and_security(client, desk, world):
    visitor = in_english(client)
    answers = recorded(visitor)
    visitor.get("/can-bo/dang-nhap")
    refused = visitor.post("/can-bo/dang-nhap", {"login": "motcua", "password": "sai"})
    assert "The user name or the password is not right." in text(refused)
    staff = in_english(desk("motcua"))
    own = recorded(staff)
    for path in ("/can-bo/bao-mat", "/can-bo/doi-mat-khau", "/can-bo/bao-mat/bat", "/can-bo/nhap-lai-mat-khau"):
        staff.get(path)
    staff.post("/can-bo/doi-mat-khau", {"oldpassword": "x", "password1": "y", "password2": "z"})
    assert faults([*answers, *own]) == {}


def test_a_refusal_speaks_the_reader_s_language(desk, world, record):
    client = in_english(desk("motcua"))
    page = client.post("/lam-viec/mot-cua/tiep-nhan?thu-tuc=1.004873", {})
    assert all(words.isascii() for _field, words in errors(page))


def test_papers_stay_vietnamese(world, record):
    """What the law prescribes is printed as prescribed, whatever the clerk's screen speaks."""
    from congvu.domains.dossiers import selectors

    view = selectors.dossier(world.clerk, record)
    with translation.override("en"):
        receipt = papers.receipt_of(selectors.dossier(world.clerk, record))
        assert services.receipt_pdf(world.clerk, record)
    assert receipt.time_limit == "3 ngày làm việc"
    assert receipt == papers.receipt_of(view)


def test_administration(desk, world):
    """Every page that the administrator's menu and its lists lead to, two clicks deep."""
    client = in_english(desk("quantri"))
    answers = recorded(client)
    seen, wanted = set(), ["/lam-viec/"]
    for _depth in range(3):
        found = []
        for address in wanted:
            page = client.get(address)
            links = (
                re.findall(r'href="(/(?:lam-viec|quan-tri)/[^"#]*)"', page.content.decode())
                if page.status_code == 200 and page["Content-Type"].startswith("text/html")
                else []
            )
            found += [link for link in map(unescape, links) if kind_of(link) not in seen]
            seen |= {kind_of(link) for link in links}
        wanted = sorted({kind_of(link): link for link in found}.values())
    assert len([link for link in seen if link.startswith("/quan-tri/")]) > 5
    assert faults(answers) == {}


def kind_of(link: str) -> str:
    """Addresses that differ in numbers only lead to pages of one kind."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+(?:\.\d+)*", "#", link.partition("?")[0])
