"""A page posted after the session ended: kept beside the new session until the person has signed in again.

Only the text is kept, for the draft and page it was typed for, and it is handed over only when that draft turns
out to be the signed-in person's own. Chosen files cannot be kept: nobody owns them yet; the person is told.
"""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

KEY = "portal_kept_page"
LIMIT = 200_000
SECONDS = 60 * 60


def keep(request: HttpRequest, draft_id: UUID, page: str) -> bool:
    """Keep what was posted. False when there was nothing to keep, or too much."""
    text = request.POST.urlencode()
    if not text or len(text) > LIMIT:
        return False
    request.session[KEY] = {
        "draft": str(draft_id),
        "page": page,
        "body": text,
        "files": bool(request.FILES),
        "at": int(time.time()),
    }
    return True


def take(request: HttpRequest, draft_id: UUID, page: str) -> tuple[QueryDict, bool] | None:
    """What was kept for this page (and whether files were lost), once; anything else kept is dropped."""
    held: dict[str, Any] | None = request.session.pop(KEY, None)
    if held is None or time.time() - held["at"] > SECONDS:
        return None
    if (held["draft"], held["page"]) != (str(draft_id), page):
        return None
    return QueryDict(held["body"]), bool(held["files"])
