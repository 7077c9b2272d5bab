"""Posts, stand-ins, and the actor an official is."""

from datetime import UTC, date, datetime

import pytest

from congvu.common.errors import Forbidden
from congvu.common.zones import at
from congvu.ground.orgs import selectors
from congvu.ground.orgs.types import Holder
from tests.ground.orgs.build import person, post, province, seat, stand_in

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 11, 20), 9)


@pytest.fixture
def ids():
    return province()


@pytest.mark.parametrize(
    ("unit", "role", "reads"),
    [
        ("tt-x", "clerk", {"tt-x"}),
        ("kt-x", "specialist", {"kt-x"}),
        ("kt-x", "head", {"kt-x"}),
        ("tt-x", "center_head", {"tt-x"}),
        ("x", "chair", {"x", "vp-x", "kt-x", "vh-x", "tt-x"}),
        ("vp-tinh", "chair", {"vp-tinh", "tt-tinh"}),
        ("x", "admin", set()),
        ("x", "unheard_of", set()),
    ],
)
def test_reach_of_roles(ids, unit, role, reads, django_assert_max_num_queries):
    user = person("a", "Phạm Thị Hoa")
    seat(user, post(ids[unit], "Vị trí", role))
    with django_assert_max_num_queries(3):
        actor = selectors.staff_actor(user.id, at=NOW)
    assert actor.unit_ids == {ids[key] for key in reads}
    assert (actor.unit_id, actor.roles, actor.on_behalf_of) == (ids[unit], {role}, "")


def test_province_reader_reads_everything_in_three_statements(ids, django_assert_max_num_queries):
    user = person("a", "Lê Thị Minh Tâm")
    seat(user, post(ids["tt-tinh"], "Chuyên viên", "province_reader"))
    with django_assert_max_num_queries(3):
        assert selectors.staff_actor(user.id, at=NOW).unit_ids == set(ids.values())


def test_concurrent_posts_main_first_and_each_alone(ids):
    user = person("a", "Đặng Thị Ngân")
    clerk, registrar = post(ids["tt-x"], "Một cửa", "clerk"), post(ids["vp-x"], "Văn thư", "registrar")
    seat(user, registrar, "concurrent")
    seat(user, clerk)
    assert [(p.title, p.kind) for p in selectors.posts_of(user.id, NOW)] == [
        ("Một cửa", "main"), ("Văn thư", "concurrent"),
    ]  # fmt: skip
    assert selectors.staff_actor(user.id, at=NOW).roles == {"clerk"}
    assert selectors.staff_actor(user.id, registrar.id, NOW).roles == {"registrar"}
    assert selectors.staff_actor(user.id, registrar.id, NOW).unit_ids == {ids["vp-x"]}


def test_stand_in_acts_in_the_position_and_keeps_the_own_name(ids):
    chair, deputy = person("ct", "Nguyễn Hữu Phước"), person("pct", "Vũ Thị Lan")
    seat_of_chair, seat_of_deputy = post(ids["x"], "Chủ tịch", "chair"), post(ids["vp-x"], "Chánh Văn phòng", "head")
    seat(chair, seat_of_chair)
    seat(deputy, seat_of_deputy)
    stand_in(deputy, seat_of_chair, date(2026, 11, 20), date(2026, 11, 20))
    actor = selectors.staff_actor(deputy.id, seat_of_chair.id, NOW)
    assert (actor.name, actor.on_behalf_of) == ("Vũ Thị Lan", "Nguyễn Hữu Phước")
    assert (actor.position_id, actor.position_title, actor.unit_id) == (seat_of_chair.id, "Chủ tịch", ids["x"])
    assert actor.unit_ids == selectors.subtree(ids["x"], NOW.date())
    assert [p.stand_in_for for p in selectors.posts_of(deputy.id, NOW)] == ["", "Nguyễn Hữu Phước"]
    assert selectors.holders_of(seat_of_chair.id, NOW) == [
        Holder(chair.id, "Nguyễn Hữu Phước", "main"), Holder(deputy.id, "Vũ Thị Lan", "stand_in", True),
    ]  # fmt: skip


def test_substitution_ends_with_its_day_or_when_revoked(ids):
    deputy = person("pct", "Vũ Thị Lan")
    empty = post(ids["x"], "Chủ tịch", "chair")
    row = stand_in(deputy, empty, date(2026, 11, 20), date(2026, 11, 20))
    assert selectors.posts_of(deputy.id, NOW)[0].stand_in_for == "Chủ tịch"
    # 23:59 on the last day in Vietnam is 16:59 UTC; a minute later the civil day is over.
    assert selectors.posts_of(deputy.id, datetime(2026, 11, 20, 16, 59, tzinfo=UTC))
    assert selectors.posts_of(deputy.id, datetime(2026, 11, 20, 17, 0, tzinfo=UTC)) == []
    row.revoked_at = NOW
    row.save()
    assert selectors.posts_of(deputy.id, NOW) == []
    assert selectors.holders_of(empty.id, NOW) == []


def test_post_not_held_is_refused(ids):
    user, other = person("a", "Phạm Thị Hoa"), post(ids["x"], "Chủ tịch", "chair")
    seat(user, post(ids["tt-x"], "Một cửa", "clerk"), valid_to=date(2026, 11, 19))
    with pytest.raises(Forbidden) as refusal:
        selectors.staff_actor(user.id, other.id, NOW)
    assert refusal.value.code == "post_not_held"


def test_without_a_post_no_rights_and_closed_logins_none_at_all(ids):
    user = person("a", "Phạm Thị Hoa")
    seat(user, post(ids["tt-x"], "Một cửa", "clerk"), valid_to=date(2026, 11, 19))
    actor = selectors.staff_actor(user.id, at=NOW)
    assert (actor.name, actor.position_id, actor.roles, actor.reader_keys) == ("Phạm Thị Hoa", None, frozenset(), [])
    user.is_active = False
    user.save()
    with pytest.raises(Forbidden):
        selectors.staff_actor(user.id, at=NOW)


def test_positions_of_a_unit_by_role_and_day(ids):
    clerk = post(ids["tt-x"], "Một cửa", "clerk")
    post(ids["tt-x"], "Lãnh đạo", "center_head")
    post(ids["tt-x"], "Một cửa cũ", "clerk", valid_to=date(2026, 1, 1))
    assert [p.id for p in selectors.positions(ids["tt-x"], "clerk", NOW.date())] == [clerk.id]
    assert [p.title for p in selectors.positions(ids["tt-x"], on=NOW.date())] == ["Một cửa", "Lãnh đạo"]


def test_seats_of_units_with_who_holds_them_in_one_statement(world, django_assert_num_queries):
    unit = world.made.units["xa-yen-khe"]
    with django_assert_num_queries(1):
        found = selectors.seats([unit, unit])
    assert [(seat.title, seat.roles) for seat in found] == [
        ("Chủ tịch UBND", ("chair",)), ("Phó Chủ tịch UBND", ("chair",)), ("Phó Chủ tịch UBND", ("chair",)),
    ]  # fmt: skip
    assert found[0].names == ("Lương Trọng Hùng",)
    assert selectors.seats([]) == []
