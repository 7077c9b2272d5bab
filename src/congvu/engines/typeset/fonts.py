"""The fonts of printed papers: the office's own licensed file if it names one, else TeX Gyre Termes.

The decree asks for Times New Roman, which may not be shipped; TeX Gyre Termes has its measures and every
Vietnamese letter.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FREE_FAMILY = "TeX Gyre Termes"
# Glyphs the compiler's own embedded fonts add for foreign names: Greek, Cyrillic, and the box for all others.
EMBEDDED = (range(0x391, 0x3AA), range(0x3B1, 0x3CA), range(0x410, 0x450), range(0x25A1, 0x25A2))


def free_directory() -> Path:
    """Where the package of the free fonts lies."""
    spec = find_spec("rinoh_typeface_texgyretermes")
    if spec is None or spec.origin is None:
        raise ImproperlyConfigured("rinoh-typeface-texgyretermes is not installed")
    return Path(spec.origin).parent


def _official() -> Path | None:
    """``CONGVU_OFFICIAL_FONT``: a font file (its directory must hold the bold and italic ones) or a directory."""
    named = settings.CONFIG.official_font
    if not named:
        return None
    path = Path(named)
    if not path.exists():
        raise ImproperlyConfigured(f"CONGVU_OFFICIAL_FONT: {named} does not exist")
    return path


@cache
def installed() -> tuple[typst.Fonts, tuple[str, ...]]:
    """The loaded fonts and the families to set text in, best first. System fonts are never used."""
    official, paths = _official(), [str(free_directory())]
    if official is not None:
        paths.insert(0, str(official if official.is_dir() else official.parent))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)
    families = [f.family for f in fonts.fonts() if official is not None and f.path and _is_of(Path(f.path), official)]
    return fonts, (*dict.fromkeys(families), FREE_FAMILY, "Libertinus Serif", "DejaVu Sans Mono")


def _is_of(path: Path, official: Path) -> bool:
    return path == official or (official.is_dir() and path.parent == official)


@cache
def coverage() -> frozenset[str]:
    """Characters that can be printed; PDF/A refuses a character without a glyph."""
    from fontTools.ttLib import TTFont

    known = {chr(point) for block in EMBEDDED for point in block} | {"\n", " "}
    with TTFont(free_directory() / "texgyretermes-regular.otf", lazy=True) as font:
        known.update(chr(point) for point in font.getBestCmap() if not 0xE000 <= point <= 0xF8FF)
    return frozenset(known)
