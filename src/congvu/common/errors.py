"""Refusals as values: what happened, where, and what to do.

Every refusal of a service is one of these. A face turns it into a page, a problem document or an exit
code; nothing else may be raised on purpose across a door.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. ``field`` is a field name or a row ("dòng 12"); ``message`` says what to do, in Vietnamese."""

    field: str
    message: str
    code: str = "invalid"


class Refusal(Exception):
    """Base of all refusals. ``message`` is Vietnamese, complete, and may be shown as it stands."""

    code = "refused"
    status = 409

    def __init__(self, message: str, *, problems: tuple[Problem, ...] = (), code: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.problems = problems
        if code is not None:
            self.code = code


class Invalid(Refusal):
    """The input is wrong; ``problems`` name each field."""

    code = "invalid"
    status = 422


class Forbidden(Refusal):
    """The actor may not do this."""

    code = "forbidden"
    status = 403


class NotFound(Refusal):
    """There is no such thing, or the actor may not know of it: the two look alike on purpose."""

    code = "not_found"
    status = 404


class Conflict(Refusal):
    """The thing is not in the state the act needs, or somebody changed it meanwhile."""

    code = "conflict"
    status = 409


class TooMany(Refusal):
    """Asked too often in too short a time; nothing was done, and later it will be."""

    code = "too_many"
    status = 429


class TooLarge(Refusal):
    """More was sent than is taken at once; nothing of it was read."""

    code = "too_large"
    status = 413


class KeyReused(Conflict):
    """The one-time key was used before with other content."""

    code = "key_reused"
