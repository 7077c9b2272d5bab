"""Acts: permission, transaction and audit entry in one place.

A service that changes anything is ``@act(verb, policy=…, label=…)``. The policy has the service's own
parameters and raises a ``Refusal`` when the actor may not; it is asked inside the transaction. The service
says what it touched with ``note``. Acts never nest: shared work is an undecorated step.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from congvu.common.actor import Actor
from congvu.ground.audit.trail import write_entry

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class _Running:
    verb: str
    record: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActInfo:
    """What the house knows of an act: ``label`` is its Vietnamese name as the trail shows it."""

    verb: str
    label: str
    policy: Callable[..., None]
    function: Callable[..., Any]


ACTS: dict[str, ActInfo] = {}
_running: ContextVar[_Running | None] = ContextVar("running_act", default=None)


def act(
    verb: str, *, policy: Callable[..., None], label: str
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a service an act. Raises RuntimeError if called inside another act, and whatever the policy refuses with."""

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(function)
        def wrapper(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            outer = _running.get()
            if outer is not None:
                raise RuntimeError(f"act {verb} called inside act {outer.verb}; share an undecorated step instead")
            running = _Running(verb)
            token = _running.set(running)
            try:
                with transaction.atomic():
                    policy(actor, *args, **kwargs)
                    result = function(actor, *args, **kwargs)
                    write_entry(actor, verb, running.record, running.detail)
                return result
            finally:
                _running.reset(token)

        ACTS[verb] = ActInfo(verb, label, policy, function)
        return wrapper

    return decorate


def note(*, record: UUID | None = None, **detail: Any) -> None:
    """Add what the running act touched to its entry. Values must be JSON; never a secret, never a file's content."""
    running = _running.get()
    if running is None:
        raise RuntimeError("note() outside an act")
    running.record = record or running.record
    running.detail.update(detail)
