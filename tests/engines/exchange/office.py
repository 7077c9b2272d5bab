"""Two agencies of ours, one elsewhere, and the partner that leads there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from congvu.common.actor import SYSTEM
from congvu.engines.exchange import services
from congvu.engines.exchange.edxml.writer import write_letter, write_status
from congvu.engines.exchange.models import Delivery, Message, StatusEntry
from congvu.engines.exchange.types import Letter, StatusReport
from tests.engines.exchange.samples import OURS, THEIRS, letter, pdf

SINCE = date(2025, 7, 1)


@dataclass
class Office:
    """Short names for what most tests need. ``elsewhere`` are ids of agencies."""

    world: object
    elsewhere: int

    def arrive(self, raw: bytes, via: str = "hub") -> Message:
        """Accept and read at once, as the job would."""
        accepted = services.accept(raw, via=via)
        services.read_message(accepted.message_id)
        return Message.objects.get(id=accepted.message_id)

    def send(self, told: Letter, *contents: bytes) -> UUID:
        with transaction.atomic():
            return services.send_document(told, contents or [pdf(2)] * len(told.attachments))

    def outgoing(self) -> list[Message]:
        """Status messages in the order in which they were written; time stands still, so ids do not tell it."""
        ids = StatusEntry.objects.filter(ours=True).order_by("id").values_list("message_id", flat=True)
        rows = Message.objects.in_bulk(ids)
        return [rows[key] for key in ids if rows[key].kind == "status"]


def set_up(world) -> Office:
    services.set_partner(
        SYSTEM, "hub", name="Trục quốc gia", transport="hub", address="https://truc.example",
        settings={"system_id": "bl-01"},
    )  # fmt: skip
    for code, key in ((OURS.id, "xa-yen-khe"), ("H99.24.2", "xa-dong-lam")):
        unit = world.made.units[key]
        services.name_agency(SYSTEM, code, name=key, valid_from=SINCE, unit_id=unit)
    elsewhere = services.name_agency(SYSTEM, THEIRS.id, name=THEIRS.name, valid_from=SINCE, partner="hub")
    return Office(world, elsewhere)


def written(**values) -> bytes:
    return write_letter(letter(**values), [pdf(2)])


def told(report: StatusReport) -> bytes:
    return write_status(report)


def deliveries() -> list[tuple[str, int, str]]:
    return [(row.state, row.attempts, row.error) for row in Delivery.objects.order_by("id")]


def lose_jobs() -> None:
    """As after a restore: the queue is gone, the rows are there."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events; DELETE FROM procrastinate_jobs")
