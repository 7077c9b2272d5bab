"""Names, code lists, dates and lengths of QCVN 102:2016, as observed (documents.md §2.2–2.8)."""

from __future__ import annotations

import re
from datetime import date, datetime

from congvu.common.zones import VN, local
from congvu.engines.exchange.types import Operation

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
# The dialect before the standard; read, never written.
OLD_NAMESPACE = "http://www.e-doc.vn/Schema/"
KNOWN = frozenset({NAMESPACE, OLD_NAMESPACE, OLD_NAMESPACE.rstrip("/"), ""})

# "Bussiness" and "TyperNotation" are how the standard spells them.
OPERATIONS = {"0": Operation.NEW, "1": Operation.RECALL, "2": Operation.UPDATE, "3": Operation.REPLACE}
OPERATION_CODES = {operation: code for code, operation in OPERATIONS.items()}
STATUSES = ("01", "02", "03", "04", "05", "06", "13", "15", "16")
# Seen once for an agreement; never sent.
STATUS_ALIASES = {"14": "15"}
REMOVED, ADDED = "0", "1"

# Upper bounds of documents.md §2.3. The five parts of a party come in this order.
PARTY = (
    ("OrganId", "id", 35),
    ("OrganizationInCharge", "in_charge", 200),
    ("OrganName", "name", 200),
    ("OrganAdd", "address", 250),
    ("Email", "email", 100),
    ("Telephone", "telephone", 20),
    ("Fax", "fax", 20),
    ("Website", "website", 100),
)
STAFF = (
    ("Department", "department", 200),
    ("Staff", "name", 100),
    ("Mobile", "mobile", 20),
    ("Email", "email", 100),
)

_NEW_ID = re.compile(r"[A-Z][0-9]{2}(\.[0-9A-Z]+)*")
_OLD_ID = re.compile(r"([0-9A-Z]+\.)*[A-Z][0-9]{2}")
_DATE = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})|(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def looks_like_agency(text: str) -> bool:
    """The shape of an agency code, old order or new. Whether such an agency exists is another question."""
    upper = text.strip().upper()
    return len(upper) <= 35 and bool(_NEW_ID.fullmatch(upper) or _OLD_ID.fullmatch(upper))


def write_date(day: date) -> str:
    return f"{day:%Y/%m/%d}"


def write_time(moment: datetime) -> str:
    """Local time without a zone, as the standard has it."""
    return f"{local(moment):%Y/%m/%d %H:%M:%S}"


def read_date(text: str) -> date | None:
    """``yyyy/MM/dd``; dashes, a time behind it and the older ``dd/MM/yyyy`` are understood. None for no date."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_time(text: str) -> datetime | None:
    """``yyyy/MM/dd HH:mm:ss`` of Vietnam; a bare date is its midnight. None for no time."""
    day = read_date(text)
    if day is None:
        return None
    match = _TIME.search(text.strip(), 8)
    hour, minute, second = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VN)
    except ValueError:
        return None


def document_id(organ: str, day: date, code: str) -> str:
    """The identifier in the wire form of the samples: agency, date, number/symbol."""
    return f"{organ},{write_date(day)},{code}"
