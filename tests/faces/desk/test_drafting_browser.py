"""Opinions, comparison and copies in a real browser: no findings on a screen and on a phone, nothing wider than it."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.boot.demo import issuers
from congvu.domains.documents import selectors, services
from congvu.domains.documents.types import ConsultInput
from tests.domains.documents.office import Office
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAST = date(2026, 11, 20)


@pytest.fixture
def draft(world):  # noqa: F811
    """A draft in its second version, asked about in its first; the head of another section has answered."""
    from congvu.boot.demo.arrivals import holder

    issuers.load(world.made, communes=2)
    made = Office(world)
    record = made.draft(content=made.content("Biên chế được giao 32 người.", "Đã tuyển dụng 30 người."))
    asked = ((made.unit("vh"), None), (made.unit("kt"), None))
    services.ask_opinion(made.official, record, ConsultInput(asked, LAST, "Số liệu đã đúng chưa?"))
    (round_,) = selectors.consultations(made.official, record)
    head = holder(world.made, "xa-yen-khe-vh", "head")
    services.give_opinion(head, round_.consulted[0].id, stance="disagree", text="Thiếu số liệu quý IV.", version=1)
    subject, text = "báo cáo biên chế năm 2026", made.content("Biên chế được giao 34 người.", "Đã tuyển 30 người.")
    services.save_draft(made.official, record, subject=subject, content=text)
    made.register()
    return record


def test_the_pages_are_clean(office, draft):  # noqa: F811
    here = f"van-ban-di/{draft}/"
    pages = {
        "chuyenmon": (
            f"{here}?lam=xin-y-kien#xin-y-kien", f"{here}so-sanh", f"{here}so-sanh?kieu=hai", "van-ban-di/xin-y-kien",
            "van-ban-di/xin-y-kien?ben=toi-hoi",
        ),
        "truongphong": (here, "van-ban-di/xin-y-kien"),
        "vanthu": ("ban-sao/",),
    }  # fmt: skip
    found = {}
    for login, paths in pages.items():
        with office(login, "/lam-viec/van-ban-di/") as page:
            top = page.url.split("/van-ban-di/")[0]
            for path in paths:
                page.goto(f"{top}/{path}")
                found[login, path] = findings(page)
    assert {path: lines for path, lines in found.items() if lines} == {}
