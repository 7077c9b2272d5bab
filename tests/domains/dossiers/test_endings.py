"""Refusal, stop and withdrawal: three endings, each with its own state and paper; and declining at reception."""

from __future__ import annotations

import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.types import ResultInput
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.workflow import selectors as work
from tests.marks import refuses


@pytest.mark.parametrize(
    ("verb", "state", "national"),
    [(services.refuse, "refused", 8), (services.stop, "stopped", 8), (services.withdraw, "withdrawn", 7)],
)
def test_each_ending_stops_clocks_and_work(world, verb, state, national):
    record = world.take_in().record_id
    verb(world.clerk, record, reason="Theo đề nghị của người nộp.")
    view = selectors.dossier(world.clerk, record)
    assert (view.state, view.national_status, view.end_reason) == (state, national, "Theo đề nghị của người nộp.")
    assert work.open_items(record, world.clerk) == []
    assert {clock.state for clock in deadlines.clocks(record)} == {"stopped"}
    assert services.ending_pdf(world.clerk, record).startswith(b"%PDF")


@refuses("dossier.refuse", "dossier.stop", "dossier.withdraw")
def test_endings_need_a_reason_and_the_right_person(world):
    record = world.take_in().record_id
    for verb in (services.refuse, services.stop, services.withdraw):
        with pytest.raises(Invalid):
            verb(world.clerk, record, reason="  ")
        with pytest.raises((NotFound, Forbidden)):
            verb(world.citizen("Lạ Mặt", "099188000777"), record, reason="Thử")
    with pytest.raises(Forbidden):
        services.refuse(world.citizen(), record, reason="Thử")
    assert selectors.dossier(world.clerk, record).state == "processing"


def test_no_stop_and_no_withdrawal_once_there_is_a_result(world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "issue")
    services.issue_result(world.holder(record), item.id, ResultInput(text="Cấp bản sao."))
    for verb, actor in ((services.stop, world.clerk), (services.withdraw, world.citizen())):
        with pytest.raises(WrongState):
            verb(actor, record, reason="Muộn rồi.")
    assert selectors.dossier(world.clerk, record).state == "finished"


def test_a_stopped_dossier_keeps_its_code_and_number(world):
    first = world.take_in()
    services.stop(world.clerk, first.record_id, reason="Theo đề nghị.")
    assert world.take_in().code == "H99.101-261119-0002"
