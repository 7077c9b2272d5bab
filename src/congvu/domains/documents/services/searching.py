"""Keeping a search of one's own, and dropping it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.models import SavedSearch
from congvu.ground.audit.services import act, note

MOST = 50


@act("document.save_search", policy=policies.may_keep_searches, label="Lưu điều kiện tìm kiếm")
def save_search(actor: Actor, name: str, query: str) -> int:
    """Keep a search under a name; the same name again takes the new one. Raises Invalid, Conflict beyond fifty."""
    words = clean(name)
    if not words or len(words) > 80:
        message = _("Đặt tên cho lần tìm này, nhiều nhất 80 ký tự.")
        raise Invalid(message, problems=(Problem("name", message, "missing"),))
    if not query or len(query) > 2000:
        message = _("Chưa có điều kiện tìm nào để lưu, hoặc điều kiện quá dài.")
        raise Invalid(message, problems=(Problem("name", message, "query"),))
    rows = SavedSearch.objects.filter(user=actor.user_id or 0)
    if rows.exclude(name=words).count() >= MOST:
        raise Conflict(_("Mỗi người lưu được 50 lần tìm. Hãy bỏ bớt những lần không dùng nữa."), code="too_many")
    kept, _created = SavedSearch.objects.update_or_create(
        user=actor.user_id or 0, name=words, defaults={"query": query, "at": utc_now()}
    )
    note(search=kept.pk, name=words)
    return int(kept.pk)


@act("document.drop_search", policy=policies.may_keep_searches, label="Bỏ điều kiện tìm kiếm đã lưu")
def drop_search(actor: Actor, search: int) -> None:
    """Drop an own search. Raises NotFound for somebody else's."""
    row = SavedSearch.objects.filter(user=actor.user_id or 0, pk=search).first()
    if row is None:
        raise NotFound(_("Không tìm thấy lần tìm đã lưu này."))
    note(search=search, name=row.name)
    row.delete()
