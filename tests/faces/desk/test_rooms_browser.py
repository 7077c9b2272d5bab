"""Digitising, copies, authorisations, co-writers, scans and readings of a unit in a real browser, refused forms too:
no findings of axe in three themes at two widths, nothing sideways at 320 px."""

from __future__ import annotations

import pytest

from congvu.boot.demo import issuers
from congvu.domains.digitising import selectors as digitising
from congvu.domains.digitising import services as scanning
from congvu.ground.files import ocr
from tests.domains.digitising.papers import begun, scan, taken
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.domains.documents.office import Office
from tests.domains.documents.test_copying import paper
from tests.domains.documents.test_spreading import spread
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/lam-viec/"


def walked(page, *paths: str) -> dict:
    """Findings of pages of the desk, each by its address."""
    top, found = page.url.split(DESK)[0] + DESK, {}
    for path in paths:
        page.goto(top + path)
        found[path] = findings(page)
    return {path: wrong for path, wrong in found.items() if wrong}


def refused(page, button: str) -> dict:
    """Findings of the page after its form was sent as it stands and refused."""
    page.click(button)
    page.wait_for_selector(".cv-errsum")
    return findings(page)


def test_digitising(office, world):  # noqa: F811
    batch, clerk = begun(world), world.staff("vanthu")
    taken(world, batch, 1, content=scan(1, pages=2))
    second = begun(world, holding=digitising.backlog(clerk)[0].id)
    taken(world, second, 2, paper_file="16.DC", file_title="Hồ sơ thu hồi đất")
    scanning.draw(clerk, second, percent=100)
    holding = digitising.backlog(clerk)[0].id
    with office("vanthu", f"{DESK}so-hoa/") as page:
        assert walked(
            page, "so-hoa/", f"so-hoa/?lam=begin-{holding}", "so-hoa/dot", "so-hoa/ban", "so-hoa/tien-do",
            f"so-hoa/dot/{second}/", f"so-hoa/dot/{batch}/",
        ) == {}  # fmt: skip
        page.goto(page.url.split(DESK)[0] + f"{DESK}so-hoa/?lam=add")
        assert findings(page) == {}
        assert refused(page, "main form[action$='/them'] button.cv-btn--primary") == {}
    with office("chuyenmon", f"{DESK}so-hoa/dot/{batch}/") as page:
        assert findings(page) == {}
        assert refused(page, "main form[action$='/nhan'] button.cv-btn--primary") == {}


def test_copies(office, signing_office):  # noqa: F811
    source = paper(signing_office)
    with office("vanthu", f"{DESK}ban-sao/sao/{source}") as page:
        assert findings(page) == {}
        assert refused(page, "main form[method=post] button.cv-btn--primary") == {}


def test_authorisations_and_co_writers(office, world):  # noqa: F811
    issuers.load(world.made, communes=2)
    made = Office(world)
    draft = made.draft()
    with office("vanthu", f"{DESK}uy-quyen-ky/") as page:
        assert findings(page) == {}
        assert refused(page, "main form[method=post] button.cv-btn--primary") == {}
    with office("chuyenmon", f"{DESK}van-ban-di/{draft}/?lam=cung-soan") as page:
        assert findings(page) == {}


def test_a_scan_that_is_read_and_the_readings_of_a_unit(office, world, monkeypatch):  # noqa: F811
    issuers.load(world.made, communes=2)
    made = Office(world)
    record = spread(made, made.register().record_id, by=made.clerk, units=(made.unit("vh"), made.unit("kt")))
    with office("truongphong", f"{DESK}pho-bien/") as page:
        assert walked(page, "pho-bien/?loc=don-vi", f"pho-bien/{record}/", f"pho-bien/{record}/?tt=chua") == {}
    monkeypatch.setattr(ocr, "available", lambda: True)
    with office("vanthu", f"{DESK}van-ban-den/vao-so") as page:
        given = {"name": "quet.pdf", "mimeType": "application/pdf", "buffer": scan(3)}
        page.set_input_files("[name=scan]", given)
        page.click("button[name=read]")
        page.wait_for_selector("text=Đang đọc bản quét")
        assert findings(page) == {}
