"""Units and people to choose from, as groups of ticks; and what was ticked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.posted import whole_of
from congvu.ground.orgs.types import Member
from congvu.ground.ui.types import Option


@dataclass(frozen=True, slots=True)
class Group:
    """One unit with its posts. ``opened``: one of them is ticked, so the list stands open."""

    unit: Option
    posts: list[Option]
    opened: bool


def choices(actor: Actor, fields: QueryDict, *, known: Collection[int] = ()) -> list[Group]:
    """Units whose people the post may ask, each with its posts and who holds them; ``known`` are left out."""
    units, posts = set(fields.getlist("units")), set(fields.getlist("posts"))
    found = []
    for unit, people in documents.addressable(actor):
        left = [one for one in people if one.user_id not in known]
        if not left:
            continue
        many = len({one.user_id for one in left})
        hint = ngettext("%(n)s người", "%(n)s người", many) % {"n": many}
        options = _posts(left, posts)
        whole = Option(str(unit.id), unit.name, hint=hint, checked=str(unit.id) in units)
        found.append(Group(whole, options, any(one.checked for one in options)))
    return found


def _posts(people: list[Member], ticked: set[str]) -> list[Option]:
    """One line for a post, with everybody who holds it."""
    names: dict[int, list[str]] = {}
    titles = {one.position_id: one.title for one in people}
    for one in people:
        names.setdefault(one.position_id, []).append(one.name)
    return [
        Option(str(post), ", ".join([*held, titles[post]]), checked=str(post) in ticked) for post, held in names.items()
    ]


def ticked(fields: QueryDict, name: str) -> tuple[int, ...]:
    """The ids of ticked lines. Raises Invalid for what no form of ours sends."""
    found = [whole_of(text) for text in fields.getlist(name)[:1000]]
    if None in found:
        message = _("Chọn đơn vị, người nhận trong danh sách.")
        raise Invalid(message, problems=(Problem("people", message, "unknown"),))
    return tuple(one for one in found if one is not None)
