"""Who is asked to read a document is told so, reminded, and told when nobody asks any more."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from congvu.domains.documents import selectors as documents
from congvu.domains.documents.events import DisseminationEnded, DocumentDisseminated, ReaderReminded
from congvu.domains.documents.types import ReaderRow, SpreadRow
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications

LATE = 2
KINDS = {1: "reading_soon", LATE: "reading_late", 3: "reading_nudged"}
OPEN = ("lacking", "late")


def _context(row: SpreadRow, **more: Any) -> dict[str, Any]:
    link = f"{settings.BASE_URL}/lam-viec/pho-bien/{row.id}/"
    by = ", ".join(part for part in (row.given_by, row.given_as) if part)
    return {"code": row.code, "title": row.title, "by": by, "link": link, **more}


def _tell(row: SpreadRow, reader: ReaderRow, kind: str, key: str, **more: Any) -> None:
    """The person, not the post: whoever stands in there has nothing to read for the other."""
    context = _context(row, due=reader.due_at, **more)
    notifications.notify(user=reader.user_id, kind=kind, context=context, record=row.id, key=f"{kind}:{key}")


@consumes(DocumentDisseminated)
def tell_asked(event: DocumentDisseminated) -> None:
    """Everybody asked hears of it once, however often people are added."""
    row, _post, readers = documents.told_of(event.record)
    for reader in readers:
        if reader.state in OPEN and row.ended_at is None:
            _tell(row, reader, "reading_asked", str(row.id))


@consumes(ReaderReminded)
def tell_reminded(event: ReaderReminded) -> None:
    """The person; and once, when the first term is over, the post that gave it."""
    row, post, readers = documents.told_of(documents.reader_of(event.confirmation))
    reader = next(one for one in readers if one.id == event.confirmation)
    if reader.state in OPEN and row.ended_at is None:
        _tell(row, reader, KINDS[event.level], f"{event.confirmation}:{event.times}")
    if event.level == LATE:
        _tell_giver(row, post)


def _tell_giver(row: SpreadRow, post: int) -> None:
    context = _context(row, confirmed=row.tally.confirmed, total=row.tally.total)
    key = f"reading_lacking:{row.id}"
    notifications.notify(position=post, kind="reading_lacking", context=context, record=row.id, key=key)


@consumes(DisseminationEnded)
def tell_ended(event: DisseminationEnded) -> None:
    """Who had not confirmed learns that nothing is asked any more, and why."""
    row, _post, readers = documents.told_of(event.record)
    for reader in readers:
        if reader.state in OPEN:
            _tell(row, reader, "reading_ended", str(row.id), reason=row.end_reason)
