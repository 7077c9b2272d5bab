"""Reading messages, choices and the state of the channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.counting import Counting, reusable
from congvu.ground.notifications import mail, policies, texts
from congvu.ground.notifications.models import Message, Muted
from congvu.ground.notifications.types import Channel, ChannelState, Choice, MessageView, Page, Sending, State

UNREAD_CAP = 100


@reusable
def unread(actor: Actor) -> Counting:
    """Messages the actor has not read, counted up to 100."""
    own = Message.objects.filter(recipient__in=policies.recipients_of(actor), channel=Channel.INAPP, read_at=None)
    return Counting.of(own.values("id"), UNREAD_CAP)


def messages_of(actor: Actor, after: str = "", limit: int = 30) -> Page:
    """The actor's messages, newest first, from behind the cursor ``after``. A cursor that is none starts anew."""
    own = Message.objects.filter(recipient__in=policies.recipients_of(actor), channel=Channel.INAPP)
    cursor = _cursor(after)
    if cursor is not None:
        own = own.filter(id__lt=cursor)
    rows = list(own.order_by("-id")[: limit + 1])
    shown = tuple(_view(message) for message in rows[:limit])
    return Page(shown, str(shown[-1].id) if len(rows) > limit else "")


def _cursor(after: str) -> UUID | None:
    try:
        return UUID(after) if after else None
    except ValueError:
        return None


def _view(message: Message) -> MessageView:
    subject, body = message.subject, message.body
    language = (get_language() or "vi")[:2]
    told = texts.kinds().get(message.kind)
    if language != message.language and told is not None and language in told.wordings:
        wording = told.wordings[language]
        subject = texts.fill(wording.subject, message.context, language)
        body = texts.fill(wording.body, message.context, language)
    return MessageView(
        message.id, message.kind, subject, body, message.record_id, message.context.get("link", ""), message.created_at,
        message.read_at is not None,
    )  # fmt: skip


def sendings_of(record: UUID) -> list[Sending]:
    """What was sent about a record the caller has already asked ``visible_to`` for, oldest first, without addresses."""
    rows = Message.objects.filter(record=record).order_by("id")
    return [
        Sending(m.kind, m.subject, Channel(m.channel), State(m.state), m.attempts, m.error, m.created_at, m.sent_at)
        for m in rows
    ]


def short_text(kind: str, context: Mapping[str, Any], language: str = "vi") -> str:
    """The SMS form of a message: at most 160 signs, no marks, nothing that identifies a person."""
    return texts.sms(kind, texts.stored(context), language)


def choices(actor: Actor) -> list[Choice]:
    """Every kind with what the actor chose."""
    chosen: dict[str, set[str]] = {}
    for kind, channel in Muted.objects.filter(recipient=policies.own_address(actor)).values_list("kind", "channel"):
        chosen.setdefault(kind, set()).add(channel)
    return [
        Choice(kind.key, kind.label, kind.legal, frozenset(chosen.get(kind.key, ()))) for kind in texts.kinds().values()
    ]


def channels() -> list[ChannelState]:
    """Which channels this installation has; a channel that is off is named as off, never passed over."""
    server = mail.server()
    told = (
        _("Gửi qua máy chủ {host}.").format(host=server.host)
        if server
        else _("Chưa cấu hình máy chủ thư, thư không được gửi.")
    )
    return [
        ChannelState(Channel.INAPP, True, _("Luôn bật.")),
        ChannelState(Channel.EMAIL, server is not None, told),
        ChannelState("sms", False, _("Chưa kết nối tổng đài tin nhắn.")),
        ChannelState("zalo", False, _("Chưa kết nối Zalo.")),
    ]
