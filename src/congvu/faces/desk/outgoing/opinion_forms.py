"""What the section on opinions of a draft's page shows, and which of its forms stands open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from congvu.common.errors import Refusal
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import OutgoingView
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming.slip import holders
from congvu.faces.desk.shell import actor_of
from congvu.faces.desk.uploads import kept
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.formats import table_date
from congvu.ground.ui.types import Option
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as worktime

VERBS = ("xin-y-kien", "cho-y-kien", "tiep-thu", "khep-y-kien")
STANCES = (
    ("agree", gettext_lazy("Nhất trí")),
    ("remarks", gettext_lazy("Nhất trí, có ý kiến")),
    ("disagree", gettext_lazy("Không nhất trí")),
)
TAKEN = (("accepted", gettext_lazy("Tiếp thu")), ("explained", gettext_lazy("Giải trình")))
TAGS = {"agree": "ok", "remarks": "info", "disagree": "bad", "": "line"}
UNSIGNED = ("drafting", "reviewing", "signing")
TERM = 2


def parts(request: HttpRequest, view: OutgoingView, verb: str, refusal: Refusal | None) -> dict[str, Any]:
    """The rounds of a draft, and the form that is asked for or waits for the reader."""
    actor = actor_of(request)
    rounds = documents.consultations(actor, view.id)
    unsigned = view.row.state in UNSIGNED
    may = unsigned and documents.may_consult(actor, view.id)
    own = [(asked, asked.mine) for asked in rounds if asked.mine]
    waits = next((pair for pair in own if pair[1] and not pair[1].opinions), None)
    opened = verb if verb in VERBS else ("cho-y-kien" if waits and not view.item else "")
    fields = typed(request) if verb in VERBS else QueryDict()
    return {"consulting": {
        "rounds": rounds, "may": may, "open": opened, "tags": TAGS,
        "problems": {p.field: p.message for p in refusal.problems} if refusal and verb in VERBS else {},
        "typed": fields, "mine": waits or next(iter(own), None), "kept": kept(request).get("file"),
        **(_asking(view, fields) if may and opened == "xin-y-kien" else {}),
        "stances": _options(STANCES, fields.get("stance", "")),
        "taken": _options(TAKEN, fields.get("taken", "")), "settling": fields.get("opinion", ""),
    }}  # fmt: skip


def _asking(view: OutgoingView, fields: QueryDict) -> dict[str, Any]:
    """Units and posts of the agency to tick, and the term proposed: two working days from today."""
    there, agency, chosen = orgs.tree(), view.issuer.unit_id, set(fields.getlist("asked"))
    own = [unit.id for unit in there if unit.id == agency or there.agency_of(unit.id).id == agency]
    found = [Option(o.value, o.label, checked=o.value in chosen) for o in holders(own)]
    calendar = worktime.calendar(orgs.calendar_of(agency))
    proposed = rules.add_working_days(local_date(timezone.now()), TERM, calendar)
    return {
        "units": [option for option in found if option.value.endswith(":")],
        "posts": [option for option in found if not option.value.endswith(":")],
        "due_on": fields.get("due_on", table_date(proposed)),
    }


def _options(known: tuple[tuple[str, Any], ...], chosen: str) -> list[Option]:
    return [Option(value, str(label), checked=value == chosen) for value, label in known]
