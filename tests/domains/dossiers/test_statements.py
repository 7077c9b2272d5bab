"""What the acts of the hot path cost: exact numbers of statements, so that nobody makes them dearer unawares.

Each act is counted warm (its procedure, process and the tree of units were read before) and with the two statements
that begin and end its transaction.
"""

from __future__ import annotations

from uuid import uuid4

from congvu.domains.dossiers import services
from congvu.domains.dossiers.types import Person, ResultInput


def warm(world):
    """One dossier played up to the issuing step, so that everything this process keeps is there."""
    record = world.take_in("2.000908").record_id
    world.go_to(record, "issue")


def test_take_in(world, django_assert_num_queries):
    warm(world)
    clerk, intake = world.clerk, world.intake("2.000908")
    with django_assert_num_queries(27):
        services.take_in(clerk, intake, key=uuid4().hex)
    stranger = world.intake("2.000908", applicant=Person("Đỗ Văn Mới", personal_id="099188000456"))
    with django_assert_num_queries(30):
        services.take_in(clerk, stranger, key=uuid4().hex)


def test_steps_approval_result_and_return(world, django_assert_num_queries):
    warm(world)
    record = world.take_in("2.000908").record_id
    # The first step also writes the process's variables, which then stay the same.
    costs = {"appraise": 15, "approve": 14}
    while (item := world.waiting(record)).step_kind != "issue":
        act = services.approve if item.step_kind in ("review", "approve") else services.complete_step
        holder = world.holder(record)
        with django_assert_num_queries(costs[item.step_kind]):
            act(holder, item.id)
    holder, clerk = world.holder(record), world.clerk
    with django_assert_num_queries(44):
        services.issue_result(holder, item.id, ResultInput(text="Cấp bản sao."))
    with django_assert_num_queries(19):
        services.return_result(clerk, record, to="Trần Thị Lan")
