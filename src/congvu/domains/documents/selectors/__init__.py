"""The door for reading."""

from congvu.domains.documents.issuers import book_of, issuer, issuers_of, kind, kinds, main_issuer, shown_number
from congvu.domains.documents.selectors.incoming import (
    VIEWS,
    IncomingQuery,
    arrivals,
    book,
    count_waiting,
    has_message,
    incoming,
    incoming_list,
    message_of,
)
from congvu.domains.documents.selectors.matching import duplicates, proposal

__all__ = [
    "VIEWS", "IncomingQuery", "arrivals", "book", "book_of", "count_waiting", "duplicates", "has_message",
    "incoming", "incoming_list", "issuer", "issuers_of", "kind", "kinds", "main_issuer", "message_of", "proposal",
    "shown_number",
]  # fmt: skip
