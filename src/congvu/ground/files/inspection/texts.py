"""PDF and XML: readable, not encrypted, nothing that runs or reaches out."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from congvu.ground.files.errors import FileRefused

_PDF_BROKEN = gettext_noop("Tệp PDF bị hỏng, không mở được. Hãy xuất hoặc quét lại thành PDF rồi gửi.")
_XML_BROKEN = gettext_noop("Tệp XML không đọc được. Hãy xuất lại tệp từ phần mềm gốc.")
DANGEROUS_ACTIONS = ("/JavaScript", "/Launch")


def look_at_pdf(path: Path) -> None:
    """Raises FileRefused for a PDF that is encrypted, damaged, without pages, or runs something on opening."""
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            if document.is_encrypted:
                raise FileRefused(_encrypted(), "encrypted")
            if not len(document.pages):
                raise FileRefused(_(_PDF_BROKEN), "broken")
            _refuse_action(document)
    except pikepdf.PasswordError as error:
        raise FileRefused(_encrypted(), "encrypted") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise FileRefused(_(_PDF_BROKEN), "broken") from error


def _refuse_action(document: object) -> None:
    root = document.Root  # type: ignore[attr-defined]
    action = root.get("/OpenAction")
    scripted = "/JavaScript" in root.get("/Names", {})
    if scripted or (hasattr(action, "get") and str(action.get("/S", "")) in DANGEROUS_ACTIONS):
        raise FileRefused(
            _("Tệp PDF có chứa mã chạy tự động nên không thể nhận. Hãy in lại thành PDF rồi gửi."), "active"
        )


def _encrypted() -> str:
    return _("Tệp PDF đang đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi gửi.")


def begins_like_xml(head: bytes) -> bool:
    """An XML declaration, or any element, after an optional byte order mark; never a HTML page."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith(b"<") and not text[:15].lower().startswith(
        (b"<!doctype html", b"<html", b"<script", b"<svg")
    )


def look_at_xml(path: Path) -> None:
    """Raises FileRefused for XML that is not well-formed or brings a DOCTYPE."""
    from lxml import etree

    content = path.read_bytes()
    # UTF-16 spells the same words with null bytes between the letters.
    plain = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise FileRefused(_("Tệp XML có phần DOCTYPE nên không thể nhận. Hãy bỏ phần này rồi gửi lại."), "doctype")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileRefused(_(_XML_BROKEN), "broken") from error
