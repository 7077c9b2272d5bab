"""Lịch làm việc: a year at a glance; a day is set or removed after its effect has been shown."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.domains.dossiers import selectors as dossiers
from congvu.engines.deadlines import selectors as deadlines
from congvu.ground.audit.models import Entry
from congvu.ground.events.models import Event
from congvu.ground.worktime import selectors as worktime
from congvu.ground.worktime.models import DayRule
from congvu.ground.worktime.types import Cause, DayKind
from congvu.ground.worktime.types import DayRule as Rule
from tests.faces.desk.pages import errors, text

pytestmark = pytest.mark.django_db
HERE = "/quan-tri/lich/vn"
OFF = {"day_day": "20", "day_month": "11", "day_year": "2026", "kind": "off", "cause": "local",
       "name": "Ngày hội của tỉnh", "legal_basis": "Quyết định 9/QĐ-UBND"}  # fmt: skip


@pytest.mark.parametrize("year", range(2022, 2028))
def test_every_year_shows_its_days_with_reason_and_text(world, desk, year):
    page = desk("quantri").get(f"{HERE}?nam={year}")
    rows = worktime.day_rows("vn", year)
    shown = text(page)
    assert page.status_code == 200
    assert rows
    assert all(row.text in shown and row.rule.basis in shown for row in rows)
    assert ("Năm này chưa có quyết định, các ngày là dự kiến." in shown) is (year == 2027)


def test_a_day_off_is_previewed_then_saved_and_promises_move(world, desk):
    """Taken in on Thursday 19/11/2026 at 9:30 for three working days; 24/11 is off, so due on Wednesday 25/11.

    With Friday 20/11 off too it is due on Thursday 26/11.
    """
    dossier, client = world.take_in().record_id, desk("quantri")
    before = DayRule.objects.count()
    shown = client.post(HERE, {**OFF, "lam": "xem"})
    assert "1 hồ sơ đang giải quyết có hạn khác" in text(shown)
    assert 'value="Ngày hội của tỉnh"' in shown.content.decode()
    assert DayRule.objects.count() == before
    # Saving without the preview of just this shows the preview again.
    assert client.post(HERE, {**OFF, "lam": "luu", "seen": "x"}).status_code == 200
    assert DayRule.objects.count() == before
    seen = shown.context["preview"].seen
    assert client.post(HERE, {**OFF, "lam": "luu", "seen": seen}).url == f"{HERE}?nam=2026"
    rule = DayRule.objects.get(day=date(2026, 11, 20))
    assert (rule.kind, rule.verified, rule.legal_basis) == ("off", False, "Quyết định 9/QĐ-UBND")
    assert Event.objects.filter(name="worktime.calendar_changed").count() == 1
    assert f"{deadlines.clock(dossier).due:%d/%m %H:%M}" == "26/11 09:30"
    assert dossiers.dossier(world.clerk, dossier).code


def test_a_rule_is_removed_with_a_reason_after_its_preview(world, desk):
    world.take_in()
    client, told = desk("quantri"), {"day_day": "24", "day_month": "11", "day_year": "2026"}
    shown = client.post(HERE, {**told, "lam": "bo", "reason": "Nhập nhầm"})
    assert "1 hồ sơ đang giải quyết có hạn khác" in text(shown)
    seen = shown.context["preview"].seen
    refused = client.post(HERE, {**told, "lam": "bo", "reason": ""})
    answer = client.post(HERE, {**told, "lam": "bo-luu", "reason": "", "seen": refused.context["preview"].seen})
    assert errors(answer) == [("l-reason", "Hãy ghi lý do.")]
    assert DayRule.objects.filter(day=date(2026, 11, 24)).exists()
    assert client.post(HERE, {**told, "lam": "bo-luu", "reason": "Nhập nhầm", "seen": seen}).status_code == 302
    assert not DayRule.objects.filter(day=date(2026, 11, 24)).exists()
    assert Entry.objects.get(verb="worktime.remove_day_rule").detail["reason"] == "Nhập nhầm"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"day_day": "31"}, ["l-day"]),
        ({"day_year": "2031"}, ["l-day"]),
        ({"kind": "moon", "cause": ""}, ["l-kind", "l-cause"]),
        ({"name": "", "legal_basis": " "}, ["l-name", "l-legal_basis"]),
        ({"cause": "swap"}, ["l-instead_of"]),
        ({"kind": "half"}, ["l-worked"]),
    ],
)
def test_a_wrong_day_is_refused_field_by_field(world, desk, changes, fields):
    client, told = desk("quantri"), {**OFF, **changes, "lam": "luu"}
    answer = client.post(HERE, told)
    if answer.status_code == 200:
        answer = client.post(HERE, {**told, "seen": answer.context["preview"].seen})
    assert (answer.status_code, [field for field, _ in errors(answer)]) == (422, fields)
    assert not Entry.objects.filter(verb="worktime.set_day_rule").exists()


def test_what_a_change_would_move_is_counted_without_changing_anything(world, django_assert_num_queries):
    world.take_in()
    friday = date(2026, 11, 20)
    rule = Rule(friday, DayKind.OFF, Cause.LOCAL, "Thử")
    supposed = worktime.supposing("vn", friday, rule)
    with django_assert_num_queries(3):
        assert deadlines.would_move(supposed, friday, friday) == (1, False)
    assert deadlines.would_move(supposed, friday, friday, limit=0) == (0, True)
    assert worktime.calendar("vn").is_working(friday)
    monday = date(2026, 12, 28)
    assert deadlines.would_move(worktime.supposing("vn", monday, rule), monday, monday) == (0, False)
