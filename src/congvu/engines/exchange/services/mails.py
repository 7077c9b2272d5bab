"""Mails of official mailboxes: each with attachments becomes an arrival once, whatever reaches us how often."""

from __future__ import annotations

import io

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.engines.exchange import contents
from congvu.engines.exchange.edxml.tree import LIMITS
from congvu.engines.exchange.events import MailArrived
from congvu.engines.exchange.mail import Mail, read
from congvu.engines.exchange.models import Message
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.files.errors import Blocked, FileRefused
from congvu.ground.files.types import FileInfo

KIND = "mail"


def take(message: Message) -> None:
    """Read a kept mail. The same Message-ID in the same mailbox is the same mail, even if its bytes differ on the way.

    A mail without attachments is kept and not passed on. Step of the reading job.
    """
    mail = read(contents.whole(message.raw_id))
    message.kind, message.state, message.read_at = KIND, Message.State.READ, timezone.now()
    message.sender, message.subject, message.document_id = mail.sender[:60], mail.subject, mail.message_id
    message.body = {"from": mail.sender, "name": mail.sender_name, "files": [part.name for part in mail.parts]}
    earlier = Message.objects.filter(outgoing=False, kind=KIND, via=message.via, document_id=mail.message_id)
    same = earlier.exclude(id=message.id).order_by("id").first() if mail.message_id else None
    message.problems = []
    if same is not None:
        message.duplicate_of = same
        message.problems.append(_("Thư này đã nhận trước đó (cùng Message-ID)."))
    elif not mail.parts:
        message.problems.append(_("Thư không có tệp đính kèm nên không chuyển thành văn bản đến."))
    message.save()
    if same is None and mail.parts:
        publish(MailArrived(message.id))


def take_mail_files(actor: Actor, mail: Mail) -> tuple[tuple[FileInfo, ...], tuple[str, ...]]:
    """The attachments as files of the actor, quarantined as any upload, and why others were not taken (Vietnamese).

    Step of an act.
    """
    taken: list[FileInfo] = []
    refused: list[str] = []
    for part in mail.parts:
        try:
            taken.append(files.take(actor, name=part.name, stream=io.BytesIO(part.content), limit=LIMITS.file))
        except (FileRefused, Blocked) as refusal:
            refused.append(f"Tệp “{part.name}” không lấy vào được: {refusal.message}")
    return tuple(taken), tuple(refused)
