"""The metadata tables exactly: NĐ 30/2020/NĐ-CP PL VI part II, and the EAD vocabulary of TT 05/2025/TT-BNV. Pure.

Names, types and lengths as printed; where the circular prints none, the length is 0 and nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``kind`` S text, N whole number, D day, L long text. ``auto``: the system must fill it (§1.15 *)."""

    name: str
    kind: str
    length: int = 0
    auto: bool = False


_CODE = (Field("FileCode.OrganId", "S", 13, True), Field("FileCode.FileCatalog", "N", 4, True),
         Field("FileCode.FileNotation", "S", 20))  # fmt: skip
_SIGNER = (Field("SignerInfo.Position", "S", 100), Field("SignerInfo.FullName", "S", 50))

OUTGOING = (
    *_CODE, Field("DocOrdinal", "N", 3, True), Field("TypeName", "S", 100), Field("CodeNumber", "S", 11, True),
    Field("CodeNotation", "S", 30), Field("IssuedDate", "D", 10, True), Field("OrganName", "S", 200),
    Field("Subject", "S", 500), Field("Language", "S", 30), Field("PageAmount", "N", 3, True),
    Field("Description", "S", 500), *_SIGNER, Field("To.OrganId", "S", 13, True), Field("To.OrganName", "S", 200),
    Field("Priority", "N", 1), Field("IssuedAmount", "N", 3), Field("DueDate", "D", 10),
)  # fmt: skip
INCOMING = (
    *_CODE, Field("DocOrdinal", "N", 3, True), Field("TypeName", "S", 100), Field("CodeNumber", "S", 11),
    Field("CodeNotation", "S", 30), Field("IssuedDate", "D", 10), Field("OrganName", "S", 200),
    Field("Subject", "S", 500), Field("Language", "S", 30), Field("PageAmount", "N", 3, True),
    Field("Description", "S", 500), Field("ArrivalDate", "D", 10, True), Field("ArrivalNumber", "N", 10, True),
    *_SIGNER, Field("Priority", "N", 1), Field("ToPlaces", "S", 1000), Field("TraceHeaderList", "L"),
    Field("DueDate", "D", 10),
)  # fmt: skip
FILE = (
    *_CODE, Field("Title", "S", 500), Field("Maintenance", "S", 30), Field("Rights", "S", 30),
    Field("Creator", "S", 30), Field("Language", "S", 50), Field("StartDate", "D", 10), Field("EndDate", "D", 10),
    Field("DocTotal", "N", 4, True), Field("PageTotal", "N", 4, True), Field("Description", "S", 500),
)  # fmt: skip
EAD_FILE = (
    Field("fileCode", "S"), Field("title", "S", 1000), Field("maintenance", "S", 2), Field("mode", "S", 2),
    Field("language", "S"), Field("startDate", "D", 10), Field("endDate", "D", 10), Field("keyword", "S"),
    Field("totalDoc", "N"), Field("numberOfPaper", "N"), Field("numberOfPage", "N"), Field("format", "S", 2),
    Field("inforSign", "S"), Field("confidenceLevel", "S", 2), Field("paperFileCode", "S"),
    Field("riskRecovery", "N", 1), Field("riskRecoveryStatus", "S"), Field("description", "S"),
)  # fmt: skip
EAD_DOC = (
    Field("docId", "S", 25), Field("docCode", "S", 100), Field("maintenance", "S", 2), Field("typeName", "S", 2),
    Field("codeNumber", "S", 11), Field("codeNotation", "S", 30), Field("issuedDate", "D", 10),
    Field("organName", "S", 200), Field("subject", "S", 500), Field("language", "S"), Field("numberOfPage", "N"),
    Field("inforSign", "S"), Field("keyword", "S"), Field("mode", "S", 2), Field("confidenceLevel", "S", 2),
    Field("autograph", "S"), Field("format", "S", 2), Field("riskRecovery", "N", 1), Field("riskRecoveryStatus", "S"),
    Field("process", "S"), Field("description", "S"),
)  # fmt: skip

# Kinds of document by their code of TT 05/2025; this order is not that of NĐ 30/2020 Điều 7.
TYPE_CODES = {
    "NQ": "01", "QĐ": "02", "CT": "03", "QC": "04", "QyĐ": "05", "TC": "06", "TB": "07", "HD": "08", "CTr": "09",
    "KH": "10", "PA": "11", "ĐA": "12", "DA": "13", "BC": "14", "TTr": "15", "GUQ": "16", "PG": "17", "PC": "18",
    "PB": "19", "BB": "20", "HĐ": "21", "CV": "22", "CĐ": "23", "BGN": "24", "BTT": "25", "GM": "26", "GGT": "27",
    "GNP": "28", "thư công": "29", "bản đồ": "30", "bản vẽ": "31",
}  # fmt: skip
OTHER_TYPE = "32"
MODES = {"01": "Công khai", "02": "Có điều kiện", "03": "Mật"}
# The groups of information a work file may belong to; what is secret comes in after it is declassified.
LEVELS = ("01", "02")
CONFIDENCE = {"01": "Gốc điện tử", "02": "Số hóa", "03": "Hỗn hợp"}
FORMATS = {"01": "Tốt", "02": "Bình thường", "03": "Hỏng"}
PERMANENT = "01"
# Media types that are kept as they are; the others want a copy in PDF/A beside them.
KEPT_TYPES = frozenset({"application/pdf", "application/xml", "image/jpeg", "image/png", "image/tiff"})
_TERMS = {70: "02", 50: "03", 30: "04", 20: "05", 10: "06"}


def meant_for_keeping(media_type: str) -> bool:
    """Whether a content of this type is read for as long as files are kept, so that it needs no other copy."""
    return media_type in KEPT_TYPES


def maintenance_code(years: int | None) -> str:
    """The code of a retention term: 01 permanent, 02 to 06 for 70 to 10 years, 07 for any other."""
    return PERMANENT if years is None else _TERMS.get(years, "07")


def maintenance_words(years: int | None) -> str:
    """As NĐ 30 prints it: ``Vĩnh viễn``, ``20 năm``."""
    return "Vĩnh viễn" if years is None else f"{years} năm"


def day(value: date | None) -> str:
    """DD/MM/YYYY."""
    return f"{value:%d/%m/%Y}" if value else ""


def wrong(values: Mapping[str, Any], table: Iterable[Field]) -> list[str]:
    """Names of fields whose value does not fit: unknown, too long, no number, no day, or missing where it is a must."""
    known = {field.name: field for field in table}
    found = [name for name in values if name not in known]
    return found + [name for name, field in known.items() if not _fits(values.get(name, ""), field)]


def _fits(value: Any, field: Field) -> bool:
    text = "" if value is None else str(value)
    if not text:
        return not field.auto
    if field.kind == "N" and not (text.isascii() and text.isdecimal()):
        return False
    if field.kind == "D" and not _is_day(text):
        return False
    return not field.length or len(text) <= field.length


def _is_day(text: str) -> bool:
    parts = text.split("/")
    try:
        return len(text) == 10 and len(parts) == 3 and bool(date(int(parts[2]), int(parts[1]), int(parts[0])))
    except ValueError:
        return False


def cut(values: Mapping[str, Any], table: Iterable[Field]) -> dict[str, str]:
    """The values as the table takes them: texts cut to their length, empty ones left out, in the table's order."""
    found = {}
    for field in table:
        text = "" if values.get(field.name) is None else str(values[field.name])
        if text:
            found[field.name] = text[: field.length] if field.length and field.kind == "S" else text
    return found
