"""The SMTP server of ``CONGVU_EMAIL_URL``: ``smtp://user:password@host:port?from=address``.

``smtp+tls`` begins in the clear and switches (STARTTLS), ``smtps`` is encrypted from the start.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

DEFAULT_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
BACKEND = "django.core.mail.backends.smtp.EmailBackend"
TIMEOUT = 20


@dataclass(frozen=True, slots=True)
class Server:
    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


def server() -> Server | None:
    """The configured server, or None: then no mail is sent and the program says so. Raises ImproperlyConfigured."""
    url = settings.CONFIG.email_url
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ImproperlyConfigured("CONGVU_EMAIL_URL: write smtp://host:port, smtp+tls:// or smtps://")
    sender = parse_qs(parts.query).get("from", [f"khong-tra-loi@{domain()}"])[0]
    return Server(
        parts.scheme, parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme], unquote(parts.username or ""),
        unquote(parts.password or ""), sender,
    )  # fmt: skip


def domain() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def message_id(message: uuid.UUID) -> str:
    """Made from the row's id, so that a mail sent twice after a crash is recognised as the same."""
    return f"<{message}@{domain()}>"


def send(at: Server, *, message: uuid.UUID, to: str, subject: str, body: str) -> None:
    """Hand one mail to the server. Raises SMTPException or OSError."""
    connection = get_connection(
        BACKEND, host=at.host, port=at.port, username=at.user, password=at.password, timeout=TIMEOUT,
        use_tls=at.scheme == "smtp+tls", use_ssl=at.scheme == "smtps",
    )  # fmt: skip
    headers = {"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"}
    EmailMessage(subject, body, at.sender, [to], connection=connection, headers=headers).send()
