"""Every page of the portal has a title, one main heading, and no id twice."""

from __future__ import annotations

from tests.faces.portal.births import begin
from tests.faces.portal.pages import post
from tests.faces.portal.world import BIRTH
from tests.faces.shape import faults


def test_pages_of_the_portal_are_well_shaped(mother, anybody, world):
    for path in (
        "/", "/thu-tuc", "/thu-tuc?q=khai+sinh", "/thu-tuc?q=zzzqq", f"/thu-tuc/{BIRTH}", "/viec/sinh-con", "/ho-so",
        "/ho-so?ma=H99.101-261119-9999", "/dang-nhap", "/khong-co-trang-nay", "/h/khongco",
    ):  # fmt: skip
        assert (path, faults(anybody.get(path))) == (path, [])
    for path in ("/", "/ho-so", "/ho-so/dang-ke-khai", f"/thu-tuc/{BIRTH}/nop"):
        assert (path, faults(mother.get(path))) == (path, [])


def test_pages_of_the_wizard_are_well_shaped(mother, world):
    page = begin(mother, world)
    assert faults(page) == []
    refused = post(mother, page, {"acting": "other"})
    assert (refused.status_code, faults(refused)) == (422, [])
