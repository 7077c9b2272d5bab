"""Provinces and communes for addresses: two levels, no district.

The national list is that of 1/7/2025 (34 provinces, 3,321 communes), read once from the data file of the package
``vietnamadminunits`` (MIT; the package itself is not imported). Other places, such as those of a demonstration,
are registered beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from congvu.common.text import clean, fold, sort_key
from congvu.engines.forms.types import Commune, Province

AS_OF = date(2025, 7, 1)
SOURCE = "vietnamadminunits (MIT)"
_KINDS = ("Thành phố ", "Tỉnh ", "Phường ", "Xã ", "Đặc khu ")


Place = TypeVar("Place", Province, Commune)
Source = Callable[[], Sequence[Province]]
_extra: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add places to the lists of this process. A second source of the same name replaces the first."""
    _extra[name] = source
    _index.cache_clear()
    provinces.cache_clear()


def _by_name(name: str) -> tuple[tuple[int, int], ...]:
    return sort_key(_bare(name))


def _national() -> list[Province]:
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise RuntimeError("package vietnamadminunits is not installed")
    path = Path(spec.origin).parent / "data" / "dataset.db"
    found: dict[tuple[str, str], list[Commune]] = {}
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        query = "SELECT provinceCode, province, wardCode, ward FROM admin_units WHERE wardCode IS NOT NULL"
        for code, province, ward_code, ward in connection.execute(query):
            found.setdefault((code, province), []).append(Commune(ward_code, ward))
    finally:
        connection.close()
    return [
        Province(code, name, tuple(sorted(communes, key=lambda commune: _by_name(commune.name))))
        for (code, name), communes in found.items()
    ]


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """All provinces in Vietnamese order, registered ones first."""
    extra = [province for source in _extra.values() for province in source()]
    return (*extra, *sorted(_national(), key=lambda province: _by_name(province.name)))


@lru_cache(maxsize=1)
def _index() -> dict[str, Province]:
    return {province.code: province for province in provinces()}


def province(code: str) -> Province | None:
    return _index().get(code)


def communes(province_code: str) -> tuple[Commune, ...]:
    """Communes of a province, none for an unknown code."""
    found = province(province_code)
    return found.communes if found else ()


def commune(province_code: str, code: str) -> Commune | None:
    return next((item for item in communes(province_code) if item.code == code), None)


def prefixes() -> frozenset[str]:
    """First three digits of personal numbers that registered places add to the legal table."""
    return frozenset(f"0{item.code}" for source in _extra.values() for item in source())


def read_address(text: str) -> dict[str, str] | None:
    """``province``, ``commune`` and ``detail`` of an address in one line, as identity services send it.

    Only what is certain: the last part names a province, the part before it exactly one commune of that province
    (there is no district between them). Anything else is None, and the person is asked.
    """
    parts = [part for part in map(clean, text.split(",")) if part]
    if parts and fold(parts[-1]) == "viet nam":
        parts.pop()
    if len(parts) < 2:
        return None
    homes = _named(provinces(), parts[-1])
    found = _named(homes[0].communes, parts[-2]) if len(homes) == 1 else []
    if len(found) != 1:
        return None
    return {"province": homes[0].code, "commune": found[0].code, "detail": ", ".join(parts[:-2])}


def _named(among: Sequence[Place], name: str) -> list[Place]:
    """Those of the name, with or without its kind ("phường Lam Khúc", "Lam Khúc")."""
    wanted = name.casefold()
    return [place for place in among if wanted in (place.name.casefold(), _bare(place.name).casefold())]


def _bare(name: str) -> str:
    for kind in _KINDS:
        name = name.removeprefix(kind)
    return name
