"""Dossiers of a demonstration, whatever the day on which it is started."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
import time_machine

from congvu.boot.demo import load, organisation, script, work
from congvu.boot.demo.territory import COMMUNES
from congvu.common.actor import SYSTEM
from congvu.common.zones import VN
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.procedures import services as procedures
from congvu.engines.workflow import selectors as waiting
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars
from congvu.ground.worktime.types import Budget

BUDGETS = {"1.001193": "sd", "2.000908": "1wd", "1.004873": "3wd", "1.013225": "15d"}
SIGNED = ("2.000908", "1.013225")


# A Sunday evening, a Monday before the counter opens, an ordinary afternoon, New Year's Day, the end of a week, and the
# first morning after Tết: seven days off, so the last office day is the eighth back.
@pytest.mark.parametrize(
    "hour",
    [
        "2026-11-29T18:00", "2026-11-30T07:10", "2026-12-02T14:20", "2027-01-01T10:00", "2027-01-08T16:50",
        "2027-02-11T06:30",
    ],
)  # fmt: skip
def test_what_every_demonstration_shows_is_there(db, hour):
    now = datetime.fromisoformat(hour).replace(tzinfo=VN)
    with time_machine.travel(now - load.BEFORE, tick=False):
        rows = [row for row in procedures.shipped_rows() if row["code"] in BUDGETS]
        procedures.import_rows(SYSTEM, rows, dry_run=False)
    with time_machine.travel(now, tick=False):
        made = organisation.load(now.date())
        parts = script.write(BUDGETS, calendars.calendar("vn"), signed=SIGNED, now=now, first=0, count=12)
        sure = [part for part in parts if part.commune == COMMUNES[0].slug and part.goal in script.SURE]
        assert work.play(made, sure, now=now) == len(sure) >= 5
        signatures = waiting.inbox(orgs.staff_actor(made.users["chutich"])).rows
        proposed = dossiers.results_to_sign(orgs.staff_actor(made.users["chutich"]))
        found = dossiers.dossiers(orgs.staff_actor(made.users["motcua"])).rows
    (waits,) = [row for row in signatures if row.id in [one.item for one in proposed]]
    assert (waits.step_kind, len(proposed), waits.due_at > now + script.AHEAD) == ("approve", 1, True)
    states = Counter(row.state for row in found)
    assert states.total() == len(sure)
    assert {"finished", "returned", "supplement"} <= states.keys()
    assert [row for row in found if row.state == "processing" and row.due_at < now]


def test_a_result_that_waits_for_its_signature_is_in_time_by_every_procedure_at_every_hour(db):
    """Whichever procedure it comes to be, day and night, through the ten days of Tết 2027 and the weeks around."""
    calendar, now = calendars.calendar("vn"), datetime(2027, 1, 25, tzinfo=VN)
    while now < datetime(2027, 2, 22, tzinfo=VN):
        (part,) = script.write(BUDGETS, calendar, signed=SIGNED, now=now, first=0, count=1)
        dues = [rules.due(part.start, Budget.parse(BUDGETS[code]), calendar).due for code in part.codes]
        assert (part.codes, part.start < now, min(dues) > now + script.AHEAD) == (SIGNED, True, True), now
        now += timedelta(minutes=97)


def test_a_procedure_that_could_not_be_in_time_is_not_taken(db):
    """Received on Friday, four hours do not last until Sunday; a working day can."""
    now = datetime(2026, 11, 29, 18, tzinfo=VN)
    budgets = {"2.000908": "4h", "1.013225": "1wd"}
    for signed, taken in ((("2.000908", "1.013225"), ("1.013225",)), (("2.000908",), ())):
        parts = script.write(budgets, calendars.calendar("vn"), signed=signed, now=now, first=0, count=1)
        assert [part.codes for part in parts] == [taken]
