"""Static files that are made, not kept in the source: the fonts, under ``ui/fonts/``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

from congvu.ground.ui import fonts

PREFIX = "ui/fonts"


class FontFinder(BaseFinder):
    """Finds the cut fonts and cuts them when a server or a release first asks for them."""

    def _storage(self) -> FileSystemStorage:
        storage = FileSystemStorage(location=fonts.ensure(settings.CONFIG.home))
        storage.prefix = PREFIX  # type: ignore[attr-defined]  # the contract of finders
        return storage

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        folder, _, name = path.rpartition("/")
        if folder == PREFIX and name:
            found = Path(fonts.ensure(settings.CONFIG.home)) / name
            if found.is_file():
                return [str(found)] if find_all else str(found)
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = self._storage()
        for name in sorted(storage.listdir("")[1]):
            if not matches_patterns(name, list(ignore_patterns or ())):
                yield name, storage
