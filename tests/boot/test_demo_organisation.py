"""The invented province: complete, quick, and in no list of real places."""

from __future__ import annotations

import json
import re
import time
from datetime import date
from importlib.resources import files

import pytest

from congvu.boot.demo import load, organisation
from congvu.boot.demo.accounts import ACCOUNTS
from congvu.boot.demo.people import CITIZENS
from congvu.boot.demo.territory import COMMUNES, DISTRICTS, FORMER
from congvu.common.zones import at
from congvu.ground.accounts.identity import parse_personal_id, parse_tax_code
from congvu.ground.orgs import selectors
from congvu.ground.orgs.models import Unit

TODAY = date(2026, 11, 21)
NOW = at(TODAY, 9)


@pytest.fixture
def here(db):
    return organisation.load(TODAY)


def test_loads_under_two_seconds_and_only_once(db):
    begun = time.monotonic()
    first = organisation.load(TODAY)
    assert time.monotonic() - begun < 2
    assert organisation.load(TODAY) == first


def test_a_demo_of_an_earlier_version_is_left_as_it_is(here, monkeypatch):
    played: list[object] = []
    for name in ("stage", "citizen", "meetings"):
        monkeypatch.setattr(getattr(load, name), "play", lambda *_args, **_more: played.append(1) or 0)
    monkeypatch.setattr(load, "documents", lambda *_args, **_more: played.append(1) or 0)
    monkeypatch.setattr(load, "load_procedures", lambda: None)
    monkeypatch.setattr(load, "_fill_gaps", lambda: None)
    load.load(size=0)
    assert played
    played.clear()
    Unit.objects.filter(key=organisation.FRONT_KEY).update(key="mot-don-vi-khac")
    assert (load.load(size=0), played) == (0, [])


def test_every_commune_has_its_offices_and_people(here):
    communes = selectors.agencies(TODAY, level="commune")
    assert len(communes) == 24
    for commune in communes:
        places = selectors.places(commune.id, TODAY)
        assert set(places) == {"authority", "office", "section_economy", "section_culture", "center"}
        assert len(selectors.positions(commune.id, "chair", TODAY)) == 3
        assert len(selectors.positions(places["center"], "clerk", TODAY)) == 2
        assert len(selectors.positions(places["office"], "registrar", TODAY)) == 1


def test_wards_and_communes_differ_in_one_section(here):
    names = {key: selectors.unit(here.units[key], TODAY).short_name for key in ("xa-yen-khe-kt", "xa-lam-khuc-kt")}
    assert names == {"xa-yen-khe-kt": "Phòng Kinh tế", "xa-lam-khuc-kt": "Phòng Kinh tế, Hạ tầng và Đô thị"}


def test_both_trees(here):
    old = selectors.path(here.units["xa-cu-cam-khue"], date(2025, 6, 30))
    assert [u.short_name for u in old] == ["UBND tỉnh Bình Lam", "UBND huyện Lam Vọng", "UBND xã Cẩm Khuê"]
    new = selectors.path(here.units["xa-yen-khe"], TODAY)
    assert [u.short_name for u in new] == ["UBND tỉnh Bình Lam", "UBND xã Yên Khê"]
    cut = {t.successor_id for t in selectors.successors(here.units["xa-cu-cam-khue"])}
    assert cut == {here.units["xa-yen-khe"], here.units["xa-dong-lam"], here.units["xa-dong-khue"]}


def test_shown_accounts_hold_the_posts_they_are_told_with(here):
    for account in ACCOUNTS.shown:
        actor = selectors.staff_actor(here.users[account.username], at=NOW)
        assert actor.name == account.name
        assert actor.position_id is not None
    assert selectors.staff_actor(here.users["quantri"], at=NOW).roles == {"admin"}
    assert len(selectors.staff_actor(here.users["chutichtinh"], at=NOW).unit_ids) > 130


def test_two_posts_and_a_stand_in(here):
    assert [p.kind for p in selectors.posts_of(here.users["kiemnhiem"], NOW)] == ["main", "concurrent"]
    chair = here.positions["xa-yen-khe:chair:1"]
    actor = selectors.staff_actor(here.users["phochutich"], chair, NOW)
    assert (actor.name, actor.on_behalf_of, actor.unit_id) == (
        "Vũ Thị Lan", "Lương Trọng Hùng", here.units["xa-yen-khe"],
    )  # fmt: skip


def test_no_place_is_a_real_one():
    data = files("vietnamadminunits") / "data"
    lists = [json.loads((data / f"parser_{era}.json").read_text(encoding="utf-8")) for era in ("legacy", "from_2025")]
    real = json.dumps(lists, ensure_ascii=False).casefold()
    invented = [c.name for c in COMMUNES if c.name != "Yên Khê"] + [f.name for f in FORMER] + [n for _, n in DISTRICTS]
    assert [name for name in invented if re.search(rf"\b{name.casefold()}\b", real)] == []
    assert re.search(r"\byên khê\b", real), "the comparison itself works: a former commune had that name"
    assert len(set(invented)) == len(invented) == 33


def test_numbers_of_citizens_are_well_formed_and_nobodys():
    for citizen in CITIZENS:
        number = parse_personal_id(citizen.personal_id)
        assert number.birth_place == "099"
        assert (number.birth_year, number.sex) == (citizen.born_on.year, citizen.sex.lower())
        assert not citizen.tax_code or parse_tax_code(citizen.tax_code).startswith("99")
    assert len({c.tech_id for c in CITIZENS}) == len(CITIZENS)
