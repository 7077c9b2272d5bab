"""Letters of XML: by itself, or in the parts of a Word file and of a workbook.

expat, fed piece by piece: a DOCTYPE ends the reading before any entity is declared; bytes, depth and the length of a
single tag are bounded, so that no content can cost more than a job's minute and a few of its pieces in memory.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from congvu.common.text import nfc
from congvu.ground.files.inspection.archives import SHEET, WORD
from congvu.ground.files.stamps import stamps_in

XML = "application/xml"
PIECE = 64 * 1024
# Bytes of XML read of one content, unpacked; letters kept of it; bytes of one tag; tags in each other.
MOST_READ, MOST_KEPT, MOST_TAG, MOST_DEPTH = 64 * 1024 * 1024, 2_000_000, 1024 * 1024, 200
# How a workbook writes the end of a line inside a cell; the codes of its headers: which third of the page, then fonts.
_ENDS = re.compile(r"_x000[9ADad]_")
_THIRDS = re.compile(r"&[LCR]")
_CODES = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d+|[^&])')
_HEADERS = frozenset(f"{when}{what}" for when in ("odd", "even", "first") for what in ("Header", "Footer"))
_GAPS = {"tab": "  ", "br": "\n", "cr": "\n"}


class Unreadable(Exception):
    """The content holds no text that can be taken out; ``args[0]`` says why."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Which parts of a package are read, the elements that are lines of their own, those whose letters count, and the
    attribute that is a line, by its element. In none of ``lines``: every element and every attribute is one."""

    parts: re.Pattern[str]
    first: str
    lines: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)


_KINDS = {
    WORD: _Kind(
        re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml"), "word/document.xml",
        frozenset({"p"}), frozenset({"t", *_GAPS}),
    ),
    # Shared and inline strings, results of formulas, headers, notes on cells, letters of drawings, names of sheets.
    SHEET: _Kind(
        re.compile(r".*\.xml"), "xl/workbook.xml", frozenset({"si", "is", "c:str", "p", "text"}) | _HEADERS,
        frozenset({"t", "v", "text", "br"}) | _HEADERS, {"sheet": "name"},
    ),
}  # fmt: skip
_PLAIN = _Kind(re.compile(""), "")


def reads(media_type: str) -> bool:
    """Whether the letters of such contents are taken out here."""
    return media_type in _KINDS or media_type == XML


def text_of(path: Path, media_type: str) -> str:
    """The letters of a content in NFC, each paragraph, cell and value on lines of its own; of one that is too long its
    beginning, and any mark of secrecy that stands behind. Raises Unreadable: broken, locked, too big, a DOCTYPE."""
    try:
        if media_type == XML:
            with path.open("rb") as content:
                return _text([content], _PLAIN)
        with zipfile.ZipFile(path) as packed:
            kind = _KINDS[media_type]
            parts = sorted(
                (part for part in packed.infolist() if kind.parts.fullmatch(part.filename)),
                key=lambda part: (part.filename != kind.first, part.filename),
            )
            # By the directory, before a byte is unpacked; a part is never read beyond what the directory says of it.
            if sum(part.file_size for part in parts) > MOST_READ:
                raise Unreadable("too big")
            if not parts or parts[0].filename != kind.first:
                raise Unreadable("no text")
            return _text((packed.open(part) for part in parts), kind)
    except (
        zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, OSError, EOFError, RuntimeError, LookupError,
        ValueError,
    ) as error:  # fmt: skip
        raise Unreadable(type(error).__name__) from error


def _text(contents: Iterable[IO[bytes]], kind: _Kind) -> str:
    found, read = _Found(), 0
    for content in contents:
        with content:
            parser = _parser(kind, found)
            fed = 0
            while piece := content.read(PIECE):
                fed += len(piece)
                parser.Parse(piece, False)
                if read + fed > MOST_READ or fed - max(parser.CurrentByteIndex, 0) > MOST_TAG:
                    raise Unreadable("too big")
            parser.Parse(b"", True)
            read += fed
    return found.text()


@dataclass(slots=True)
class _Found:
    """Lines as they are found; behind the most that is kept only marks of secrecy are."""

    lines: list[str] = field(default_factory=list)
    length: int = 0
    marks: dict[str, None] = field(default_factory=dict)

    def add(self, words: str) -> None:
        for line in filter(None, map(str.strip, nfc(words).splitlines())):
            self.length += len(line) + 1
            if self.length <= MOST_KEPT:
                self.lines.append(line)
            elif "MẬT" in line or "MAT" in line:
                self.marks |= dict.fromkeys(stamps_in(line, exact=True))

    def text(self) -> str:
        return "\n".join((*self.lines, *self.marks))


def _parser(kind: _Kind, found: _Found) -> expat.XMLParserType:
    handlers = _Handlers(kind, found)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_arguments: object) -> None:
    raise Unreadable("doctype")


@dataclass(slots=True)
class _Handlers:
    """``path``: elements that are open; ``pieces``: letters of the lines that are open, one in the other."""

    kind: _Kind
    found: _Found
    path: list[str] = field(default_factory=list)
    pieces: list[list[str]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            # A cell that says of its value that it is letters; of all others the value is a number.
            name = f"c:{attributes.get('t')}"
        self.path.append(name)
        if len(self.path) > MOST_DEPTH:
            raise Unreadable("too deep")
        if not self.kind.lines:
            for value in attributes.values():
                self.found.add(value)
        elif name in self.kind.named:
            self.found.add(attributes.get(self.kind.named[name], ""))
        if not self.kind.lines or name in self.kind.lines:
            self.pieces.append([])
        elif name in _GAPS:
            self.data(_GAPS[name])

    def data(self, letters: str) -> None:
        if self.pieces and (not self.kind.letters or self.path[-1] in self.kind.letters):
            self.pieces[-1].append(letters)

    def end(self, _tag: str) -> None:
        name = self.path.pop()
        if self.kind.lines and name not in self.kind.lines:
            return
        line = "".join(self.pieces.pop())
        if name in _HEADERS:
            line = _CODES.sub("", _THIRDS.sub("\n", line))
        self.found.add(_ENDS.sub("\n", line) if self.kind.lines else line)
