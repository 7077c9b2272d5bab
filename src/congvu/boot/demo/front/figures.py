"""The values of the board that the running records give now. A wish without a function here is not measured yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from congvu.common.actor import SYSTEM
from congvu.common.zones import local_date
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureCard
from congvu.engines.forms import selectors as forms
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import UnitView
from congvu.ground.ui import formats

ONLINE = "Trực tuyến"
USE_DAYS = 30
LIST_LIMIT = 100
_LEVELS = {"province": "province", "department": "province", "commune": "commune"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list behind a value; ``counts`` tells whether it is in the part or only in the whole."""

    name: str
    note: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with what it is counted from. ``share`` is in per cent, rounded down; None where nothing is divided."""

    words: str
    counts: str
    link: str
    share: float | None = None


def share_of(part: int, whole: int) -> float | None:
    """Per cent with one decimal, never rounded up: 999 of 1,000 is not 100. None when there is nothing to divide."""
    return None if whole == 0 else part * 1000 // whole / 10


class Facts:
    """What the figures are taken from, read at most once for a page."""

    @cached_property
    def today(self) -> date:
        return local_date(timezone.now())

    @cached_property
    def catalogue(self) -> tuple[ProcedureCard, ...]:
        cards: list[ProcedureCard] = []
        after = ""
        while True:
            page = procedures.list_page(after=after, limit=200, on=self.today)
            cards += page.rows
            if not page.after:
                return tuple(cards)
            after = page.after

    @cached_property
    def agencies(self) -> list[UnitView]:
        return orgs.agencies(self.today)

    @cached_property
    def open_online(self) -> frozenset[str]:
        """Codes of procedures that run and may be filed online, at a level where some authority takes them here."""
        levels = {_LEVELS.get(unit.level, "") for unit in self.takers}
        return frozenset(card.code for card in self._online if not levels.isdisjoint(card.levels))

    @cached_property
    def _online(self) -> list[ProcedureCard]:
        return [card for card in self.catalogue if card.runnable and ONLINE in card.channels]

    @cached_property
    def takers(self) -> list[UnitView]:
        """Authorities that take online filing here and have at least one procedure to take."""
        served = {level for card in self._online for level in card.levels}
        return [
            unit
            for unit in self.agencies
            if _LEVELS.get(unit.level) in served and orgs.setting(unit.id, "own_filing", self.today)
        ]

    @cached_property
    def active(self) -> dict[int, int]:
        """Receptions of the last thirty days by authority."""
        return dossiers.received_by_authority(SYSTEM, timezone.now() - timedelta(days=USE_DAYS))


def _ratio(part: int, whole: int, counts: str, link: str) -> Figure:
    share = share_of(part, whole)
    words = "–" if share is None else f"{formats.number(share, 0 if share.is_integer() else 1)}%"
    return Figure(words, counts, link, share)


def _of(part: int, whole: int, noun: str) -> str:
    return f"{formats.number(part)}/{formats.number(whole)} {noun}"


def _on_time(_facts: Facts) -> Figure:
    found = dossiers.settled_on_time(SYSTEM)
    link = _("Xem %(n)s hồ sơ") % {"n": formats.number(found.whole)}
    return _ratio(found.part, found.whole, _of(found.part, found.whole, _("hồ sơ")), link)


def _on_time_lines(facts: Facts) -> list[Line]:
    names = {card.code: card.name for card in facts.catalogue}
    return [
        Line(
            f"{row.code}, {names.get(row.procedure_code, row.procedure_code)}",
            _("hẹn %(due)s, xong %(done)s") % {"due": _moment(row.due_at), "done": _moment(row.finished_at)},
            row.on_time,
        )
        for row in dossiers.settled(SYSTEM, limit=LIST_LIMIT)
    ]


def _moment(value: object) -> str:
    return formats.date_time(value) if value else "–"  # type: ignore[arg-type]


def _channels(_facts: Facts) -> Figure:
    found = dossiers.by_channel(SYSTEM)
    words = ", ".join(f"{label.lower()} {formats.number(count)}" for label, count in found.items())
    used = sum(count > 0 for count in found.values())
    return Figure(_of(used, len(found), _("kênh")), words, _("Xem %(n)s kênh") % {"n": len(found)})


def _channel_lines(_facts: Facts) -> list[Line]:
    found = dossiers.by_channel(SYSTEM)
    return [Line(label, f"{formats.number(count)} {_('hồ sơ')}", count > 0) for label, count in found.items()]


def _in_use(facts: Facts) -> Figure:
    tiers = (("province", _("tỉnh")), ("department", _("sở, ngành")), ("commune", _("xã, phường")))
    words = []
    for level, name in tiers:
        units = [unit for unit in facts.agencies if unit.level == level]
        if units:
            words.append(f"{name} {sum(unit.id in facts.active for unit in units)}/{len(units)}")
    active = sum(unit.id in facts.active for unit in facts.agencies)
    link = _("Xem %(n)s đơn vị") % {"n": len(facts.agencies)}
    return _ratio(active, len(facts.agencies), ", ".join(words), link)


def _in_use_lines(facts: Facts) -> list[Line]:
    return [
        Line(
            unit.name,
            _("%(n)s hồ sơ tiếp nhận trong 30 ngày") % {"n": formats.number(facts.active.get(unit.id, 0))},
            unit.id in facts.active,
        )
        for unit in facts.agencies
    ]


def _procedures(facts: Facts, codes: frozenset[str]) -> Figure:
    whole = len(facts.catalogue)
    part = sum(card.code in codes for card in facts.catalogue)
    return _ratio(part, whole, _of(part, whole, _("thủ tục")), _("Xem %(n)s thủ tục") % {"n": formats.number(whole)})


def _procedure_lines(facts: Facts, codes: frozenset[str]) -> list[Line]:
    ordered = sorted(facts.catalogue, key=lambda card: card.code not in codes)
    return [Line(card.name, card.code, card.code in codes) for card in ordered]


def _runnable(facts: Facts) -> frozenset[str]:
    return frozenset(card.code for card in facts.catalogue if card.runnable)


def _takers(facts: Facts) -> Figure:
    part, whole = len(facts.takers), len(facts.agencies)
    return _ratio(part, whole, _of(part, whole, _("cơ quan")), _("Xem %(n)s cơ quan") % {"n": whole})


def _taker_lines(facts: Facts) -> list[Line]:
    online = {unit.id for unit in facts.takers}
    words = {True: _("đang nhận hồ sơ trực tuyến"), False: _("chưa nhận hồ sơ trực tuyến")}
    return [Line(unit.name, words[unit.id in online], unit.id in online) for unit in facts.agencies]


@dataclass(frozen=True, slots=True)
class Measure:
    """How one wish is measured: its value, the list behind it, and what a line that counts or does not is called."""

    value: Callable[[Facts], Figure]
    lines: Callable[[Facts], list[Line]]
    yes: str | Promise
    no: str | Promise


def _of_procedures(codes: Callable[[Facts], frozenset[str]], yes: str | Promise, no: str | Promise) -> Measure:
    return Measure(lambda f: _procedures(f, codes(f)), lambda f: _procedure_lines(f, codes(f)), yes, no)


MEASURED: dict[str, Measure] = {
    "1-04": Measure(_in_use, _in_use_lines, lazy("đang dùng"), lazy("chưa dùng")),
    "1-07": Measure(_channels, _channel_lines, lazy("có hồ sơ"), lazy("chưa có hồ sơ")),
    "1-17": Measure(_on_time, _on_time_lines, lazy("đúng hạn"), lazy("trễ hạn")),
    "2-17": _of_procedures(lambda f: f.open_online, lazy("nộp được qua mạng"), lazy("chưa nộp được qua mạng")),
    "2-18": _of_procedures(_runnable, lazy("chạy được"), lazy("chưa chạy được")),
    "2-27": _of_procedures(lambda f: forms.covered(f.today), lazy("có tờ khai riêng"), lazy("dùng tờ khai chung")),
    "4-03": Measure(_takers, _taker_lines, lazy("đang mở"), lazy("chưa mở")),
    "4-07": _of_procedures(_runnable, lazy("có quy trình"), lazy("chưa có quy trình")),
}
