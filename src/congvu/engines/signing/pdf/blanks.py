"""Blanks of a document: signature fields and text fields, laid before the first signature and filled after it.

Signatures protect everything but these: filling them later is allowed to every signature (DocMDP "fill forms").
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.form_tools import enumerate_fields_in
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    TextStringObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import init_xobject_dictionary
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from congvu.common.page import Zone
from congvu.engines.signing.errors import PdfRefused
from congvu.engines.signing.pdf import looks, opening
from congvu.engines.signing.types import Filling, TextField

PRINTED = 4
READ_ONLY = 1
# Levels of the tree of pages that are gone down; a file whose tree is a ring ends there.
DEEPEST = 12


def prepare(pdf: bytes, *, signatures: Mapping[str, Zone], texts: Mapping[str, TextField]) -> bytes:
    """The file with empty fields. Raises PdfRefused; also when it is signed already, or a zone lies off its page."""
    writer = opening.writer(pdf)
    with opening.refusing():
        if any(True for _field in opening.filled(writer.prev)):
            raise PdfRefused(_("PDF đã có chữ ký số nên không thêm ô ký mới được."), "signed_before")
        for name, zone in signatures.items():
            append_signature_field(writer, SigFieldSpec(name, zone.page - 1, box=_box(writer, name, zone)))  # type: ignore[arg-type]
        for name, text in texts.items():
            _append_text(writer, name, text)
        return written(writer)


def zones(pdf: bytes) -> dict[str, Zone]:
    """Where the fields of a file's form lie, by name. Raises PdfRefused."""
    found, opened = {}, opening.reader(pdf)
    with opening.refusing():
        for number, page in enumerate(_pages(opened.root["/Pages"]), start=1):
            for reference in page.get("/Annots", ()):
                annotation = reference.get_object()
                if "/T" in annotation and "/Rect" in annotation:
                    found[str(annotation["/T"])] = looks.zone_of(page, number, annotation["/Rect"])
    return found


def pages(pdf: bytes) -> int:
    """How many pages a file has. Raises PdfRefused."""
    opened = opening.reader(pdf)
    with opening.refusing():
        return sum(1 for _page in _pages(opened.root["/Pages"]))


def _pages(node: Any, depth: int = 0) -> Iterator[Any]:
    """The leaves of the tree of pages, in order."""
    if "/Kids" not in node or depth > DEEPEST:
        yield node
        return
    for below in node["/Kids"]:
        yield from _pages(below.get_object(), depth + 1)


def _box(writer: IncrementalPdfFileWriter, name: str, zone: Zone) -> tuple[float, float, float, float]:
    try:
        return looks.box(writer, zone)
    except (IndexError, PdfError) as error:
        message = _("Vị trí của ô “%(name)s” nằm ngoài trang giấy.") % {"name": name}
        raise PdfRefused(message, "no_field") from error


def _append_text(writer: IncrementalPdfFileWriter, name: str, text: TextField) -> None:
    sides = _box(writer, name, text.zone)
    page, _resources = writer.find_page_for_modification(text.zone.page - 1)
    empty = init_xobject_dictionary(b"", abs(sides[2] - sides[0]), abs(sides[3] - sides[1]))
    field = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/TU"): TextStringObject(text.label or name),
            pdf_name("/F"): NumberObject(PRINTED),
            pdf_name("/Rect"): ArrayObject(FloatObject(side) for side in sides),
            pdf_name("/P"): page,
            pdf_name("/DA"): pdf_string("/Helv 0 Tf 0 g"),
            pdf_name("/AP"): looks.appearance_of(writer.add_object(empty)),
        }
    )
    reference = writer.add_object(field)
    _fields(writer).append(reference)
    writer.update_container(_fields(writer))
    writer.register_annotation(page, reference)


def _fields(writer: IncrementalPdfFileWriter) -> ArrayObject:
    """The list of fields of the file's form; made if there is none."""
    root = writer.root
    if "/AcroForm" not in root:
        root[pdf_name("/AcroForm")] = writer.add_object(DictionaryObject({pdf_name("/Fields"): ArrayObject()}))
        writer.update_root()
    form = root["/AcroForm"]
    if "/Fields" not in form:
        form[pdf_name("/Fields")] = ArrayObject()
    fields: ArrayObject = form["/Fields"]
    return fields


def fill(pdf: bytes, values: Mapping[str, Filling]) -> bytes:
    """The file with the text fields filled by one incremental update; earlier signatures stay valid.

    Raises PdfRefused for a field that is missing or holds something already.
    """
    writer = opening.writer(pdf)
    with opening.refusing():
        for name, filling in values.items():
            field = _text_field(writer, name).get_object()
            field[pdf_name("/V")] = TextStringObject(filling.text)
            field[pdf_name("/AP")] = looks.appearance_of(looks.page_as_form(writer, filling.appearance))
            field[pdf_name("/Ff")] = NumberObject(READ_ONLY)
            writer.update_container(field)
        return written(writer)


def _text_field(writer: IncrementalPdfFileWriter, name: str) -> IndirectObject:
    found = _named(writer, name, "/Tx")
    if found is None:
        raise PdfRefused(_("PDF không có ô “%(name)s” để điền.") % {"name": name}, "no_field")
    value, reference = found
    if value:
        raise PdfRefused(_("Ô “%(name)s” đã được điền trước đó.") % {"name": name}, "field_taken")
    return reference


def require_free(writer: IncrementalPdfFileWriter, name: str) -> None:
    """Raises PdfRefused unless the file has this signature field and nobody has signed in it."""
    found = next(enumerate_sig_fields(writer, with_name=name), None) if "/AcroForm" in writer.root else None
    if found is None:
        raise PdfRefused(_("PDF không có ô ký “%(name)s”.") % {"name": name}, "no_field")
    if found[1] is not None:
        raise PdfRefused(_("Ô ký “%(name)s” đã có chữ ký. Không ký lần thứ hai.") % {"name": name}, "field_taken")


def _named(writer: IncrementalPdfFileWriter, name: str, kind: str) -> tuple[Any, IndirectObject] | None:
    if "/AcroForm" not in writer.root:
        return None
    fields = enumerate_fields_in(_fields(writer), with_name=name, refs_seen=set(), target_field_type=kind)
    return next(((value, reference) for found, value, reference in fields if found == name), None)


def written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
