"""Steps that open, change and close records, and one-time keys. Steps of acts, not acts."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, KeyReused, NotFound, Problem
from congvu.common.text import fold
from congvu.ground.records.fulltext import keep_words
from congvu.ground.records.models import OneTimeKey, Record

# Printable ASCII: what a hidden field or an Idempotency-Key header may carry.
_KEY = re.compile(r"[!-~]{1,80}")

__all__ = ["Record", "change", "keep_words", "lock", "open_record", "recall", "remember"]


def open_record(
    *, kind: str, title: str, unit: int, state: str, readers: list[str], opened_at: datetime, code: str = "",
    search: str = "", urgency: int = 0,
) -> Record:  # fmt: skip
    """A new spine row. ``search`` adds words to look it up by, beside code and title. ``urgency``: see ``Record``."""
    return Record.objects.create(
        kind=kind, title=title[:500], unit_id=unit, state=state, readers=sorted(set(readers)), opened_at=opened_at,
        code=code, folded=_folded(code, title, search), urgency=urgency,
    )  # fmt: skip


def lock(record_id: UUID, *, version: int | None = None) -> Record:
    """The record, locked for this transaction. Raises NotFound, and Conflict when it changed since ``version``."""
    record = Record.objects.select_for_update().filter(id=record_id).first()
    if record is None:
        raise NotFound(_("Không tìm thấy hồ sơ này."))
    if version is not None and record.version != version:
        raise Conflict(_("Hồ sơ vừa được người khác cập nhật. Hãy tải lại trang rồi làm tiếp."), code="stale")
    return record


def change(
    record: Record, *, add_readers: list[str] | None = None, drop_readers: list[str] | None = None,
    search: str | None = None, **values: Any,
) -> Record:  # fmt: skip
    """Set fields of a locked record, and only those: what another step wrote stays. The version grows by one."""
    for name, value in values.items():
        setattr(record, name, value)
    written = {*values, "version"}
    if add_readers or drop_readers:
        record.readers = sorted({*record.readers, *(add_readers or ())} - {*(drop_readers or ())})
        written.add("readers")
    if search is not None or "title" in values or "code" in values:
        record.folded = _folded(record.code, record.title, search or "")
        written.add("folded")
    record.version += 1
    record.save(update_fields=written)
    return record


def _folded(code: str, title: str, search: str) -> str:
    return fold(f"{code} {title} {search}").strip()


def recall(actor: Actor, key: str, content: Any) -> Any | None:
    """The stored answer of a one-time key, or None if this request is the first and must go on to ``remember``.

    Call it first inside the act: a repeated request waits here for the first one. ``content`` is compared by
    digest. Raises Invalid for a key that is none, KeyReused for the same key with other content.
    """
    if not _KEY.fullmatch(key):
        message = _("Thiếu mã gửi, hoặc mã gửi không hợp lệ. Hãy tải lại trang rồi gửi lại.")
        raise Invalid(message, problems=(Problem("key", message, "key"),))
    owner = f"{actor.kind}:{actor.user_id or actor.subject_id or 0}"
    digest = hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_onetimekey (owner, key, content, at) "
            "VALUES (%s, %s, %s, now()) ON CONFLICT DO NOTHING",
            [owner, key, digest],
        )
        if cursor.rowcount:
            return None
    row = OneTimeKey.objects.get(owner=owner, key=key)
    if row.content != digest:
        raise KeyReused(_("Mã gửi này đã dùng cho một nội dung khác. Hãy tải lại trang rồi gửi lại."))
    return row.answer


def remember(actor: Actor, key: str, answer: Any) -> None:
    """Keep the answer of the request that ``recall`` let pass."""
    owner = f"{actor.kind}:{actor.user_id or actor.subject_id or 0}"
    OneTimeKey.objects.filter(owner=owner, key=key).update(answer=answer)
