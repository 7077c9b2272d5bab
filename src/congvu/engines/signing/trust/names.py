"""Names in certificates prepared for comparison once.

Paths are looked for by name, and asn1crypto prepares both names anew for each comparison (RFC 4518 section 2): a
thirtieth of what signing costs. What a text becomes depends on the text alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from asn1crypto.x509 import NameTypeAndValue

_slowly = NameTypeAndValue._ldap_string_prep
MOST = 4096


@lru_cache(maxsize=MOST)
def prepared(text: str) -> str:
    """As asn1crypto prepares it. Raises ValueError for letters that no name may have."""
    found: str = _slowly(None, text)
    return found


def _prepare(_part: Any, text: str) -> str:
    return prepared(text)


NameTypeAndValue._ldap_string_prep = _prepare
