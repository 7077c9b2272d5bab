"""Posts are made; people come, go and stand in by acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from congvu.common.actor import SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import at
from congvu.ground.accounts.models import User
from congvu.ground.audit.models import Entry
from congvu.ground.orgs import selectors, services
from congvu.ground.orgs.errors import PositionNotFound
from congvu.ground.orgs.models import Assignment, Position, Substitution
from tests.ground.orgs.build import admin, person, post, province, seat, stand_in
from tests.marks import refuses

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(at(TODAY, 9), tick=False):
        yield


@pytest.fixture
def ids():
    return province()


@pytest.fixture
def hoa():
    return person("hoa", "Phạm Thị Hoa")


def counts():
    models = (Position, Assignment, Substitution, Entry)
    return tuple(model.objects.count() for model in models)


def fields(refusal):
    return [p.field for p in refusal.value.problems]


def test_a_post_a_person_and_their_end(ids, hoa):
    who = admin(ids["x"])
    made = services.create_position(who, ids["tt-x"], " Một  cửa ", ["clerk", "clerk"], valid_from=TODAY)
    assert selectors.position(made).title == "Một cửa"
    assert selectors.position(made).roles == ("clerk",)
    assigned = services.assign(who, made, hoa.id, valid_from=TODAY)
    assert selectors.staff_actor(hoa.id).position_id == made
    services.end_assignment(who, assigned, last_day=TODAY)
    assert selectors.staff_actor(hoa.id).position_id == made, "the last day still belongs to it"
    with time_machine.travel(at(date(2026, 11, 22), 0), tick=False):
        assert selectors.posts_of(hoa.id) == []
    assert set(Entry.objects.values_list("verb", flat=True)) == {
        "orgs.create_position", "orgs.assign", "orgs.end_assignment",
    }  # fmt: skip


@refuses("orgs.create_position", "orgs.assign", "orgs.end_assignment")
def test_only_the_administrator_of_the_agency(ids, hoa):
    clerk = post(ids["tt-x"], "Một cửa", "clerk")
    seated = seat(hoa, clerk)
    before = counts()
    for who in (admin(ids["y"]), replace(admin(ids["x"]), roles=frozenset({"chair"}))):
        with pytest.raises(Forbidden):
            services.create_position(who, ids["tt-x"], "Một cửa", ["clerk"], valid_from=TODAY)
        with pytest.raises(Forbidden):
            services.assign(who, clerk.id, hoa.id, valid_from=TODAY)
        with pytest.raises(Forbidden):
            services.end_assignment(who, seated.id, last_day=TODAY)
    seated.refresh_from_db()
    assert (counts(), seated.valid_to) == (before, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"roles": []}, "roles"),
        ({"roles": ["vua"]}, "roles"),
        ({"valid_from": date(2020, 1, 1)}, "valid_from"),
        ({"valid_to": date(2026, 11, 20)}, "valid_to"),
    ],
)
def test_create_position_names_the_field(ids, wrong, field):
    given = {"unit_id": ids["tt-x"], "title": "Một cửa", "roles": ["clerk"], "valid_from": TODAY, **wrong}
    before = counts()
    with pytest.raises(Invalid) as refusal:
        services.create_position(SYSTEM, given.pop("unit_id"), given.pop("title"), given.pop("roles"), **given)
    assert (fields(refusal), counts()) == ([field], before)


def test_one_main_post_at_a_time_and_none_twice(ids, hoa):
    clerk, registrar = post(ids["tt-x"], "Một cửa", "clerk"), post(ids["vp-x"], "Văn thư", "registrar")
    seat(hoa, clerk)
    with pytest.raises(Invalid) as refusal:
        services.assign(SYSTEM, registrar.id, hoa.id, valid_from=TODAY)
    assert fields(refusal) == ["kind"]
    with pytest.raises(Invalid) as refusal:
        services.assign(SYSTEM, clerk.id, hoa.id, valid_from=TODAY, kind="concurrent")
    assert fields(refusal) == ["user_id"]
    services.assign(SYSTEM, registrar.id, hoa.id, valid_from=TODAY, kind="concurrent")
    assert [p.title for p in selectors.posts_of(hoa.id)] == ["Một cửa", "Văn thư"]


def test_assign_refuses_who_or_when_it_cannot_be(ids, hoa):
    clerk = post(ids["tt-x"], "Một cửa", "clerk", valid_to=date(2026, 12, 31))
    closed = User.objects.create(username="da-dong", kind="staff", is_active=False)
    before = counts()
    for user_id, values, field in (
        (closed.id, {"valid_to": date(2026, 12, 1)}, "user_id"),
        (10**9, {"valid_to": date(2026, 12, 1)}, "user_id"),
        (hoa.id, {}, "valid_from"),
        (hoa.id, {"valid_to": date(2026, 12, 1), "kind": "khác"}, "kind"),
    ):
        with pytest.raises(Invalid) as refusal:
            services.assign(SYSTEM, clerk.id, user_id, valid_from=TODAY, **values)
        assert fields(refusal) == [field]
    with pytest.raises(PositionNotFound):
        services.assign(SYSTEM, 10**9, hoa.id, valid_from=TODAY)
    assert counts() == before


def test_a_program_outside_holds_a_post_but_stands_in_for_nobody(ids):
    machine = User.objects.create(username="may", kind="machine", full_name="Phần mềm hộ tịch")
    clerk = post(ids["tt-x"], "Kết nối phần mềm", "clerk")
    services.assign(SYSTEM, clerk.id, machine.id, valid_from=TODAY)
    actor = selectors.machine_actor(machine.id, clerk.id)
    assert (actor.name, actor.roles, actor.unit_ids) == ("Phần mềm hộ tịch", {"clerk"}, {ids["tt-x"]})
    assert selectors.posts_of(machine.id) == []
    chair = post(ids["x"], "Chủ tịch", "chair")
    with pytest.raises(Forbidden):
        selectors.staff_actor(machine.id)
    with pytest.raises(Forbidden):
        selectors.machine_actor(machine.id, chair.id)
    with pytest.raises(Invalid) as refusal:
        services.substitute(SYSTEM, chair.id, machine.id, first=TODAY, last=TODAY, basis="Thông báo 1/TB-UBND")
    assert fields(refusal) == ["user_id"]


def test_end_assignment_only_once_and_not_before_it_began(ids, hoa):
    seated = seat(hoa, post(ids["tt-x"], "Một cửa", "clerk"))
    with pytest.raises(Invalid):
        services.end_assignment(SYSTEM, seated.id, last_day=date(2025, 6, 30))
    services.end_assignment(SYSTEM, seated.id, last_day=TODAY)
    with pytest.raises(Conflict):
        services.end_assignment(SYSTEM, seated.id, last_day=date(2026, 12, 1))
    with pytest.raises(NotFound):
        services.end_assignment(SYSTEM, 10**9, last_day=TODAY)


def test_the_holder_names_a_stand_in_and_takes_it_back(ids, hoa):
    hung = person("hung", "Lương Trọng Hùng")
    chair = post(ids["x"], "Chủ tịch", "chair")
    seat(hung, chair)
    made = services.substitute(
        selectors.staff_actor(hung.id), chair.id, hoa.id, first=TODAY, last=date(2026, 11, 30), basis="TB 12/TB-UBND"
    )
    stands = selectors.staff_actor(hoa.id, chair.id)
    assert stands.on_behalf_of == "Lương Trọng Hùng"
    with pytest.raises(Forbidden):
        services.revoke_substitution(stands, made)
    services.revoke_substitution(selectors.staff_actor(hung.id), made)
    assert selectors.posts_of(hoa.id) == []
    with pytest.raises(Conflict):
        services.revoke_substitution(SYSTEM, made)
    with pytest.raises(NotFound):
        services.revoke_substitution(SYSTEM, 10**9)


@refuses("orgs.substitute", "orgs.revoke_substitution")
def test_strangers_name_no_stand_in_and_revoke_none(ids, hoa):
    chair = post(ids["x"], "Chủ tịch", "chair")
    row = stand_in(hoa, chair, TODAY, TODAY)
    before = counts()
    for who in (admin(ids["y"]), selectors.staff_actor(hoa.id, chair.id)):
        with pytest.raises(Forbidden):
            services.substitute(who, chair.id, hoa.id, first=TODAY, last=TODAY, basis="TB")
        with pytest.raises(Forbidden):
            services.revoke_substitution(who, row.id)
    row.refresh_from_db()
    assert (counts(), row.revoked_at) == (before, None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"basis": " "}, "basis"),
        ({"last": date(2026, 11, 20)}, "valid_to"),
        ({"first": date(2025, 1, 1)}, "valid_from"),
    ],
)
def test_substitute_names_the_field(ids, hoa, wrong, field):
    chair = post(ids["x"], "Chủ tịch", "chair")
    before = counts()
    with pytest.raises(Invalid) as refusal:
        services.substitute(
            SYSTEM, chair.id, hoa.id, **{"first": TODAY, "last": date(2026, 11, 30), "basis": "TB", **wrong}
        )
    assert (fields(refusal), counts()) == ([field], before)


def test_nobody_stands_in_for_themselves_or_twice(ids, hoa):
    chair = post(ids["x"], "Chủ tịch", "chair")
    given = {"first": TODAY, "last": date(2026, 11, 30), "basis": "TB"}
    services.substitute(SYSTEM, chair.id, hoa.id, **given)
    with pytest.raises(Invalid, match="chưa đúng"):
        services.substitute(SYSTEM, chair.id, hoa.id, **given)
    other = post(ids["y"], "Chủ tịch", "chair")
    seat(hoa, other)
    with pytest.raises(Invalid):
        services.substitute(SYSTEM, other.id, hoa.id, **given)
    assert Substitution.objects.count() == 1
