"""An official mailbox read by IMAP: each mail once, kept as it came. Nothing is sent this way and nothing removed."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from congvu.engines.exchange.edxml.tree import LIMITS, MEGABYTE
from congvu.engines.exchange.models import Partner
from congvu.engines.exchange.transports.base import Outgoing, Rejected, Unreachable
from congvu.engines.exchange.transports.http import secret_of

BATCH, SECONDS = 50, 60
# A mark of our own: a person who reads the mailbox beside us must not make mails pass unseen.
KEPT = "CongVuDaNhan"
HERE = ("localhost", "127.0.0.1", "::1")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Mailbox:
    """``address`` is ``imaps://host/Folder``, or ``imap://`` with STARTTLS; ``settings['user']`` signs in."""

    def __init__(self, partner: Partner) -> None:
        parts = urlsplit(partner.address)
        self.secure, self.host = parts.scheme == "imaps", parts.hostname or ""
        self.port = parts.port or (993 if self.secure else 143)
        self.folder = unquote(parts.path.strip("/")) or "INBOX"
        self.user, self.key = str(partner.settings.get("user", "")), partner.key
        self.open: imaplib.IMAP4 | None = None
        self.marks = False

    def send(self, message: Outgoing) -> tuple[str, str]:  # noqa: ARG002
        raise Rejected(_("Hộp thư chỉ dùng để nhận; văn bản không gửi qua đường này."))

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """Mails without our mark, oldest first. One too large stays there; it is told when the rest is taken."""
        large: list[str] = []
        try:
            self.open = self._sign_in()
            for uid in self._unmarked():
                size = self._size(uid)
                if size > LIMITS.message:
                    large.append(uid)
                elif (raw := self._fetch(uid)) is not None:
                    yield uid, raw
        except (OSError, imaplib.IMAP4.error) as error:
            raise Unreachable(self._words(error)) from error
        finally:
            self._leave()
        if large:
            words = _("%(n)s thư lớn hơn %(most)s MB vẫn nằm trong hộp thư; hãy mở hộp thư để lấy.")
            raise Unreachable(words % {"n": len(large), "most": LIMITS.message // MEGABYTE})

    def done(self, remote_id: str) -> None:
        if self.open is None or not self.marks:
            return
        try:
            self.open.uid("STORE", remote_id, "+FLAGS.SILENT", f"({KEPT})")
        except (OSError, imaplib.IMAP4.error) as error:
            raise Unreachable(self._words(error)) from error

    def _sign_in(self) -> imaplib.IMAP4:
        context = ssl.create_default_context()
        secret = secret_of(self.key)
        box: imaplib.IMAP4
        if self.secure:
            box = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=SECONDS)
        else:
            box = imaplib.IMAP4(self.host, self.port, timeout=SECONDS)
            if self.host not in HERE:
                box.starttls(context)
        try:
            box.login(self.user, secret)
            kind, _count = box.select(f'"{self.folder}"')
            if kind != "OK":
                raise Rejected(_("Hộp thư không có thư mục “%(name)s”.") % {"name": self.folder})
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise Rejected(_("Hộp thư không nhận tên đăng nhập hoặc mật khẩu.")) from error
        allowed = b" ".join(part for part in box.response("PERMANENTFLAGS")[1] if part)
        self.marks = b"\\*" in allowed or KEPT.encode() in allowed
        return box

    def _unmarked(self) -> list[str]:
        """At most fifty at a time; the newest where the server keeps no marks: known ones are known by their id."""
        box = self._box()
        _kind, found = box.uid("SEARCH", *(["UNKEYWORD", KEPT] if self.marks else ["ALL"]))
        uids = [uid.decode() for uid in (found[0] or b"").split()]
        return uids[:BATCH] if self.marks else uids[-BATCH:]

    def _size(self, uid: str) -> int:
        _kind, told = self._box().uid("FETCH", uid, "(RFC822.SIZE)")
        found = _SIZE.search(b" ".join(part for part in told if isinstance(part, bytes)))
        return int(found[1]) if found else 0

    def _fetch(self, uid: str) -> bytes | None:
        """The mail whole and unread as before (PEEK); None for one that went meanwhile."""
        _kind, told = self._box().uid("FETCH", uid, "(BODY.PEEK[])")
        return next((bytes(part[1]) for part in told if isinstance(part, tuple)), None)

    def _box(self) -> imaplib.IMAP4:
        if self.open is None:
            raise AssertionError("an open mailbox")
        return self.open

    def _leave(self) -> None:
        box, self.open = self.open, None
        if box is not None:
            try:
                box.logout()
            except (OSError, imaplib.IMAP4.error):
                # It is gone already; nothing was asked of it.
                return

    def _words(self, error: Exception) -> str:
        told = {"host": f"{self.host}:{self.port}", "reason": type(error).__name__}
        return _("Mất kết nối với hộp thư %(host)s (%(reason)s); sẽ đọc tiếp lần sau.") % told
