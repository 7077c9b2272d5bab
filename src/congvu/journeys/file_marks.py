"""A mark of secrecy read in a file warns on the document the file belongs to (documents.md §6)."""

from __future__ import annotations

from django.conf import settings

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.ground.events.services import consumes
from congvu.ground.files import selectors as files
from congvu.ground.files.events import MarksFound
from congvu.ground.notifications import services as notifications


@consumes(MarksFound)
def warn_of_marks(event: MarksFound) -> None:
    """On an incoming document the warning stands on the document; of a draft its drafter is told as well, for the
    draft goes no further. What was issued had its marks judged by people before."""
    if documents.is_incoming(event.record):
        services.note_marks(SYSTEM, event.record, files.marks_of(event.record))
        return
    found = documents.marked_draft(event.record)
    if found is None:
        return
    post, words = found
    row = documents.outgoing(SYSTEM, event.record).row
    context = {
        "code": row.code, "title": row.title, "what": words[0],
        "link": f"{settings.BASE_URL}/lam-viec/van-ban-di/{event.record}/#dau-mat",
    }  # fmt: skip
    key = f"draft_marked:{event.record}:{len(words)}"
    notifications.notify(position=post, kind="draft_marked", context=context, record=event.record, key=key)
