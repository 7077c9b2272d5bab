"""A mail as it came, read tolerantly: nothing in it raises. Pure."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from congvu.common.text import clean, nfc

MOST_PARTS, MOST_TEXT = 200, 20_000
# Charsets that Vietnamese mail programs name wrongly or not at all; the last one reads every byte.
CHARSETS = ("utf-8", "windows-1258", "latin-1")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class MailPart:
    """One attachment; ``name`` is what the sender called it, or a plain one."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """``message_id`` is empty where the mail has none; ``sender`` is the address alone."""

    message_id: str
    sender: str
    sender_name: str
    subject: str
    sent_at: datetime | None
    text: str
    automatic: bool
    parts: tuple[MailPart, ...]


def read(raw: bytes) -> Mail:
    """What a mail says. Parts beyond 200 and text beyond 20,000 characters are left out; the raw mail keeps them."""
    message = email.message_from_bytes(raw, policy=default)
    name, address = parseaddr(_header(message, "From"))
    return Mail(
        message_id=_header(message, "Message-ID").strip("<> ")[:400], sender=address[:254], sender_name=name[:200],
        subject=_header(message, "Subject")[:500], sent_at=_sent(message), text=_text(message),
        automatic=_automatic(message), parts=tuple(_parts(message)),
    )  # fmt: skip


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name, "") or "")
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        # The standard library's header parser breaks on some malformed values; such a header says nothing.
        return ""
    return clean(_CONTROLS.sub(" ", nfc(value.encode("utf-8", "replace").decode("utf-8")))).replace("\n", " ")


def _sent(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _automatic(message: EmailMessage) -> bool:
    """Sent by a program: it gets no receipt, so that two programs never write to each other (RFC 3834)."""
    answered = _header(message, "Auto-Submitted").lower()
    return answered not in ("", "no") or _header(message, "Precedence").lower() in ("bulk", "junk", "list")


def _walk(message: EmailMessage) -> Iterator[EmailMessage]:
    for place, part in enumerate(message.walk()):
        if place >= MOST_PARTS:
            return
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _parts(message: EmailMessage) -> Iterator[MailPart]:
    for place, part in enumerate(_walk(message), start=1):
        name = _file_name(part)
        if part.get_content_disposition() == "attachment" or name:
            yield MailPart(name or f"tep-{place}", part.get_content_type(), _bytes(part))


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""
    return clean(_CONTROLS.sub(" ", nfc(name.encode("utf-8", "replace").decode("utf-8"))))[:200]


def _bytes(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(message: EmailMessage) -> str:
    """The words of the mail itself: plain ones, else those of its page."""
    plain, page = "", ""
    for part in _walk(message):
        if part.get_content_disposition() == "attachment" or _file_name(part):
            continue
        if part.get_content_type() == "text/plain" and not plain:
            plain = _decoded(part)
        elif part.get_content_type() == "text/html" and not page:
            page = _words(_decoded(part))
    return clean(_CONTROLS.sub(" ", nfc(plain or page)))[:MOST_TEXT]


def _decoded(part: EmailMessage) -> str:
    content, told = _bytes(part), part.get_content_charset() or ""
    for charset in (told, *CHARSETS):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return ""


class _Page(HTMLParser):
    """The words of a page, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in ("script", "style")
        if tag in ("br", "p", "div", "tr", "li"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style") and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def _words(page: str) -> str:
    reader = _Page()
    reader.feed(page)
    return "".join(reader.words)
