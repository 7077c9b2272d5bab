"""What happens to documents, for journeys to act on. Payloads carry ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from congvu.ground.events.services import event


@event("document.kept")
@dataclass(frozen=True, slots=True)
class DocumentKept:
    """It came with files: their signatures are judged before anybody registers it."""

    record: UUID


@event("document.registered")
@dataclass(frozen=True, slots=True)
class DocumentRegistered:
    """Entered in the incoming book: the sender is told 03."""

    record: UUID


@event("document.sent_back")
@dataclass(frozen=True, slots=True)
class DocumentSentBack:
    """Invalid or misaddressed: the sender is told 02 with the reason."""

    record: UUID


@event("document.directed")
@dataclass(frozen=True, slots=True)
class DocumentDirected:
    """A leader gave directions: the sender is told 04, those concerned are told."""

    record: UUID


@event("document.begun")
@dataclass(frozen=True, slots=True)
class DocumentBegun:
    """A handler began: the sender is told 05."""

    record: UUID


@event("document.issued")
@dataclass(frozen=True, slots=True)
class DocumentIssued:
    """Numbered, signed twice and released: it goes to its recipients."""

    record: UUID


@event("document.handled")
@dataclass(frozen=True, slots=True)
class DocumentHandled:
    """The one who leads has finished: the sender is told 06."""

    record: UUID


@event("document.recalled")
@dataclass(frozen=True, slots=True)
class DocumentRecalled:
    """An issued document was recalled by a notice: every recipient is asked to give it up."""

    record: UUID


@event("document.taken_back")
@dataclass(frozen=True, slots=True)
class TakeBackAsked:
    """One recipient is asked to give a document back: it is told 13."""

    request: UUID


@event("document.request_answered")
@dataclass(frozen=True, slots=True)
class RequestAnswered:
    """The records clerk agreed to a request of the sender or refused it: the sender is told 15 or 16."""

    request: UUID


@event("document.disseminated")
@dataclass(frozen=True, slots=True)
class DocumentDisseminated:
    """Persons were asked to read a document and to confirm it: who has not heard of it yet is told."""

    record: UUID


@event("document.reader_reminded")
@dataclass(frozen=True, slots=True)
class ReaderReminded:
    """Somebody has not confirmed: the term draws near (1), is over (2), or the sender asks again (3)."""

    confirmation: UUID
    level: int
    times: int


@event("document.dissemination_ended")
@dataclass(frozen=True, slots=True)
class DisseminationEnded:
    """Ended before everybody confirmed, or its document was recalled or replaced: who was still asked is told."""

    record: UUID


@event("document.opinion_asked")
@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """Units and posts are asked about a draft: they are told."""

    consultation: UUID


@event("document.opinion_given")
@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """One of them said something: whoever asked is told."""

    opinion: int


@event("document.opinion_due")
@dataclass(frozen=True, slots=True)
class OpinionDue:
    """The last day has come (1), or the term is over (2)."""

    consultation: UUID
    level: int


@event("document.draft_changed")
@dataclass(frozen=True, slots=True)
class DraftChanged:
    """A new version of a draft about which opinions are asked: whoever was asked is told."""

    record: UUID


@event("document.co_writer_named")
@dataclass(frozen=True, slots=True)
class CoWriterNamed:
    """A post is to write a draft together with its drafter: it is told."""

    co_writer: int
