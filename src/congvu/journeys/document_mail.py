"""Mails of official mailboxes wait in the incoming book, and the sender hears the same day that they came.

Nothing else is answered by itself: senders are unknown, and what a mail says of itself proves nothing (NĐ 30/2020 Điều
21 khoản 2 điểm c; QĐ 28/2018).
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import IncomingInput, IssuerView
from congvu.engines.exchange import selectors as exchange
from congvu.engines.exchange import services as messages
from congvu.engines.exchange.events import MailArrived
from congvu.engines.exchange.types import Mail
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications

UNTITLED = "Thư không ghi tiêu đề"


@consumes(MailArrived)
def keep_mail(event: MailArrived) -> None:
    """The mail with its attachments waits for the records clerk of the mailbox's agency, once."""
    book = documents.issuer(exchange.mailbox_setting(event.message, "book"))
    mail = exchange.mail(event.message)
    if not documents.has_message(book.id, event.message):
        taken, refused = messages.take_mail_files(SYSTEM, mail)
        services.receive(SYSTEM, book.key, envelope(mail, event.message, tuple(f.id for f in taken), refused))
    if mail.sender and not mail.automatic:
        with transaction.atomic():
            _tell_received(book, mail, event.message)


def envelope(mail: Mail, message: UUID, files: tuple[UUID, ...], refused: tuple[str, ...]) -> IncomingInput:
    """What a mail says, as the book takes it; number, symbol and day are the clerk's to read from the paper."""
    sender = mail.sender_name or mail.sender or "Người gửi không rõ"
    warnings = ["Thư điện tử: hãy kiểm tra người gửi trước khi vào sổ.", *refused]
    if not files:
        warnings.append("Thư không có tệp nào lấy vào được.")
    address = f"Từ địa chỉ {mail.sender}. " if mail.sender else ""
    return IncomingInput(
        sender=sender[:200], subject=mail.subject or UNTITLED, channel="mail", message=message,
        description=(address + " ".join(mail.text.split()))[:500], warnings=tuple(warnings), files=files,
    )  # fmt: skip


def _tell_received(book: IssuerView, mail: Mail, message: UUID) -> None:
    notifications.notify_address(
        kind="mail_received", address=mail.sender, key=f"mail_received:{message}",
        context={
            "agency": book.name, "title": mail.subject or UNTITLED, "at": exchange.message(message).at,
            "count": str(len(mail.parts)),
        },
    )  # fmt: skip
