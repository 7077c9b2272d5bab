"""Rights that should not lie in one hand: who holds posts of one agency that check each other (NĐ 30/2020 PL VI IV)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congvu.common.zones import local_date, utc_now
from congvu.ground.orgs.selectors.units import tree
from congvu.ground.orgs.types import ConflictPost, RightsConflict

_WORK = ("clerk", "specialist", "registrar", "head", "center_head", "chair")
# Two roles in one hand, and what it means.
PAIRS: dict[frozenset[str], str | Promise] = {
    frozenset(("registrar", "chair")): _("Vừa ký văn bản vừa giữ con dấu, cấp số."),
    frozenset(("specialist", "head")): _("Vừa soạn vừa ký nháy cùng một văn bản."),
    frozenset(("specialist", "chair")): _("Vừa soạn vừa ký cùng một văn bản."),
    frozenset(("head", "chair")): _("Vừa ký nháy vừa ký cùng một văn bản."),
    frozenset(("clerk", "chair")): _("Vừa tiếp nhận vừa quyết định cùng một hồ sơ."),
    frozenset(("clerk", "specialist")): _("Vừa tiếp nhận vừa thẩm định cùng một hồ sơ."),
    **{frozenset(("admin", role)): _("Vừa phân quyền vừa dùng quyền nghiệp vụ.") for role in _WORK},
}
_HOLDS = "{0}.valid_from <= %(day)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(day)s)"
# Posts of everybody who holds more than one, or one with several roles.
_HELD = f"""
WITH held AS (
    SELECT a.user_id, a.position_id, false AS stand_in, a.valid_to FROM orgs_assignment a WHERE {_HOLDS.format("a")}
    UNION ALL
    SELECT s.user_id, s.position_id, true, s.valid_to FROM orgs_substitution s
    WHERE {_HOLDS.format("s")} AND s.revoked_at IS NULL
)
SELECT h.user_id, u.full_name, p.id, p.title, p.unit_id, p.roles, h.stand_in, h.valid_to
FROM held h JOIN accounts_user u ON u.id = h.user_id AND u.is_active AND u.kind = 'staff'
JOIN orgs_position p ON p.id = h.position_id
WHERE cardinality(p.roles) > 1 OR h.user_id IN (SELECT user_id FROM held GROUP BY user_id HAVING count(*) > 1)
ORDER BY u.full_name, u.id, h.stand_in, p.id
"""  # noqa: S608 - built from constants


@dataclass(frozen=True, slots=True)
class _Held:
    """A post in somebody's hand."""

    agency: int
    roles: tuple[str, ...]
    post: ConflictPost


def conflicts(on: date | None = None) -> tuple[RightsConflict, ...]:
    """Everybody who holds roles of one agency that check each other, by name; two statements.

    A stand-in who would judge work of the own post is told as such, with the last day of it.
    """
    day = on or local_date(utc_now())
    units = tree(day)
    people: dict[tuple[int, str], list[_Held]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"day": day})
        for user, name, _post, title, unit, roles, stand_in, until in cursor.fetchall():
            if found := units.get(unit):
                post = ConflictPost(title, found.name, stand_in, until)
                people[user, name].append(_Held(units.agency_of(unit).id, tuple(roles), post))
    listed = []
    for (user, name), posts in people.items():
        for agency in dict.fromkeys(one.agency for one in posts):
            inside = [one for one in posts if one.agency == agency]
            listed += [RightsConflict(user, name, units.unit(agency).name, *found) for found in _pairs(inside)]
    return tuple(listed)


def _pairs(posts: list[_Held]) -> Iterable[tuple[str, tuple[ConflictPost, ...]]]:
    """Each thing that is wrong once, with the posts it comes from."""
    found: dict[str, tuple[ConflictPost, ...]] = {}
    for one in posts:
        for pair in combinations(one.roles, 2):
            if words := PAIRS.get(frozenset(pair)):
                found.setdefault(str(words), (one.post,))
    for one, other in combinations(posts, 2):
        for words in (PAIRS.get(frozenset((a, b))) for a in one.roles for b in other.roles if a != b):
            if words:
                found.setdefault(str(words), (one.post, other.post))
    return found.items()
