"""So sánh các bản: two versions of a draft as one text with what was added and removed, or side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import OutgoingView, Piece
from congvu.faces.desk.outgoing.views import CURRENT
from congvu.faces.desk.posted import whole_of
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.ground.ui.types import Option

ONE, TWO = "mot", "hai"
LOOKS = ((ONE, gettext_lazy("Một văn bản")), (TWO, gettext_lazy("Hai cột")))
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(slots=True)
class Row:
    """One paragraph of the comparison: all its pieces in order. ``left`` and ``right`` are what each version says."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def left(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind != ADDED]

    @property
    def right(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind != REMOVED]

    @property
    def changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


def rows(pieces: Iterable[Piece]) -> list[Row]:
    """Paragraphs: a line that ends in both versions ends a row, so that both columns stay side by side."""
    found = [Row()]
    for piece in pieces:
        if piece.kind != SAME:
            found[-1].pieces.append(piece)
            continue
        for place, line in enumerate(piece.text.split("\n")):
            if place:
                found.append(Row())
            if line:
                found[-1].pieces.append(Piece(SAME, line))
    return [row for row in found if row.pieces]


@require_GET
@staff_only
def compare(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The two versions asked for; else the newest and the one before. Raises NotFound for one it has not."""
    actor, asked = actor_of(request), request.GET
    view = documents.outgoing(actor, document_id)
    newest = view.current.n
    after = whole_of(asked.get("den", "")) or newest
    before = whole_of(asked.get("tu", "")) or max(1, after - 1)
    pieces = documents.changes(actor, document_id, before=before, after=after)
    look = asked.get("kieu", "") if asked.get("kieu", "") in dict(LOOKS) else ONE
    context = {
        "doc": view, "rows": rows(pieces), "look": look, "before": before, "after": after,
        "looks": [(key, label, key == look) for key, label in LOOKS],
        "added": sum(piece.kind == ADDED for piece in pieces),
        "removed": sum(piece.kind == REMOVED for piece in pieces),
        "from_options": _versions(view, before), "to_options": _versions(view, after),
    }  # fmt: skip
    return page(request, "desk/outgoing/compare.html", context, current=CURRENT)


def _versions(view: OutgoingView, chosen: int) -> list[Option]:
    return [Option(str(one.n), f"{one.n} · {one.by}", checked=one.n == chosen) for one in reversed(view.versions)]
