"""A brake on guessing codes: so many look-ups from one address in so much time."""

from __future__ import annotations

from ipaddress import ip_address

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from congvu.common.errors import TooMany

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


def count(request: HttpRequest, what: str, *, most: int = LOOKUPS, seconds: int = WINDOW) -> None:
    """Count one more ``what`` of this address. Raises TooMany past ``most`` in ``seconds``."""
    key = f"portal:{what}:{client_address(request)}"
    cache.add(key, 0, seconds)
    try:
        number = cache.incr(key)
    except ValueError:  # the window ended between the two lines
        cache.set(key, 1, seconds)
        return
    if number > most:
        raise TooMany(
            _("Đã tra cứu quá nhiều lần trong ít phút. Hãy đợi 10 phút rồi tra cứu lại, hoặc gọi bộ phận một cửa.")
        )
