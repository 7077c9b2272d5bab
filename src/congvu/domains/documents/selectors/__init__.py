"""The door for reading."""

from congvu.domains.documents.capacity import signer_of, signers
from congvu.domains.documents.issuers import book_of, issuer, issuers_of, kind, kinds, main_issuer, shown_number
from congvu.domains.documents.openings import answering, opening
from congvu.domains.documents.pictures import of_user as signature_picture
from congvu.domains.documents.pictures import seal_picture
from congvu.domains.documents.selectors.access import access_of, access_waiting, may_share
from congvu.domains.documents.selectors.addressing import recipients_of
from congvu.domains.documents.selectors.agencies import AgencyRow, agencies
from congvu.domains.documents.selectors.copies import copies_of, copy_book
from congvu.domains.documents.selectors.finding import FindQuery, Found, FoundRow, find, found_at_once
from congvu.domains.documents.selectors.incoming import (
    VIEWS,
    IncomingQuery,
    arrivals,
    count_waiting,
    counts,
    has_message,
    incoming,
    incoming_list,
    is_incoming,
    lines_of_task,
    message_of,
)
from congvu.domains.documents.selectors.matching import (
    doubled,
    duplicates,
    next_number,
    proposal,
    read_from_scan,
    senders,
)
from congvu.domains.documents.selectors.outgoing import (
    OUT_VIEWS,
    OutgoingQuery,
    counts_out,
    draft_findings,
    draft_pdf,
    draft_word,
    outgoing,
    outgoing_list,
    pages_of,
    signed_as,
)
from congvu.domains.documents.selectors.registers import (
    BOOKS,
    BookPage,
    BookQuery,
    BookRow,
    issued_as,
    issuers_series,
    register_page,
)
from congvu.domains.documents.selectors.requests import (
    asked_document,
    document_id_of,
    has_request,
    incoming_of,
    may_ask_back,
    notices,
    open_request,
    recall_of,
    recall_reason,
    remarks,
    request_of_item,
    requests,
)
from congvu.domains.documents.selectors.searches import searches
from congvu.domains.documents.selectors.signing import count_to_sign, names_of, own_seal, own_signature, to_sign
from congvu.domains.documents.selectors.stated import FIGURES, stated
from congvu.domains.documents.selectors.statistics import (
    CountedPage,
    CountedRow,
    GroupRow,
    StatQuery,
    behind,
    by_kind,
    by_month,
    by_unit,
    figures,
    month_of,
)
from congvu.domains.documents.selectors.versions import changes

__all__ = [
    "BOOKS", "FIGURES", "OUT_VIEWS", "VIEWS", "AgencyRow", "BookPage", "BookQuery", "BookRow", "CountedPage",
    "CountedRow", "FindQuery", "Found", "FoundRow", "GroupRow", "IncomingQuery", "OutgoingQuery", "StatQuery",
    "access_of", "access_waiting", "agencies", "answering", "arrivals", "asked_document", "behind", "book_of",
    "by_kind", "by_month", "by_unit", "changes", "copies_of", "copy_book", "count_to_sign", "count_waiting",
    "counts", "counts_out", "document_id_of", "doubled", "draft_findings", "draft_pdf", "draft_word", "duplicates",
    "figures", "find", "found_at_once", "has_message", "has_request", "incoming", "incoming_list", "incoming_of",
    "is_incoming", "issued_as", "issuer", "issuers_of", "issuers_series", "kind", "kinds", "lines_of_task",
    "main_issuer", "may_ask_back", "may_share", "message_of", "month_of", "names_of", "next_number", "notices",
    "open_request", "opening", "outgoing", "outgoing_list", "own_seal", "own_signature", "pages_of", "proposal",
    "read_from_scan", "recall_of", "recall_reason", "recipients_of", "register_page", "remarks", "request_of_item",
    "requests", "seal_picture", "searches", "senders", "shown_number", "signature_picture", "signed_as",
    "signer_of", "signers", "stated", "to_sign",
]  # fmt: skip
