"""Text of contents: of PDFs by poppler's ``pdftotext``, of .docx, .xlsx and .xml by their own XML. Nothing else is
read.

A content is read in a process of its own with a limit of time, or as XML under bounds (``markup``), so a hostile one
costs a job its minute and nothing more.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from congvu.common.text import nfc
from congvu.ground.files import markup
from congvu.ground.files.markup import Unreadable as Unreadable

PDF = "application/pdf"
MOST = markup.MOST_KEPT
SECONDS = 60
# Pages read of a PDF: a bound on what one content may cost.
PAGES = "300"


def reads(media_type: str) -> bool:
    """Whether this machine reads such contents: PDFs need ``pdftotext``."""
    return markup.reads(media_type) or (media_type == PDF and program() is not None)


def program() -> str | None:
    """Where ``pdftotext`` lies; None where poppler is not installed."""
    return shutil.which("pdftotext")


def text_of(path: Path, media_type: str) -> str:
    """The text of a content in NFC, with its lines. Raises Unreadable."""
    if markup.reads(media_type):
        return markup.text_of(path, media_type)
    return nfc(_pdf(path))[:MOST].replace("\x00", "")


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
