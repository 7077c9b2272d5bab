"""Saying that what a machine read as a mark of secrecy is none."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import utc_now
from congvu.domains.documents import policies, secrecy
from congvu.domains.documents.models import DeniedMark, OutState
from congvu.domains.documents.services.drafting import current, load
from congvu.domains.documents.services.steps import require_state
from congvu.ground.audit.services import act, note

LONGEST = 500
OPEN = (OutState.DRAFTING, OutState.REVIEWING, OutState.SIGNING, OutState.ISSUING)


@act("document.deny_mark", policy=policies.may_deny_mark, label="Xác nhận không phải dấu mật")
def deny_mark(actor: Actor, document_id: UUID, *, about: str, reason: str, version: int | None = None) -> None:
    """Whoever holds the draft answers by name that a mark read in it is none; then it goes on. The version stays.

    Raises Invalid without a reason, NotFound for a mark that nobody read or that was denied before, WrongState once
    the document was issued or dropped, Conflict for a stale page.
    """
    record, row = load(document_id, version=version)
    require_state(record, *OPEN)
    words = clean(reason)
    if not words or len(words) > LONGEST:
        message = _("Ghi vì sao đây không phải dấu chỉ độ mật, tối đa %(n)s ký tự.") % {"n": LONGEST}
        raise Invalid(message, problems=(Problem(f"reason-{about}", message, "missing"),))
    newest = current(row)
    standing = secrecy.look(row.record_id, newest.subject, newest.content).standing
    found = next((one for one in standing if one.about == about), None)
    if found is None:
        raise NotFound(_("Dự thảo không có dấu này."))
    DeniedMark.objects.create(
        outgoing=row, about=about, mark=found.mark, reason=words, at=utc_now(), by=actor.name,
        by_position=actor.position_title,
    )  # fmt: skip
    note(record=record.id, about=about, mark=found.mark, reason=words[:200])
