"""A small world: the invented province, a handful of real procedures, people in posts, and time at rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

import time_machine
from django.db import connection
from django.utils import timezone

from congvu.boot.demo import organisation
from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import VN, local_date
from congvu.domains.dossiers import services
from congvu.domains.dossiers.types import Intake, PaperLine, Person, Received
from congvu.domains.procedures import selectors as procedures_selectors
from congvu.domains.procedures import services as procedures
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from congvu.ground.accounts import selectors as account_selectors
from congvu.ground.accounts import services as accounts
from congvu.ground.accounts.models import User
from congvu.ground.orgs import selectors as orgs
from tests.kept import Kept

CODES = ("2.000908", "1.004873", "1.001193")
# Thursday, an ordinary working day; Tuesday 24/11/2026 is a public holiday.
START = datetime(2026, 11, 19, 9, 30, tzinfo=VN)


@dataclass
class World:
    """Short names for what most tests need."""

    made: organisation.Organisation
    clock: time_machine.Coordinates
    actors: dict[str, Actor] = field(default_factory=dict)

    def staff(self, login: str) -> Actor:
        return orgs.staff_actor(self.made.users[login])

    @property
    def today(self) -> date:
        return local_date(timezone.now())

    @property
    def clerk(self) -> Actor:
        return self.staff("motcua")

    def citizen(self, name: str = "Trần Thị Lan", number: str = "099188000123") -> Actor:
        subject = accounts.person(personal_id=number, full_name=name)
        user, _ = User.objects.get_or_create(
            username=f"cd-{number}", defaults={"kind": "citizen", "subject_id": subject.id, "full_name": name}
        )
        return account_selectors.citizen_actor(user.pk)

    def intake(self, code: str = "1.004873", **values) -> Intake:
        person = values.pop("applicant", Person("Trần Thị Lan", personal_id="099188000123", phone="0900 000 147"))
        return Intake(code, person, papers=values.pop("papers", (PaperLine("Tờ khai", originals=1),)), **values)

    def take_in(self, code: str = "1.004873", **values) -> Received:
        return services.take_in(self.clerk, self.intake(code, **values), key=uuid4().hex)

    def waiting(self, record: UUID) -> ItemView:
        (item,) = work.open_items(record, self.clerk)
        return item

    def holder(self, record: UUID) -> Actor:
        """Somebody for whom the waiting step waits."""
        key = self.waiting(record).holders[0]
        role, _, unit = key.removeprefix("r:").partition("@")
        for position in orgs.positions(int(unit), role):
            for person in orgs.holders_of(position.id):
                if not person.stand_in:
                    return orgs.staff_actor(person.user_id, position.id)
        raise LookupError(key)

    def go_to(self, record: UUID, kind: str) -> ItemView:
        """Finish steps until one of this kind waits."""
        for _ in range(20):
            item = self.waiting(record)
            if item.step_kind == kind:
                return item
            act = services.approve if item.step_kind in ("review", "approve") else services.complete_step
            act(self.holder(record), item.id)
        raise LookupError(kind)


def _rows() -> organisation.Organisation:
    wanted = [row for row in procedures.shipped_rows() if row["code"] in CODES]
    procedures.import_rows(SYSTEM, wanted, dry_run=False)
    return organisation.load(START.date())


_world = Kept(_rows)


def _forget() -> None:
    """As in a process that has read nothing of it: how many statements a test counts never depends on another one."""
    procedures_selectors._content.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_unit SET key = key WHERE false")  # any write gives the tree a new revision


@contextmanager
def small_world() -> Iterator[World]:
    """The world at ``START``; time stands still until a test moves it."""
    with time_machine.travel(START, tick=False) as clock:
        made = _world()
        _forget()
        yield World(made, clock)
