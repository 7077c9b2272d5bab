"""Annexes and pictures of a draft in a real browser: no findings on a screen and on a phone, nothing wider than it."""

from __future__ import annotations

import pytest

from congvu.boot.demo import issuers
from congvu.domains.documents import services
from congvu.domains.documents.types import AnnexInput
from tests.domains.documents.office import Office
from tests.domains.documents.papers import pdf, uploaded, xlsx
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(world):  # noqa: F811
    """A draft with two annexes, one of them with a long title, and a sheet that goes along."""
    issuers.load(world.made, communes=2)
    made = Office(world)
    record, official = made.draft(), made.official
    long = "Biểu tổng hợp số liệu thu, chi ngân sách và tình hình giải ngân vốn đầu tư công các thôn năm 2026"
    for title in (long, "Danh sách"):
        services.attach_annex(official, record, AnnexInput(uploaded(official, pdf(title)), title))
    sheet = uploaded(official, xlsx(), "bang_tinh_tong_hop_rat_dai_khong_co_dau_cach_nao_ca_de_thu.xlsx")
    services.attach_annex(official, record, AnnexInput(sheet, "Bảng tính", along=True))
    return record


def test_the_pages_are_clean(office, draft):  # noqa: F811
    here = f"van-ban-di/{draft}/"
    paths = (here, f"{here}?lam=them-phu-luc", f"{here}?lam=sap-xep-phu-luc", f"{here}sua")
    found = {}
    with office("chuyenmon", "/lam-viec/van-ban-di/") as page:
        top = page.url.split("/van-ban-di/")[0]
        for path in paths:
            page.goto(f"{top}/{path}")
            if path.endswith("sua"):
                page.click("summary:has-text('Thêm hình')")
            found[path] = findings(page)
    assert {path: lines for path, lines in found.items() if lines} == {}
