"""Signing with one authentication, one document or many: the key signs and is closed, the page does not wait for more.

A service that asks the person on the phone is waited for by a job; so are time stamps and the checks after signing.
With a device on the signer's own machine the batch goes on at a page whose script talks to the tool there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from congvu.common.errors import Conflict
from congvu.common.zones import utc_now
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import ItemState, Outcome, Provider
from congvu.faces.desk.shell import actor_of
from congvu.faces.desk.signing.authentication import chosen, opened

# Verbs of a page that open a key, each with what the page says when it has signed.
Keys = Mapping[str, tuple[Callable[[HttpRequest, UUID], HttpResponseBase | None], Promise]]
# A time stamp usually takes seconds; after this the page says that it is late.
SLOW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Begun:
    """A batch whose documents the key has signed; without ``outcome`` a service asks on the phone first, or the tool
    on this machine signs (``page`` is where that goes on)."""

    batch: UUID
    outcome: Outcome | None = None
    page: str = "desk_signing_batch"


def begin(request: HttpRequest, purpose: str, opening: Callable[[int], UUID]) -> Begun:
    """Open the key of the form, then the batch (``opening`` gets the certificate), and have the key sign.

    Raises Invalid naming ``certificate`` or ``pin``, TooMany, and what ``opening`` raises; then no batch was opened.
    """
    actor, post = actor_of(request), request.POST
    certificate = chosen(actor, post, purpose)
    if certificate.provider is Provider.REMOTE and not post.get("pin"):
        batch = opening(certificate.id)
        signing.queue_batch(actor, batch, ask=True)
        messages.info(request, _("Hãy xác nhận trên điện thoại, rồi mở lại trang này để xem kết quả."))
        return Begun(batch)
    if certificate.provider is Provider.HELPER:
        return Begun(opening(certificate.id), page="desk_signing_local")
    with opened(actor, post, purpose) as credential:
        batch = opening(certificate.id)
        return Begun(batch, signing.hold_signatures(actor, batch, credential))


def gone_on(begun: Begun) -> HttpResponseBase | None:
    """Where to go on if the phone asks or a tool on this machine signs; else None, for the page the form stood on.
    Raises Conflict for what failed."""
    if begun.outcome is None:
        return redirect(begun.page, batch_id=begun.batch)
    require_held(begun.outcome)
    return None


def acted(
    request: HttpRequest, verb: str, acts: Mapping[str, tuple[Callable[..., object], Promise]], keys: Keys,
    target: UUID, given: Any,
) -> HttpResponseBase | None:  # fmt: skip
    """Call the act of a page, or open the key for it, and say that it is done; where to go on, if not to the page."""
    elsewhere = None
    if verb in acts:
        call, words = acts[verb]
        call(actor_of(request), target, given)
    else:
        key, words = keys[verb]
        elsewhere = key(request, target)
    if elsewhere is None:
        messages.success(request, str(words))
    return elsewhere


def is_slow(held_at: datetime) -> bool:
    """Whether a held signature has waited for its time stamp longer than usual."""
    return utc_now() - held_at > SLOW


def require_held(outcome: Outcome) -> None:
    """For one document, perhaps with annexes: raises Conflict in the words why the first of them was not signed."""
    for item in outcome.items:
        if item.state in (ItemState.HELD, ItemState.SIGNED):
            continue
        raise Conflict(outcome.stopped or item.reason or _("Chưa ký được."), code=outcome.code or item.state)
