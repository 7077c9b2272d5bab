"""What the forms of digitising offer, and how a holding and a scan are read from what was posted."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.domains.digitising.types import HoldingInput, ScanInput
from congvu.domains.documents import selectors as documents
from congvu.faces.desk.posted import whole, whole_of
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

TERMS = ("70", "50", "30", "20", "10", "5", "2")
FOREVER = "vinh-vien"


def importances(chosen: str) -> list[Option]:
    words = {"3": _("3, khai thác thường xuyên"), "2": _("2, khai thác khi có yêu cầu"), "1": _("1, ít khai thác")}
    return [Option(key, label, checked=key == chosen) for key, label in words.items()]


def conditions(chosen: str) -> list[Option]:
    words = {"01": _("Tốt"), "02": _("Bình thường"), "03": _("Hỏng")}
    return [Option(key, label, checked=key == chosen) for key, label in words.items()]


def kinds(chosen: str) -> list[Option]:
    """Kinds of document by abbreviation; a letter has none and is CV."""
    return [
        Option(kind.abbreviation or "CV", kind.name, checked=(kind.abbreviation or "CV") == chosen)
        for kind in documents.kinds()
    ]


def terms(chosen: str) -> list[Option]:
    permanent = Option(FOREVER, _("Vĩnh viễn"), checked=chosen == FOREVER)
    return [permanent, *(Option(key, _("%(n)s năm") % {"n": key}, checked=key == chosen) for key in TERMS)]


def posts(actor: Actor, chosen: str) -> list[Option]:
    """Posts of the own agency with who holds them."""
    if actor.unit_id is None:
        return []
    tree = orgs.tree()
    agency = tree.agency_of(actor.unit_id).id
    names = {unit.id: unit.short_name for unit in tree if tree.agency_of(unit.id).id == agency}
    return [
        Option(str(seat.position_id), f"{names[seat.unit_id]}: {', '.join([*seat.names, seat.title])}",
               checked=str(seat.position_id) == chosen)
        for seat in orgs.seats(names)
    ]  # fmt: skip


def day(fields: QueryDict, name: str) -> date | None:
    """The day typed in three boxes, None for none. Raises Invalid for what is no day."""
    parts = [fields.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        year, month, number = (whole_of(part) or 0 for part in parts)
        return date(year, month, number)
    except (ValueError, OverflowError):
        message = _("Ghi ngày, tháng, năm bằng số, ví dụ 30 11 2026.")
        raise Invalid(message, problems=(Problem(name, message, "date"),)) from None


def holding(fields: QueryDict) -> HoldingInput:
    return HoldingInput(
        title=fields.get("title", ""), fonds=fields.get("fonds", ""), shelf=fields.get("shelf", ""),
        boxes=whole(fields, "boxes") or 0, files=whole(fields, "files") or 0, pages=whole(fields, "pages"),
        first_year=whole(fields, "first_year"), last_year=whole(fields, "last_year"),
        importance=whole(fields, "importance"), condition=fields.get("condition", ""), note=fields.get("note", ""),
    )  # fmt: skip


def scan(fields: QueryDict) -> ScanInput:
    known = {option.value: option.label for option in kinds("")}
    kind = fields.get("kind", "")
    return ScanInput(
        paper_file=fields.get("paper_file", ""), file_title=fields.get("file_title", ""),
        kind=kind if kind in known else "", type_name=known.get(kind, ""), number=fields.get("number", ""),
        notation=fields.get("notation", ""), issued_on=day(fields, "issued_on"),
        organ_name=fields.get("organ_name", ""), subject=fields.get("subject", ""), pages=whole(fields, "pages"),
        colour=fields.get("colour") == "1",
    )  # fmt: skip
