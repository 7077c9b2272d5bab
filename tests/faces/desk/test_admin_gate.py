"""The administrator's pages: open to the role ``admin`` alone; from anybody else nothing moves."""

from __future__ import annotations

import pytest
from django.test import Client

from congvu.domains.procedures.models import ProcedureVersion
from congvu.ground.audit.models import Entry
from congvu.ground.law.models import Comparison, Figure
from congvu.ground.orgs.models import UnitVersion
from congvu.ground.worktime.models import DayRule
from tests.faces.desk.pages import text

pytestmark = pytest.mark.django_db
OTHERS = ("motcua", "chuyenmon", "truongphong", "chutich", "vanthu", "giamdoc", "theodoi")
PAGES = (
    "",
    "doi-chieu",
    "tham-so",
    "thu-tuc",
    "thu-tuc/1.004873/",
    "lich/vn",
    "don-vi",
    "don-vi/{unit}",
    "ban-hanh",
    "ban-hanh/khai-bao",
)
POSTS = (
    ("doi-chieu/ghi", {"loai": "figure", "muc": "2", "against": "Văn bản"}),
    ("doi-chieu/rut", {"loai": "figure", "muc": "1", "reason": "Lý do"}),
    ("tham-so/draft_days", {"value": "1", "valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2026"}),
    ("thu-tuc/1.004873/thoi-han", {"value": "1", "unit": "wd", "basis": "Căn cứ"}),
    ("thu-tuc/1.004873/cap", {"levels": "province", "basis": "Căn cứ"}),
    ("thu-tuc/1.004873/quy-trinh", {"process": "template"}),
    ("thu-tuc/1.004873/cac-buoc", {"rows": "0"}),
    ("lich/vn", {"lam": "luu", "day_day": "23", "day_month": "11", "day_year": "2026", "kind": "off"}),
    ("don-vi/{unit}", {"address": "Số 1"}),
    ("ban-hanh/khai-bao", {"unit_id": "1", "family": "party"}),
)


def stand() -> tuple[int, ...]:
    return tuple(
        m.objects.count() for m in (Comparison, Figure, ProcedureVersion, DayRule, UnitVersion, Entry)
    )  # fmt: skip


@pytest.mark.parametrize("login", OTHERS)
def test_others_see_nothing_and_move_nothing(world, desk, login):
    client, unit, before = desk(login), world.made.units["xa-yen-khe"], stand()
    pages = [client.get(f"/quan-tri/{path.format(unit=unit)}").status_code for path in PAGES]
    posts = [client.post(f"/quan-tri/{path.format(unit=unit)}", data).status_code for path, data in POSTS]
    assert pages + posts == [403] * (len(PAGES) + len(POSTS))
    assert stand() == before


def test_strangers_are_asked_to_sign_in(world):
    for path in PAGES[:5]:
        answer = Client().get(f"/quan-tri/{path}")
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/can-bo/dang-nhap")


def test_the_navigation_leads_there_for_administrators_alone(world, desk):
    assert "Chưa đối chiếu" in text(desk("quantri").get("/lam-viec/"))
    assert "Chưa đối chiếu" not in text(desk("motcua").get("/lam-viec/"))


def test_an_administrator_opens_every_page(world, desk):
    unit, client = world.made.units["xa-yen-khe"], desk("quantri")
    answers = {path: client.get(f"/quan-tri/{path.format(unit=unit)}").status_code for path in PAGES}
    assert answers == dict.fromkeys(PAGES, 200)
    assert client.get("/quan-tri/thu-tuc/9.999999/").status_code == 404
    assert client.get("/quan-tri/lich/khong-co").status_code == 404
    assert client.get("/quan-tri/don-vi/999999").status_code == 404
    assert client.get("/quan-tri/thu-tuc?sau=x").status_code == 422
