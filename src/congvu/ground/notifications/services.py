"""Telling people. ``notify`` is a step inside the caller's transaction; sending mail is a job after its commit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.ground.accounts import selectors as accounts
from congvu.ground.audit.services import act, note
from congvu.ground.notifications import mail, policies, texts
from congvu.ground.notifications.errors import LegalNotice
from congvu.ground.notifications.models import Message, Muted
from congvu.ground.notifications.types import Channel, State


def notify(
    *,
    kind: str,
    context: Mapping[str, Any],
    subject: int | None = None,
    user: int | None = None,
    position: int | None = None,
    record: UUID | None = None,
    key: str = "",
    language: str = "vi",
) -> list[UUID]:
    """Tell one recipient; the ids of the messages written now, none if this event told him before.

    ``kind`` names the texts, ``context`` holds their fields (moments as datetime; ``link`` on the own address).
    ``key`` names the event; without it kind, record and context do. Citizens are told in the program and, where
    a server and an address exist, by mail; staff in the program. Raises RuntimeError outside a transaction,
    ValueError for a wrong recipient, an unknown kind, a missing field or a foreign link.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("notify() outside a transaction")
    told = texts.kinds().get(kind)
    if told is None or language not in told.wordings:
        raise ValueError(f"no texts for {kind} in {language}")
    recipient = _recipient(subject, user, position)
    values = _checked(told, context)
    row = {
        "key": key or _key(kind, record, values), "recipient": recipient, "kind": kind, "language": language,
        "context": values, "record_id": record, **_words(told, values, language),
    }  # fmt: skip
    muted = (
        set()
        if told.legal
        else set(Muted.objects.filter(recipient=recipient, kind=kind).values_list("channel", flat=True))
    )
    written = [] if Channel.INAPP in muted else [_write_inapp(row)]
    address = "" if Channel.EMAIL in muted or not told.email else _address(subject)
    if address:
        written.append(_queue_mail(row, address))
    return [message for message in written if message is not None]


def notify_address(
    *, kind: str, context: Mapping[str, Any], address: str, key: str, record: UUID | None = None
) -> bool:
    """Tell somebody known by a mail address alone; whether a mail was queued now. ``key`` names the event.

    Nothing is queued without a mail server, for what is no address, or when this event told it before. Raises as
    ``notify``.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("notify_address() outside a transaction")
    told = texts.kinds().get(kind)
    if told is None or not told.email:
        raise ValueError(f"no mail for {kind}")
    if mail.server() is None or not _is_address(address):
        return False
    values = _checked(told, context)
    recipient = f"m:{hashlib.sha256(address.lower().encode()).hexdigest()[:20]}"
    row = {
        "key": key, "recipient": recipient, "kind": kind, "language": "vi", "context": values, "record_id": record,
        **_words(told, values, "vi"),
    }  # fmt: skip
    return _queue_mail(row, address) is not None


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _recipient(subject: int | None, user: int | None, position: int | None) -> str:
    given = [f"{k}:{v}" for k, v in (("s", subject), ("u", user), ("p", position)) if v is not None]
    if len(given) != 1:
        raise ValueError("name exactly one of subject, user, position")
    return given[0]


def _checked(told: texts.Kind, context: Mapping[str, Any]) -> dict[str, Any]:
    values = {"link": settings.BASE_URL, **texts.stored(context)}
    missing = sorted(told.fields - values.keys())
    if missing:
        raise ValueError(f"{told.key}: context lacks {', '.join(missing)}")
    link = str(values["link"])
    if link != settings.BASE_URL and not link.startswith(f"{settings.BASE_URL}/"):
        raise ValueError(f"{told.key}: link leaves the official address")
    return {name: value for name, value in values.items() if name in told.fields or name == "link"}


def _key(kind: str, record: UUID | None, values: Mapping[str, Any]) -> str:
    content = orjson.dumps([kind, str(record), values], option=orjson.OPT_SORT_KEYS)
    return f"{kind}:{hashlib.sha256(content).hexdigest()[:32]}"


def _words(told: texts.Kind, values: Mapping[str, Any], language: str) -> dict[str, str]:
    wording = told.wordings[language]
    subject = texts.one_line(texts.fill(wording.subject, values, language), 200)
    return {"subject": subject, "body": texts.fill(wording.body, values, language)}


def _address(subject: int | None) -> str:
    """Where mail for a person goes; empty if there is no server, no address, or one that is no address."""
    if subject is None or mail.server() is None:
        return ""
    address = accounts.subject(subject).email
    return address if _is_address(address) else ""


def _write_inapp(row: Mapping[str, Any]) -> UUID | None:
    now = timezone.now()
    return _write({**row, "channel": Channel.INAPP, "state": State.SENT, "created_at": now, "sent_at": now})


def _queue_mail(row: Mapping[str, Any], address: str) -> UUID | None:
    values = {**row, "channel": Channel.EMAIL, "state": State.QUEUED, "created_at": timezone.now(), "address": address}
    message = _write(values)
    if message is not None:
        # By name: the job's module calls this one.
        task = app.configure_task("notifications.send", queue="mail", queueing_lock=f"mail:{message}")
        task.defer(message_id=str(message))
    return message


def _write(row: Mapping[str, Any]) -> UUID | None:
    """One row, unless this event already told this recipient over this channel."""
    message, created = Message.objects.get_or_create(
        key=row["key"], recipient=row["recipient"], channel=row["channel"], defaults=dict(row)
    )
    return message.id if created else None


def deliver(message_id: UUID) -> bool:
    """Send one queued mail and mark it in the same transaction; True if it went out now.

    A crash between sending and commit sends again under the same Message-ID: at least once, marked once.
    Raises SMTPException or OSError for the job to retry. System step of a job, not an act.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(id=message_id, state=State.QUEUED).first()
        at = mail.server()
        if message is None or at is None:
            return False
        mail.send(at, message=message.id, to=message.address, subject=message.subject, body=_mail_body(message))
        message.state, message.sent_at, message.attempts = State.SENT, timezone.now(), message.attempts + 1
        message.error = ""
        message.save(update_fields=["state", "sent_at", "attempts", "error"])
    return True


