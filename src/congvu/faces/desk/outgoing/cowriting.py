"""Who writes a draft together with its drafter: the list on its page, and the form to choose them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import OutgoingView
from congvu.faces.desk.incoming.slip import holders
from congvu.faces.desk.shell import actor_of
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

VERB = "cung-soan"


def parts(request: HttpRequest, view: OutgoingView, verb: str, refusal: Refusal | None) -> dict[str, Any]:
    """The co-writers while a draft is drafted; the posts to tick for its drafter."""
    actor = actor_of(request)
    if view.row.state != "drafting":
        return {}
    named = documents.co_writers(actor, view.id)
    may, opened = "drop" in view.abilities, verb == VERB
    chosen = set(request.POST.getlist("co_writers")) if request.method == "POST" else {str(key) for key, _name in named}
    return {"cowriting": {
        "named": [name for _key, name in named], "may": may, "open": opened,
        "options": _posts(view, actor.position_id, chosen) if may and opened else (),
        "error": refusal.message if refusal and opened else "",
    }}  # fmt: skip


def _posts(view: OutgoingView, own: int | None, chosen: set[str]) -> list[Option]:
    there, agency = orgs.tree(), view.issuer.unit_id
    units = [unit.id for unit in there if there.agency_of(unit.id).id == agency]
    seats = [(option.value.partition(":")[2], option.label) for option in holders(units)]
    return [Option(seat, label, checked=seat in chosen) for seat, label in seats if seat and seat != str(own)]
