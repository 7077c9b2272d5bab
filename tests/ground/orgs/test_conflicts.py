"""Rights that should not lie in one hand are told, also those a stand-in would hold."""

from __future__ import annotations

from datetime import timedelta

from congvu.common.actor import SYSTEM
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services


def told(world, person: str):
    return {(one.words, *(post.title for post in one.posts)) for one in orgs.conflicts() if one.person == person}


def test_posts_that_check_each_other_in_one_hand_are_told(world, django_assert_num_queries):
    """K6: a leader who signs is made records clerk of the same agency as well."""
    chair, seal = world.staff("chutich"), world.staff("vanthu")
    before = told(world, chair.name)
    services.assign(SYSTEM, seal.position_id, chair.user_id, kind="concurrent", valid_from=world.today)
    new = told(world, chair.name) - before
    assert new == {("Vừa ký văn bản vừa giữ con dấu, cấp số.", chair.position_title, seal.position_title)}
    orgs.tree()
    with django_assert_num_queries(2):
        orgs.conflicts()


def test_a_stand_in_who_would_judge_the_own_work_is_told_with_the_last_day(world):
    specialist, head = world.staff("chuyenmon"), world.staff("truongphong")
    before = told(world, specialist.name)
    last = world.today + timedelta(days=3)
    services.substitute(
        SYSTEM, head.position_id, specialist.user_id, first=world.today, last=last, basis="Giấy ủy quyền 3"
    )  # fmt: skip
    found = [one for one in orgs.conflicts() if one.person == specialist.name]
    assert told(world, specialist.name) - before == {
        ("Vừa soạn vừa ký nháy cùng một văn bản.", specialist.position_title, head.position_title)
    }
    assert [(post.stand_in, post.until) for one in found for post in one.posts] == [(False, None), (True, last)]
    assert orgs.conflicts(on=last + timedelta(days=1)) == tuple(
        one for one in orgs.conflicts() if one.person != specialist.name
    )
