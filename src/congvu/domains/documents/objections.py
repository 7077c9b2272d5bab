"""What was said of drafts before they are signed: who was asked, who answered, and what nobody has settled yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from congvu.domains.documents.consulting_types import OpenOpinion, OpinionsOn
from congvu.domains.documents.models import Consulted, DraftOpinion

# Asked in a later round without an answer yet: what was said in the earlier one still counts.
_ORDER = ("opinions__at", "opinions__id")
_READ = (
    "consultation__outgoing_id", "unit_id", "position_id", "name", "opinions__stance", "opinions__text",
    "opinions__taken", "opinions__at",
)  # fmt: skip
_Said = tuple[str, str, str, str, datetime | None]


def opinions_on(documents: Iterable[UUID]) -> dict[UUID, OpinionsOn]:
    """The opinions on each draft somebody was asked about; the newest of each one asked counts. One statement."""
    found: dict[UUID, dict[tuple[int, int | None], _Said]] = {}
    rows = Consulted.objects.filter(consultation__outgoing__in=list(documents)).order_by("id", *_ORDER)
    for document, unit, position, name, stance, text, taken, at in rows.values_list(*_READ):
        said = found.setdefault(document, {})
        kept = said.get((unit, position))
        if kept is None or (at is not None and (kept[4] is None or kept[4] <= at)):
            said[unit, position] = (name, stance or "", text or "", taken or "", at)
    return {document: _together(said.values()) for document, said in found.items()}


def _together(said: Iterable[_Said]) -> OpinionsOn:
    rows = list(said)
    unsettled = [row for row in rows if row[1] not in ("", DraftOpinion.Stance.AGREE) and not row[3]]
    against = [at for _name, stance, _text, _taken, at in unsettled if stance == DraftOpinion.Stance.DISAGREE and at]
    return OpinionsOn(
        asked=len(rows), answered=sum(bool(row[1]) for row in rows), objected_at=max(against, default=None),
        unsettled=tuple(
            OpenOpinion(name, stance, str(DraftOpinion.Stance(stance).label), text)
            for name, stance, text, _taken, _at in unsettled
        ),
    )  # fmt: skip


def heard(opinions: OpinionsOn, read_at: datetime | None) -> bool:
    """Whether who read the draft then knew of everybody who is against it."""
    return opinions.objected_at is None or (read_at is not None and read_at >= opinions.objected_at)
