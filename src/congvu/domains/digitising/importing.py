"""A list of holdings from a sheet (.xlsx or .csv): its rows as values, its mistakes by row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean, fold
from congvu.domains.digitising.types import HoldingInput

# Columns by the folded heading people write.
COLUMNS = {
    "ten khoi tai lieu": "title", "phong": "fonds", "gia": "shelf", "so hop": "boxes", "so ho so": "files",
    "so trang": "pages", "tu nam": "first_year", "den nam": "last_year", "muc quan trong": "importance",
    "tinh trang": "condition", "ghi chu": "note",
}  # fmt: skip
NEEDED = ("title", "fonds", "pages", "first_year", "last_year", "importance", "condition")
CONDITIONS = {"tot": "01", "binh thuong": "02", "hong": "03", "01": "01", "02": "02", "03": "03", "1": "01",
              "2": "02", "3": "03"}  # fmt: skip
MOST = 2000
XLSX = b"PK\x03\x04"


def rows_of(content: bytes) -> list[tuple[int, HoldingInput]]:
    """The rows of a sheet with their numbers as the sheet shows them. Raises Invalid for what is no such sheet."""
    lines = _xlsx(content) if content.startswith(XLSX) else _csv(content)
    if not lines:
        raise _wrong(_("Bảng không có dòng nào."))
    heading = [COLUMNS.get(fold(cell), "") for cell in lines[0]]
    missing = [name for name in NEEDED if name not in heading]
    if missing:
        named = {value: key for key, value in COLUMNS.items()}
        raise _wrong(_("Bảng thiếu cột: %(names)s.") % {"names": ", ".join(named[name] for name in missing)})
    if len(lines) > MOST + 1:
        raise _wrong(_("Bảng có quá %(most)s dòng. Hãy chia nhỏ.") % {"most": MOST})
    return [
        (number, _input(dict(zip(heading, line, strict=False))))
        for number, line in enumerate(lines[1:], start=2)
        if any(line)
    ]


def _wrong(message: str) -> Invalid:
    return Invalid(message, problems=(Problem("sheet", message, "sheet"),))


def _xlsx(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        return _texts(book.worksheets[0].iter_rows(values_only=True, max_row=MOST + 2))
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise _wrong(_("Không đọc được bảng tính này.")) from error


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        return _texts(csv.reader(StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ","))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _wrong(_("Tệp phải là .xlsx hoặc .csv mã UTF-8.")) from error


def _texts(rows: Iterable[Sequence[Any]]) -> list[list[str]]:
    return [["" if cell is None else clean(str(cell)) for cell in row] for row in rows]


def _input(row: dict[str, str]) -> HoldingInput:
    def count(name: str) -> int | None:
        text = row.get(name, "").replace(".", "").removesuffix(",0")
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None

    return HoldingInput(
        title=row.get("title", ""), fonds=row.get("fonds", ""), shelf=row.get("shelf", ""), pages=count("pages"),
        boxes=count("boxes") or 0, files=count("files") or 0, first_year=count("first_year"),
        last_year=count("last_year"), importance=count("importance"),
        condition=CONDITIONS.get(fold(row.get("condition", "")), ""), note=row.get("note", ""),
    )  # fmt: skip
