"""A batch of documents to be signed with one authentication, as values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from congvu.engines.signing.types import HelperTask, Provider


class ItemState(models.TextChoices):
    """What became of one document of a batch. ``held``: the key has signed; time stamp and evidence are on their way,
    and the document goes on when they are there."""

    WAITING = "waiting", _("Chờ ký")
    UNREAD = "unread", _("Chưa đọc")
    CHANGED = "changed", _("Đã thay đổi sau khi trình")
    HELD = "held", _("Đã ký, đang hoàn tất")
    SIGNED = "signed", _("Đã ký, hợp lệ")
    FAILED = "failed", _("Không ký được")


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a batch. ``sha256`` is of its content when it was read; ``result`` of the signed file; ``kind``
    whose document it is."""

    id: int
    record: UUID
    file: UUID
    field: str
    sha256: str
    state: ItemState
    reason: str
    result: str
    kind: str
    more: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """One document somebody wants to sign: its content when it was read or submitted, by its owner's ``digest``
    (``sha256``), and whether it was read. ``why`` an unread one stays out even where unread ones may be signed;
    ``kind`` whose document it is, where that is not the batch's."""

    record: UUID
    file: UUID
    field: str
    sha256: str
    read: bool
    more: dict[str, Any] = dataclasses.field(default_factory=dict)
    why: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A document about to be signed: as it is now, how the signature looks, why it is signed; number and day of issue
    where it has them; what a tool on the signer's computer is asked for, if not plainly to sign or to issue."""

    pdf: bytes
    appearance: bytes | None = None
    reason: str = ""
    number: str = ""
    issued: date | None = None
    task: HelperTask | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch. ``stopped`` (with its ``code``) says why it ended before its last document; the rest
    waits, or is held."""

    items: tuple[Item, ...]
    stopped: str = ""
    code: str = ""

    @property
    def signed(self) -> int:
        return self._count(ItemState.SIGNED)

    @property
    def held(self) -> int:
        return self._count(ItemState.HELD)

    def _count(self, state: ItemState) -> int:
        return sum(item.state is state for item in self.items)


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch of one person: when it was opened, with which certificate, and what became of each document."""

    id: UUID
    kind: str
    certificate: str
    provider: Provider
    opened_at: datetime
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class LatestSignature:
    """What became of the newest signature somebody began on a document. ``reason`` why it was not good."""

    batch: UUID
    field: str
    state: ItemState
    reason: str
    by: str
    at: datetime
