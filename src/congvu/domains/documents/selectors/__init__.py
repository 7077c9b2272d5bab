"""The door for reading."""

from congvu.domains.documents.issuers import book_of, issuer, issuers_of, kind, kinds, shown_number
from congvu.domains.documents.selectors.incoming import (
    VIEWS,
    IncomingQuery,
    arrivals,
    book,
    count_waiting,
    incoming,
    incoming_list,
)
from congvu.domains.documents.selectors.matching import duplicates, proposal

__all__ = [
    "VIEWS", "IncomingQuery", "arrivals", "book", "book_of", "count_waiting", "duplicates", "incoming",
    "incoming_list", "issuer", "issuers_of", "kind", "kinds", "proposal", "shown_number",
]  # fmt: skip
