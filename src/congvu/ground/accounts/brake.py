"""A brake on guessing, shared by all web processes: so many tries of one kind from one place in so much time."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _

from congvu.common.digest import keyed
from congvu.common.errors import TooMany

_COUNT = """INSERT INTO accounts_attempt AS a (key, number, until)
VALUES (%(key)s, 1, now() + %(seconds)s * interval '1 second')
ON CONFLICT (key) DO UPDATE SET
  number = CASE WHEN a.until <= now() THEN 1 ELSE a.number + 1 END,
  until = CASE WHEN a.until <= now() THEN excluded.until ELSE a.until END
RETURNING number, extract(epoch FROM until - now())"""


def count_attempt(what: str, place: str, *, most: int, seconds: int) -> None:
    """Count one more ``what`` from ``place`` (an address, a name). Raises TooMany past ``most`` in ``seconds``."""
    key = keyed("congvu.brake", f"{what}:{place}")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "seconds": seconds})
        number, left = cursor.fetchone()
    if number > most:
        minutes = max(1, -(-int(left) // 60))
        raise TooMany(_("Đã thử quá nhiều lần trong ít phút. Hãy đợi %(n)s phút rồi thử lại.") % {"n": minutes})


def client_address(request: HttpRequest) -> str:
    """The caller's address, as the outermost of our own ``PROXIES`` saw it; without proxies the connection's.

    What stands further left in ``X-Forwarded-For`` was written by the caller and counts nothing.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if not settings.PROXIES or len(hops) < settings.PROXIES:
        return address
    try:
        return str(ip_address(hops[-settings.PROXIES].strip()))
    except ValueError:
        return address


def forget_attempts() -> int:
    """Drop windows that are over. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_attempt WHERE until < now()")
        return int(cursor.rowcount)