def _mail_body(message: Message) -> str:
    link = message.context.get("link", "")
    lines = {
        "vi": ("Kính gửi ông/bà,", "Xem hồ sơ: ", "Thư do hệ thống gửi, không cần trả lời."),
        "en": ("Dear applicant,", "See the application: ", "Sent by the system; no reply is needed."),
    }[message.language]
    seen = [f"{lines[1]}{link}"] if link != settings.BASE_URL else []
    return "\n\n".join((lines[0], message.body, *seen, f"--\n{lines[2]}")) + "\n"


def mark_failure(message_id: UUID, error: str, *, final: bool) -> None:
    """Write down that a sending did not work; a final one is not tried again. System step of a job."""
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(id=message_id, state=State.QUEUED).first()
        if message is not None:
            message.attempts, message.error = message.attempts + 1, texts.one_line(error, 300)
            message.state = State.FAILED if final else State.QUEUED
            message.save(update_fields=["attempts", "error", "state"])


def mark_read(actor: Actor, ids: Iterable[UUID] | None = None) -> int:
    """Mark the actor's own messages read, all or some; how many were unread. Reading leaves no audit entry."""
    own = Message.objects.filter(recipient__in=policies.recipients_of(actor), channel=Channel.INAPP, read_at=None)
    if ids is not None:
        own = own.filter(id__in=list(ids))
    return own.update(read_at=timezone.now())


@act("notification.choose", policy=policies.may_choose, label="Chọn cách nhận thông báo")
def choose(actor: Actor, *, kind: str, channel: str, muted: bool) -> None:
    """Mute a kind of message over a channel, or hear it again. Raises NotFound, LegalNotice, Forbidden."""
    told = texts.kinds().get(kind)
    if told is None or channel not in Channel.values:
        raise NotFound(_("Không có loại thông báo này."))
    if muted and told.legal:
        raise LegalNotice(_("Đây là thông báo bắt buộc theo quy định nên không tắt được."))
    row: dict[str, Any] = {"recipient": policies.own_address(actor), "kind": kind, "channel": channel}
    if muted:
        Muted.objects.get_or_create(**row)
    else:
        Muted.objects.filter(**row).delete()
    note(kind=kind, channel=channel, muted=muted)
