"""Opinions asked on a draft are told to the posts they concern, after the commit of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings

from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.events import CoWriterNamed, DraftChanged, OpinionAsked, OpinionDue, OpinionGiven
from congvu.domains.documents.types import ConsultationView
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications

SOON = 1


def _tell(record: UUID, asked: ConsultationView, posts: Iterable[int], kind: str, *, key: str, **more: Any) -> None:
    row = documents.outgoing(SYSTEM, record).row
    context = {
        "code": row.code, "title": row.title, "due": asked.due_at, "by": asked.asked_by, "question": asked.question,
        "count": str(asked.answered), "version": str(asked.current),
        "link": f"{settings.BASE_URL}/lam-viec/van-ban-di/{record}/#xin-y-kien",
    } | more  # fmt: skip
    for post in posts:
        notifications.notify(position=post, kind=kind, context=context, record=record, key=key)


@consumes(OpinionAsked)
def tell_asked(event: OpinionAsked) -> None:
    record, asked = documents.consultation(event.consultation)
    posts, _asker = documents.posts_asked(asked.id)
    _tell(record, asked, posts, "opinion_asked", key=f"opinion_asked:{asked.id}")


@consumes(OpinionGiven)
def tell_given(event: OpinionGiven) -> None:
    """Whoever asked learns who has answered; what was said stands on the page."""
    round_, who = documents.opinion_of(event.opinion)
    record, asked = documents.consultation(round_)
    _posts, asker = documents.posts_asked(round_)
    _tell(record, asked, [asker], "opinion_given", key=f"opinion_given:{event.opinion}", who=who)


@consumes(OpinionDue)
def tell_due(event: OpinionDue) -> None:
    """Whoever has not answered; when the term is over whoever asked as well."""
    record, asked = documents.consultation(event.consultation)
    if not asked.open:
        return
    posts, asker = documents.posts_asked(asked.id, silent=True)
    kind = "opinion_soon" if event.level == SOON else "opinion_over"
    told = posts if event.level == SOON else (*posts, asker)
    _tell(record, asked, told, kind, key=f"{kind}:{asked.id}")


@consumes(DraftChanged)
def tell_changed(event: DraftChanged) -> None:
    for key in documents.open_rounds(event.record):
        record, asked = documents.consultation(key)
        posts, _asker = documents.posts_asked(key)
        _tell(record, asked, posts, "draft_changed", key=f"draft_changed:{key}:{asked.current}")


@consumes(CoWriterNamed)
def tell_co_writer(event: CoWriterNamed) -> None:
    record, post, by = documents.co_writer(event.co_writer)
    row = documents.outgoing(SYSTEM, record).row
    link = f"{settings.BASE_URL}/lam-viec/van-ban-di/{record}/"
    context = {"code": row.code, "title": row.title, "by": by, "link": link}
    key = f"co_writer:{event.co_writer}"
    notifications.notify(position=post, kind="co_writer", context=context, record=record, key=key)
