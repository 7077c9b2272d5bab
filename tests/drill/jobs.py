"""What the killed processes do: filings at the counter and online, and the background work, each safe to repeat."""

from __future__ import annotations

import json
import random
import socket
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django.db
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.utils import timezone
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from congvu.boot.serve import WorkerConnector, work_off
from congvu.common.actor import Actor
from congvu.common.zones import local_date
from congvu.domains.dossiers import declaration, selectors, services
from congvu.domains.dossiers.types import Intake, PaperLine, Person
from congvu.domains.procedures import selectors as procedures
from congvu.engines.workflow.models import WorkItem
from congvu.ground.accounts import selectors as accounts
from congvu.ground.accounts import services as people
from congvu.ground.accounts.models import User
from congvu.ground.orgs import selectors as orgs

COUNTER = ("2.000908", "1.004944")
ONLINE = "2.000908"
CENTERS = ("xa-yen-khe-tt", "xa-lam-khuc-tt", "xa-dong-lam-tt")
# A job deferred while the database goes tells it by the queue's own error.
LOST = (django.db.OperationalError, django.db.InterfaceError, ConnectorException)


class Line:
    """The talk with the killer: one JSON line each way."""

    def __init__(self, end: socket.socket) -> None:
        self.file = end.makefile("rw", encoding="utf-8")

    def tell(self, word: str, **more: Any) -> None:
        self.file.write(json.dumps({"word": word, **more}) + "\n")
        self.file.flush()

    def ask(self, word: str) -> Any:
        """Stand still until the killer answers, or kills."""
        self.tell(word)
        answer = self.file.readline()
        if not answer:
            raise SystemExit(0)
        return json.loads(answer)


class Trap:
    """Stops once inside a transaction, after a number of statements that only chance knows."""

    def __init__(self, line: Line, dice: random.Random) -> None:
        self.line, self.dice, self.left = line, dice, 0
        connection_created.connect(self._hook)

    def _hook(self, connection: Any, **_: Any) -> None:
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)

    def set(self) -> None:
        self.left = self.dice.randrange(1, 60)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if self.left and context["connection"].in_atomic_block:
            self.left -= 1
            if self.left == 0:
                self.line.ask("inside")
        return result


def office(end: socket.socket, seed: int) -> None:
    """One clerk's process: take a job, do it, tell what was acknowledged; after a lost database the same again."""
    line = Line(end)
    trap = Trap(line, random.Random(seed))
    while (job := line.ask("take")) is not None:
        while True:
            try:
                _do(line, trap, job)
                break
            except LOST:
                connection.close()
                time.sleep(0.1)
        line.tell("done", job=job["id"])


def _do(line: Line, trap: Trap, job: dict[str, Any]) -> None:
    trap.set()
    clerk = clerk_at(job["center"])
    if job["kind"] == "counter":
        record = services.take_in(clerk, intake_of(job), key=f"counter-{job['id']}").record_id
    else:
        applicant = accounts.citizen_actor(User.objects.get(username=f"drill-{job['id']}").pk)
        record = services.submit(applicant, UUID(job["draft"]), key=f"online-{job['id']}").record_id
        line.tell("ack", job=job["id"], record=str(record), what="filed")
        line.ask("between")
        trap.set()
        if selectors.dossier(clerk, record).state == "submitted":
            services.receive(clerk, record)
    line.ask("between")
    line.tell("ack", job=job["id"], record=str(record), what="received", code=selectors.dossier(clerk, record).code)
    trap.set()
    _first_step(record)
    line.ask("between")
    line.tell("ack", job=job["id"], record=str(record), what="step")


def _first_step(record: UUID) -> None:
    first = WorkItem.objects.filter(record=record).exclude(step_kind="receive").order_by("created_at", "id")[0]
    if first.state == WorkItem.State.OPEN:
        services.complete_step(holder_of(first.holders[0]), first.id)


def background(end: socket.socket, seed: int) -> None:
    """The worker as it is: it takes queued jobs until none is left, seals the trail, and begins again."""
    from congvu.ground.audit.services import seal

    line = Line(end)
    trap = Trap(line, random.Random(seed))
    while line.ask("take") is not None:
        trap.set()
        try:
            work_off(WorkerConnector(kwargs=connector_params()), 1, wait=False)
            seal()
        except LOST:
            # The worker's program ends here, and its supervisor starts it again.
            connection.close()
            time.sleep(0.1)
        line.tell("done", job=None)
        time.sleep(0.05)


def clerk_at(center: str) -> Actor:
    position = orgs.positions(orgs.unit_by_key(center).id, "clerk")[0]
    return orgs.staff_actor(orgs.holders_of(position.id)[0].user_id, position.id)


def holder_of(key: str) -> Actor:
    role, _, unit = key.removeprefix("r:").partition("@")
    position = orgs.positions(int(unit), role)[0]
    return orgs.staff_actor(orgs.holders_of(position.id)[0].user_id, position.id)


def person(number: int) -> Person:
    letters = "".join("ABCDEGHIKL"[int(digit)] for digit in str(number))
    return Person(
        f"Người Thử {letters}", personal_id=f"099188{number:06d}", phone="0900000147",
        email=f"nguoi-{number}@drill.example", address="Thôn Đông",
    )  # fmt: skip


def intake_of(job: dict[str, Any]) -> Intake:
    return Intake(job["code"], person(job["id"]), papers=(PaperLine("Tờ khai", originals=1),))


def plan(count: int) -> list[dict[str, Any]]:
    """The jobs: every other one online, its draft filled in beforehand."""
    jobs: list[dict[str, Any]] = []
    with transaction.atomic():
        _plan(jobs, count)
    return jobs


def _plan(jobs: list[dict[str, Any]], count: int) -> None:
    for number in range(count):
        job = {"id": number, "center": CENTERS[number % len(CENTERS)], "kind": ("counter", "online")[number % 2]}
        job |= (
            {"draft": _draft(number, job["center"])} if job["kind"] == "online" else {"code": COUNTER[number // 2 % 2]}
        )
        jobs.append(job)


def _draft(number: int, center: str) -> str:
    who = person(number)
    subject = people.person(
        personal_id=who.personal_id, full_name=who.full_name, phone=who.phone, email=who.email,
        address={"text": who.address},
    )  # fmt: skip
    user = User.objects.create(
        username=f"drill-{number}", kind="citizen", subject_id=subject.id, full_name=who.full_name
    )
    today = local_date(timezone.now())
    procedure = procedures.procedure(ONLINE, today)
    draft = services.begin_draft(
        accounts.citizen_actor(user.pk), procedure_code=ONLINE,
        authority_id=orgs.agency_of(orgs.unit_by_key(center).id).id,
        form_version=declaration.form_for(procedure, today).version_id, values=answers_of(who),
    )  # fmt: skip
    return str(draft)


def answers_of(who: Person) -> dict[str, Any]:
    return {
        "acting": "self", "requester_name": who.full_name, "requester_dob": "1988-05-05",
        "requester_personal_id": who.personal_id, "requester_id_type": "cccd",
        "requester_id_number": who.personal_id, "requester_id_issued_on": "2021-05-05",
        "requester_id_issued_by": "Cục Cảnh sát", "requester_residence_where": "2",
        "requester_residence_text": who.address, "phone": who.phone, "request": "Cấp bản sao", "delivery": "online",
    }  # fmt: skip
