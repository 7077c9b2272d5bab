"""Files that somebody sends with a draft, for tests."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

import pikepdf
from docx import Document

from congvu.common.actor import Actor
from congvu.ground.files import services as files

MM = 72 / 25.4


def pdf(words: str = "Biểu 1", *, turned: int = 0, w: float = 210, h: float = 297) -> bytes:
    """A page of w × h mm; other words make another file."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(w * MM, h * MM))
        if turned:
            made.pages[0].obj["/Rotate"] = turned
        made.docinfo["/Title"] = words
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def xlsx(words: str = "a") -> bytes:
    """A workbook as far as its outline goes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.xml", f"<workbook>{words}</workbook>")
    return out.getvalue()


def docx(*lines: str, landscape: bool = False, picture: bytes = b"") -> bytes:
    """A Word file of these paragraphs."""
    made = Document()
    if landscape:
        section = made.sections[0]
        section.page_width, section.page_height = section.page_height, section.page_width
    for line in lines:
        made.add_paragraph(line)
    if picture:
        made.add_picture(io.BytesIO(picture))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def uploaded(actor: Actor, content: bytes, name: str = "bieu.pdf") -> UUID:
    return files.upload(actor, name=name, stream=io.BytesIO(content)).id
