"""Two houses of this installation that exchange documents with each other, and one elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from congvu.boot.demo import issuers
from congvu.common.actor import Actor
from congvu.domains.documents import selectors
from congvu.domains.documents.types import RecipientInput
from congvu.engines.exchange import services as messages
from congvu.engines.exchange.models import Delivery, Message
from congvu.ground.events.services import deliver_pending
from congvu.ground.orgs import selectors as orgs
from tests.domains.documents.office import Office
from tests.engines.exchange.office import set_up
from tests.engines.exchange.samples import THEIRS

NEIGHBOUR = RecipientInput("exchange", "UBND xã Đông Lãm", "H99.24.2")
AWAY = RecipientInput("exchange", THEIRS.name, THEIRS.id)
PAPER = RecipientInput("paper", "Sở Nội vụ")


@dataclass
class Houses:
    """Yên Khê, which issues, and Đông Lãm, which receives; ``exchange`` brings what comes from elsewhere."""

    here: Office
    exchange: Any

    @property
    def there(self) -> Actor:
        """The records clerk of Đông Lãm."""
        made = self.here.world.made
        post = next(p for p in orgs.positions(made.units["xa-dong-lam-vp"], "registrar"))
        return orgs.staff_actor(orgs.holders_of(post.id)[0].user_id, post.id)

    def issued(self, *recipients: RecipientInput, **values: Any) -> UUID:
        record = self.here.draft(**values)
        self.here.to_signature(record)
        self.here.sign(record)
        self.here.issue(record, *(recipients or (NEIGHBOUR,)))
        self.carry()
        return record

    def carry(self) -> None:
        """Everything on its way arrives and is read, both ways, until nothing moves."""
        moved = True
        while moved:
            moved = bool(deliver_pending())
            for row in Delivery.objects.filter(state="queued", partner=None):
                moved = messages.deliver(row.id) or moved
            for row in Message.objects.filter(outgoing=False, state="waiting"):
                messages.read_message(row.id)
                moved = True

    def arrived(self) -> UUID:
        """The one document that waits in the neighbour's book."""
        (row,) = selectors.arrivals(self.there)
        return row.id


def houses_of(office: Office) -> Houses:
    issuers.load(office.world.made, communes=3)
    return Houses(office, set_up(office.world))
