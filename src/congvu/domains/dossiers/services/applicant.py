"""Who stands at the counter: what the house already knows of a personal number."""

from __future__ import annotations

from congvu.common.actor import Actor
from congvu.domains.dossiers import policies
from congvu.domains.dossiers.types import Person
from congvu.ground.accounts import selectors as accounts
from congvu.ground.audit.services import act, note


@act("dossier.look_up_applicant", policy=policies.may_look_up_applicant, label="Tra người nộp theo số định danh")
def look_up_applicant(actor: Actor, personal_id: str) -> Person | None:  # noqa: ARG001 the policy asks it
    """Name and contact of the person with this number, to fill the form; None when nobody is known by it.

    Reading a person is an act: the trail says which clerk asked for whom. Raises Forbidden, Invalid for no number.
    """
    found = accounts.subject_by_personal_id(personal_id)
    if found is None:
        return None
    note(subject=found.id)
    return Person(
        full_name=found.full_name, personal_id=found.personal_id, phone=found.phone, email=found.email,
        address=str(found.address.get("text", "")),
    )  # fmt: skip
