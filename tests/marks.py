"""``@refuses("dossier.receive")`` names the acts whose refusal a test shows; ``tests/house`` counts them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


def refuses(*verbs: str) -> Callable[[F], F]:
    def mark(function: F) -> F:
        function.refuses = verbs  # type: ignore[attr-defined]
        return function

    return mark
