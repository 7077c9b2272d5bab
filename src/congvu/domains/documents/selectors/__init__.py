"""The door for reading."""

from congvu.domains.documents.issuers import book_of, issuer, issuers_of, kind, kinds, main_issuer, shown_number
from congvu.domains.documents.selectors.incoming import (
    VIEWS,
    IncomingQuery,
    arrivals,
    book,
    count_waiting,
    counts,
    has_message,
    incoming,
    incoming_list,
    message_of,
)
from congvu.domains.documents.selectors.matching import duplicates, next_number, proposal, senders
from congvu.domains.documents.selectors.outgoing import (
    OUT_VIEWS,
    OutgoingQuery,
    draft_pdf,
    outgoing,
    outgoing_book,
    outgoing_list,
    pages_of,
    signed_as,
)
from congvu.domains.documents.selectors.signing import count_to_sign, names_of, to_sign

__all__ = [
    "OUT_VIEWS",
    "VIEWS",
    "IncomingQuery",
    "OutgoingQuery",
    "arrivals",
    "book",
    "book_of",
    "count_to_sign",
    "count_waiting",
    "counts",
    "draft_pdf",
    "duplicates",
    "has_message",
    "incoming",
    "incoming_list",
    "issuer",
    "issuers_of",
    "kind",
    "kinds",
    "main_issuer",
    "message_of",
    "names_of",
    "next_number",
    "outgoing",
    "outgoing_book",
    "outgoing_list",
    "pages_of",
    "proposal",
    "senders",
    "shown_number",
    "signed_as",
    "to_sign",
]  # fmt: skip
