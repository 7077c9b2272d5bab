"""What faces hand to the frame and the components: plain values, made by the face, never fetched here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry of a navigation. ``count`` is "waiting for me" (None: not shown); at most four are ``phone``.

    ``group`` is the heading under which the desk shows the entry ("" = the fixed entries on top,
    ``end`` = settings and help at the foot). ``key`` is the letter after ``G`` that goes there.
    """

    label: str
    url: str
    icon: str = "doc"
    count: int | None = None
    current: bool = False
    phone: bool = False
    group: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One post that the person holds or stands in for. ``key`` is sent back when the person switches to it."""

    key: str
    title: str
    unit_name: str
    waiting: int | None = None
    current: bool = False
    stand_in_for: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """Whose pages these are: shown in the header, the footer and the help block of every portal page."""

    name: str = field(default_factory=lambda: gettext("Cổng dịch vụ công"))
    full_name: str = ""
    parent: str = ""
    address: str = ""
    hours: tuple[str, ...] = ()
    phone: str = ""
    zalo: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """A headed column of links in the portal's footer."""

    title: str
    links: tuple[NavEntry, ...]


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of one page: who acts, where one can go, whose page it is. Addresses left "" are not shown."""

    actor_name: str = ""
    position: str = ""
    unit_name: str = ""
    on_behalf_of: str = ""
    posts: tuple[Post, ...] = ()
    nav: tuple[NavEntry, ...] = ()
    agency: Agency = field(default_factory=Agency)
    footer: tuple[LinkGroup, ...] = ()
    home_url: str = "/"
    sign_in_url: str = ""
    sign_out_url: str = ""
    account_url: str = ""
    switch_url: str = ""
    search_url: str = ""
    create_url: str = ""
    notices_url: str = ""
    notices: int = 0
    demo: bool = False

    @property
    def signed_in(self) -> bool:
        return bool(self.actor_name)

    @property
    def waits_elsewhere(self) -> int:
        """What waits in the posts that the person does not act in now."""
        return sum(post.waiting or 0 for post in self.posts if not post.current)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The letters after ``G`` with the labels of what they open."""
        return tuple((entry.key, entry.label) for entry in self.nav if entry.key)

    @property
    def nav_top(self) -> tuple[NavEntry, ...]:
        return tuple(entry for entry in self.nav if not entry.group)

    @property
    def nav_end(self) -> tuple[NavEntry, ...]:
        return tuple(entry for entry in self.nav if entry.group == "end")

    @property
    def nav_groups(self) -> tuple[LinkGroup, ...]:
        """Headed groups of the side navigation, in the order in which they first occur."""
        titles = dict.fromkeys(entry.group for entry in self.nav if entry.group not in ("", "end"))
        return tuple(LinkGroup(title, tuple(e for e in self.nav if e.group == title)) for title in titles)


class DueChip(Protocol):
    """What ``{% due_chip %}`` draws (made by deadlines). ``state``: on, soon, late, pause, done or donelate."""

    @property
    def state(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def exact(self) -> str: ...
    @property
    def explain(self) -> str | Iterable[object]: ...


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One step of a tracker. ``state``: done, now, wait or todo; ``note`` says holder and time, never "bạn"."""

    name: str
    state: str = "todo"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Who did what when, newest first. ``internal`` entries are marked and must not be given to a portal page."""

    title: str
    text: str = ""
    when: str = ""
    state: str = "done"
    links: tuple[Link, ...] = ()
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list. ``hint`` is a second line under the label."""

    value: str
    label: str
    hint: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of a summary: what was asked, the answer, a note or source, and where to change it."""

    label: str
    text: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A button of the bulk bar: posted as ``name=value`` with the ticked rows of the form."""

    label: str
    value: str
    icon: str
    name: str = "act"
