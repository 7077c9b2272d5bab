"""Dossiers of citizens: one taken in the day before and waiting for a paper of hers, one that was just filed online."""

from __future__ import annotations

from datetime import datetime, timedelta

import time_machine
from django.db import transaction

from congvu.boot.demo.organisation import Organisation
from congvu.boot.demo.people import CITIZENS
from congvu.common.actor import Actor, ActorKind
from congvu.common.zones import at, local_date
from congvu.domains.dossiers import declaration
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as acts
from congvu.domains.dossiers.types import Intake, PaperLine, Person
from congvu.domains.procedures import selectors as procedures
from congvu.ground.accounts import selectors as accounts
from congvu.ground.accounts import services as people
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import selectors as calendars

PROCEDURE, ONLINE = "1.004873", "2.000908"
AUTHORITY = "xa-yen-khe"
# How many dossiers are made here.
COUNT = 2
ITEMS = ["Bản chính giấy tờ chứng minh nơi cư trú trước đây, vì ảnh đã nộp thiếu trang 2."]
REASON = "Chưa xác nhận được thời gian cư trú ở nơi cũ."


def play(made: Organisation, *, now: datetime) -> int:
    """Make them unless the first is there. Returns how many were made."""
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
    _online(made, now)
    return COUNT


def _day_before(now: datetime) -> datetime:
    """Nine o'clock on the last working day before today: the request is recent, its term still runs."""
    calendar, day = calendars.calendar("vn"), local_date(now) - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return at(day, 9)


def _online(made: Organisation, now: datetime) -> None:
    """A declaration that came in an hour ago and waits for the counter."""
    who = CITIZENS[2]
    with transaction.atomic():
        subject = people.person(personal_id=who.personal_id, full_name=who.full_name)
    applicant = Actor(ActorKind.CITIZEN, subject.full_name, subject_id=subject.id)
    form = declaration.form_for(procedures.procedure(ONLINE, local_date(now)), local_date(now))
    values = {
        "acting": "self", "requester_name": who.full_name, "requester_dob": who.born_on.isoformat(),
        "requester_personal_id": who.personal_id, "requester_id_type": "cccd",
        "requester_id_number": who.personal_id, "requester_id_issued_on": "2021-05-05",
        "requester_id_issued_by": "Cục Cảnh sát", "requester_residence_where": "2",
        "requester_residence_text": who.address, "phone": who.phone, "request": "Cấp bản sao", "delivery": "online",
    }  # fmt: skip
    with time_machine.travel(now - timedelta(hours=1), tick=True):
        draft = acts.begin_draft(
            applicant, procedure_code=ONLINE, authority_id=made.units[AUTHORITY], form_version=form.version_id,
            values=values,
        )  # fmt: skip
        acts.submit(applicant, draft, key="demo-online-0")
