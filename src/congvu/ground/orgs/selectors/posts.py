"""Posts, the people in them, and the actor a signed-in official is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.common.zones import local_date, utc_now
from congvu.ground.orgs import tree
from congvu.ground.orgs.errors import PositionNotFound
from congvu.ground.orgs.models import Position
from congvu.ground.orgs.roles import Scope, widest
from congvu.ground.orgs.types import Holder, Member, PositionView, Post, SeatView

_HOLDS = "{0}.valid_from <= %(day)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(day)s)"
# One row per post of a person, their own first; a person without posts is one row of nulls.
_POSTS = f"""
SELECT u.full_name, p.id, p.title, p.unit_id, v.name, p.roles, h.kind, h.absent
FROM accounts_user u
LEFT JOIN (
    SELECT a.user_id, a.position_id, a.kind, '' AS absent,
           array_position(ARRAY['main', 'concurrent', 'seconded'], a.kind::text) AS rank
    FROM orgs_assignment a WHERE {_HOLDS.format("a")}
    UNION ALL
    SELECT s.user_id, s.position_id, 'stand_in', coalesce(absent.names, q.title), 9
    FROM orgs_substitution s
    JOIN orgs_position q ON q.id = s.position_id
    LEFT JOIN LATERAL (
        SELECT string_agg(x.full_name, ', ' ORDER BY b.id) AS names
        FROM orgs_assignment b JOIN accounts_user x ON x.id = b.user_id
        WHERE b.position_id = s.position_id AND {_HOLDS.format("b")}
    ) absent ON true
    WHERE {_HOLDS.format("s")} AND (s.revoked_at IS NULL OR s.revoked_at > %(at)s)
) h ON h.user_id = u.id
LEFT JOIN orgs_position p ON p.id = h.position_id AND {_HOLDS.format("p")}
LEFT JOIN orgs_unitversion v ON v.unit_id = p.unit_id AND {_HOLDS.format("v")}
WHERE u.id = %(user)s AND u.kind = %(kind)s AND u.is_active
ORDER BY h.rank, p.id
"""  # noqa: S608 - built from constants
_HOLDERS = f"""
SELECT a.user_id, u.full_name, a.kind, false
FROM orgs_assignment a JOIN accounts_user u ON u.id = a.user_id AND u.is_active
WHERE a.position_id = %(position)s AND {_HOLDS.format("a")}
UNION ALL
SELECT s.user_id, u.full_name, 'stand_in', true
FROM orgs_substitution s JOIN accounts_user u ON u.id = s.user_id AND u.is_active
WHERE s.position_id = %(position)s AND {_HOLDS.format("s")} AND (s.revoked_at IS NULL OR s.revoked_at > %(at)s)
ORDER BY 4, 2
"""  # noqa: S608 - built from constants
_SEATS = f"""
SELECT p.id, p.unit_id, p.title, p.roles,
       coalesce(array_agg(u.full_name ORDER BY a.id) FILTER (WHERE u.id IS NOT NULL), '{{}}')
FROM orgs_position p
LEFT JOIN orgs_assignment a ON a.position_id = p.id AND {_HOLDS.format("a")}
LEFT JOIN accounts_user u ON u.id = a.user_id AND u.is_active
WHERE p.unit_id = ANY(%(units)s) AND {_HOLDS.format("p")}
GROUP BY p.id ORDER BY p.id
"""  # noqa: S608 - built from constants


_MEMBERS = f"""
SELECT a.user_id, u.full_name, p.id, p.title, p.unit_id, a.kind
FROM orgs_position p
JOIN orgs_assignment a ON a.position_id = p.id AND {_HOLDS.format("a")}
JOIN accounts_user u ON u.id = a.user_id AND u.kind = 'staff' AND u.is_active
WHERE (p.unit_id = ANY(%(units)s) OR p.id = ANY(%(posts)s)) AND {_HOLDS.format("p")}
  AND EXISTS (SELECT FROM orgs_unitversion v WHERE v.unit_id = p.unit_id AND {_HOLDS.format("v")})
ORDER BY p.unit_id, p.id, array_position(ARRAY['main', 'concurrent', 'seconded'], a.kind::text), a.user_id
"""  # noqa: S608 - built from constants


@dataclass(frozen=True, slots=True)
class _Desk:
    """A person's name and the posts they may act in."""

    name: str
    posts: tuple[Post, ...]


def _desk(user_id: int, moment: datetime, kind: str = "staff") -> _Desk | None:
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, {"user": user_id, "kind": kind, "day": local_date(moment), "at": moment})
        rows = cursor.fetchall()
    if not rows:
        return None
    posts = (
        Post(position, title, unit, name, kind, tuple(roles), absent)
        for _full_name, position, title, unit, name, roles, kind, absent in rows
        if position is not None and name is not None
    )
    return _Desk(rows[0][0], tuple(posts))


def posts_of(user_id: int, at: datetime | None = None) -> list[Post]:
    """Every post the person may act in at the moment, the main one first, stand-ins last. One statement.

    Empty for a login that is closed, is not staff's, or has no post.
    """
    desk = _desk(user_id, at or utc_now())
    return list(desk.posts) if desk else []


