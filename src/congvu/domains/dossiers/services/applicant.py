"""Who stands at the counter: what the house already knows of a personal number."""

from __future__ import annotations

from congvu.common.actor import Actor
from congvu.common.digest import keyed
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.types import Person
from congvu.ground.accounts import selectors as accounts
from congvu.ground.accounts.services import count_attempt
from congvu.ground.audit.services import act, note

# Whole numbers that one login may ask for: more than a busy counter serves in an hour, too few to try numbers out.
LOOKUPS, WINDOW = 60, 60 * 60


def look_up_applicant(actor: Actor, personal_id: str) -> Person | None:
    """Name and contact of the person with this number, to fill the form; None when nobody is known by it.

    Reading a person is an act: the trail says which clerk asked for whom. Raises Invalid for no number, TooMany past
    ``LOOKUPS`` in ``WINDOW`` seconds, Forbidden.
    """
    number = accounts.parse_personal_id(personal_id).number
    # Counted before the act's transaction: a refusal there does not give the try back.
    count_attempt("dossier.look_up_applicant", str(actor.user_id), most=LOOKUPS, seconds=WINDOW)
    return _look_up(actor, number)


@act("dossier.look_up_applicant", policy=policies.may_look_up_applicant, label="Tra người nộp theo số định danh")
def _look_up(actor: Actor, number: str) -> Person | None:  # noqa: ARG001 the policy asks it
    """Also a miss is noted, by a keyed digest of the number: trying numbers out can be seen and proved afterwards."""
    note(asked=keyed("dossier.look_up_applicant", number))
    found = accounts.subject_by_personal_id(number)
    if found is None:
        return None
    note(subject=found.id)
    return Person(
        full_name=found.full_name, personal_id=found.personal_id, phone=found.phone, email=found.email,
        address=str(found.address.get("text", "")),
    )  # fmt: skip
