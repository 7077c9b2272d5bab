"""Books, statistics and the search in a real browser: no findings on a screen and on a phone, work without a mouse."""

from __future__ import annotations

import pytest

from congvu.boot.demo import issuers
from tests.domains.documents.office import Office
from tests.domains.documents.test_registers import issued
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "so-van-ban/", "so-van-ban/van-ban-den/", "so-van-ban/van-ban-di/?tu-so=9&den-so=2", "so-van-ban/buu-dien",
    "so-van-ban/cho-muon", "thong-ke/", "thong-ke/out/?nam=2026", "thong-ke/so-lieu-nam", "tra-cuu/?q=bien+che",
    "tra-cuu/?issued_since=x",
)  # fmt: skip


@pytest.mark.parametrize("width", [1440, 320])
def test_the_pages_are_clean(office, world, width):  # noqa: F811
    issuers.load(world.made, communes=2)
    made = Office(world)
    made.register()
    issued(made, 5)
    with office("vanthu", "/lam-viec/so-van-ban/", width=width) as page:
        top = page.url.split("/so-van-ban/")[0]
        found = {}
        for path in PAGES:
            page.goto(f"{top}/{path}")
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            found[path] = [*findings(page), *(["wider than the screen"] if wide else [])]
        assert {path: lines for path, lines in found.items() if lines} == {}
