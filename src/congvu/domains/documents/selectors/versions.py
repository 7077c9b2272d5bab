"""What changed from one version of a draft to another."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.domains.documents import policies
from congvu.domains.documents.annex_types import annexes_in, labels
from congvu.domains.documents.comparing import compare
from congvu.domains.documents.models import Version
from congvu.domains.documents.types import Piece
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import blocks_from_json
from congvu.ground.records.selectors import get_visible


def changes(actor: Actor, document_id: UUID, *, before: int, after: int) -> tuple[Piece, ...]:
    """The words added and removed between two versions, subject and all. Two statements. Raises NotFound."""
    get_visible(actor, document_id, kind=policies.OUTGOING)
    found = {row.n: row for row in Version.objects.filter(outgoing=document_id, n__in=(before, after))}
    if before not in found or after not in found:
        raise NotFound(_("Dự thảo không có bản này."))
    return compare(_text(found[before]), _text(found[after]))


def _text(row: Version) -> str:
    content = row.content
    lines = [row.subject, *content["addressees"], *content["bases"]]
    kept = annexes_in(content)
    files = [f"{label}: {one.title} ({one.name})" for one, label in zip(kept, labels(kept), strict=True)]
    return "\n".join([*lines, typeset.write_text(blocks_from_json(content["blocks"])), *content["recipients"], *files])
