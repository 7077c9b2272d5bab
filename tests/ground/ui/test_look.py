"""Contrast of the tokens, weight of the files, and the cut of the fonts."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings
from fontTools.ttLib import TTFont

import congvu.ground.ui as room
from congvu.ground.ui import fonts

STATIC = Path(room.__file__).parent / "static" / "ui"
PAIRS = [
    ("text", "bg", 4.5),
    ("text-2", "bg", 4.5),
    ("text-3", "surface", 4.5),
    ("link", "bg", 4.5),
    ("on-primary", "primary", 4.5),
    ("link-hover", "primary-soft", 4.5),
    ("on-ok-soft", "ok-soft", 4.5),
    ("on-ok-soft", "ok-soft-2", 4.5),
    ("on-warn-soft", "warn-soft-2", 4.5),
    ("on-bad-soft", "bad-soft", 4.5),
    ("on-bad-soft", "bad-soft-2", 4.5),
    ("bad", "surface", 4.5),
    ("ok", "surface", 4.5),
    ("border-control", "surface", 3.0),
    ("border-control", "bg", 3.0),
    ("chrome-text", "chrome", 4.5),
    ("focus-ink", "focus-halo", 3.0),
    ("chart-1", "surface", 3.0),
    ("chart-3", "surface", 3.0),
    ("chart-4", "surface", 3.0),
    ("chart-5", "surface", 3.0),
    ("chart-6", "surface", 3.0),
    ("map-on-4", "map-4", 4.5),
    ("map-on-3", "map-3", 4.5),
    ("map-on-2", "map-2", 4.5),
    ("map-on-1", "map-1", 4.5),
]


def tokens(theme: str) -> dict[str, str]:
    """Token values of the theme, references resolved."""
    css = re.sub(r"/\*.*?\*/", "", (STATIC / "css" / "tokens.css").read_text(), flags=re.S)
    blocks = [":root"] if theme == "light" else [":root", f'[data-theme="{theme}"]']
    found: dict[str, str] = {}
    for block in blocks:
        start = css.index(block + " {")
        found |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", css[start : css.index("\n}", start)]))

    def value(name: str) -> str:
        reference = re.fullmatch(r"var\(--([\w-]+)\)", found[name])
        return value(reference[1]) if reference else found[name]

    return {name: value(name) for name in found}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_pair_keeps_its_contrast(theme):
    values = tokens(theme)
    low = {
        (front, back): round(contrast(values[front], values[back]), 2)
        for front, back, needs in PAIRS
        if contrast(values[front], values[back]) < needs
    }
    assert low == {}


def packed(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_style_and_script_stay_inside_their_weight():
    assert packed("css/tokens.css", "css/base.css", "css/portal.css") <= 15 * 1024
    assert packed("css/tokens.css", "css/base.css", "css/desk.css") <= 16 * 1024
    assert packed("js/ui.js") <= 4.5 * 1024
    assert packed("css/tokens.css", "css/base.css", "css/portal.css", "js/ui.js") <= 36 * 1024


def test_no_style_sheet_leaves_the_site():
    for path in STATIC.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", path.read_text()), path.name


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fonts.ensure(tmp_path_factory.mktemp("home"))


def test_fonts_are_cut_once_and_named_by_content(folder):
    files = sorted(p.name for p in folder.iterdir())
    assert len([n for n in files if re.fullmatch(r"[a-z-]+-[456]00\.[0-9a-f]{12}\.woff2", n)]) == 8
    assert {"portal.css", "desk.css"} <= set(files)
    began = time.monotonic()
    assert fonts.ensure(folder.parent.parent) == folder
    assert time.monotonic() - began < 0.5
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_fonts_hold_every_vietnamese_letter(folder):
    letters = {c for base in "aăâeêioôơuưy" for tone in "\u0300\u0301\u0303\u0309\u0323" for c in _composed(base, tone)}
    for weight in (400, 500, 600):
        known = TTFont(next(folder.glob(f"be-vietnam-pro-{weight}.*"))).getBestCmap()
        assert {c for c in letters | set("đĐ0123456789₫–…“”") if ord(c) not in known} == set()


def _composed(base: str, tone: str) -> tuple[str, str]:
    import unicodedata

    lower = unicodedata.normalize("NFC", base + tone)
    return lower, lower.upper()


def test_fonts_stay_inside_their_weight(folder):
    def weight(*patterns: str) -> int:
        return sum(p.stat().st_size for pattern in patterns for p in folder.glob(pattern))

    assert weight("be-vietnam-pro-400*", "be-vietnam-pro-600*", "inter-400*", "inter-600*") <= 42 * 1024
    assert weight("be-vietnam-pro-*", "inter-*") <= 66 * 1024


def test_sheets_name_what_is_there(folder):
    portal, desk = (folder / "portal.css").read_text(), (folder / "desk.css").read_text()
    assert portal.count("font-display: optional") == 6
    assert "500" not in re.findall(r"font-weight: (\d+)", portal)
    assert desk.count("font-display: swap") == 8
    for name in re.findall(r'url\("([^"]+)"\)', portal + desk):
        assert (folder / name).is_file()


def test_figures_of_one_width(folder):
    font = TTFont(next(folder.glob("inter-400.*")))
    assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_finder_serves_them_as_static_files():
    assert finders.find("ui/fonts/portal.css")
    assert not finders.find("ui/fonts/../../secret-key")
    assert not finders.find("ui/fonts/none.css")
    listed = [path for finder in finders.get_finders() for path, storage in finder.list(None)
              if getattr(storage, "prefix", "") == "ui/fonts"]  # fmt: skip
    assert "portal.css" in listed


@override_settings(DEMO=True)
def test_first_page_of_the_portal_is_light(client):
    html = client.get("/khong-co-trang-nay").content
    assert len(gzip.compress(html)) <= 6 * 1024
