"""Files that somebody sends with a draft, for tests."""

from __future__ import annotations

import io
import subprocess
import zipfile
from uuid import UUID

import pikepdf
from docx import Document
from PIL import Image, ImageDraw, ImageFont

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


def lettered(*lines: str) -> bytes:
    """A page of these lines as its own letters, long enough to be no picture. Latin letters only."""
    filler = [f"Danh sach cac ho duoc ho tro nam 2026 cua thon {n}" for n in range(4)]
    shown = b"".join(b"(%s) Tj T*\n" % line.encode("ascii") for line in (*lines, *filler))
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(210 * MM, 297 * MM))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        made.pages[0].obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
        made.pages[0].obj["/Contents"] = made.make_stream(b"BT /F1 12 Tf 14 TL 72 760 Td\n" + shown + b"ET")
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
    return out.getvalue()


def stamped(words: str) -> bytes:
    """A picture of a page with these words on it."""
    name = subprocess.run(["fc-match", "-f", "%{file}", "DejaVu Sans"], capture_output=True, check=True).stdout.decode()
    page, out = Image.new("L", (1000, 600), 255), io.BytesIO()
    drawn = ImageDraw.Draw(page)
    drawn.text((60, 60), words, fill=0, font=ImageFont.truetype(name, 64))
    drawn.text((60, 300), "Danh sách kèm theo", fill=0, font=ImageFont.truetype(name, 48))
    page.save(out, "PNG")
    return out.getvalue()
