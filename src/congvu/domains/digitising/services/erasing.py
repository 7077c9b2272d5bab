"""Scans go with the work file they lie in: a decision to destroy it destroys them, and says so here."""

from __future__ import annotations

from uuid import UUID

from congvu.common.actor import Actor
from congvu.domains.digitising import policies
from congvu.domains.digitising.models import Scan, ScanState
from congvu.ground.audit.services import act, note
from congvu.ground.files import services as files
from congvu.ground.records import services as records


@act("digitising.erase", policy=policies.only_system, label="Hủy bản số hóa theo hồ sơ bị hủy")
def erase(_actor: Actor, work_file: UUID) -> int:
    """Destroy the scans of a destroyed work file, and those they were made again for. Returns how many.

    What each was, its code, pages and digest stay with the batch and in the trail (Luật Lưu trữ: dấu vết đầy đủ).
    Repeating it changes nothing.
    """
    batches = Scan.objects.filter(work_file=work_file).values_list("batch", flat=True).distinct()
    for batch in sorted(batches):
        records.lock(batch)
    rows = list(Scan.objects.filter(work_file=work_file, state=ScanState.ACCEPTED).order_by("id"))
    gone = [*rows, *_earlier(rows)]
    for row in gone:
        files.destroy(row.file)
    Scan.objects.filter(id__in=[row.pk for row in rows]).update(state=ScanState.ERASED)
    trace = [{"code": row.doc_code, "sha256": row.sha256, "pages": row.pages} for row in gone]
    note(record=rows[0].batch_id if rows else None, work_file=str(work_file), scans=trace)
    return len(gone)


def _earlier(rows: list[Scan]) -> list[Scan]:
    """Scans that were sent back and made again: pictures of the same paper."""
    found: list[Scan] = []
    waiting = [row.replaces_id for row in rows if row.replaces_id]
    while waiting:
        before = list(Scan.objects.filter(id__in=waiting))
        found += before
        waiting = [row.replaces_id for row in before if row.replaces_id]
    return found
