"""A whole file as .xml and as .pdf, its documents in chronological order (NĐ 30/2020 PL VI III.4)."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from lxml import etree

from congvu.domains.workfiles.contents import Content, Document, Whole, document_fields, file_fields
from congvu.domains.workfiles.types import Package


def as_xml(held: Whole) -> Package:
    """Every field of the file and its documents by the names of PL VI, with the digests of their files."""
    top = etree.Element("File")
    _nested(top, file_fields(held))
    listed = etree.SubElement(top, "Documents")
    for document in held.documents:
        row = etree.SubElement(listed, "Document", direction=document.described.direction)
        _nested(row, document_fields(held, document))
        for one in document.further:
            etree.SubElement(row, "Further", name=one.name, by=one.by).text = one.value
        for content in document.contents:
            etree.SubElement(
                row, "Attachment", name=content.name, type=content.media_type, bytes=str(len(content.data)),
                sha256=content.sha256,
            )  # fmt: skip
    data = bytes(etree.tostring(top, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    return _package(held, "xml", data)


def _nested(top: Any, values: dict[str, str]) -> None:
    """``FileCode.OrganId`` becomes an element inside an element."""
    for path, value in values.items():
        *above, name = path.split(".")
        place = top
        for part in above:
            found = place.find(part)
            place = found if found is not None else etree.SubElement(place, part)
        etree.SubElement(place, name).text = value


def as_pdf(held: Whole) -> Package:
    """One PDF: the documents one after the other, each with a bookmark; what is no page is attached."""
    import pikepdf

    with pikepdf.new() as made:
        marks = []
        for document in held.documents:
            first = len(made.pages)
            for content in document.contents:
                _append(made, content)
            if len(made.pages) > first:
                marks.append(pikepdf.OutlineItem(_title(document), first))
        if not len(made.pages):
            made.add_blank_page(page_size=(595, 842))
        with made.open_outline() as outline:
            outline.root.extend(marks)
        made.docinfo["/Title"] = held.file.record.title
        out = BytesIO()
        made.save(out, deterministic_id=True)
    return _package(held, "pdf", out.getvalue())


def _title(document: Document) -> str:
    one = document.described
    return " ".join(part for part in (f"{document.number}.", one.code, one.subject) if part)


def _append(made: Any, content: Content) -> None:
    """The pages of a content, or the content itself as an attachment."""
    import pikepdf

    if content.media_type == "application/pdf":
        with pikepdf.open(BytesIO(content.data)) as source:
            made.pages.extend(source.pages)
    elif content.media_type in ("image/jpeg", "image/png", "image/webp"):
        from PIL import Image

        page = BytesIO()
        with Image.open(BytesIO(content.data)) as picture:
            picture.convert("RGB").save(page, "PDF", resolution=200)
        with pikepdf.open(page) as source:
            made.pages.extend(source.pages)
    else:
        made.attachments[content.name] = pikepdf.AttachedFileSpec(
            made, content.data, filename=content.name, description="", mime_type=content.media_type, creation_date="",
            mod_date="",
        )  # fmt: skip


def _package(held: Whole, kind: str, data: bytes) -> Package:
    name = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in held.code)
    return Package(f"{name}.{kind}", data, hashlib.sha256(data).hexdigest())
