"""What a content is, told by its bytes, and whether it can be taken at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from congvu.ground.files.errors import FileRefused
from congvu.ground.files.inspection import archives, images, texts
from congvu.ground.files.names import extension

HEAD = 4096
ALLOWED_WORDS = gettext_noop("PDF, JPG, PNG, WEBP, HEIC, DOCX, XLSX hoặc XML")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content: its names, how its first bytes tell it, and the closer look that may refuse it."""

    media_type: str
    extensions: frozenset[str]
    begins: Callable[[bytes], bool]
    look: Callable[[Path], str | None]


def _ole(head: bytes) -> bool:
    return head.startswith(b"\xd0\xcf\x11\xe0")


def _heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")


KINDS = (
    Kind("application/pdf", frozenset({"pdf"}), lambda h: h.startswith(b"%PDF-"), texts.look_at_pdf),
    Kind("image/jpeg", frozenset({"jpg", "jpeg", "jfif"}), lambda h: h.startswith(b"\xff\xd8\xff"), images.look),
    Kind("image/png", frozenset({"png"}), lambda h: h.startswith(b"\x89PNG\r\n\x1a\n"), images.look),
    Kind("image/webp", frozenset({"webp"}), lambda h: h[:4] == b"RIFF" and h[8:12] == b"WEBP", images.look),
    Kind("image/heic", frozenset({"heic", "heif"}), _heic, images.look_at_container),
    Kind("application/zip", frozenset({"docx", "xlsx"}), lambda h: h.startswith(b"PK\x03\x04"), archives.look),
    Kind("application/xml", frozenset({"xml"}), texts.begins_like_xml, texts.look_at_xml),
)


def inspect(path: Path, name: str) -> str:
    """The media type of a content offered under a name.

    Raises FileRefused: kind not taken, name and bytes disagree, damaged, encrypted, bomb, two formats in one.
    """
    with path.open("rb") as handle:
        head = handle.read(HEAD)
    kind = next((kind for kind in KINDS if kind.begins(head)), None)
    named = extension(name)
    if kind is None:
        raise _unknown(head, named)
    if named not in kind.extensions:
        raise _mismatch(kind, named)
    if kind.look is not archives.look:
        archives.refuse_hidden_archive(path)
    told = kind.look(path) or kind.media_type
    if kind.look is archives.look and named != archives.EXTENSION[told]:
        raise FileRefused(
            _("Tên tệp ghi .%(named)s nhưng nội dung là .%(extension)s. Hãy chọn lại tệp gốc.")
            % {"named": named, "extension": archives.EXTENSION[told]},
            "mismatch",
        )
    return told


def _unknown(head: bytes, named: str) -> FileRefused:
    if _ole(head):
        return FileRefused(
            _("Tệp Word, Excel kiểu cũ. Hãy mở tệp, lưu lại thành .docx, .xlsx hoặc PDF rồi gửi."), "wrong_type"
        )
    if any(named in kind.extensions for kind in KINDS):
        return FileRefused(
            _("Tệp có tên .%(named)s nhưng nội dung không phải .%(named)s, có thể tệp đã hỏng. Hãy lưu hoặc chụp lại.")
            % {"named": named},
            "mismatch",
        )
    return FileRefused(
        _("Chưa nhận được loại tệp này. Hãy gửi tệp %(allowed_words)s.") % {"allowed_words": _(ALLOWED_WORDS)},
        "wrong_type",
    )


def _mismatch(kind: Kind, named: str) -> FileRefused:
    right = sorted(kind.extensions)[0]
    shown = f"ghi .{named}" if named else _("không có phần đuôi")
    return FileRefused(
        _("Tên tệp %(shown)s nhưng nội dung là .%(right)s. Hãy đổi lại tên hoặc chọn lại tệp.")
        % {"shown": shown, "right": right},
        "mismatch",
    )
