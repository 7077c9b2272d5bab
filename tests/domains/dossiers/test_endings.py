"""Refusal, stop and withdrawal: three endings, each with its own state and paper; and declining at reception."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.models import Dossier, Result
from congvu.domains.dossiers.types import ResultInput
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry
from tests.marks import refuses


@pytest.mark.parametrize(
    ("verb", "state", "national"),
    [(services.refuse, "refused", 8), (services.stop, "stopped", 8), (services.withdraw, "withdrawn", 7)],
)
def test_each_ending_stops_clocks_and_work(world, verb, state, national):
    record = world.take_in().record_id
    verb(
        world.staff("chutich") if verb is services.refuse else world.clerk, record, reason="Theo đề nghị của người nộp."
    )
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
            verb(world.staff("chutich") if verb is services.refuse else world.clerk, record, reason="  ")
        with pytest.raises((NotFound, Forbidden)):
            verb(world.citizen("Lạ Mặt", "099188000777"), record, reason="Thử")
    with pytest.raises(Forbidden):
        services.refuse(world.citizen(), record, reason="Thử")
    assert selectors.dossier(world.clerk, record).state == "processing"


def test_no_stop_and_no_withdrawal_once_there_is_a_result(world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "issue")
    services.issue_result(world.holder(record), item.id, ResultInput(text="Cấp bản sao."))
    endings = (
        (services.stop, world.clerk), (services.withdraw, world.citizen()), (services.refuse, world.staff("chutich")),
    )  # fmt: skip
    for verb, actor in endings:
        with pytest.raises(WrongState):
            verb(actor, record, reason="Muộn rồi.")
    assert selectors.dossier(world.clerk, record).state == "finished"


def test_a_stopped_dossier_keeps_its_code_and_number(world):
    first = world.take_in()
    services.stop(world.clerk, first.record_id, reason="Theo đề nghị.")
    assert world.take_in().code == "H99.101-261119-0002"


@refuses("dossier.refuse")
def test_the_agency_refuses_and_the_counter_does_not(world):
    """A clerk, a specialist who appraises and a leader of another agency leave it as it is."""
    record = world.take_in("2.000908").record_id
    before = Entry.objects.count()
    for login in ("motcua", "hotich", "vanthu", "chutichtinh"):
        assert "refuse" not in selectors.dossier(world.staff(login), record).abilities
        with pytest.raises(Forbidden):
            services.refuse(world.staff(login), record, reason="Không đủ điều kiện.")
    assert (selectors.dossier(world.clerk, record).state, Entry.objects.count()) == ("processing", before)
    assert "refuse" in selectors.dossier(world.staff("chutich"), record).abilities
    services.refuse(world.staff("chutich"), record, reason="Không đủ điều kiện.")
    assert selectors.dossier(world.clerk, record).state == "refused"


def test_nothing_is_refused_once_a_result_is_there(world):
    """With steps in parallel a result may stand while the dossier still runs."""
    record = world.take_in("2.000908").record_id
    Result.objects.create(dossier_id=record, name="Bản sao", number="1/KQ-UBND", file=uuid4(), issued_at=timezone.now())
    with pytest.raises(WrongState, match="đã có kết quả"):
        services.refuse(world.staff("chutich"), record, reason="Không đủ điều kiện.")
    assert selectors.dossier(world.clerk, record).state == "processing"


@refuses("dossier.return")
@pytest.mark.parametrize(("verb", "login"), [("refuse", "chutich"), ("stop", "motcua")])
def test_the_paper_of_an_ending_is_handed_over_once(world, verb, login):
    record = world.take_in("2.000908").record_id
    getattr(services, verb)(world.staff(login), record, reason="Lý do.")
    assert "return" in selectors.dossier(world.clerk, record).abilities
    services.return_result(world.clerk, record, to="Trần Thị Lan")
    first = Dossier.objects.values("returned_at", "returned_to", "result_channel").get(pk=record)
    before = Entry.objects.count()
    world.clock.shift(3600)
    with pytest.raises(Conflict, match="đã được trả cho Trần Thị Lan"):
        services.return_result(world.clerk, record, to="Người khác", channel="post")
    assert Dossier.objects.values("returned_at", "returned_to", "result_channel").get(pk=record) == first
    assert Entry.objects.count() == before
    assert "return" not in selectors.dossier(world.clerk, record).abilities
