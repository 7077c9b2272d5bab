"""Whom a document is issued to: agencies over the exchange, units of the own agency, others on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean, fold
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import OutgoingView, RecipientInput
from congvu.engines.exchange import selectors as exchange
from congvu.engines.exchange.types import AgencyView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.ui.types import Option

LEAST, MOST, SPARE = 3, 60, 2


@dataclass(frozen=True, slots=True)
class RecipientFields:
    """What the form offers: names typed for the exchange, with spare lines; units to tick; names on paper."""

    exchange: list[str]
    agencies: list[str]
    units: list[Option]
    paper: str


def fields_of(actor: Actor, view: OutgoingView, post: QueryDict) -> RecipientFields:
    """As typed, else as the text of the document says."""
    known = [label(agency) for agency in exchange.directory()]
    if "units" in post or "exchange" in post:
        typed = [name for name in post.getlist("exchange") if name.strip()]
        return _fields(typed, known, {int(key) for key in post.getlist("units") if key.isdecimal()}, view,
                       post.get("paper", ""))  # fmt: skip
    found = documents.recipients_of(actor, view.id)
    by_code = {agency.codes[0]: label(agency) for agency in exchange.directory()}
    wired = [by_code.get(to.code, f"{to.name} ({to.code})") for to in found if to.way == "exchange"]
    inside = {to.unit_id for to in found if to.unit_id is not None}
    return _fields(wired, known, inside, view, "\n".join(to.name for to in found if to.way == "paper"))


def _fields(wired: list[str], known: list[str], inside: set[int], view: OutgoingView, paper: str) -> RecipientFields:
    lines = [*wired, *[""] * max(SPARE, LEAST - len(wired))]
    units = [Option(str(key), name, checked=key in inside) for key, name in _units(view.issuer.unit_id)]
    return RecipientFields(lines, known, units, paper)


def _units(agency: int) -> list[tuple[int, str]]:
    tree = orgs.tree()
    found = [unit for unit in tree if unit.id != agency and tree.agency_of(unit.id).id == agency]
    return [(unit.id, unit.name) for unit in sorted(found, key=lambda unit: (unit.order, unit.id))]


def label(agency: AgencyView) -> str:
    """How an agency stands in the list: its name, and its code, since names repeat."""
    return f"{agency.name} ({agency.codes[0]})"


def read(post: QueryDict, view: OutgoingView) -> tuple[RecipientInput, ...]:
    """The recipients as typed. Raises Invalid without any, and for an agency the exchange does not know, naming its
    line: no number is to be taken for a document that goes nowhere."""
    names = [clean(name) for name in post.getlist("exchange")][:MOST]
    known = {fold(label(agency)): agency for agency in exchange.directory()}
    plain = {fold(agency.name): agency for agency in known.values()}
    found, problems = [], []
    for place, name in enumerate(names):
        if not name:
            continue
        agency = known.get(fold(name)) or plain.get(fold(name))
        if agency is None:
            words = _("Trục liên thông không biết “%(name)s”. Chọn trong danh sách, hoặc ghi vào nơi nhận bản giấy.")
            problems.append(Problem(f"exchange-{place}", words % {"name": name}, "unknown"))
        else:
            found.append(RecipientInput("exchange", agency.name, code=agency.codes[0]))
    if problems:
        raise Invalid(_("Chưa phát hành được: nơi nhận chưa đúng."), problems=tuple(problems))
    chosen = set(post.getlist("units"))
    found += [
        RecipientInput("inside", name, unit_id=key) for key, name in _units(view.issuer.unit_id) if str(key) in chosen
    ]
    paper = [clean(line) for line in post.get("paper", "").splitlines()][:MOST]
    found += [RecipientInput("paper", name) for name in paper if name]
    if not found:
        words = _("Chọn ít nhất một nơi nhận.")
        raise Invalid(_("Chưa phát hành được: chưa có nơi nhận."), problems=(Problem("recipients", words, "missing"),))
    return tuple({(to.way, to.code or fold(to.name)): to for to in found}.values())
