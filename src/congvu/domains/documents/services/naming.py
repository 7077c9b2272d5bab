"""How a document is called where there is room for a few words only."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congvu.domains.documents.models import Incoming

WIDTH = 50


def code_of(row: Incoming) -> str:
    """What the inbox shows in front: number of arrival and the document's own number and symbol."""
    own = "/".join(part for part in (row.number, row.symbol) if part)
    return " · ".join(part for part in (_("Đến %(n)s") % {"n": row.arrival_number}, own) if part)[:WIDTH]
