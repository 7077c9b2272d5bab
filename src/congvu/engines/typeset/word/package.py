"""What is looked at before a .docx is opened: it is a ZIP of XML that somebody else packed."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from congvu.engines.typeset.errors import FileRefused

MOST_BYTES = 50 * 1024 * 1024
MOST_PARTS = 3_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_XML = 40 * 1024 * 1024
MOST_RATIO = 150
SMALL = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0"
_MACROS = re.compile(r"(?:^|/)(?:vbaProject|vbaData)|\.bin$|activeX/", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)


def checked(data: bytes) -> BytesIO:
    """The file ready to open. Raises FileRefused for anything that is no plain, closed, reasonable .docx."""
    if data[:4] == OLE:
        raise FileRefused(_("Tệp có mật khẩu hoặc ở định dạng .doc cũ. Hãy lưu lại thành .docx không đặt mật khẩu."))
    if len(data) > MOST_BYTES:
        raise FileRefused(_("Tệp quá lớn."))
    try:
        with ZipFile(BytesIO(data)) as packed:
            _sizes(packed.infolist())
            _contents(packed)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, zlib.error) as error:
        raise FileRefused(_("Tệp không phải là .docx hoặc đã hỏng.")) from error
    return BytesIO(data)


def _sizes(parts: list[ZipInfo]) -> None:
    whole = sum(part.file_size for part in parts)
    bombs = [p for p in parts if p.file_size > SMALL and p.file_size > MOST_RATIO * max(p.compress_size, 1)]
    if len(parts) > MOST_PARTS or whole > MOST_UNPACKED or bombs:
        raise FileRefused(_("Tệp giải nén ra quá lớn so với bình thường nên không được mở."))


def _contents(packed: ZipFile) -> None:
    names = packed.namelist()
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise FileRefused(_("Tệp không phải là .docx hoặc đã hỏng."))
    if any(_MACROS.search(name) for name in names) or b"macroEnabled" in packed.read("[Content_Types].xml"):
        raise FileRefused(_("Tệp có chứa macro hoặc thành phần chạy được nên không được nhận."))
    for part in packed.infolist():
        if part.filename.endswith((".xml", ".rels")):
            _xml(part, packed)


def _xml(part: ZipInfo, packed: ZipFile) -> None:
    if part.file_size > MOST_XML:
        raise FileRefused(_("Tệp giải nén ra quá lớn so với bình thường nên không được mở."))
    with packed.open(part) as opened:
        text = opened.read(MOST_XML + 1)
    # A part in UTF-16 would hide what follows from a search of bytes; Word writes UTF-8.
    if len(text) > MOST_XML or text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in text[:64]:
        raise FileRefused(_("Tệp không phải là .docx hoặc đã hỏng."))
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise FileRefused(_("Tệp có khai báo thực thể XML nên không được mở."))
    if part.filename.endswith(".rels") and any(not _HYPERLINK.search(tag) for tag in _EXTERNAL.findall(text)):
        raise FileRefused(_("Tệp có liên kết lấy nội dung từ bên ngoài nên không được nhận."))
