"""Reader controls (Trợ năng): the attributes that one reader chose for all pages, kept in a cookie."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest

COOKIE = "congvu_reader"
MAX_AGE = 365 * 24 * 3600
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("light", "dark", "contrast"),
    "fs": ("s", "m", "l", "xl"),
    "lh": ("m", "wide", "wider"),
    "font": ("sans", "serif"),
    "density": ("normal", "compact"),
}
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Reader:
    """Values of the ``data-`` attributes on ``<html>``. ``theme`` "" means: nothing chosen yet."""

    theme: str = ""
    fs: str = "m"
    lh: str = "m"
    font: str = "sans"
    density: str = "normal"

    @property
    def pressed(self) -> frozenset[str]:
        """The chosen settings as ``theme:light`` …, for the pressed state of the buttons."""
        chosen = {name: getattr(self, name) for name in CHOICES}
        chosen["theme"] = self.theme or "light"
        return frozenset(f"{name}:{value}" for name, value in chosen.items())

    def choose(self, setting: str) -> Reader:
        """The same reader with, say, ``theme:dark``. Unknown settings change nothing: cookies come from outside."""
        name, _, value = setting.partition(":")
        return replace(self, **{name: value}) if value in CHOICES.get(name, ()) else self

    def cookie(self) -> str:
        return "|".join(f"{name}:{getattr(self, name)}" for name in CHOICES if getattr(self, name))


def reader_of(request: HttpRequest) -> Reader:
    """What this reader chose, or the defaults."""
    reader = Reader()
    for setting in request.COOKIES.get(COOKIE, "").split("|"):
        reader = reader.choose(setting)
    return reader
