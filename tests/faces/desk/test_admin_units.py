"""Đơn vị: contact lines and dated switches by act, and what the portal says of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services
from congvu.ground.orgs.models import UnitVersion
from tests.faces.desk.pages import errors, text
from tests.marks import refuses

pytestmark = pytest.mark.django_db
TODAY = {"valid_from_day": "19", "valid_from_month": "11", "valid_from_year": "2026"}
TOLD = {"address": "Số 1 đường Hoa Ban", "phone": "0200 000 000", "zalo": "", "responsible": "",
        "hours": "Thứ Hai đến thứ Sáu\n7:30–11:30", "own_filing": "on", **TODAY}  # fmt: skip


def test_the_list_shows_who_takes_online_filing_and_by_whose_setting(world, desk):
    page = text(desk("quantri").get("/quan-tri/don-vi", {"q": "yen khe"}))
    assert "Ủy ban nhân dân xã Yên Khê" in page
    assert "Đang nhận theo UBND tỉnh Bình Lam" in page


def test_the_list_asks_the_tree_once_and_pages(world, desk):
    client, seen, after = desk("quantri"), [], ""
    while True:
        context = client.get("/quan-tri/don-vi", {"sau": after}).context
        seen += [line.unit.id for line in context["lines"]]
        if not (after := context["next"]):
            break
    assert len(seen) == len(set(seen)) == context["total"]


def test_contact_lines_are_saved_and_stand_on_the_portal(world, desk):
    root, client = world.made.units["tinh-binh-lam"], desk("quantri")
    assert client.post(f"/quan-tri/don-vi/{root}", TOLD).status_code == 302
    settings = orgs.unit(root).settings
    assert settings == {
        "own_filing": True, "address": "Số 1 đường Hoa Ban", "phone": "0200 000 000",
        "hours": ["Thứ Hai đến thứ Sáu", "7:30–11:30"],
    }  # fmt: skip
    assert orgs.unit(root, world.today - timedelta(days=1)).settings == {"own_filing": True}
    assert "Số 1 đường Hoa Ban" in text(Client().get("/"))
    # Said again the same day: no second version, the line taken away is gone.
    versions = UnitVersion.objects.filter(unit=root).count()
    client.post(f"/quan-tri/don-vi/{root}", {**TOLD, "address": "", "own_filing": "off"})
    assert orgs.unit(root).settings["own_filing"] is False
    assert "address" not in orgs.unit(root).settings
    assert UnitVersion.objects.filter(unit=root).count() == versions


def test_a_refused_form_names_the_fields_and_keeps_what_was_typed(world, desk):
    root = world.made.units["tinh-binh-lam"]
    answer = desk("quantri").post(f"/quan-tri/don-vi/{root}", {**TOLD, "phone": "gọi cho tôi", "address": "x" * 301})
    assert (answer.status_code, [field for field, _ in errors(answer)]) == (422, ["u-address", "u-phone"])
    assert 'value="gọi cho tôi"' in answer.content.decode()
    answer = desk("quantri").post(f"/quan-tri/don-vi/{root}", {**TOLD, "valid_from_day": "40"})
    assert [field for field, _ in errors(answer)] == ["u-valid_from"]
    assert orgs.unit(root).settings == {"own_filing": True}


@refuses("orgs.set_settings")
def test_settings_are_refused_to_others_for_the_past_and_where_they_cannot_be_kept(world):
    unit, day = world.made.units["xa-yen-khe"], world.today
    with pytest.raises(Forbidden):
        services.set_settings(world.clerk, unit, {"phone": "0200 000 000"}, valid_from=day)
    services.set_settings(SYSTEM, unit, {"phone": "0200 000 000"}, valid_from=day)
    with pytest.raises(Conflict):
        services.set_settings(SYSTEM, unit, {"phone": "0200 000 001"}, valid_from=day - timedelta(days=1))
    for values in ({"own_filing": "maybe"}, {"hours": []}, {"hours": "sáng"}, {"moon": "full"}, {"address": " " * 301}):
        with pytest.raises(Invalid) as refused:
            services.set_settings(SYSTEM, unit, values, valid_from=day)
        assert [problem.field for problem in refused.value.problems] == list(values)
    assert orgs.unit(unit).settings == {"phone": "0200 000 000"}
