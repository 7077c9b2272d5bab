"""Where a document that waits to be issued is to go: what its text says, matched with agencies and units known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from congvu.common.actor import Actor
from congvu.common.text import clean, fold
from congvu.domains.documents import policies
from congvu.domains.documents.models import Incoming, Link, Outgoing, Recipient, Version
from congvu.domains.documents.types import RecipientInput
from congvu.engines.exchange import selectors as exchange
from congvu.engines.exchange.types import AgencyView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import get_visible

# Lines of "Nơi nhận" that name nobody: the filed copy, and whoever stands under "Kính gửi" already.
_NOBODY = re.compile(r"^(?:lưu|như)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]*\)")


def recipients_of(actor: Actor, document_id: UUID) -> tuple[RecipientInput, ...]:
    """The recipients its text names, in that order; an answered sender first. Raises NotFound.

    A name known to the exchange goes there, that of a unit of the agency stays inside, any other goes on paper.
    """
    get_visible(actor, document_id, kind=policies.OUTGOING)
    row = Outgoing.objects.select_related("issuer").get(record_id=document_id)
    content = Version.objects.values_list("content", flat=True).get(outgoing=row, n=row.version)
    return Directory().recipients(content, row.issuer.unit_id, answered([document_id]).get(document_id, []))


class Directory:
    """Names of agencies on the exchange and of units inside an agency, each read once however many documents ask."""

    def __init__(self) -> None:
        self._agencies = {fold(found.name): found for found in exchange.directory()}
        self._inside: dict[int, dict[str, tuple[int, str]]] = {}

    def recipients(
        self, content: Mapping[str, list[str]], agency: int, first: Iterable[RecipientInput]
    ) -> tuple[RecipientInput, ...]:
        """Whom a text of this agency names, after those that come first; each once."""
        if agency not in self._inside:
            self._inside[agency] = _units(agency)
        found = [*first, *(_recipient(name, self._agencies, self._inside[agency]) for name in named(content))]
        return tuple({(to.way, to.code or fold(to.name)): to for to in found}.values())


def named(content: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The names in "Kính gửi" and "Nơi nhận" as they stand, without dashes, closing marks and remarks in brackets."""
    return tuple(_names([*content.get("addressees", []), *content.get("recipients", [])]))


def _names(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        for part in _ASIDE.sub("", line).split(";"):
            name = clean(part).strip("-–—+ ").rstrip(";.,: ").removesuffix("./")
            if name and not _NOBODY.match(name):
                yield name


def _recipient(name: str, known: Mapping[str, AgencyView], inside: Mapping[str, tuple[int, str]]) -> RecipientInput:
    unit = inside.get(fold(name))
    if unit is not None:
        return RecipientInput(Recipient.Way.INSIDE, unit[1], unit_id=unit[0])
    agency = known.get(fold(name))
    if agency is not None:
        return RecipientInput(Recipient.Way.EXCHANGE, agency.name, code=agency.codes[0])
    return RecipientInput(Recipient.Way.PAPER, name)


def _units(agency: int) -> dict[str, tuple[int, str]]:
    """Units inside the agency by their names, long and short."""
    tree = orgs.tree()
    units = [unit for unit in tree if unit.id != agency and tree.agency_of(unit.id).id == agency]
    return {fold(name): (unit.id, unit.name) for unit in units for name in (unit.name, unit.short_name) if name}


def answered(documents: Iterable[UUID]) -> dict[UUID, list[RecipientInput]]:
    """The senders of the documents that these answer, by their codes. Two statements at most."""
    replies = Link.objects.filter(source__in=list(documents), relation=Link.Relation.REPLY)
    pairs = list(replies.order_by("id").values_list("source", "target"))
    if not pairs:
        return {}
    senders = Incoming.objects.filter(record__in=[target for _source, target in pairs]).exclude(sender_code="")
    by_record = {row.record_id: row for row in senders}
    found: dict[UUID, list[RecipientInput]] = {}
    for source, target in pairs:
        if target in by_record:
            row = by_record[target]
            to = RecipientInput(Recipient.Way.EXCHANGE, row.sender, code=row.sender_code)
            found.setdefault(source, []).append(to)
    return found
