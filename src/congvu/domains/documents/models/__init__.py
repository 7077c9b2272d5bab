"""Documents of agencies: what came in, who was told to do what about it, what is drafted, signed and issued."""

from congvu.domains.documents.models.access import AccessChange
from congvu.domains.documents.models.annexes import IssuedAnnex
from congvu.domains.documents.models.authorising import Authorisation
from congvu.domains.documents.models.choices import Channel, Family, InState, Nature, OutState, Priority, Secrecy
from congvu.domains.documents.models.consulting import Consultation, Consulted, DraftOpinion
from congvu.domains.documents.models.copies import Copy
from congvu.domains.documents.models.cowriting import CoWriter
from congvu.domains.documents.models.incoming import Direction, Incoming
from congvu.domains.documents.models.outgoing import Approval, Outgoing, Reading, Recipient, Version
from congvu.domains.documents.models.registers import Loan, Posting, StatedFigure
from congvu.domains.documents.models.requests import Request
from congvu.domains.documents.models.searches import SavedSearch
from congvu.domains.documents.models.secrecy import DeniedMark
from congvu.domains.documents.models.shared import Issuer, Kind, Link, Opinion, SignaturePicture
from congvu.domains.documents.models.spreading import Confirmation, Dissemination

__all__ = [
    "AccessChange", "Approval", "Authorisation", "Channel", "CoWriter", "Confirmation", "Consultation", "Consulted",
    "Copy", "DeniedMark", "Direction", "Dissemination", "DraftOpinion", "Family", "InState", "Incoming",
    "IssuedAnnex", "Issuer", "Kind", "Link", "Loan", "Nature", "Opinion", "OutState", "Outgoing", "Posting",
    "Priority", "Reading", "Recipient", "Request", "SavedSearch", "Secrecy", "SignaturePicture", "StatedFigure",
    "Version",
]  # fmt: skip
