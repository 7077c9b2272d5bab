"""Values that cross the door of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

# A reading of a file's words that does not come for so long is no longer waited for.
GIVEN_UP = timedelta(days=1)
PREVIEWABLE = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})


class Scan(models.TextChoices):
    """What is known about a content. ``unscanned``: no scanner is installed; never to be read as clean."""

    QUARANTINED = "quarantined", _("Đang chờ quét")
    RELEASED = "released", _("Đã kiểm tra")
    REJECTED = "rejected", _("Bị chặn")
    UNSCANNED = "unscanned", _("Chưa quét")


class Purpose(models.TextChoices):
    """Why a file hangs on a record. Citizens see what they sent and locked results, never drafts and internal files."""

    SUBMITTED = "submitted", _("Giấy tờ nộp")
    SUPPLEMENT = "supplement", _("Giấy tờ bổ sung")
    RESULT = "result", _("Kết quả")
    DRAFT = "draft", _("Dự thảo")
    INTERNAL = "internal", _("Nội bộ")
    DOCUMENT = "document", _("Văn bản")


@dataclass(frozen=True, slots=True)
class FileInfo:
    """One file. ``size`` is in bytes; ``current`` is False once a later version replaces it."""

    id: UUID
    name: str
    label: str
    purpose: str
    media_type: str
    size: int
    sha256: str
    scan: Scan
    scan_reason: str
    version: int
    current: bool
    record_id: UUID | None
    uploaded_by: str
    uploaded_at: datetime
    locked_at: datetime | None

    @property
    def sendable(self) -> bool:
        """Only a content known to be clean leaves the house."""
        return self.scan == Scan.RELEASED

    @property
    def previewable(self) -> bool:
        """Browsers show it themselves; everything else is only downloaded."""
        return self.media_type in PREVIEWABLE


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file the actor may read, and where its bytes lie. Serve with the told media type and ``nosniff``."""

    info: FileInfo
    path: Path


@dataclass(frozen=True, slots=True)
class ScanWords:
    """Reading a scan: ``reading``, ``read`` with its words, ``failed``, or ``marked``: a mark of secrecy, not kept."""

    state: str
    asked_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class FileReading:
    """What is known of the words of a file: ``reading`` while a job is at it, ``read``, ``unread`` where nothing could
    be read, ``marked`` with the gravest mark of secrecy, ``gone`` for a file that was destroyed."""

    state: str
    mark: str = ""
