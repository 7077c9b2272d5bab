"""Mục lục hồ sơ, tài liệu nộp lưu: by the year of the hand-over, or by the year of the list the files stand in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from congvu.common.zones import VN
from congvu.domains.workfiles import services
from congvu.domains.workfiles.models import WorkFile
from congvu.domains.workfiles.selectors import By, index_of
from tests.domains.workfiles.filing import add, handed, opened

pytestmark = pytest.mark.django_db


def closed(world, notation: str, started: date) -> object:
    file = opened(world, notation=notation, started_on=started)
    add(world, file)
    services.close(world.staff("chuyenmon"), file, ended_on=date(2026, 11, 18))
    return file


def index(world, year: int, by: By) -> list[str]:
    return [row.notation for row in index_of(world.staff("vanthu"), year=year, by=by)]


def test_the_reader_chooses_the_year_of_the_hand_over_or_of_the_list(world):
    """Work of 2025 handed over in 2026, of 2026 submitted on 31 December and taken on 2 January, and one that waits."""
    actor, archive = world.staff("chuyenmon"), world.staff("vanthu")
    old, late, waits = (closed(world, n, date(2026, 11, 2)) for n in ("05.KT", "06.KT", "07.KT"))
    WorkFile.objects.filter(record_id=old).update(year=2025)
    handed(actor, old)
    services.answer(archive, old, accepted=True)
    with time_machine.travel(datetime(2026, 12, 31, 16, tzinfo=VN), tick=False):
        handed(actor, late)
        assert index(world, 2026, By.HAND_OVER) == ["05.KT", "06.KT"], "not answered: by the day it was submitted"
    # 00:30 in Việt Nam on 1 January is still the day before in UTC.
    with time_machine.travel(datetime(2026, 12, 31, 17, 30, tzinfo=UTC), tick=False):
        services.answer(archive, late, accepted=True)
        handed(actor, waits)
    assert index(world, 2026, By.HAND_OVER) == ["05.KT"]
    assert index(world, 2027, By.HAND_OVER) == ["06.KT", "07.KT"]
    assert (index(world, 2025, By.LIST), index(world, 2026, By.LIST)) == (["05.KT"], ["06.KT", "07.KT"])
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=VN), tick=False):
        services.answer(archive, waits, accepted=False, reason="Thiếu số trang")
    assert index(world, 2027, By.HAND_OVER) == ["06.KT"], "a file that came back was not handed over"


@pytest.mark.parametrize("by", By)
def test_either_index_is_one_statement(world, by, django_assert_num_queries):
    for n in range(3):
        handed(world.staff("chuyenmon"), closed(world, f"0{n}.KT", date(2026, 11, 2)))
    reader = world.staff("vanthu")
    index_of(reader, year=2026, by=by)
    with django_assert_num_queries(1):
        assert len(index_of(reader, year=2026, by=by)) == 3
