"""Marks of secrecy in drafts, for their pages and for whoever is told of them."""

from __future__ import annotations

from uuid import UUID

from congvu.domains.documents.models import Outgoing, OutState, Version
from congvu.domains.documents.secrecy import look, words_of
from congvu.domains.documents.secrecy_types import SecrecyView
from congvu.domains.documents.types import OutgoingView, VersionView

OPEN = (OutState.DRAFTING, OutState.REVIEWING, OutState.SIGNING, OutState.ISSUING)


def secrecy_of(view: OutgoingView, version: VersionView | None = None) -> SecrecyView:
    """What was read in a version of a draft the caller may read, the newest if none is named. Nothing of one that was
    issued or dropped. Two statements at most."""
    if view.row.state not in OPEN:
        return SecrecyView()
    shown = version or view.current
    return look(view.id, shown.subject, shown.content)


def marked_draft(document_id: UUID) -> tuple[int, tuple[str, ...]] | None:
    """The drafter's post and what is to be said of the marks that stand in an open draft; None without any. For
    journeys."""
    row = Outgoing.objects.select_related("record").filter(record_id=document_id, record__state__in=OPEN).first()
    if row is None:
        return None
    newest = Version.objects.get(outgoing=row, n=row.version)
    standing = look(row.record_id, newest.subject, newest.content).standing
    return (row.drafter_id, tuple(words_of(one) for one in standing)) if standing else None
