"""The calendar in a real browser: no findings on a screen and on a phone, with errors shown as well."""

from __future__ import annotations

import pytest

from congvu.boot.demo import meetings
from congvu.domains.calendars.models import Entry
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401
from tests.world import START

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("", "?xem=lanh-dao", "?xem=toi", "?xem=ngay", "cho-duyet", "dang-ky", "thiet-lap")


def test_the_pages_are_clean(office, world):  # noqa: F811
    assert meetings.play(world.made, now=START) > 8
    moved = Entry.objects.get(mark="moved").record_id
    waiting = Entry.objects.filter(record__state="proposed").first().record_id
    with office("chanhvp", "/lam-viec/lich-cong-tac/") as page:
        top = page.url
        found = {}
        for path in (*PAGES, f"{moved}/", f"{moved}/?lam=doi", f"{waiting}/sua"):
            page.goto(top + path)
            found[path] = findings(page)
        page.goto(top + "dang-ky")
        page.fill("[name=content]", "")
        page.click("button[data-key='ctrl+enter']")
        page.wait_for_selector(".cv-errsum")
        found["refused"] = findings(page)
        assert {path: lines for path, lines in found.items() if lines} == {}
