"""Acts on calendars: who may, what is told, what every process reads afterwards."""

from __future__ import annotations

import pytest
from django.db import transaction

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.ground.audit.models import Entry
from congvu.ground.events.models import Event
from congvu.ground.worktime import models, rules, selectors, services
from congvu.ground.worktime.types import Budget, Cause, DayKind, YearState
from tests.ground.worktime.values import d, m, t
from tests.marks import refuses

pytestmark = pytest.mark.django_db
STORM = {"kind": DayKind.OFF, "cause": Cause.LOCAL, "name": "bão số 9", "legal_basis": "Công điện 12/CĐ-UBND"}
WEEK = {n: [["07:00", "11:00"], ["13:30", "17:30"]] for n in range(5)}


def state():
    rows = [
        list(model.objects.order_by("id").values()) for model in (models.Calendar, models.DayRule, models.OfficeHours)
    ]
    return rows, list(models.SameDay.objects.values()), list(models.Year.objects.order_by("id").values())


def told():
    rows = Event.objects.filter(name="worktime.calendar_changed").order_by("at")
    return [(e.payload["calendar"], e.payload["first"], e.payload["last"]) for e in rows]


def ends(start="9:00 19/11/2026", budget="1wd", key="vn"):
    return rules.due(m(start), Budget.parse(budget), selectors.calendar(key)).due


ACTS = [
    lambda a: services.create_calendar(a, "xa-1", name="Lịch xã"),
    lambda a: services.set_day_rule(a, "vn", day=d("20/11/2026"), **STORM),
    lambda a: services.remove_day_rule(a, "vn", day=d("24/11/2026"), reason="thử"),
    lambda a: services.set_office_hours(a, "vn", week=WEEK, valid_from=d("1/12/2026"), legal_basis="QĐ"),
    lambda a: services.set_same_day(
        a, "vn", cutoff=t("14:00"), finish=t("16:30"), valid_from=d("1/12/2026"), legal_basis="QĐ"
    ),
    lambda a: services.confirm_year(a, "vn", 2027, legal_basis="QĐ"),
]


@refuses(
    "worktime.create_calendar", "worktime.set_day_rule", "worktime.remove_day_rule", "worktime.set_office_hours",
    "worktime.set_same_day", "worktime.confirm_year"
)  # fmt: skip
@pytest.mark.parametrize("act", ACTS)
def test_only_an_administrator_may(act, clerk):
    before = state()
    with pytest.raises(Forbidden):
        act(clerk)
    assert state() == before
    assert told() == []
    assert not Entry.objects.exists()


def test_set_and_remove_move_a_due_time_and_are_told(admin):
    assert ends() == m("9:00 20/11/2026")
    services.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
    assert ends() == m("9:00 23/11/2026")
    services.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM | {"name": "bão số 10"})
    assert selectors.calendar("vn").rules[d("20/11/2026")].name == "bão số 10"
    services.remove_day_rule(admin, "vn", day=d("20/11/2026"), reason="bão tan")
    assert ends() == m("9:00 20/11/2026")
    assert told() == [("vn", "2026-11-20", "2026-11-20")] * 3
    assert [e.verb for e in Entry.objects.order_by("at")] == [
        "worktime.set_day_rule", "worktime.set_day_rule", "worktime.remove_day_rule",
    ]  # fmt: skip
    assert Entry.objects.order_by("at").last().detail["reason"] == "bão tan"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"name": "  "}, ["name"]),
        ({"legal_basis": ""}, ["legal_basis"]),
        ({"cause": Cause.SWAP}, ["instead_of"]),
        ({"cause": Cause.SWAP, "instead_of": d("20/11/2026")}, ["instead_of"]),
        ({"kind": DayKind.HALF}, ["worked"]),
        ({"worked": "morning"}, ["worked"]),
        ({"name": "", "legal_basis": " "}, ["name", "legal_basis"]),
    ],
)
def test_an_incomplete_day_rule_is_refused_field_by_field(admin, change, fields):
    before = state()
    with pytest.raises(Invalid) as refusal:
        services.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM | change)
    assert [p.field for p in refusal.value.problems] == fields
    assert state() == before


