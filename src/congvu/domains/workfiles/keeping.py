"""Reading what files are kept in: formats not meant for it, copies made beside originals, further metadata, groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Func, IntegerField, Q, QuerySet, Sum

from congvu.common.actor import Actor
from congvu.domains.workfiles import policies
from congvu.domains.workfiles.metadata import LEVELS, MODES
from congvu.domains.workfiles.models import Entry, Further, KeepingCopy, WorkFile
from congvu.domains.workfiles.types import CopyView, FurtherField, Group, UnkeptRow, UnkeptUnit
from congvu.ground.files.selectors import several
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import visible_ids, visible_to

MOST = 200


def _waiting(actor: Actor) -> QuerySet[Entry]:
    """Documents with files in formats that are not meant for keeping, in files the actor may read."""
    return Entry.objects.filter(file__record__in=visible_ids(actor), removed_at=None).exclude(unkept=[])


def unkept_units(actor: Actor) -> tuple[UnkeptUnit, ...]:
    """How many files of each unit are in such formats, most first. Two statements."""
    count = Sum(Func("unkept", function="cardinality", output_field=IntegerField()))
    tree = orgs.tree()
    rows = [
        UnkeptUnit(unit, found.short_name if (found := tree.get(unit)) else "", total)
        for unit, total in _waiting(actor).values_list("file__maker_unit_id").annotate(total=count)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.unit)))


def unkept(actor: Actor, *, unit: int | None = None, file: UUID | None = None) -> tuple[UnkeptRow, ...]:
    """The files themselves, of one unit or one work file when asked, oldest first. Two statements."""
    rows = _waiting(actor).select_related("file__record")
    if unit is not None:
        rows = rows.filter(file__maker_unit=unit)
    if file is not None:
        rows = rows.filter(file=file)
    entries = list(rows.order_by("file_id", "ordinal")[:MOST])
    infos = {info.id: info for info in several(key for entry in entries for key in entry.unkept)}
    return tuple(
        UnkeptRow(
            entry.file_id, entry.file.record.code, entry.file.record.title, entry.ordinal,
            str(entry.described.get("subject", "")), infos[key],
        )
        for entry in entries for key in entry.unkept if key in infos
    )  # fmt: skip


def copies_of(originals: Iterable[UUID], *, until: datetime | None = None) -> tuple[CopyView, ...]:
    """Keeping copies beside originals the caller may read, up to a moment. One statement."""
    rows = KeepingCopy.objects.filter(original__in=list(originals))
    if until is not None:
        rows = rows.filter(made_at__lte=until)
    return tuple(
        CopyView(row.original, row.original_name, row.original_sha256, row.copy, row.copy_sha256, row.made_at,
                 row.made_by)
        for row in rows.order_by("id")
    )  # fmt: skip


def further_of(documents: Sequence[UUID], *, until: datetime | None = None) -> dict[UUID, tuple[FurtherField, ...]]:
    """The further metadata of documents the caller may read: of each name the newest value. One statement."""
    rows = Further.objects.filter(document__in=documents)
    if until is not None:
        rows = rows.filter(at__lte=until)
    found: dict[UUID, dict[str, FurtherField]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.document_id, {})[row.name] = FurtherField(row.name, row.value, row.by, row.at)
    return {document: tuple(fields.values()) for document, fields in found.items()}


def groups(actor: Actor) -> tuple[Group, ...]:
    """Work files by level of information, those with no file too (NĐ 30/2020 PL VI IV). One statement."""
    rows = WorkFile.objects.filter(record__in=visible_to(actor).filter(kind=policies.KIND))
    counts = rows.aggregate(**{f"level_{level}": Count("pk", filter=Q(rights=level)) for level in LEVELS})
    return tuple(Group(level, MODES[level], counts[f"level_{level}"]) for level in LEVELS)


def may_describe(actor: Actor, document: UUID) -> bool:
    """Whether the actor may add metadata to a document; the act asks the same."""
    return policies.describes(actor, document)
