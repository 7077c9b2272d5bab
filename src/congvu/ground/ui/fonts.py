"""Screen fonts: cut once to the letters that Vietnamese screens use, kept in the installation's home.

The fonts come from packages under the SIL Open Font Licence; none is in this repository. Names carry the digest
of their content, so that browsers may keep them for ever.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import Any

VERSION = 1
"""Raise it when the cut below changes: installations then cut again."""

LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư"
    + "".join(map(chr, range(0x1EA0, 0x1EFA)))
    + "\u00a0«»“”‘’‐‑–—…•·×÷±°‰₫€§©≤≥"
)
FIGURES = "0123456789 \u00a0.,:;/%+-–−•()&×ABCDEFGHIJKLMNOPQRSTUVWXYZhđ"


@dataclass(frozen=True, slots=True)
class Cut:
    """One family as it is served: its files, the weights in them, the letters kept."""

    family: str
    package: str
    sources: dict[int, str]
    letters: str
    variable: dict[str, float] | None = None


CUTS = (
    Cut(
        "Be Vietnam Pro",
        "fontpkg_be_vietnam_pro",
        {400: "BeVietnamPro-Regular.ttf", 500: "BeVietnamPro-Medium.ttf", 600: "BeVietnamPro-SemiBold.ttf"},
        LETTERS,
    ),
    Cut("Inter", "fontpkg_inter", dict.fromkeys((400, 500, 600), "Inter[opsz,wght].ttf"), FIGURES, {"opsz": 14}),
    Cut(
        "Noto Serif",
        "fontpkg_noto_serif",
        dict.fromkeys((400, 600), "NotoSerif[wdth,wght].ttf"),
        LETTERS,
        {"wdth": 100},
    ),
)

SHEETS = {"portal": ("optional", (400, 600)), "desk": ("swap", (400, 500, 600))}
"""On the portal a weak phone stays on its own font without a jump, and loads one weight less."""


def _key() -> str:
    """Changes with the packages and with the cut."""
    packages = [f"{cut.package}={metadata.version(cut.package.replace('_', '-'))}" for cut in CUTS]
    return hashlib.sha256(repr((VERSION, packages, CUTS, SHEETS)).encode()).hexdigest()[:12]


def _subset(data: bytes, letters: str) -> Any:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.layout_features = ["kern", "locl", "tnum", "lnum"]
    options.name_IDs = [0, 1, 2, 13, 14]
    options.hinting = False
    font = TTFont(io.BytesIO(data), lazy=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    return font


def _woff2(font: Any) -> bytes:
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _cut(cut: Cut) -> Iterator[tuple[int, bytes]]:
    """Weight and WOFF2 bytes of each face of the family."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    files = resources.files(cut.package) / "files"
    if cut.variable is None:
        for weight, name in cut.sources.items():
            yield weight, _woff2(_subset((files / name).read_bytes(), cut.letters))
        return
    whole = io.BytesIO()
    _subset((files / next(iter(cut.sources.values()))).read_bytes(), cut.letters).save(whole)
    for weight in cut.sources:
        font = TTFont(io.BytesIO(whole.getvalue()))
        yield weight, _woff2(instancer.instantiateVariableFont(font, {**cut.variable, "wght": weight}, inplace=True))


def _face(family: str, weight: int, name: str, display: str) -> str:
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: normal; '
        f'font-display: {display}; src: url("{name}") format("woff2"); }}\n'
    )


def _build(folder: Path) -> None:
    """All faces and the two sheets into ``folder``."""
    faces = []
    for cut in CUTS:
        for weight, data in _cut(cut):
            stem = cut.family.lower().replace(" ", "-")
            name = f"{stem}-{weight}.{hashlib.sha256(data).hexdigest()[:12]}.woff2"
            (folder / name).write_bytes(data)
            faces.append((cut.family, weight, name))
    for sheet, (display, weights) in SHEETS.items():
        rules = [_face(family, weight, name, display) for family, weight, name in faces if weight in weights]
        (folder / f"{sheet}.css").write_text("".join(rules), encoding="utf-8")


def ensure(home: Path) -> Path:
    """The folder with the fonts of this version, cut now if it is missing (about two seconds, once).

    Two processes may start at once: each builds aside and the first to finish gives its folder the name.
    """
    folder = home / "fonts" / _key()
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
    try:
        _build(aside)
        aside.chmod(0o755)
        os.rename(aside, folder)
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder
