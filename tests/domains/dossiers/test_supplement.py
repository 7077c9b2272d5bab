"""One supplement: asked in time, once, cancellable; the legal clock restarts, the index clock subtracts."""

from __future__ import annotations

from datetime import datetime

import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.errors import AlreadyAsked, WrongState
from congvu.domains.dossiers.models import Supplement
from congvu.domains.dossiers.types import PaperLine
from congvu.engines.deadlines import selectors as deadlines
from tests.marks import refuses

PAPERS = (PaperLine("Quyết định ly hôn", originals=1),)


def ask(world, record):
    return services.ask_supplement(world.clerk, record, items=["Bản chính quyết định ly hôn."], reason="Ảnh mờ.")


def test_restart_and_subtract_by_hand(world):
    """1.004873, 3 working days, received Thu 19/11 9:30; asked Fri 20/11 10:00; complete Thu 26/11 14:00."""
    record = world.take_in("1.004873").record_id
    world.clock.move_to(datetime(2026, 11, 20, 10, 0, tzinfo=VN))
    ask(world, record)
    view = selectors.dossier(world.clerk, record)
    assert (view.state, view.due_at) == ("supplement", None)
    world.clock.move_to(datetime(2026, 11, 26, 14, 0, tzinfo=VN))
    services.answer_supplement(world.citizen(), record, papers=PAPERS)
    legal, index = deadlines.clocks(record)
    # From zero: Friday 27, Monday 30, Tuesday 1/12 at 14:00.
    assert legal.due == datetime(2026, 12, 1, 14, 0, tzinfo=VN)
    assert selectors.dossier(world.clerk, record).due_at == legal.due
    # The waiting is not counted, so the index clock ends before the restarted legal clock and after the first promise.
    assert datetime(2026, 11, 25, 9, 30, tzinfo=VN) < index.due < legal.due


def test_only_once(world):
    record = world.take_in().record_id
    ask(world, record)
    services.answer_supplement(world.citizen(), record, papers=PAPERS)
    with pytest.raises(AlreadyAsked):
        ask(world, record)
    assert Supplement.objects.count() == 1


def test_not_after_three_working_days(world):
    record = world.take_in("1.004873").record_id
    # The third working day after Thursday 19/11 9:30 is Wednesday 25/11 9:30.
    world.clock.move_to(datetime(2026, 11, 25, 9, 31, tzinfo=VN))
    with pytest.raises(WrongState) as refusal:
        ask(world, record)
    assert refusal.value.code == "too_late"
    assert not Supplement.objects.exists()


def test_cancelled_is_as_if_it_had_not_been(world):
    answer = world.take_in()
    world.clock.move_to(datetime(2026, 11, 19, 14, 0, tzinfo=VN))
    ask(world, answer.record_id)
    world.clock.move_to(datetime(2026, 11, 20, 8, 0, tzinfo=VN))
    services.cancel_supplement(world.clerk, answer.record_id, reason="Giấy tờ đã có trong cơ sở dữ liệu.")
    view = selectors.dossier(world.clerk, answer.record_id)
    assert (view.state, view.due_at) == ("processing", answer.due_at)
    ask(world, answer.record_id)


@refuses("dossier.ask_supplement", "dossier.cancel_supplement", "dossier.answer_supplement")
def test_refusals_move_nothing(world):
    record = world.take_in().record_id
    stranger = world.citizen("Lạ Mặt", "099188000777")
    with pytest.raises(Invalid):
        services.ask_supplement(world.clerk, record, items=[" "], reason="")
    with pytest.raises(Forbidden):
        services.ask_supplement(world.staff("vanthu"), record, items=["Giấy"], reason="Thiếu")
    with pytest.raises(WrongState):
        services.cancel_supplement(world.clerk, record, reason="Nhầm")
    with pytest.raises(WrongState):
        services.answer_supplement(world.citizen(), record, papers=PAPERS)
    with pytest.raises(NotFound):
        services.answer_supplement(stranger, record, papers=PAPERS)
    assert not Supplement.objects.exists()
    assert selectors.dossier(world.clerk, record).state == "processing"


def test_work_waits_while_the_citizen_is_asked(world):
    record = world.take_in("2.000908").record_id
    item, holder = world.waiting(record), world.holder(record)
    ask(world, record)
    with pytest.raises(WrongState):
        services.complete_step(holder, item.id)
    assert world.waiting(record).id == item.id
