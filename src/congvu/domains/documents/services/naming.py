"""How a document is called where there is room for a few words only (stored, so Vietnamese), and who keeps it."""

from __future__ import annotations

from congvu.common.symbols import written
from congvu.domains.documents.issuers import shown_number
from congvu.domains.documents.models import Incoming, Outgoing
from congvu.ground.orgs import selectors as orgs

WIDTH = 50


def code_of(row: Incoming) -> str:
    """What the inbox shows in front: number of arrival and the document's own number and symbol."""
    own = written(row.number, row.symbol)
    return " · ".join(part for part in (f"Đến {row.arrival_number}", own) if part)[:WIDTH]


def full_code(row: Outgoing) -> str:
    """``05/QĐ-UBND``; ``…/QĐ-UBND`` before it has a number."""
    return written(shown_number(row.number) if row.number else "…", row.symbol)


def book_posts(agency: int) -> list[str]:
    """The posts that see every document of the agency's books: its leaders and its records clerks."""
    clerks = [post for unit in sorted(orgs.subtree(agency)) for post in orgs.positions(unit, "registrar")]
    own = [post for post in clerks if orgs.agency_of(post.unit_id).id == agency]
    return [f"p:{post.id}" for post in (*orgs.positions(agency, "chair"), *own)]
