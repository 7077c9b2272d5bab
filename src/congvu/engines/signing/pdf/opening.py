"""Opening a PDF that somebody sent: what cannot be worked with is refused in words."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, read_certification_data

from congvu.engines.signing.errors import PdfRefused
from congvu.engines.signing.pdf import hexadecimal as _hexadecimal  # noqa: F401 - pyHanko reads strings by it
from congvu.engines.signing.pdf import tokens as _tokens  # noqa: F401 - and names by it

# What a parser of untrusted bytes may raise; anything else is a fault of ours.
FAULTS = (
    PdfError, SigningError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError,
    RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
HEAD = 1024


def reader(pdf: bytes) -> PdfFileReader:
    """The file, read strictly. Raises PdfRefused: no PDF, encrypted, broken."""
    if b"%PDF-" not in pdf[:HEAD]:
        raise PdfRefused(_("Tệp này không phải PDF. Hãy chọn tệp có đuôi .pdf."), "no_pdf")
    with refusing():
        found = PdfFileReader(io.BytesIO(pdf), strict=True)
        if "/Encrypt" in found.trailer:
            message = _("PDF được đặt mật khẩu hoặc mã hóa nên không xử lý được. Hãy bỏ bảo vệ rồi gửi lại.")
            raise PdfRefused(message, "encrypted")
        if "/Pages" not in found.root or found.xrefs.hybrid_xrefs_present:
            raise _broken()
        return found


def writer(pdf: bytes) -> IncrementalPdfFileWriter:
    """For adding to the file. Raises PdfRefused as ``reader``, and where a signature has locked it."""
    found = reader(pdf)
    with refusing():
        if _locked(found):
            message = _("PDF đã bị người ký trước khóa, không cho thêm chữ ký hay nội dung. Hãy lấy bản chưa khóa.")
            raise PdfRefused(message, "locked")
        return IncrementalPdfFileWriter.from_reader(found)


def _locked(found: PdfFileReader) -> bool:
    certified = read_certification_data(found)
    if certified is not None and certified.permission == MDPPerm.NO_CHANGES:
        return True
    return any(signature.docmdp_level == MDPPerm.NO_CHANGES for _name, signature in filled(found) if signature)


def filled(found: PdfFileReader) -> Iterator[tuple[str, EmbeddedPdfSignature | None]]:
    """Signature fields that hold a signature; None where it cannot be read. In the order of signing."""
    rows: list[tuple[int, str, EmbeddedPdfSignature | None]] = []
    for name, _value, reference in enumerate_sig_fields(found, filled_status=True):
        try:
            signature = EmbeddedPdfSignature(found, reference, name)
            rows.append((signature.signed_revision, name, signature))
        except FAULTS:
            rows.append((0, name, None))
    return iter([(name, signature) for _revision, name, signature in sorted(rows, key=lambda row: row[0])])


@contextmanager
def refusing() -> Iterator[None]:
    """What a parser raises inside becomes the refusal of a broken file."""
    try:
        yield
    except PdfRefused:
        raise
    except FAULTS as fault:
        raise _broken() from fault


def _broken() -> PdfRefused:
    message = _("PDF bị hỏng hoặc ghi sai cấu trúc nên không đọc được. Hãy xuất lại tệp từ phần mềm soạn thảo.")
    return PdfRefused(message, "broken")
