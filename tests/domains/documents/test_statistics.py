"""Figures over documents: worked out by hand, equal to their lists, moving when one record does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine

from congvu.common.errors import Forbidden, Invalid
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Recipient, StatedFigure
from congvu.domains.documents.services import LoanInput, PostingInput
from congvu.domains.documents.types import Forwarding
from congvu.engines.workflow import selectors as work
from tests.domains.documents.office import Office
from tests.domains.documents.test_registers import issued
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(datetime(2026, 11, day, hour, tzinfo=VN), tick=False)


def query(office: Office, **values) -> selectors.StatQuery:
    book = selectors.book_of(office.clerk).id
    return selectors.StatQuery(book, date(2026, 11, 1), date(2026, 11, 30), **values)


def november(office: Office) -> dict:
    """Six arrivals: one done on time, one done late, one open in time, one open and late, one with the leader, one
    sent back. Three issued: one electronic only, one with a paper recipient, one posted; one of another year."""
    made, kt, vh = {}, office.unit("kt"), office.unit("vh")
    terms = {"on_time": 20, "late": 12, "open": 27, "open_late": 18}
    with at(10):
        for number, (name, day) in enumerate(terms.items(), start=1):
            due = datetime(2026, 11, day, 17, tzinfo=VN)
            unit = vh if name == "open" else kt
            channel = "exchange" if name in ("on_time", "open") else "paper"
            given = {"number": str(number), "channel": channel, "issued_on": date(2026, 11, 9)}
            made[name] = office.register(Forwarding(unit=unit, due_at=due), **given).record_id
        made["leader"] = office.register(number="5", kind_name="Kế hoạch", issued_on=None).record_id
        made["back"] = office.register(number="6", issued_on=None).record_id
        services.send_back(office.clerk, made["back"], reason="Gửi nhầm")
    with at(14):
        for name in ("on_time", "late"):
            (item,) = work.open_items(made[name])
            services.finish(office.world.staff("truongphong"), item.id, result="Đã xong")
    made["out"], made["out_recipient"], made["out_posted"] = (issued(office, n) for n in (1, 2, 3))
    Recipient.objects.create(outgoing_id=made["out_recipient"], way="paper", name="Các thôn")
    with at(21):
        given = PostingInput("Sở Nội vụ", 1, date(2026, 11, 21))
        services.post(office.clerk, made["out_posted"], given, key=uuid4().hex)
        services.lend(office.clerk, made["out"], LoanInput("Đỗ Thị Mai", "Chủ tịch", date(2026, 11, 21)))
    issued(office, 9, on=date(2025, 12, 31))
    return made


EXPECTED = {
    "in": 6, "in_done_on_time": 1, "in_done_late": 1, "in_open_in_time": 2, "in_open_late": 1, "in_back": 1,
    "in_electronic": 2, "out": 3, "out_electronic": 1, "out_paper": 2, "out_recalled": 0, "loans": 1, "loans_open": 1,
}  # fmt: skip


def test_every_figure_is_as_worked_out_and_its_list_counts_the_same(office: Office):
    november(office)
    with at(22):
        assert selectors.figures(office.clerk, query(office)) == EXPECTED
        for name, count in EXPECTED.items():
            assert (name, len(selectors.behind(office.clerk, query(office), name).rows)) == (name, count)
        assert selectors.figures(office.official, query(office))["out"] == 0


def test_a_figure_moves_with_one_record(office: Office):
    made = november(office)
    with at(22):
        (item,) = work.open_items(made["open_late"])
        services.finish(office.world.staff("truongphong"), item.id, result="Đã xong")
        moved = {"in_open_late": 0, "in_done_late": 2}
        assert selectors.figures(office.clerk, query(office)) == {**EXPECTED, **moved}
        late = [row.id for row in selectors.behind(office.clerk, query(office), "in_done_late").rows]
        assert set(late) == {made["late"], made["open_late"]}
        services.take_back(office.clerk, made["out"])
        assert selectors.figures(office.clerk, query(office))["loans_open"] == 0


def test_figures_by_unit_kind_and_month_add_up_and_narrow_their_lists(office: Office, django_assert_max_num_queries):
    november(office)
    with at(22):
        clerk, part = office.clerk, query(office)
        with django_assert_max_num_queries(3):
            rows = selectors.by_unit(clerk, part, "in")
        assert [(row.label, row.figures["in"]) for row in rows] == [
            ("Phòng Kinh tế", 3), ("Phòng Văn hóa - Xã hội", 1), ("Lãnh đạo cơ quan", 2),
        ]  # fmt: skip
        for row in rows:
            found = selectors.behind(office.clerk, query(office, unit=int(row.key)), "in").rows
            assert len(found) == row.figures["in"]
        kinds = selectors.by_kind(office.clerk, query(office), "in")
        assert [(row.key, row.figures["in"]) for row in kinds] == [("Công văn", 5), ("Kế hoạch", 1)]
        assert len(selectors.behind(office.clerk, query(office, kind="Kế hoạch"), "in").rows) == 1
        year = replace(query(office), since=date(2026, 1, 1), until=date(2026, 12, 31))
        assert [(row.key, row.figures["out"]) for row in selectors.by_month(office.clerk, year, "out")] == [("11", 3)]
        assert selectors.month_of(year, 11) == query(office)


def test_the_list_behind_a_figure_is_paged_and_an_unknown_one_refused(office: Office):
    november(office)
    seen, after = [], ""
    while True:
        page = selectors.behind(office.clerk, query(office), "in", after=after, limit=4)
        seen += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 6
    with pytest.raises(Invalid):
        selectors.behind(office.clerk, query(office), "secret")


def test_agencies_at_work_are_counted_without_opening_their_documents(office: Office):
    november(office)
    days = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    own = selectors.agencies(office.clerk, **days)
    assert [(row.unit_id, row.tier, row.registered, row.issued, row.paperless) for row in own] == [
        (office.unit(), "commune", 6, 3, 1)
    ]
    all_of_them = selectors.agencies(office.world.staff("theodoi"), **days)
    assert [row.unit_id for row in all_of_them if row.at_work] == [office.unit()]
    assert len(all_of_them) > 1
    assert selectors.figures(office.world.staff("theodoi"), query(office))["in"] == 4  # those directed to units


@refuses("document.state_figures")
def test_what_no_record_counts_is_stated_and_the_newest_holds(office: Office):
    book = selectors.book_of(office.clerk).id
    with pytest.raises(Forbidden):
        services.state_figures(office.chair, book, 2026, {"clerks": Decimal(1)})
    with pytest.raises(Forbidden):
        services.state_figures(office.clerk, book + 1, 2026, {"clerks": Decimal(1)})
    for year, values in ((2026, {"clerks": Decimal(-1)}), (2026, {"dragons": Decimal(1)}), (2030, {})):
        with pytest.raises(Invalid):
            services.state_figures(office.clerk, book, year, values)
    assert StatedFigure.objects.count() == 0
    services.state_figures(office.clerk, book, 2026, {"clerks": Decimal(1), "metres_none": Decimal("12.5")})
    services.state_figures(office.clerk, book, 2026, {"clerks": Decimal(2), "metres_none": Decimal("12.5")})
    assert selectors.stated(book, 2026) == {"clerks": Decimal(2), "metres_none": Decimal("12.5")}
    assert StatedFigure.objects.count() == 3
