"""Setting a version of a draft: for the eye with a watermark, for signing without."""

from __future__ import annotations

from congvu.domains.documents import paper
from congvu.domains.documents.capacity import signer_block
from congvu.domains.documents.issuers import issuer_view
from congvu.domains.documents.models import Outgoing, Version
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Sheet, Signer
from congvu.ground.orgs import selectors as orgs

WATERMARK = "DỰ THẢO"


def set_version(row: Outgoing, version: Version, *, signer: Signer | None = None, watermark: str = "") -> Sheet:
    """The version as PDF/A with its zones. Raises PaperIncomplete naming what the layout lacks."""
    return typeset.set_official(
        paper.official(row, version, signer=signer or expected_signer(row)), watermark=watermark
    )


def expected_signer(row: Outgoing) -> Signer:
    """Boxes 7a and 7b as they would be if the named signer signed today."""
    if row.signer_id is None:
        return Signer(title="", name="")
    people = orgs.holders_of(row.signer_id)
    name = people[0].name if people else ""
    return signer_block(issuer_view(row.issuer), orgs.position(row.signer_id), row.capacity, name)
