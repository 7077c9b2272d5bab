"""Who writes a draft together with its drafter."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.zones import utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.events import CoWriterNamed
from congvu.domains.documents.models import CoWriter, Outgoing, OutState
from congvu.domains.documents.services.drafting import load
from congvu.domains.documents.services.steps import require_state
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records

MOST = 20


@act("document.name_co_writers", policy=policies.may_name_co_writers, label="Chọn người cùng soạn thảo")
def name_co_writers(
    actor: Actor, document_id: UUID, positions: Collection[int], *, version: int | None = None
) -> None:  # fmt: skip
    """These posts write the draft with its drafter while it is drafted; whoever is left out writes no more.

    They may read it from now on and are told. Raises Invalid for a post outside the agency or the drafter's own,
    WrongState once the draft was presented, Conflict for a stale page.
    """
    record, row = load(document_id, version=version)
    require_state(record, OutState.DRAFTING)
    chosen = set(positions)
    _check(chosen, row)
    now = utc_now()
    known = {one.position_id: one for one in CoWriter.objects.filter(outgoing=row, ended_at=None)}
    CoWriter.objects.filter(id__in=[one.id for key, one in known.items() if key not in chosen]).update(ended_at=now)
    for key in sorted(chosen - set(known)):
        people, title = orgs.holders_of(key), orgs.position(key).title
        name = ", ".join([*(person.name for person in people[:1]), title])[:300]
        made = CoWriter.objects.create(outgoing=row, position_id=key, name=name, named_at=now, named_by=actor.name)
        publish(CoWriterNamed(co_writer=made.id))
    records.change(record, add_readers=[f"p:{key}" for key in sorted(chosen)])
    note(record=record.id, co_writers=sorted(chosen))


def _check(chosen: set[int], row: Outgoing) -> None:
    words = ""
    if len(chosen) > MOST:
        words = _("Chọn nhiều nhất %(n)s người cùng soạn thảo.") % {"n": MOST}
    elif row.drafter_id in chosen:
        words = _("Người soạn thảo không phải chọn chính mình.")
    elif any(orgs.agency_of(orgs.position(key).unit_id).id != row.issuer.unit_id for key in chosen):
        words = _("Người cùng soạn thảo phải thuộc cơ quan ban hành.")
    if words:
        raise Invalid(words, problems=(Problem("co_writers", words, "co_writers"),))
