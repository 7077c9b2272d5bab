"""Reading the words of a scan, where the machine has the programs for it: tesseract with Vietnamese, poppler for PDF.

Programs run outside, on one file, for a bounded time; what they write is text and nothing else of it is used.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from congvu.ground.files.errors import NoReader, ReadingFailed

SECONDS, MOST_TEXT, DPI = 25, 60_000, "200"
LANGUAGE = "vie"


@cache
def tesseract() -> str:
    """The program, if it is there and knows Vietnamese; else empty. Looked up once."""
    found = shutil.which("tesseract")
    if found is None:
        return ""
    told = subprocess.run([found, "--list-langs"], capture_output=True, timeout=SECONDS, check=False)
    return found if LANGUAGE.encode() in told.stdout.split() else ""


def available() -> bool:
    """Whether scans can be read on this machine."""
    return bool(tesseract())


def read(path: Path, media_type: str) -> str:
    """The words in the pictures of the first and the last page, lines and columns as they stand.

    Raises NoReader, ReadingFailed.
    """
    if media_type == "application/pdf":
        return _read_pdf(path)
    return _read_picture(path)


def _read_pdf(path: Path) -> str:
    drawing = shutil.which("pdftoppm")
    if drawing is None or not available():
        raise NoReader(_("Máy chủ chưa cài bộ nhận dạng chữ (tesseract với tiếng Việt), nên chưa đọc được bản quét."))
    with tempfile.TemporaryDirectory() as folder:
        _run([drawing, "-r", DPI, "-gray", "-png", "-l", "3", str(path), f"{folder}/p"])
        pages = sorted(Path(folder).iterdir())
        wanted = pages[:1] + pages[1:][-1:]
        return "\n\n".join(_read_picture(page) for page in wanted)[:MOST_TEXT]


def _read_picture(path: Path) -> str:
    program = tesseract()
    if not program:
        raise NoReader(_("Máy chủ chưa cài bộ nhận dạng chữ (tesseract với tiếng Việt), nên chưa đọc được bản quét."))
    command = [program, str(path), "stdout", "-l", LANGUAGE, "--dpi", DPI, "-c", "preserve_interword_spaces=1"]
    return _run(command)[:MOST_TEXT]


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as error:
        raise ReadingFailed(_("Chưa đọc được chữ trên bản quét này. Hãy ghi các ô bằng tay.")) from error
    return done.stdout.decode("utf-8", "replace")
