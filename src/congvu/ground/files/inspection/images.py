"""Pictures: whole, and not so large that showing them would exhaust a machine."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from PIL import Image

from congvu.ground.files.errors import FileRefused

MOST_PIXELS = 120_000_000
_BROKEN = gettext_noop("Ảnh bị hỏng, không mở được. Hãy chụp lại.")


def look(path: Path) -> None:
    """Raises FileRefused for a damaged or immense picture. Nothing is changed: originals stay as filed."""
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = image.size
            image.verify()
    except Image.DecompressionBombError as error:
        raise FileRefused(_too_large(), "bomb") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise FileRefused(_(_BROKEN), "broken") from error
    if width * height > MOST_PIXELS:
        raise FileRefused(_too_large(), "bomb")


def _too_large() -> str:
    return _("Ảnh có kích thước quá lớn. Hãy chụp lại ở mức vừa (khoảng 12 triệu điểm ảnh) rồi gửi.")


def look_at_container(path: Path) -> None:
    """HEIC is told by its box header; no decoder is installed, so only its outline is checked. Raises FileRefused."""
    size = path.stat().st_size
    with path.open("rb") as handle:
        first = int.from_bytes(handle.read(4), "big")
    if not 16 <= first <= size:
        raise FileRefused(_(_BROKEN), "broken")
