"""Values that cross the door of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    INAPP = "inapp", _("Trong chương trình")
    EMAIL = "email", _("Thư điện tử")


class State(models.TextChoices):
    QUEUED = "queued", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Không gửi được")


@dataclass(frozen=True, slots=True)
class MessageView:
    """One in-app message in the reader's language. ``link`` is where to go on, or empty."""

    id: UUID
    kind: str
    subject: str
    body: str
    record: UUID | None
    link: str
    created_at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Messages, newest first; ``next`` is the cursor of the following page or empty."""

    rows: tuple[MessageView, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending on a record: which kind, how, and whether it went out. Holds no address."""

    kind: str
    subject: str
    channel: Channel
    state: State
    attempts: int
    error: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChannelState:
    """Whether a channel works on this installation, in words that may be shown."""

    channel: str
    on: bool
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of message with what its recipient chose; ``legal`` ones cannot be muted."""

    kind: str
    label: str
    legal: bool
    muted: frozenset[str]
