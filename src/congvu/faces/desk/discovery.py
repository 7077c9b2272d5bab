"""What screen packages bring to the frame: entries of the menu, and what the inbox shows of each kind of record.

A package of the desk may hold a module ``menu`` with ``MENU`` and a module ``waiting`` with ``WAITING``; nothing
outside it names it.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

from django.utils.functional import Promise

from congvu.common.actor import Actor
from congvu.common.counting import Counting
from congvu.engines.workflow.types import ItemView

PACKAGE = "congvu.faces.desk"


def everybody(_actor: Actor) -> bool:
    return True


def nothing(_actor: Actor) -> tuple[Counting, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu. ``address`` is a URL name; entries stand by ``order`` inside their ``group``.

    ``shown`` says for whom, ``waits`` what is counted of what waits there; the frame asks all figures in one
    statement. ``key`` is the letter after ``G``. On a phone the first four with ``phone`` stand in the bar.
    """

    address: str
    label: str | Promise
    icon: str
    order: int
    key: str = ""
    phone: bool = False
    group: str | Promise = ""
    shown: Callable[[Actor], bool] = everybody
    waits: Callable[[Actor], tuple[Counting, ...]] = nothing


@dataclass(frozen=True, slots=True)
class Waiting:
    """How the inbox shows work on one kind of record.

    ``address`` is the URL name of the record's page and takes its id. ``preview`` gives what ``template`` shows
    for an item; ``icon`` and ``label`` stand in front of the row. ``bulk`` are the kinds of steps approved together
    by ``approve``.
    """

    kind: str
    address: str
    icon: str
    label: str | Promise
    template: str
    preview: Callable[[Actor, ItemView], Mapping[str, Any]]
    bulk: frozenset[str] = field(default_factory=frozenset)
    approve: Callable[[Actor, Any], None] | None = None


def _modules(name: str) -> Iterator[ModuleType]:
    package = importlib.import_module(PACKAGE)
    for child in pkgutil.iter_modules(package.__path__):
        full = f"{PACKAGE}.{child.name}.{name}"
        if child.ispkg and importlib.util.find_spec(full) is not None:
            yield importlib.import_module(full)


@cache
def menu() -> tuple[MenuEntry, ...]:
    """Every entry of every package, in order."""
    found = [entry for module in _modules("menu") for entry in module.MENU]
    return tuple(sorted(found, key=lambda entry: entry.order))


@cache
def waiting() -> Mapping[str, Waiting]:
    """What the inbox shows, by kind of record."""
    return {shown.kind: shown for module in _modules("waiting") for shown in module.WAITING}
