"""Dossiers of a demonstration, whatever the day on which it is started."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

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
from congvu.ground.worktime import selectors as calendars

BUDGETS = {"1.001193": "sd", "2.000908": "1wd", "1.004873": "3wd"}


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
        parts = script.write(BUDGETS, calendars.calendar("vn"), now=now, first=0, count=12)
        sure = [part for part in parts if part.commune == COMMUNES[0].slug and part.goal in script.SURE]
        assert work.play(made, sure, now=now) == len(sure) >= 5
        signatures = waiting.inbox(orgs.staff_actor(made.users["chutich"])).rows
        proposed = dossiers.results_to_sign(orgs.staff_actor(made.users["chutich"]))
        found = dossiers.dossiers(orgs.staff_actor(made.users["motcua"])).rows
    assert [row.step_kind for row in signatures] == ["approve"]
    assert [one.item for one in proposed] == [row.id for row in signatures]
    states = Counter(row.state for row in found)
    assert states.total() == len(sure)
    assert {"finished", "returned", "supplement"} <= states.keys()
    assert [row for row in found if row.state == "processing" and row.due_at < now]
