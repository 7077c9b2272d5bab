"""Who sees which record: a table of actor and expected ids, not "no error".

Each record is named after whom it belongs to. Other rooms add their objects by writing rows of their own kind with
the readers they give them; the table of actors stays.
"""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from congvu.common.actor import ANONYMOUS, SYSTEM
from congvu.common.errors import NotFound
from congvu.common.zones import at
from congvu.ground.accounts.models import Subject, User
from congvu.ground.accounts.selectors import citizen_actor
from congvu.ground.orgs.selectors import staff_actor
from congvu.ground.records.selectors import get_visible, visible_ids, visible_to
from congvu.ground.records.services import open_record
from tests.ground.orgs.build import person, post, province, seat, stand_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
ALL = {"center x", "economy x", "culture x", "center y", "department", "of one post", "of admins", "nobody's"}
COMMUNE_X = {"center x", "economy x", "culture x"}
MATRIX = {
    "clerk of x": {"center x"},
    "specialist of economy x": {"economy x", "of one post"},
    "head of economy x": {"economy x"},
    "registrar of x": set(),
    "director of centre x": {"center x"},
    "chair of x": COMMUNE_X,
    "stand-in for the chair of x": COMMUNE_X,
    "the stand-in in the own post": {"culture x"},
    "clerk of y": {"center y"},
    "chair of y": {"center y"},
    "director of the department": {"department"},
    "chair of the province": ALL - {"of one post", "of admins", "nobody's"},
    "province reader": ALL - {"of one post", "of admins", "nobody's"},
    "administrator": {"of admins"},
    "somebody without a post": set(),
    "somebody whose post has ended": set(),
    "citizen who filed in x": {"center x"},
    "citizen who filed nothing": set(),
    "nobody signed in": set(),
    "the program itself": ALL,
}


@pytest.fixture
def world():
    with time_machine.travel(at(TODAY, 9), tick=False):
        ids = province()
        ids["tt-y"] = ids["vp-y"]
        actors = {**_staff(ids), **_citizens(), "nobody signed in": ANONYMOUS, "the program itself": SYSTEM}
        yield actors, _records(ids, actors)


def _official(ids, name, unit, *roles, **dates):
    user = person(name.replace(" ", "-"), name)
    position = post(ids[unit], name, *roles)
    seat(user, position, **dates)
    return user, position


def _staff(ids):
    posts = {
        "clerk of x": ("tt-x", "clerk"), "specialist of economy x": ("kt-x", "specialist"),
        "head of economy x": ("kt-x", "head"), "registrar of x": ("vp-x", "registrar"),
        "director of centre x": ("tt-x", "center_head"), "chair of x": ("x", "chair"), "clerk of y": ("tt-y", "clerk"),
        "chair of y": ("y", "chair"), "director of the department": ("so", "chair"),
        "chair of the province": ("tinh", "chair"), "province reader": ("vp-tinh", "province_reader"),
        "administrator": ("tinh", "admin"), "the stand-in in the own post": ("vh-x", "specialist"),
    }  # fmt: skip
    held = {name: _official(ids, name, *where) for name, where in posts.items()}
    actors = {name: staff_actor(user.id) for name, (user, _position) in held.items()}
    deputy, chair = held["the stand-in in the own post"][0], held["chair of x"][1]
    stand_in(deputy, chair, TODAY, TODAY)
    actors["stand-in for the chair of x"] = staff_actor(deputy.id, chair.id)
    actors["somebody without a post"] = staff_actor(person("moi", "Người mới").id)
    gone, _position = _official(ids, "somebody whose post has ended", "kt-x", "head", valid_to=date(2026, 11, 20))
    actors["somebody whose post has ended"] = staff_actor(gone.id)
    return actors


def _citizens():
    actors = {}
    for number, name in enumerate(("citizen who filed in x", "citizen who filed nothing")):
        subject = Subject.objects.create(full_name=name, personal_id=f"09909300010{number}")
        user = User.objects.create(username=f"subject:{number}", kind="citizen", subject=subject)
        actors[name] = citizen_actor(user.id)
    return actors


def _records(ids, actors):
    filed = f"s:{actors['citizen who filed in x'].subject_id}"
    one = f"p:{actors['specialist of economy x'].position_id}"
    readers = {
        "center x": [f"u:{ids['tt-x']}", filed], "economy x": [f"u:{ids['kt-x']}"],
        "culture x": [f"u:{ids['vh-x']}"], "center y": [f"u:{ids['tt-y']}"], "department": [f"u:{ids['so']}"],
        "of one post": [one], "of admins": ["r:admin"], "nobody's": [],
    }  # fmt: skip
    return {
        name: open_record(
            kind="test", title=name, unit=ids["x"], state="open", readers=keys, opened_at=at(TODAY, 8), code=name
        ).id
        for name, keys in readers.items()
    }


@pytest.mark.parametrize("who", sorted(MATRIX))
def test_actor_sees_exactly_these(world, who, django_assert_max_num_queries):
    actors, records = world
    expected = {records[name] for name in MATRIX[who]}
    with django_assert_max_num_queries(1):
        assert {record.id for record in visible_to(actors[who])} == expected
    assert {row["id"] for row in visible_ids(actors[who])} == expected
    for name, record_id in records.items():
        if name in MATRIX[who]:
            assert get_visible(actors[who], record_id, kind="test").id == record_id
        else:
            with pytest.raises(NotFound):
                get_visible(actors[who], record_id, kind="test")


def test_table_names_every_actor_of_the_world(world):
    assert set(world[0]) == set(MATRIX)
    assert set(world[1]) == ALL
