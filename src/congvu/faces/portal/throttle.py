"""A brake on guessing codes: so many look-ups from one address in so much time."""

from __future__ import annotations

from ipaddress import ip_address

from django.http import HttpRequest

from congvu.ground.accounts import services as accounts

LOOKUPS = 30
WINDOW = 10 * 60


def client_address(request: HttpRequest) -> str:
    """The caller's address. The last hop of ``X-Forwarded-For`` counts only when a proxy of this machine adds it."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    try:
        local = ip_address(address).is_loopback
        return str(ip_address(forwarded)) if local and forwarded else address
    except ValueError:
        return address


def count(request: HttpRequest, what: str) -> None:
    """Count one more ``what`` of this address. Raises TooMany past ``LOOKUPS`` in ``WINDOW`` seconds."""
    accounts.count_attempt(f"portal.{what}", client_address(request), most=LOOKUPS, seconds=WINDOW)
