"""From home in a real browser: told whom to ask, a wrong code, the right one, and the desk as it is."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from congvu.common.actor import SYSTEM
from congvu.ground.orgs import services as units
from tests.faces.desk.test_journeys import arrive, browser, findings, office, world  # noqa: F401
from tests.faces.desk.test_outside import code, enrolled
from tests.faces.desk.test_signing_browser import in_a_thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def leave_the_office(house) -> None:
    """The browser calls from this computer, which is no network of the office now."""
    cache.clear()
    unit = house.made.units["tinh-binh-lam"]
    units.set_settings(SYSTEM, unit, {"office_networks": ["10.20.0.0/16"]}, valid_from=house.today)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_code_opens_the_desk_from_home(office, world, width):  # noqa: F811
    in_a_thread(leave_the_office, world)
    with office("chuyenmon", "/lam-viec/", width=width) as page:
        arrive(page, "text=Đang ở ngoài mạng cơ quan")
        assert findings(page) == {}
    in_a_thread(enrolled, "chuyenmon")
    with office("chuyenmon", "/lam-viec/van-ban-den/", width=width) as page:
        arrive(page, "#id_code")
        page.fill("#id_code", "000000")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Mã không đúng")
        assert findings(page) == {}
        page.fill("#id_code", code())
        page.keyboard.press("Enter")
        arrive(page, "h1:has-text('Văn bản đến')")


def test_the_page_of_a_unit_with_networks_and_people(office, world):  # noqa: F811
    in_a_thread(enrolled, "vanthu")
    with office("quantri", f"/quan-tri/don-vi/{world.made.units['xa-yen-khe-vp']}") as page:
        arrive(page, "text=Ứng dụng xác thực của cán bộ")
        assert findings(page) == {}
        page.click("button:has-text('Đặt lại')")
        arrive(page, "text=Đã đặt lại ứng dụng xác thực.")
