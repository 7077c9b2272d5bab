"""Text of contents: of PDFs by poppler's ``pdftotext``, of .docx by its own XML. Nothing else is read.

A content is read in a process of its own with a limit of time, or as XML that was looked at when it was taken in, so
a hostile one costs a job its minute and nothing more.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from congvu.common.text import fold, nfc
from congvu.ground.files.inspection.archives import WORD

PDF = "application/pdf"
MOST = 2_000_000
SECONDS = 60
# Pages read of a PDF: a bound on what one content may cost.
PAGES = "300"
_PART = "word/document.xml"
_NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_GAP = re.compile(r"\s{2,}|[\t|\[\]]")
# A mark of secrecy stands by itself: on a line of its own, or with a gap on both sides; in capitals.
_MARK = re.compile(r"(?:^|\s{2,}|[|\[])(TUYỆT MẬT|TỐI MẬT|MẬT)(?=\s{2,}|[|\]]|\s*$)", re.MULTILINE)


class Unreadable(Exception):
    """The content holds no text that can be taken out; ``args[0]`` says why."""


def reads(media_type: str) -> bool:
    """Whether this machine reads such contents: PDFs need ``pdftotext``."""
    return media_type == WORD or (media_type == PDF and program() is not None)


def program() -> str | None:
    """Where ``pdftotext`` lies; None where poppler is not installed."""
    return shutil.which("pdftotext")


def text_of(path: Path, media_type: str) -> str:
    """The text of a content in NFC, with its lines. Raises Unreadable."""
    return nfc(_word(path) if media_type == WORD else _pdf(path))[:MOST]


def _pdf(path: Path) -> str:
    command = program()
    if command is None:
        raise Unreadable("no pdftotext")
    try:
        done = subprocess.run(
            [command, "-layout", "-enc", "UTF-8", "-q", "-l", PAGES, str(path), "-"], capture_output=True,
            timeout=SECONDS, check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        raise Unreadable(type(error).__name__) from error
    return done.stdout[: MOST * 4].decode("utf-8", "replace")


def _word(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed, packed.open(_PART) as part:
            raw = part.read(40 * 1024 * 1024)
            if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
                raise Unreadable("doctype")
            top = ElementTree.fromstring(raw)  # noqa: S314 - refused above when it declares anything
    except (zipfile.BadZipFile, KeyError, OSError, ElementTree.ParseError) as error:
        raise Unreadable(type(error).__name__) from error
    lines = ("".join(run.text or "" for run in line.iter(f"{_NS}t")) for line in top.iter(f"{_NS}p"))
    return "\n".join(lines)


def marks_in(text: str) -> list[str]:
    """Marks of secrecy that stand in a text, the gravest first (Luật Bảo vệ bí mật nhà nước; TT 24/2020/TT-BCA)."""
    found = set(_MARK.findall(text))
    return [mark for mark in MARKS if mark in found]


def stamps_in(text: str, *, exact: bool = False) -> list[str]:
    """``marks_in`` for words a machine recognised: accents may be lost, strokes of the frame stand beside them.

    ``exact``: the letters are the file's own, so that MẶT is another word; without any accents it still is the mark.
    """
    pieces = (piece.strip(" _-—–=*()") for line in text.splitlines() for piece in _GAP.split(line))
    capital = {piece for piece in pieces if piece.isupper()}
    found = {piece if exact and piece != fold(piece).upper() else fold(piece) for piece in capital}
    return [mark for mark in MARKS if fold(mark) in found or mark in found]
