"""Contents of attachments: base64 as it comes, one zip around one file, and what may pass."""

from __future__ import annotations

import binascii
import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO, cast

import pikepdf
from django.utils.translation import gettext as _

from congvu.engines.exchange.edxml.tree import MEGABYTE, PIECE, Limits

ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
# documents.md §2.11: signed documents are PDF; the others as they are.
TYPES = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "csv": "text/csv",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
# In memory up to here, on disk beyond.
_SPOOL = MEGABYTE
_BLANKS = {ord(c): None for c in " \t\r\n"}
_MOST_ENTRIES, _MOST_DIRECTORY = 2000, MEGABYTE
_MOST_FIELDS = 2000


class Unpackable(Exception):
    """A content that is not taken; the text says why, in Vietnamese."""


def spool() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=_SPOOL)


@dataclass(slots=True)
class Decoder:
    """Base64 text in, bytes out, piece by piece. The first fault is kept and the rest of the text ignored."""

    limit: int
    out: IO[bytes] = field(default_factory=spool)
    fault: str = ""
    size: int = 0
    _rest: str = ""
    _over: bool = False

    def feed(self, text: str) -> None:
        if self.fault:
            return
        self._rest += text.translate(_BLANKS)
        cut = len(self._rest) - len(self._rest) % 4
        if cut:
            self._decode(self._rest[:cut])
            self._rest = self._rest[cut:]

    def _decode(self, text: str) -> None:
        if self._over or text.endswith("==="):
            self.fault = _("nội dung sai base64: còn ký tự sau dấu “=”")
            return
        try:
            data = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
        except (binascii.Error, UnicodeEncodeError):
            self.fault = _("nội dung sai base64")
            return
        self._over = text.endswith("=")
        self.size += len(data)
        if self.size > self.limit:
            self.fault = _("tệp lớn hơn %(n)s MB") % {"n": self.limit // MEGABYTE}
            return
        self.out.write(data)

    def close(self) -> IO[bytes]:
        """The bytes, from their beginning. Raises Unpackable with the first fault."""
        if not self.fault and self._rest:
            self.fault = _("nội dung base64 bị cụt")
        if not self.fault and not self.size:
            self.fault = _("không có nội dung")
        if self.fault:
            self.out.close()
            raise Unpackable(self.fault)
        self.out.seek(0)
        return self.out


@dataclass(frozen=True, slots=True)
class Content:
    """One file, unpacked and measured. Read it from the beginning; close it."""

    file: IO[bytes]
    type: str
    size: int
    sha256: str
    signatures: int


def extension(name: str) -> str:
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def unpack(packed: IO[bytes], name: str, limits: Limits) -> Content:
    """The file under its name. Raises Unpackable for a kind that is not taken, a damaged or false one."""
    kind = extension(name)
    if kind not in TYPES:
        raise Unpackable(_("loại tệp .%(kind)s không được nhận") % {"kind": kind[:12]})
    head = _head(packed)
    if head.startswith(ZIP) and not _is_office(packed):
        inner = _unzip(packed, limits.file)
        packed.close()
        packed, head = inner, _head(inner)
        if head.startswith(ZIP) and not _is_office(packed):
            raise Unpackable(_("gói nén nằm trong gói nén"))
    _refuse_false(head, kind)
    digest, size = _measure(packed)
    signatures = count_signatures(packed) if kind == "pdf" else 0
    packed.seek(0)
    return Content(packed, TYPES[kind], size, digest, signatures)


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    return head


def _refuse_false(head: bytes, kind: str) -> None:
    if head.startswith(_PROGRAMS):
        raise Unpackable(_("nội dung là chương trình chạy được, không phải văn bản"))
    if kind == "pdf" and not head.startswith(PDF):
        raise Unpackable(_("tên tệp ghi .pdf nhưng nội dung không phải PDF"))


def _measure(file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return digest.hexdigest(), size


def _guarded(look: Callable[[zipfile.ZipFile], Any], file: IO[bytes]) -> Any:
    """Look into an archive whose directory is of a sane size. Raises Unpackable for a damaged one."""
    file.seek(0, 2)
    end = file.tell()
    file.seek(max(0, end - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Unpackable(_("gói nén hỏng hoặc bị cụt"))
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if entries > _MOST_ENTRIES or directory > _MOST_DIRECTORY:
        raise Unpackable(_("gói nén có quá nhiều tệp"))
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return look(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, ValueError) as error:
        raise Unpackable(_("gói nén hỏng, đặt mật khẩu hoặc dùng cách nén lạ")) from error
    finally:
        file.seek(0)


def _is_office(file: IO[bytes]) -> bool:
    """Office files are archives themselves, known by a name inside."""
    names = _guarded(lambda archive: archive.namelist(), file)
    return "[Content_Types].xml" in names or names[:1] == ["mimetype"]


def _unzip(file: IO[bytes], limit: int) -> IO[bytes]:
    inner: IO[bytes] = _guarded(lambda archive: _only(archive, limit), file)
    return inner


def _only(archive: zipfile.ZipFile, limit: int) -> IO[bytes]:
    files = [info for info in archive.infolist() if not info.is_dir()]
    if len(files) != 1:
        raise Unpackable(_("gói nén có %(n)s tệp, phải có đúng một") % {"n": len(files)})
    out, size = spool(), 0
    with archive.open(files[0]) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limit:
                out.close()
                raise Unpackable(_("gói nén bung ra lớn hơn %(n)s MB") % {"n": limit // MEGABYTE})
            out.write(piece)
    out.seek(0)
    return out


def count_signatures(file: IO[bytes]) -> int:
    """Signed signature fields of a PDF, timestamps of documents left out. Raises Unpackable for a broken one."""
    file.seek(0)
    try:
        with pikepdf.open(cast(BinaryIO, file)) as pdf:
            return _signed_fields(pdf)
    except pikepdf.PasswordError as error:
        raise Unpackable(_("tệp PDF đặt mật khẩu")) from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise Unpackable(_("tệp PDF hỏng")) from error


def _signed_fields(pdf: pikepdf.Pdf) -> int:
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if not isinstance(fields, pikepdf.Array):
        return 0
    waiting, seen, found = [(item, "") for item in fields], 0, 0
    while waiting and seen < _MOST_FIELDS:
        item, inherited = waiting.pop()
        seen += 1
        if not isinstance(item, pikepdf.Dictionary):
            continue
        kind = str(item.get("/FT", inherited))
        value = item.get("/V")
        if kind == "/Sig" and isinstance(value, pikepdf.Dictionary):
            found += "/ByteRange" in value and str(value.get("/Type", "")) != "/DocTimeStamp"
        kids = item.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            waiting += [(kid, kind) for kid in kids]
    return int(found)


def pack(content: bytes, name: str) -> bytes:
    """A zip with one file, the same bytes for the same content."""
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        out.seek(0)
        return out.read()
