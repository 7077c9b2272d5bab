"""Lists, counts and boards: what stands in them, in which order, and how many statements they cost."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.db import connection

from congvu.common.errors import Invalid
from congvu.common.zones import VN
from congvu.domains.tasks import selectors, services
from congvu.domains.tasks.selectors import Query
from congvu.ground.orgs import selectors as orgs
from tests.domains.tasks.orders import give, post


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 17, 0, tzinfo=VN)


def test_open_ones_by_term_page_by_page(world):
    titles = {"c": day(30), "a": day(20), "b": day(25)}
    for title, due in titles.items():
        give(world, title=title, due=due)
    give(world, title="z", due=None, no_term=True)
    owner = world.staff("chuyenmon")
    found, after = [], ""
    for _ in range(4):
        page = selectors.tasks(owner, Query("mine"), after=after, limit=1)
        found += [row.title for row in page.rows]
        after = page.next
    assert (found, after) == (["a", "b", "c", "z"], "")
    for wrong in ("x", "2026-11-20_khong", "_"):
        with pytest.raises(Invalid):
            selectors.tasks(owner, after=wrong)


def test_parts_and_filters(world):
    first = give(world, title="Một", supporters=(post(world, "vanhoa"),))
    second = give(world, title="Hai", owner=post(world, "vanhoa"), due=day(20))
    chair, helper = world.staff("chutich"), world.staff("vanhoa")

    def ids(actor, **values):
        return [row.id for row in selectors.tasks(actor, Query(**values)).rows]

    assert ids(chair, part="given") == [second, first]
    assert ids(helper, part="mine") == [second]
    assert ids(helper, part="support") == [first]
    assert ids(chair, text="mot") == [first]
    assert ids(chair, unit=helper.unit_id) == [second]
    assert ids(chair, leader=chair.position_id) == [second, first]
    world.clock.move_to(datetime(2026, 11, 23, 8, 0, tzinfo=VN))
    assert ids(chair, late=True) == [second]
    services.finish(helper, second, text="Xong")
    services.accept(chair, second)
    assert (ids(chair, ended=True), ids(chair)) == ([second], [first])
    assert selectors.counts(chair) == {"mine": 0, "given": 1, "support": 0, "late": 0}
    assert selectors.counts(helper) == {"mine": 0, "given": 0, "support": 1, "late": 0}


def test_boards(world):
    dossier = world.take_in("2.000908").record_id
    chair, helper = world.staff("chutich"), world.staff("vanhoa")
    late = give(world, owner=post(world, "vanhoa"), due=day(20), source=dossier)
    done = give(world, owner=post(world, "vanhoa"), due=day(20), source=dossier)
    gone = give(world, owner=post(world, "vanhoa"), source=dossier)
    give(world)
    world.clock.move_to(datetime(2026, 11, 23, 8, 0, tzinfo=VN))
    services.finish(helper, done, text="Xong")
    services.accept(chair, done)
    services.cancel(chair, gone, reason="Trùng")
    (row,) = selectors.by_source(chair)
    assert (row.key, row.total, row.open, row.late, row.done, row.done_late, row.on_time) == (
        str(dossier), 2, 1, 1, 1, 1, 0,
    )  # fmt: skip
    assert [(row.label, row.total, row.late) for row in selectors.by_unit(chair)] == [
        ("Phòng Văn hóa - Xã hội", 2, 1), ("Phòng Kinh tế", 1, 0),
    ]  # fmt: skip
    assert [(row.label, row.total) for row in selectors.by_leader(chair)] == [("Chủ tịch UBND, UBND xã Yên Khê", 3)]
    assert selectors.by_unit(chair, since=datetime(2026, 11, 22, tzinfo=VN))[0].total == 1
    # Who may not read the source sees no line for it.
    assert selectors.by_source(helper) == ()
    assert [row.id for row in selectors.tasks(chair, Query(source=dossier)).rows] == [late]


def test_statements(world, django_assert_num_queries):
    chair, owner = world.staff("chutich"), world.staff("chuyenmon")
    orgs.tree()
    for number in range(3):
        record = give(world, title=f"Việc {number}", supporters=(post(world, "vanhoa"),))
        with django_assert_num_queries(2):
            selectors.tasks(chair, Query("given"))
        with django_assert_num_queries(2):
            selectors.tasks(owner, Query("mine", text="viec"))
        with django_assert_num_queries(1):
            selectors.counts(owner)
        with django_assert_num_queries(1):
            selectors.by_source(chair)
        with django_assert_num_queries(2):
            selectors.by_unit(chair)
        with django_assert_num_queries(2):
            selectors.by_leader(chair)
        with django_assert_num_queries(9):
            selectors.task(owner, record)


def test_open_ones_go_along_an_index_by_term(world):
    """With sorting forbidden the planner must not come back to it; tasks without a term stand last in the index too."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    rows = selectors._filtered(world.staff("chutich"), Query())
    for after in ("", f"{day(20).isoformat()}_{UUID(int=0)}"):
        plan = selectors._open(rows, after)[:31].explain()
        assert "Sort" not in plan
        assert "Index Scan using tasks_open" in plan
        assert ("Index Cond: (COALESCE(due_at," in plan) == bool(after)