def staff_actor(user_id: int, position_id: int | None = None, at: datetime | None = None) -> Actor:
    """The official as an actor in one post: the named one, else the first of ``posts_of``. At most 2 statements.

    A stand-in gets the absent person's position and reading scope and keeps the own name; ``on_behalf_of`` names
    the absent person. A login without a post is an actor without rights. Raises Forbidden for a login that is
    closed or not staff's, and for a post the person does not hold at that moment.
    """
    return acting(user_id, position_id, at)[0]


def acting(user_id: int, position_id: int | None = None, at: datetime | None = None) -> tuple[Actor, tuple[Post, ...]]:
    """``staff_actor`` and ``posts_of`` together, for the same statements as the first alone."""
    moment = at or utc_now()
    desk = _desk(user_id, moment)
    if desk is None:
        raise Forbidden(_("Tài khoản này đã khóa hoặc không phải tài khoản cán bộ."))
    wanted = [post for post in desk.posts if position_id in (None, post.position_id)]
    if not wanted:
        if position_id is not None:
            raise Forbidden(_("Tài khoản này hiện không giữ vị trí đó. Hãy chọn vị trí khác."), code="post_not_held")
        return Actor(kind=ActorKind.STAFF, name=desk.name, user_id=user_id), desk.posts
    return _in_post(user_id, desk.name, wanted[0], moment), desk.posts


def machine_actor(user_id: int, position_id: int, at: datetime | None = None) -> Actor:
    """A program outside, acting in a post its login holds. At most 3 statements.

    Its rights are the post's, by the policies that hold for the people in it; name and user id say that it was the
    program. Raises Forbidden for a closed login, for one that is no machine's, and for a post it does not hold.
    """
    moment = at or utc_now()
    desk = _desk(user_id, moment, "machine")
    post = next((post for post in desk.posts if post.position_id == position_id), None) if desk else None
    if desk is None or post is None:
        raise Forbidden(_("Tài khoản hệ thống này hiện không giữ vị trí của khóa truy cập."), code="post_not_held")
    return _in_post(user_id, desk.name, post, moment)


def _in_post(user_id: int, name: str, post: Post, moment: datetime) -> Actor:
    return Actor(
        kind=ActorKind.STAFF, name=name, user_id=user_id, position_id=post.position_id,
        position_title=post.title, unit_id=post.unit_id, unit_name=post.unit, roles=frozenset(post.roles),
        unit_ids=_reach(post, local_date(moment)), on_behalf_of=post.stand_in_for,
    )  # fmt: skip


def _reach(post: Post, day: date) -> frozenset[int]:
    """The units whose records the post reads."""
    scope = widest(post.roles)
    if scope is Scope.OWN:
        return frozenset()
    if scope is Scope.UNIT:
        return frozenset({post.unit_id})
    there = tree.tree(day)
    top = post.unit_id if scope is Scope.SUBTREE else there.path(post.unit_id)[0].id
    return frozenset(there.subtree(top))


def holders_of(position_id: int, at: datetime | None = None) -> list[Holder]:
    """Who may act in the position at the moment: holders first, then stand-ins. Closed logins are left out."""
    moment = at or utc_now()
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, {"position": position_id, "day": local_date(moment), "at": moment})
        return [Holder(*row) for row in cursor.fetchall()]


def positions(unit_id: int, role: str | None = None, on: date | None = None) -> list[PositionView]:
    """The posts of a unit on the day, with one role if asked, in the order they were made."""
    rows = Position.objects.filter(tree.on_day(on or local_date(utc_now())), unit_id=unit_id)
    if role is not None:
        rows = rows.filter(roles__contains=[role])
    return [_view(row) for row in rows.order_by("id")]


def seats(units: Iterable[int], on: date | None = None) -> list[SeatView]:
    """Every post of these units with who holds it, in the order the posts were made. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, {"units": sorted(set(units)), "day": on or local_date(utc_now())})
        rows = cursor.fetchall()
    return [SeatView(post, unit, title, tuple(roles), tuple(names)) for post, unit, title, roles, names in rows]


def members(*, units: Iterable[int] = (), positions: Iterable[int] = (), on: date | None = None) -> list[Member]:
    """The persons in posts of these units, and in these posts, stand-ins left out; by unit, then post. One statement.

    A person with several of these posts stands once for each; nobody is in a unit that has ended.
    """
    asked: dict[str, Any] = {
        "units": sorted(set(units)),
        "posts": sorted(set(positions)),
        "day": on or local_date(utc_now()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, asked)
        return [Member(*row) for row in cursor.fetchall()]


def roles_at(units: Iterable[int], on: date | None = None) -> dict[int, frozenset[str]]:
    """The roles that posts of these units have on the day. One statement."""
    rows = Position.objects.filter(tree.on_day(on or local_date(utc_now())), unit_id__in=set(units))
    found: dict[int, set[str]] = {}
    for unit, roles in rows.values_list("unit_id", "roles"):
        found.setdefault(unit, set()).update(roles)
    return {unit: frozenset(roles) for unit, roles in found.items()}


def position(position_id: int) -> PositionView:
    """One post, whatever its dates. Raises PositionNotFound."""
    row = Position.objects.filter(id=position_id).first()
    if row is None:
        raise PositionNotFound(_("Không tìm thấy vị trí công tác này."))
    return _view(row)


def _view(row: Position) -> PositionView:
    return PositionView(row.id, row.unit_id, row.title, tuple(row.roles))
