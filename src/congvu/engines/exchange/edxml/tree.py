"""From bytes to a small tree, in one pass and in little memory.

expat, fed piece by piece: a DOCTYPE ends the reading before any entity is declared, contents of attachments go to
their sink as they come and never into the tree, and size, depth, number of elements and length of a single tag are
bounded, so that no message can take more memory than a few of its pieces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.engines.exchange.edxml.words import KNOWN
from congvu.engines.exchange.types import MESSAGE_LIMIT

PIECE = 64 * 1024
MEGABYTE = 1024 * 1024
PAYLOAD = "ContentTransferEncoded"
_CODES = expat.errors.codes
_REASONS: dict[int, Promise] = {
    _CODES[expat.errors.XML_ERROR_UNBOUND_PREFIX]: gettext_lazy("dùng tiền tố chưa khai báo không gian tên"),
    _CODES[expat.errors.XML_ERROR_TAG_MISMATCH]: gettext_lazy("thẻ đóng không khớp thẻ mở"),
    _CODES[expat.errors.XML_ERROR_NO_ELEMENTS]: gettext_lazy("tệp bị cụt hoặc trống"),
    _CODES[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: gettext_lazy("tệp bị cụt giữa một thẻ"),
    _CODES[expat.errors.XML_ERROR_INVALID_TOKEN]: gettext_lazy("ký tự không được phép"),
    _CODES[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: gettext_lazy("dùng thực thể chưa khai báo"),
    _CODES[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: gettext_lazy("còn nội dung sau phần tử gốc"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds in bytes and counts. 50 MB for one file is the local rule of documents.md §2.11."""

    message: int = MESSAGE_LIMIT
    file: int = 50 * MEGABYTE
    all_files: int = 200 * MEGABYTE
    files: int = 200
    elements: int = 20_000
    depth: int = 40
    text: int = 64 * 1024
    tag: int = MEGABYTE


LIMITS = Limits()


class Unreadable(Exception):
    """The bytes are no message that could be taken; the text says why, in Vietnamese."""


class Enough(Exception):
    """The asker has what it wanted; the rest need not be read."""


@dataclass(slots=True)
class Node:
    """One element: local name, namespace, own text, children in their order. Attributes carry nothing we use."""

    name: str
    namespace: str = ""
    parts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    def child(self, name: str) -> Node | None:
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Node]:
        return [child for child in self.children if child.name == name]

    def get(self, *path: str) -> str:
        """The text at the end of a path of names; empty where there is none."""
        node: Node | None = self
        for name in path:
            node = node.child(name) if node is not None else None
        return node.text if node is not None else ""


@dataclass(slots=True)
class _Builder:
    limits: Limits
    payload: Callable[[str], None] | None
    ended: Callable[[Node], None] | None
    stack: list[Node] = field(default_factory=list)
    root: Node | None = None
    count: int = 0
    kept: int = 0

    def start(self, tag: str, _attributes: object) -> None:
        namespace, _blank, name = tag.rpartition(" ")
        self.count += 1
        if self.count > self.limits.elements or len(self.stack) >= self.limits.depth:
            raise Unreadable(_("Tệp XML có quá nhiều phần tử hoặc lồng quá sâu, không phải văn bản liên thông."))
        node = Node(name, namespace)
        if self.stack:
            # Signatures of the message and other foreign matter are not ours to read.
            if namespace in KNOWN and name not in ("Signature", "DigitalSignature"):
                self.stack[-1].children.append(node)
        else:
            self.root = node
        self.stack.append(node)

    def end(self, _tag: str) -> None:
        node = self.stack.pop()
        if self.ended is not None:
            self.ended(node)

    def data(self, text: str) -> None:
        node = self.stack[-1]
        if node.name == PAYLOAD and self.payload is not None:
            self.payload(text)
            return
        self.kept += len(text)
        if self.kept > self.limits.text * 16 or sum(map(len, node.parts)) + len(text) > self.limits.text:
            raise Unreadable(_("Phần tử %(name)s dài quá mức cho phép.") % {"name": node.name[:60]})
        node.parts.append(text)


def parse(
    stream: BinaryIO,
    limits: Limits = LIMITS,
    *,
    payload: Callable[[str], None] | None = None,
    ended: Callable[[Node], None] | None = None,
) -> Node:
    """The tree of the stream; ``payload`` gets the text of contents, ``ended`` each element as it closes.

    Raises Unreadable, and lets Enough through.
    """
    builder = _Builder(limits, payload, ended)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = PIECE
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        _feed(parser, stream, limits)
    except expat.ExpatError as error:
        words = _("Tệp XML sai ở dòng %(line)s, cột %(column)s: %(reason)s.")
        reason = _REASONS.get(error.code, gettext_lazy("không đúng cú pháp"))
        raise Unreadable(words % {"line": error.lineno, "column": error.offset + 1, "reason": reason}) from error
    except (LookupError, ValueError) as error:
        raise Unreadable(_("Bảng mã của tệp XML không đọc được; hãy dùng UTF-8.")) from error
    if builder.root is None:
        raise Unreadable(_("Tệp trống, không có nội dung XML."))
    return builder.root


def _feed(parser: expat.XMLParserType, stream: BinaryIO, limits: Limits) -> None:
    fed = 0
    while piece := stream.read(PIECE):
        fed += len(piece)
        if fed > limits.message:
            raise Unreadable(_("Thông điệp lớn hơn %(n)s MB.") % {"n": limits.message // MEGABYTE})
        parser.Parse(piece, False)
        if fed - max(parser.CurrentByteIndex, 0) > limits.tag:
            raise Unreadable(_("Một thẻ XML dài quá mức cho phép."))
    parser.Parse(b"", True)


def _refuse_doctype(*_arguments: object) -> None:
    raise Unreadable(_("Tệp XML có khai báo DOCTYPE; vì an toàn hệ thống không nhận tệp như vậy."))
