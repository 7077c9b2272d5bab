"""A brake on guessing codes: so many look-ups from one address in so much time."""

from __future__ import annotations

from django.http import HttpRequest

from congvu.ground.accounts import services as accounts

LOOKUPS = 30
WINDOW = 10 * 60


def count(request: HttpRequest, what: str) -> None:
    """Count one more ``what`` of this address. Raises TooMany past ``LOOKUPS`` in ``WINDOW`` seconds."""
    accounts.count_attempt(f"portal.{what}", accounts.client_address(request), most=LOOKUPS, seconds=WINDOW)
