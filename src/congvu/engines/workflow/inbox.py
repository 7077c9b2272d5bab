"""Reading inboxes: a page is a short range of one index per holder key, merged; no work grows with the table."""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_right
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.counting import CAP, Counting
from congvu.common.errors import Invalid, Problem
from congvu.common.zones import VN, local
from congvu.engines.workflow.types import Page, WorkRow

GROUPS = ("late", "today", "week", "later")
_COLUMNS = """w.id, w.record_id, w.record_kind, w.kind, w.step_kind, w.name, w.code, w.title, w.unit_id, w.due_at,
w.step_due_at, w.seen_at, w.assignee_id, w.assignee_name, w.outcomes, w.snoozed_until, w.created_at"""
_PAGE = """SELECT {columns} FROM (
  SELECT DISTINCT s.due_at, s.item_id FROM unnest(%(keys)s::text[]) AS k(key) CROSS JOIN LATERAL (
    SELECT due_at, item_id FROM workflow_seat
    WHERE key = k.key AND (due_at, item_id) > (%(after_due)s::timestamptz, %(after_id)s::uuid)
      AND due_at BETWEEN %(first)s::timestamptz AND %(last)s::timestamptz
      AND {snoozed} AND (%(kind)s = '' OR kind = %(kind)s)
    ORDER BY due_at, item_id LIMIT %(limit)s) s
  ORDER BY s.due_at, s.item_id LIMIT %(limit)s) p
JOIN workflow_workitem w ON w.id = p.item_id ORDER BY p.due_at, p.item_id"""
_COUNTS = """SELECT g.name, (SELECT count(*) FROM (
  SELECT DISTINCT s.item_id FROM unnest(%(keys)s::text[]) AS k(key) CROSS JOIN LATERAL (
    SELECT item_id FROM workflow_seat
    WHERE key = k.key AND due_at BETWEEN g.first AND g.last
      AND (hidden_until IS NULL OR hidden_until <= %(now)s) AND (%(kind)s = '' OR kind = %(kind)s)
    LIMIT %(cap)s) s LIMIT %(cap)s) c)
FROM unnest(%(names)s::text[], %(firsts)s::timestamptz[], %(lasts)s::timestamptz[]) AS g(name, first, last)"""

_WAITING = """SELECT DISTINCT s.item_id FROM unnest(%s::text[]) AS k(key) CROSS JOIN LATERAL (
  SELECT item_id FROM workflow_seat WHERE key = k.key AND (hidden_until IS NULL OR hidden_until <= %s)
  LIMIT %s) s LIMIT %s"""


def borders(now: datetime) -> tuple[datetime, datetime, datetime]:
    """Where the second, third and fourth group begin: now, midnight, Monday."""
    today = local(now).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), VN)
    return now, midnight, datetime.combine(today + timedelta(days=7 - today.weekday()), time(), VN)


def bounds(now: datetime) -> dict[str, tuple[str, str]]:
    """First and last moment of each group: late, due today, due by Sunday, later or without a due time (infinity)."""
    firsts = borders(now)
    lasts = [(moment - timedelta.resolution).isoformat() for moment in firsts]
    return dict(
        zip(
            GROUPS, zip(["-infinity", *(m.isoformat() for m in firsts)], [*lasts, "infinity"], strict=True), strict=True
        )
    )


def group_of(due: datetime | None, begins: tuple[datetime, ...]) -> str:
    """The group of a due time, by the ``borders`` of a moment."""
    return GROUPS[-1] if due is None else GROUPS[bisect_right(begins, due)]


def inbox(
    actor: Actor, *, group: str = "", kind: str = "", after: str = "", limit: int = 30, snoozed: bool = False
) -> Page:
    """A page of what waits for the actor, by due time; ``snoozed`` shows what is put off instead.

    ``after`` is the ``next`` of the page before. Raises Invalid for a cursor or group that is none.
    """
    keys = actor.work_keys
    if not keys:
        return Page((), "")
    now = timezone.now()
    first, last = _bounds(group, now)
    after_due, after_id = _cursor(after)
    sql = _PAGE.format(
        columns=_COLUMNS,
        snoozed="hidden_until > %(now)s" if snoozed else "(hidden_until IS NULL OR hidden_until <= %(now)s)",
    )
    values: dict[str, Any] = {
        "keys": keys, "after_due": after_due, "after_id": after_id, "first": first, "last": last, "now": now,
        "kind": kind, "limit": min(limit, 200) + 1,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        begins = borders(now)
        found = [_row(row, begins) for row in cursor.fetchall()]
    rows = found[: values["limit"] - 1]
    return Page(tuple(rows), _next(rows[-1]) if len(found) > len(rows) else "")


def counts(actor: Actor, *, kind: str = "") -> dict[str, int]:
    """How much waits in each group, counted to 1,001 at most (see ``capped``)."""
    keys, now = actor.work_keys, timezone.now()
    if not keys:
        return dict.fromkeys(GROUPS, 0)
    firsts, lasts = zip(*bounds(now).values(), strict=True)
    values: dict[str, Any] = {
        "keys": keys, "now": now, "kind": kind, "cap": CAP + 1,
        "names": list(GROUPS), "firsts": list(firsts), "lasts": list(lasts),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        found = dict(cursor.fetchall())
    return {name: found[name] for name in GROUPS}


def count_waiting(actor: Actor, *, beside: Actor | None = None) -> Counting:
    """All that waits for the actor and is not put off; without what waits for ``beside`` by the same right."""
    shared = beside.work_keys if beside else ()
    keys = [key for key in actor.work_keys if key not in shared]
    return Counting(_WAITING, (keys, timezone.now(), CAP + 1, CAP + 1)) if keys else Counting()


def _bounds(group: str, now: datetime) -> tuple[str, str]:
    if not group:
        return "-infinity", "infinity"
    found = bounds(now).get(group)
    if found is None:
        raise Invalid(_("Nhóm việc không hợp lệ."), problems=(Problem("group", _("Nhóm việc không hợp lệ.")),))
    return found


def _row(row: tuple[Any, ...], begins: tuple[datetime, ...]) -> WorkRow:
    (key, record, record_kind, kind, step_kind, name, code, title, unit, due, step_due, seen, assignee, assignee_name,
     outcomes, snoozed, created) = row  # fmt: skip
    return WorkRow(
        id=key, record_id=record, record_kind=record_kind, kind=kind, step_kind=step_kind, name=name, code=code,
        title=title, unit_id=unit, due_at=due, step_due_at=step_due, group=group_of(due, begins), seen=seen is not None,
        assignee_id=assignee, assignee=assignee_name, outcomes=tuple(outcomes), snoozed_until=snoozed,
        created_at=created,
    )  # fmt: skip


def _next(row: WorkRow) -> str:
    due = row.due_at.isoformat() if row.due_at else "infinity"
    return base64.urlsafe_b64encode(json.dumps([due, row.id.hex]).encode()).decode().rstrip("=")


def _cursor(text: str) -> tuple[str, UUID]:
    if not text:
        return "-infinity", UUID(int=0)
    try:
        due, key = json.loads(base64.urlsafe_b64decode(text[:200] + "=" * (-len(text) % 4)))
        if due != "infinity":
            due = datetime.fromisoformat(due).isoformat()
        return due, UUID(key)
    except (ValueError, TypeError, AttributeError, binascii.Error):
        message = _("Đường dẫn trang tiếp theo không hợp lệ. Hãy mở lại danh sách.")
        raise Invalid(message, problems=(Problem("after", message),)) from None
