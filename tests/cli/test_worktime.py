"""``congvu worktime due`` as people and programs call it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from congvu.boot import cli
from congvu.common.actor import Actor, ActorKind
from congvu.ground.orgs.models import Unit, UnitVersion
from congvu.ground.worktime import services as calendars
from congvu.ground.worktime.types import Cause, DayKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.setattr(cli, "prepare", lambda **_: None)

    def call(*arguments):
        code = cli.main(["worktime", "due", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.mark.parametrize(
    ("start", "budget", "due"),
    [
        ("2026-11-19T09:00", "3wd", "2026-11-25T09:00:00+07:00"),
        ("2026-11-19T09:00:00+07:00", "3wd", "2026-11-25T09:00:00+07:00"),
        ("2026-11-19T02:00:00Z", "3wd", "2026-11-25T09:00:00+07:00"),
        ("2026-11-19", "3wd", "2026-11-25T07:30:00+07:00"),
        ("2026-11-21", "1wd", "2026-11-23T07:30:00+07:00"),
        ("2026-11-19T15:01", "sd", "2026-11-20T17:00:00+07:00"),
        ("2026-11-19T16:00", "8wh", "2026-11-20T16:00:00+07:00"),
        ("2026-11-19T16:00", "30d", "2026-12-21T17:00:00+07:00"),
        ("2026-11-19T16:00", "4h", "2026-11-19T20:00:00+07:00"),
    ],
)
def test_json_answer(run, start, budget, due):
    code, out, err = run(start, budget, "--json")
    answer = json.loads(out)
    assert (code, err, answer["due"], set(answer)) == (0, "", due, {"due", "explain"})
    assert answer["explain"][-1]["date"] == due[:10]


def test_a_unit_counts_by_its_own_calendar_and_settings(run):
    admin = Actor(kind=ActorKind.STAFF, name="Lý Quang Tạo", user_id=9, position_id=4, roles=frozenset({"admin"}))
    calendars.create_calendar(admin, "an-khe", name="Lịch xã An Khê")
    calendars.set_day_rule(
        admin, "an-khe", day=date(2026, 11, 20), kind=DayKind.OFF, cause=Cause.LOCAL, name="bão", legal_basis="CĐ 1"
    )
    unit = Unit.objects.create(key="an-khe")
    facts = {"name": "UBND xã An Khê", "type": "people_committee", "level": "commune", "code": "H99.24"}
    UnitVersion.objects.create(
        unit=unit, valid_from=date(2025, 7, 1), calendar="an-khe", settings={"until": "close"}, **facts
    )
    for code in ("H99.24", "000.00.24.H99"):
        _, out, _ = run("2026-11-19T09:00", "3wd", "--unit", code, "--json")
        answer = json.loads(out)
        assert answer["due"] == "2026-11-26T17:00:00+07:00"
        assert any("bão" in step["text"] for step in answer["explain"])


def test_words_for_people(run):
    code, out, _ = run("2026-11-19T09:00", "3wd")
    assert code == 0
    assert out.splitlines() == [
        "9:00 thứ Tư 25/11/2026",
        "  Tiếp nhận 9:00 thứ Năm 19/11/2026; ngày tiếp nhận không tính.",
        "  Thứ Ba 24/11/2026: nghỉ lễ, Ngày Văn hóa Việt Nam. (Nghị quyết 28/2026/QH16)",
        "  Hết thời hạn 3 ngày làm việc: 9:00 thứ Tư 25/11/2026.",
    ]


def test_provisional_is_said(run):
    _, out, _ = run("2027-02-03T09:00", "1wd", "--json")
    answer = json.loads(out)
    assert any("dự kiến" in step["text"] for step in answer["explain"])


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("hôm qua", "3wd"), "start"),
        (("2026-13-01T09:00", "3wd"), "start"),
        (("0001-01-01T00:00+14:00", "3wd"), "start"),
        (("9999-12-31T23:59-12:00", "3wd"), "start"),
        (("2026-11-19T09:00", "3 ngày"), "budget"),
        (("2026-11-19T09:00", "0wd"), "budget"),
        (("2026-11-19T09:00", "-3wd"), "budget"),
        (("2026-11-19T09:00", "3wd", "--unit", "không có"), "unit"),
        (("2026-11-19T09:00", "3wd", "--unit", "xxxxxxxxxxxxxxxxxxxx"), "unit"),
    ],
)
def test_refused_in_words_naming_the_field(run, arguments, field):
    code, out, err = run(*arguments, "--json")
    answer = json.loads(out)
    assert code == 1
    assert [p["field"] for p in answer["problems"]] == [field]
    assert answer["error"] in err
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert f"{field}: " in err
