"""The invented province in the address lists of forms; codes are those of the demonstration's units."""

from __future__ import annotations

from congvu.boot.demo.territory import COMMUNES, PROVINCE
from congvu.engines.forms.types import Commune, Province


def addresses() -> list[Province]:
    """The province with its communes of today."""
    names = [item.full[:1].upper() + item.full[1:] for item in COMMUNES]
    communes = tuple(Commune(f"99{number:03}", name) for number, name in enumerate(names, start=1))
    return [Province("99", f"Tỉnh {PROVINCE}", communes)]
