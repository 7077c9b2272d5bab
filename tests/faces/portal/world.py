"""A small world for portal tests: the invented province, some procedures, the shipped forms, two citizens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.test import Client

from congvu.boot.demo import organisation
from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import at
from congvu.domains.dossiers import services as acts
from congvu.domains.dossiers.types import Intake, PaperLine, Person
from congvu.domains.procedures import services as catalogue
from congvu.engines.forms import services as forms
from congvu.engines.workflow import selectors as work
from congvu.ground.accounts.models import Subject, User
from congvu.ground.accounts.selectors import citizen_actor
from congvu.ground.orgs import selectors as orgs

NOW = at(date(2026, 11, 18), 9, 30)  # a Wednesday
CODES = (
    "1.001193", "2.000815", "1.004873", "1.001612", "2.000635", "2.000908", "1.000656", "1.000894", "1.004884",
    "1.012812", "3.000527", "2.000884", "2.000986",
)  # fmt: skip
BIRTH, COPY = "1.001193", "2.000908"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n169\n%%EOF\n"  # noqa: E501


@dataclass(frozen=True, slots=True)
class World:
    commune: int
    mother: User
    neighbour: User

    @property
    def mother_actor(self) -> Actor:
        return citizen_actor(self.mother.id)

    @property
    def clerk(self) -> Actor:
        user = User.objects.get(username="motcua")
        return orgs.staff_actor(user.id, at=NOW)

    def client(self, user: User | None = None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client


def build(codes: tuple[str, ...] = CODES) -> World:
    made = organisation.load(NOW.date())
    rows = [row for row in catalogue.shipped_rows() if row["code"][:8] in codes]
    catalogue.import_rows(SYSTEM, rows)
    forms.load_shipped(SYSTEM)
    return World(
        commune=made.units["xa-yen-khe"],
        mother=_citizen("huong", "Nguyễn Thị Thu Hường", "099195000101", date(1995, 3, 14), "Nữ"),
        neighbour=_citizen("tuan", "Trần Văn Tuấn", "099080000103", date(1980, 11, 20), "Nam"),
    )


def _citizen(username: str, name: str, number: str, born: date, sex: str) -> User:
    subject = Subject.objects.create(
        kind="person", full_name=name, personal_id=number, born_on=born, sex=sex, phone="0900000101",
        email=f"{username}@nguoidan.example",
    )  # fmt: skip
    return User.objects.create_user(username, "mat-khau-rat-dai", kind="citizen", subject=subject, full_name=name)


def at_counter(world: World, user: User, code: str = COPY, key: str = "k1") -> Any:
    """A dossier received at the counter for the person; the answer of the reception."""
    subject = Subject.objects.get(id=user.subject_id)
    person = Person(full_name=subject.full_name, personal_id=subject.personal_id, phone=subject.phone)
    papers = (PaperLine("Đơn đề nghị", originals=1),)
    return acts.take_in(world.clerk, Intake(code, person, papers=papers), key=key)


def finish(record: UUID) -> None:
    """Play every step up to the hand-over; the result is a typeset draft."""
    from congvu.domains.dossiers.types import ResultInput

    for _turn in range(20):
        items = work.open_items(record, SYSTEM)
        if not items or items[0].step_kind == "return":
            return
        item = items[0]
        actor = worker(item.holders)
        if item.step_kind == "issue":
            acts.issue_result(actor, item.id, ResultInput(text="Đủ điều kiện."))
        else:
            act = acts.approve if item.step_kind in ("review", "approve") else acts.complete_step
            act(actor, item.id)
    raise AssertionError("the process does not end")


def worker(holders: tuple[str, ...]) -> Actor:
    for key in holders:
        role, _, unit = key.removeprefix("r:").partition("@")
        for position in orgs.positions(int(unit), role):
            for holder in orgs.holders_of(position.id):
                return orgs.staff_actor(holder.user_id, position.id)
    raise AssertionError(f"nobody holds {holders}")
