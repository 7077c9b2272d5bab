"""Number and symbol of a document, joined as papers print them and taken apart as people type them."""

from __future__ import annotations

import re

# The Party joins number and kind with a hyphen, the body that issues follows a slash [from memory, unverified].
_PARTY = re.compile(r"(\d{1,6}[a-z]?)(-[^\W\d][^/]*/.+)")


def written(number: str, symbol: str) -> str:
    """Number and symbol in one: ``05/QĐ-UBND``, of the Party ``05-QĐ/ĐU``; what came from outside may lack either."""
    joint = "" if symbol.startswith("-") else "/"
    return f"{number}{joint}{symbol}" if number and symbol else number or symbol


def parted(text: str) -> tuple[str, str]:
    """The two halves of what ``written`` joins, as somebody typed it: ``15/QĐ-UBND``, ``15-QĐ/ĐU``."""
    party = _PARTY.fullmatch(text.strip())
    number, _sign, symbol = text.partition("/")
    return (party[1], party[2]) if party else (number.strip(), symbol.strip())


def bare(symbol: str) -> str:
    """The symbol where it stands in a field of its own, of a message or of metadata: without the Party's hyphen."""
    return symbol.removeprefix("-")
