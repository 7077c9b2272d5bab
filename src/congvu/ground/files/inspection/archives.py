"""Office documents are ZIP archives: the doors for bombs, nested archives, macros and false paths."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from congvu.ground.files.errors import FileRefused

MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 120
RATIO_COUNTS_FROM = 5 * 1024 * 1024
CHUNK = 256 * 1024
TAIL = 65_557
NESTED = frozenset({".zip", ".rar", ".7z", ".gz", ".tar", ".jar", ".xz", ".bz2", ".exe", ".dll", ".js", ".vbs"})
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSION = {WORD: "docx", SHEET: "xlsx"}
_BROKEN = gettext_noop("Tệp bị hỏng, không mở được. Hãy mở tệp trên máy, lưu lại rồi gửi.")
_BOMB = gettext_noop("Tệp nén bất thường nên không thể nhận. Hãy lưu lại thành PDF rồi gửi.")


def look(path: Path) -> str:
    """The media type of an office document. Raises FileRefused."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_bomb_by_directory(entries, path.stat().st_size)
            told = _office_type({entry.filename for entry in entries})
            for entry in entries:
                _refuse_entry(entry)
            _unpack(archive, entries)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        OSError,
        struct.error,
        RuntimeError,
        EOFError,
    ) as error:
        raise FileRefused(_(_BROKEN), "broken") from error
    return told


def _refuse_bomb_by_directory(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = unpacked > RATIO_COUNTS_FROM and unpacked > packed * MOST_RATIO
    overlapping = len({entry.header_offset for entry in entries}) != len(entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or too_dense or overlapping:
        raise FileRefused(_(_BOMB), "bomb")


def _office_type(names: set[str]) -> str:
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return WORD
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return SHEET
    raise FileRefused(_("Tệp nén chưa nhận được. Hãy gửi từng tệp PDF, ảnh, .docx hoặc .xlsx."), "wrong_type")


def _refuse_entry(entry: zipfile.ZipInfo) -> None:
    inner = PurePosixPath(entry.filename.replace("\\", "/"))
    if inner.is_absolute() or ".." in inner.parts:
        raise FileRefused(_(_BROKEN), "broken")
    if entry.flag_bits & 0x1:
        raise FileRefused(_("Tệp đang đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi gửi."), "encrypted")
    if inner.name.lower() == "vbaproject.bin":
        raise FileRefused(_("Tệp có chứa macro nên không thể nhận. Hãy lưu lại thành .docx, .xlsx hoặc PDF."), "macro")
    if inner.suffix.lower() in NESTED:
        raise FileRefused(_("Trong tệp có tệp nén hoặc chương trình khác. Hãy gửi riêng từng giấy tờ."), "nested")


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read all entries once, counting: sizes in the directory may lie, and checksums tell damage."""
    left = MOST_UNPACKED
    for entry in entries:
        with archive.open(entry) as content:
            while chunk := content.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise FileRefused(_(_BOMB), "bomb")


def refuse_hidden_archive(path: Path) -> None:
    """A picture or PDF that is a ZIP archive as well is made to deceive. Raises FileRefused."""
    with path.open("rb") as handle:
        handle.seek(max(0, path.stat().st_size - TAIL))
        tail = handle.read()
    if b"PK\x05\x06" in tail and zipfile.is_zipfile(path):
        raise FileRefused(
            _("Tệp chứa một tệp nén giấu bên trong nên không thể nhận. Hãy lưu hoặc chụp lại."), "polyglot"
        )
