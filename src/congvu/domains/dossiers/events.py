"""What happens to dossiers, for journeys to act on. Payloads carry ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("dossier.submitted")
@dataclass(frozen=True, slots=True)
class DossierSubmitted:
    record: UUID


@event("dossier.received")
@dataclass(frozen=True, slots=True)
class DossierReceived:
    record: UUID


@event("dossier.declined")
@dataclass(frozen=True, slots=True)
class DossierDeclined:
    record: UUID


@event("dossier.supplement_asked")
@dataclass(frozen=True, slots=True)
class SupplementAsked:
    record: UUID
    supplement: int


@event("dossier.supplement_cancelled")
@dataclass(frozen=True, slots=True)
class SupplementCancelled:
    record: UUID
    supplement: int


@event("dossier.supplement_answered")
@dataclass(frozen=True, slots=True)
class SupplementAnswered:
    record: UUID
    supplement: int


@event("dossier.finished")
@dataclass(frozen=True, slots=True)
class DossierFinished:
    """A result, a refusal in substance or a stop: ``state`` says which."""

    record: UUID
    state: str


@event("dossier.returned")
@dataclass(frozen=True, slots=True)
class DossierReturned:
    record: UUID


@event("dossier.withdrawn")
@dataclass(frozen=True, slots=True)
class DossierWithdrawn:
    record: UUID


@event("dossier.rated")
@dataclass(frozen=True, slots=True)
class DossierRated:
    record: UUID
    score: int