def test_what_is_not_there_is_refused(admin):
    for attempt in (
        lambda: services.set_day_rule(admin, "la", day=d("20/11/2026"), **STORM),
        lambda: services.remove_day_rule(admin, "vn", day=d("20/11/2026"), reason="thử"),
        lambda: selectors.calendar("la"),
    ):
        with pytest.raises(NotFound):
            attempt()
    with pytest.raises(Invalid):
        services.remove_day_rule(admin, "vn", day=d("24/11/2026"), reason="")
    with pytest.raises(Conflict):
        services.create_calendar(admin, "vn", name="Lịch khác")
    assert told() == []


def test_a_child_says_only_what_differs_and_hears_its_parent(admin):
    services.create_calendar(admin, "xa-1", name="Lịch xã")
    assert ends(key="xa-1") == m("9:00 20/11/2026")
    services.set_day_rule(admin, "xa-1", day=d("20/11/2026"), **STORM)
    assert (ends(key="xa-1"), ends()) == (m("9:00 23/11/2026"), m("9:00 20/11/2026"))
    services.set_day_rule(admin, "vn", day=d("23/11/2026"), **STORM)
    assert (ends(key="xa-1"), ends()) == (m("9:00 25/11/2026"), m("9:00 20/11/2026"))
    assert told() == [
        ("xa-1", "2026-11-20", "2026-11-20"), ("vn", "2026-11-23", "2026-11-23"), ("xa-1", "2026-11-23", "2026-11-23"),
    ]  # fmt: skip
    rows = {row.rule.day: row.own for row in selectors.day_rows("xa-1", 2026)}
    assert rows[d("20/11/2026")]
    assert not rows[d("24/11/2026")]


def test_office_hours_change_from_a_day_on(admin):
    services.set_office_hours(admin, "vn", week=WEEK, valid_from=d("1/12/2026"), legal_basis="QĐ 1/QĐ-UBND")
    assert ends("16:00 30/11/2026", "2wh") == m("8:00 1/12/2026")
    assert ends("16:00 27/11/2026", "2wh") == m("8:30 30/11/2026")
    assert told() == [("vn", "2026-12-01", "9999-12-31")]


@pytest.mark.parametrize(
    "hours", [[], [["8:00"]], [["x", "y"]], [["11:00", "07:00"]], [["07:00", "12:00"], ["11:00", "17:00"]]]
)
def test_hours_that_cannot_be_are_refused(admin, hours):
    before = state()
    with pytest.raises(Invalid) as refusal:
        services.set_office_hours(admin, "vn", week={0: hours}, valid_from=d("1/12/2026"), legal_basis="QĐ")
    assert [p.field for p in refusal.value.problems] == ["week.0"]
    assert state() == before


def test_same_day_hours_are_dated_data(admin):
    services.set_same_day(
        admin, "vn", cutoff=t("14:00"), finish=t("16:30"), valid_from=d("1/12/2026"), legal_basis="NĐ mới"
    )
    assert ends("14:30 30/11/2026", "sd") == m("17:00 30/11/2026")
    assert ends("14:00 1/12/2026", "sd") == m("16:30 1/12/2026")
    assert ends("14:30 1/12/2026", "sd") == m("16:30 2/12/2026")
    with pytest.raises(Invalid):
        services.set_same_day(
            admin, "vn", cutoff=t("17:00"), finish=t("16:30"), valid_from=d("1/12/2026"), legal_basis="NĐ"
        )


def test_a_confirmed_year_stops_saying_provisional(admin):
    services.confirm_year(admin, "vn", 2027, legal_basis="Thông báo lịch nghỉ 2027")
    value = selectors.calendar("vn")
    assert value.state_of(2027) is YearState.DECREED
    assert not value.rules[d("1/1/2027")].provisional
    assert "dự kiến" not in selectors.day_rows("vn", 2027)[0].text


def test_kept_calendars_cost_one_query_and_survive_a_rollback(admin, django_assert_num_queries):
    first = selectors.calendar("vn")
    with django_assert_num_queries(1):
        assert selectors.calendar("vn") is first
    with transaction.atomic():
        services.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
        assert not selectors.calendar("vn").is_working(d("20/11/2026"))
        transaction.set_rollback(True)
    assert selectors.calendar("vn").is_working(d("20/11/2026"))


def test_a_change_by_another_process_is_seen(admin):
    """Another process leaves only its rows; this one has to notice by itself."""
    kept = dict(selectors._kept)
    selectors.calendar("vn")
    mine = dict(selectors._kept)
    services.set_day_rule(admin, "vn", day=d("20/11/2026"), **STORM)
    selectors._kept.clear()
    selectors._kept.update(kept | mine)
    assert not selectors.calendar("vn").is_working(d("20/11/2026"))
