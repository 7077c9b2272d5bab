"""What the forms of work files offer, and how days and terms are read."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.domains.workfiles import selectors as workfiles
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

TERMS = ("70", "50", "30", "20", "10", "5", "2")


def number(text: str) -> int | None:
    """A number typed or carried in a form, None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def uuids(texts: list[str]) -> list[UUID]:
    """The ids ticked; what is none is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def typed_day(fields: QueryDict, name: str) -> date | None:
    """The day typed in three boxes, None for none. Raises Invalid for what is no day."""
    parts = [fields.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        year, month, day = (number(part) or 0 for part in parts)
        return date(year, month, day)
    except (ValueError, OverflowError):
        message = _("Ghi ngày, tháng, năm bằng số, ví dụ 30 11 2026.")
        raise Invalid(message, problems=(Problem(name, message, "date"),)) from None


def term(fields: QueryDict) -> tuple[int | None, bool]:
    """Years, and whether it is permanent; (None, False) when nothing was chosen."""
    text = fields.get("years", "")
    return number(text), text == "vinh-vien"


def terms(chosen: str) -> list[Option]:
    permanent = Option("vinh-vien", _("Vĩnh viễn"), checked=chosen == "vinh-vien")
    return [permanent, *(Option(key, _("%(n)s năm") % {"n": key}, checked=key == chosen) for key in TERMS)]


def levels(chosen: str) -> list[Option]:
    """The groups of information a file may belong to."""
    words = {"01": _("Công khai"), "02": _("Có điều kiện")}
    return [Option(key, label, checked=key == chosen) for key, label in words.items()]


def rules(chosen: str) -> list[Option]:
    return [Option(key, label, checked=key == chosen) for key, label in workfiles.retention_rules()]


def lines(actor: Actor, chosen: str) -> list[Option]:
    """Lines of issued lists from which no file was opened yet."""
    return [
        Option(str(line.id), f"{line.symbol} {line.title} ({line.retention}, {line.unit})",
               checked=str(line.id) == chosen)
        for line in workfiles.free_lines(actor)
    ]  # fmt: skip


def units(actor: Actor, chosen: str) -> list[Option]:
    """Units of the own agency."""
    if actor.unit_id is None:
        return []
    tree = orgs.tree()
    agency = tree.agency_of(actor.unit_id)
    inside = [agency, *(child for child in tree.children(agency.id) if tree.agency_of(child.id).id == agency.id)]
    return [Option(str(unit.id), unit.short_name, checked=str(unit.id) == chosen) for unit in inside]


def posts(actor: Actor, chosen: list[str]) -> list[Option]:
    """Posts of the own agency with who holds them."""
    names = {int(option.value): option.label for option in units(actor, "")}
    order = list(names)
    found = sorted(orgs.seats(names), key=lambda seat: (order.index(seat.unit_id), seat.position_id))
    return [
        Option(str(seat.position_id), f"{names[seat.unit_id]}: {', '.join([*seat.names, seat.title])}",
               checked=str(seat.position_id) in chosen)
        for seat in found
    ]  # fmt: skip
