"""Marks of secrecy found in the text of a file: the document warns, people decide (documents.md §6)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from congvu.common.actor import Actor
from congvu.domains.documents import policies
from congvu.domains.documents.models import Incoming
from congvu.ground.audit.services import act, note
from congvu.ground.records import services as records


@act("document.note_marks", policy=policies.only_system, label="Cảnh báo dấu mật trong tệp")
def note_marks(_actor: Actor, document_id: UUID, found: Sequence[tuple[str, str]]) -> None:
    """Warn on an incoming document of marks found in its files, as (file name, mark); the same warning once.

    What was judged by people stays theirs: nothing is hidden, locked or removed by a machine's reading.
    """
    record = records.lock(document_id)
    row = Incoming.objects.filter(record_id=document_id).first()
    # What is stored is read by everybody who opens the document, so it is plain Vietnamese.
    words = [
        f"Tệp “{name}” có thể có dấu {mark}. Nếu đúng là văn bản mật, không xử lý trên hệ thống này."
        for name, mark in found
    ]
    fresh = [line for line in words if row is not None and line not in row.warnings]
    if row is not None and fresh:
        row.warnings = [*row.warnings, *fresh]
        row.save(update_fields=["warnings"])
    note(record=record.id, marks=[mark for _name, mark in found], warned=bool(fresh))
