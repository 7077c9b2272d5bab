"""Annexes and files that go along with a document, for whoever may read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from congvu.domains.documents.annex_types import AnnexView, annexes_in, labels
from congvu.domains.documents.models import IssuedAnnex, Version
from congvu.domains.documents.types import OutgoingView


def annexes_of(view: OutgoingView, content: Mapping[str, Any] | None = None) -> tuple[AnnexView, ...]:
    """The files of a document the caller may read: those of its newest version, or of another's ``content``. Signed
    ones stand in the place of what the draft had. One statement, only where there are some and it was signed."""
    return _shown(view.current.content if content is None else content, view.id if view.original else None)


def issued_files(document_id: UUID) -> tuple[AnnexView, ...]:
    """The files that are sent with an issued document, in their order. For journeys."""
    rows = Version.objects.filter(outgoing=document_id).order_by("-n").values_list("content", flat=True)
    return _shown(rows[0], document_id)


def _shown(content: Mapping[str, Any], issued: UUID | None) -> tuple[AnnexView, ...]:
    kept = annexes_in(content)
    if not kept:
        return ()
    done = dict(IssuedAnnex.objects.filter(outgoing=issued).values_list("source", "file")) if issued else {}
    return tuple(
        AnnexView(
            label, one.title, done.get(one.file, one.file), one.file, one.name, one.type, one.size, one.pages,
            one.sealed, signed=one.sealed and one.file in done, source=one.source,
        )
        for one, label in zip(kept, labels(kept), strict=True)
    )  # fmt: skip
