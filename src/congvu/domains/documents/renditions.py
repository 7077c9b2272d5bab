"""Setting a version of a draft: for the eye with a watermark, for signing without."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace

from django.core.cache import cache

from congvu.domains.documents import paper
from congvu.domains.documents.capacity import signer_block
from congvu.domains.documents.issuers import issuer_view
from congvu.domains.documents.models import Outgoing, Version
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import OfficialDocument, Sheet, Signer
from congvu.ground.orgs import selectors as orgs

WATERMARK = "DỰ THẢO"
SETTABLE_FOR = 7 * 24 * 3600
MOST_SHEETS = 16
_sheets: dict[str, Sheet] = {}


def set_version(row: Outgoing, version: Version, *, signer: Signer | None = None, watermark: str = "") -> Sheet:
    """The version as PDF/A with its zones. Raises PaperIncomplete naming what the layout lacks."""
    document = paper.official(row, version, signer=signer or expected_signer(row))
    return _set(_digest(document, watermark), document, watermark)


def require_settable(row: Outgoing, version: Version) -> None:
    """Whether the typesetter sets the version; asked of it once for everything that goes into the paper, however many
    approve it in whichever process. Raises PaperIncomplete, BlocksInvalid."""
    document = paper.official(row, version, signer=expected_signer(row))
    digest = _digest(document, "")
    mark = f"documents.settable:{digest}"
    if cache.get(mark) is None:
        _set(digest, document, "")
        cache.set(mark, True, timeout=SETTABLE_FOR)


def _digest(document: OfficialDocument, watermark: str) -> str:
    pictures = {key: hashlib.sha256(data).digest() for key, data in document.pictures.items()}
    return hashlib.sha256(repr((replace(document, pictures=pictures), watermark)).encode()).hexdigest()


def _set(digest: str, document: OfficialDocument, watermark: str) -> Sheet:
    """Set, or one of the last papers set in this process: nothing of a draft is kept elsewhere."""
    kept = _sheets.pop(digest, None)
    made = kept or typeset.set_official(document, watermark=watermark)
    with contextlib.suppress(KeyError, StopIteration):
        while len(_sheets) >= MOST_SHEETS:
            del _sheets[next(iter(_sheets))]
    _sheets[digest] = made
    return made


def expected_signer(row: Outgoing) -> Signer:
    """Boxes 7a and 7b as they would be if the named signer signed today."""
    if row.signer_id is None:
        return Signer(title="", name="")
    people = orgs.holders_of(row.signer_id)
    name = people[0].name if people else ""
    return signer_block(issuer_view(row.issuer), orgs.position(row.signer_id), row.capacity, name)
