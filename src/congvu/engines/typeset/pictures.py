"""Pictures for templates, which read text only: an SVG that carries the picture's own bytes."""

from __future__ import annotations

import warnings
from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from congvu.common.errors import Problem
from congvu.engines.typeset.errors import PaperIncomplete

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture ready for a template; ``ratio`` is height over width."""

    svg: str
    ratio: float


def drawn(name: str, picture: bytes) -> Drawn:
    """The SVG around a PNG or JPEG. Raises PaperIncomplete for anything else, broken or far too large."""
    kind, width, height = _measured(name, picture)
    data = b64encode(picture).decode()
    return Drawn(
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'xlink:href="data:{TYPES[kind]};base64,{data}"/></svg>',
        height / width,
    )


def _measured(name: str, picture: bytes) -> tuple[str, int, int]:
    try:
        if len(picture) > MOST_BYTES:
            raise ValueError("too many bytes")
        with (
            warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning),
            Image.open(BytesIO(picture), formats=list(TYPES)) as image,
        ):
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            image.load()
            return str(image.format), image.width, image.height
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        problem = Problem(name, _("Hình này không phải PNG hoặc JPEG đọc được, hoặc quá lớn."), "picture")
        raise PaperIncomplete(_("Có hình không dùng được trong văn bản."), problems=(problem,)) from error
