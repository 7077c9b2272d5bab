"""Giving: who may, what an order must say, whom it reaches; correcting, handing on, giving again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid, KeyReused, NotFound
from congvu.common.zones import VN
from congvu.domains.tasks import selectors, services
from congvu.domains.tasks.errors import WrongState
from congvu.domains.tasks.models import Task
from congvu.domains.tasks.types import Amendment, Holder, Standing
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry as Trail
from tests.domains.tasks.orders import DUE, UNIT, give, order, post
from tests.marks import refuses


def test_a_task_waits_for_its_owner_and_says_who_gave_it(world):
    record = give(world, task_code="NV-UBND-2026-17", supporters=(post(world, "vanhoa"),))
    view = selectors.task(world.staff("chuyenmon"), record)
    assert (view.code, view.standing) == ("H99.101/NV26-0001", Standing.WAITING)
    assert (view.owner.unit, view.owner.name) == ("Phòng Kinh tế", world.staff("chuyenmon").name)
    assert (view.assigner.name, view.assigner.post) == ("Lương Trọng Hùng", "Chủ tịch UBND")
    assert (view.task_code, view.due_at, [part.part for part in view.supports]) == ("NV-UBND-2026-17", DUE, ["support"])
    (mine,) = work.inbox(world.staff("chuyenmon")).rows
    assert (mine.record_kind, mine.kind, mine.name, mine.due_at) == ("task", "task", "Thực hiện nhiệm vụ", DUE)
    assert [row.name for row in work.inbox(world.staff("vanhoa")).rows] == ["Phối hợp thực hiện nhiệm vụ"]
    assert work.inbox(world.staff("chutich")).rows == ()


def test_a_unit_without_a_named_post_means_its_leader(world):
    record = give(world, owner=Holder(world.made.units[f"{UNIT}-kt"]))
    assert selectors.task(world.staff("truongphong"), record).owner.post == "Trưởng phòng"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"output": ""}, "output"),
        ({"due": None}, "due"),
        ({"no_term": True}, "due"),
        ({"due": datetime(2026, 11, 19, 9, 0, tzinfo=VN)}, "due"),
        ({"task_code": "x" * 101}, "task_code"),
    ],
)
def test_what_is_missing_is_named_and_nothing_moves(world, change, field):
    with pytest.raises(Invalid) as caught:
        give(world, **change)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert (Task.objects.count(), Trail.objects.filter(verb="task.give").count()) == (0, 0)


def test_no_term_is_said_and_never_late(world):
    record = give(world, due=None, no_term=True)
    world.clock.move_to(datetime(2027, 6, 1, 9, 0, tzinfo=VN))
    assert selectors.task(world.staff("chuyenmon"), record).standing == Standing.WAITING


def test_nobody_has_two_parts_and_a_post_belongs_to_its_unit(world):
    with pytest.raises(Invalid):
        give(world, supporters=(post(world, "chuyenmon"),))
    with pytest.raises(Invalid):
        give(world, owner=Holder(world.made.units[f"{UNIT}-vh"], world.staff("chuyenmon").position_id))
    assert Task.objects.count() == 0


@refuses("task.give")
def test_only_leaders_give_and_only_to_units_they_lead(world):
    for login, owner in (("chuyenmon", "chuyenmon"), ("truongphong", "vanhoa"), ("chutich", "chutichtinh")):
        with pytest.raises(Forbidden):
            services.give(world.staff(login), order(world, owner=post(world, owner)))
    with pytest.raises(Forbidden):
        give(world, supporters=(post(world, "chutichtinh"),))
    with pytest.raises(NotFound):
        give(world, source=uuid4())
    assert Task.objects.count() == 0
    services.give(world.staff("truongphong"), order(world))


def test_a_source_is_shown_only_to_who_may_read_it(world):
    dossier = world.take_in("2.000908").record_id
    record = services.give(world.staff("chutich"), order(world, owner=post(world, "vanhoa"), source=dossier))
    given = selectors.task(world.staff("chutich"), record)
    assert given.source is not None
    assert given.source.id == dossier
    seen = selectors.task(world.staff("vanhoa"), record)
    assert (seen.has_source, seen.source) == (True, None)
    assert [row.id for row in selectors.of_source(world.staff("vanhoa"), dossier)] == [record]
    assert selectors.source_of(record) == dossier


def test_the_same_key_gives_one_task(world):
    chair = world.staff("chutich")
    first = services.give(chair, order(world), key="k1")
    assert services.give(chair, order(world), key="k1") == first
    with pytest.raises(KeyReused):
        services.give(chair, order(world, title="Khác"), key="k1")
    assert Task.objects.count() == 1


def test_only_those_on_it_and_their_units_read_it(world):
    record = give(world)
    for login in ("chuyenmon", "truongphong", "chutich", "chutichtinh"):
        assert selectors.task(world.staff(login), record).id == record
    for login in ("vanhoa", "motcua", "quantri"):
        with pytest.raises(NotFound):
            selectors.task(world.staff(login), record)


def test_numbers_run_in_the_agency_of_who_gives(world):
    give(world)
    second = give(world)
    assert selectors.task(world.staff("chutich"), second).code == "H99.101/NV26-0002"
    province = services.give(world.staff("chutichtinh"), order(world, owner=post(world, "chutich")))
    assert selectors.task(world.staff("chutichtinh"), province).code == "H99/NV26-0001"


@refuses("task.amend")
def test_a_task_is_corrected_only_until_it_is_begun(world):
    record, chair = give(world), world.staff("chutich")
    later = datetime(2026, 11, 30, 17, 0, tzinfo=VN)
    change = Amendment("Rà soát diện tích lúa và ngô", "Báo cáo", due=later)
    with pytest.raises(Forbidden):
        services.amend(world.staff("chuyenmon"), record, change)
    with pytest.raises(Conflict):
        services.amend(chair, record, change, version=1)
    services.amend(chair, record, change)
    (row,) = work.inbox(world.staff("chuyenmon")).rows
    assert (row.title, row.due_at) == ("Rà soát diện tích lúa và ngô", later)
    services.start(world.staff("chuyenmon"), record)
    with pytest.raises(WrongState):
        services.amend(chair, record, replace(change, title="Muộn"))
    assert selectors.task(chair, record).title == "Rà soát diện tích lúa và ngô"


@refuses("task.hand_on")
def test_the_unit_s_leader_hands_on_inside_the_unit(world):
    record = give(world, owner=post(world, "truongphong"))
    head, specialist = world.staff("truongphong"), post(world, "chuyenmon")
    with pytest.raises(Forbidden):
        services.hand_on(world.staff("chutich"), record, to=specialist)
    with pytest.raises(Invalid):
        services.hand_on(head, record, to=post(world, "vanhoa"))
    services.hand_on(head, record, to=specialist, text="Làm trước thứ Tư.")
    view = selectors.task(head, record)
    assert view.owner.position_id == specialist.position
    assert view.entries[0].label == "Phân công trong đơn vị"
    assert work.inbox(head).rows == ()
    assert [row.record_id for row in work.inbox(world.staff("chuyenmon")).rows] == [record]


@refuses("task.give_again")
def test_what_came_back_is_given_again(world):
    record, chair = give(world), world.staff("chutich")
    with pytest.raises(WrongState):
        services.give_again(chair, record, to=post(world, "vanhoa"))
    services.send_back(world.staff("chuyenmon"), record, reason="Không thuộc lĩnh vực của phòng.")
    with pytest.raises(Forbidden):
        services.give_again(world.staff("chuyenmon"), record, to=post(world, "vanhoa"))
    with pytest.raises(Invalid):
        services.give_again(chair, record, to=post(world, "chutichtinh"))
    services.give_again(chair, record, to=post(world, "vanhoa"))
    view = selectors.task(world.staff("vanhoa"), record)
    assert (view.standing, view.owner.position_id) == (Standing.WAITING, world.staff("vanhoa").position_id)
    assert work.inbox(chair).rows == ()


def test_a_task_under_a_task(world):
    record = give(world, owner=post(world, "truongphong"))
    head = world.staff("truongphong")
    after = datetime(2026, 11, 27, 17, 0, tzinfo=VN)
    with pytest.raises(Invalid) as caught:
        services.give(head, order(world, parent=record, due=after))
    assert caught.value.problems[0].code == "after_parent"
    child = services.give(head, order(world, parent=record))
    assert [row.id for row in selectors.task(head, record).children] == [child]
    above = selectors.task(world.staff("chuyenmon"), child).parent
    assert above is not None
    assert above.id == record
    with pytest.raises(WrongState):
        services.finish(head, record, text="Xong")
    services.cancel(world.staff("chutich"), record, reason="Tỉnh đã rút yêu cầu.")
    assert selectors.task(head, child).standing == Standing.CANCELLED
    assert work.inbox(world.staff("chuyenmon")).rows == ()
