"""One dossier of a citizen who can sign in: taken in the day before, now waiting for a paper of hers."""

from __future__ import annotations

from datetime import datetime, timedelta

import time_machine

from congvu.boot.demo.organisation import Organisation
from congvu.boot.demo.people import CITIZENS
from congvu.common.actor import Actor, ActorKind
from congvu.common.zones import at, local_date
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as acts
from congvu.domains.dossiers.types import Intake, PaperLine, Person
from congvu.ground.accounts import selectors as accounts
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import selectors as calendars

PROCEDURE = "1.004873"
ITEMS = ["Bản chính giấy tờ chứng minh nơi cư trú trước đây, vì ảnh đã nộp thiếu trang 2."]
REASON = "Chưa xác nhận được thời gian cư trú ở nơi cũ."


def play(made: Organisation, *, now: datetime) -> int:
    """Make the dossier unless she has one. Returns how many were made."""
    person = CITIZENS[0]
    known = accounts.subject_by_personal_id(person.personal_id)
    if known and dossiers.dossiers(Actor(ActorKind.CITIZEN, known.full_name, subject_id=known.id), limit=1).rows:
        return 0
    clerk = orgs.staff_actor(made.users["motcua"])
    applicant = Person(
        full_name=person.full_name, personal_id=person.personal_id, phone=person.phone, email=person.email,
        address=person.address,
    )  # fmt: skip
    intake = Intake(PROCEDURE, applicant, papers=(PaperLine("Tờ khai theo mẫu", originals=1),))
    received = _day_before(now)
    with time_machine.travel(received, tick=True):
        record = acts.take_in(clerk, intake, key=f"demo-{person.key}").record_id
    with time_machine.travel(received + timedelta(minutes=50), tick=True):
        acts.ask_supplement(clerk, record, items=ITEMS, reason=REASON)
    return 1


def _day_before(now: datetime) -> datetime:
    """Nine o'clock on the last working day before today: the request is recent, its term still runs."""
    calendar, day = calendars.calendar("vn"), local_date(now) - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return at(day, 9)
