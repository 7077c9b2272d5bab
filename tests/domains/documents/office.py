"""Short names for what tests of documents do in the first commune of the small world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from congvu.common.actor import Actor
from congvu.common.zones import VN
from congvu.domains.documents import services
from congvu.domains.documents.types import DirectionInput, Forwarding, IncomingInput, Registered
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from tests.world import World

COMMUNE = "xa-yen-khe"


@dataclass
class Office:
    """Yên Khê's documents: its records clerk, leaders and sections, and short names for what tests do."""

    world: World

    @property
    def clerk(self) -> Actor:
        return self.world.staff("vanthu")

    @property
    def chair(self) -> Actor:
        return self.world.staff("chutich")

    def unit(self, suffix: str = "") -> int:
        return self.world.made.units[f"{COMMUNE}-{suffix}" if suffix else COMMUNE]

    def position(self, key: str) -> int:
        return self.world.made.positions[f"{COMMUNE}{key}"]

    def letter(self, **values: Any) -> IncomingInput:
        given = {
            "sender": "Sở Nội vụ", "subject": "V/v báo cáo biên chế năm 2026", "number": "1284", "symbol": "SNV-TCBC",
            "issued_on": date(2026, 11, 17), "kind_name": "Công văn",
        }  # fmt: skip
        return IncomingInput(**{**given, **values})

    def register(self, forward: Forwarding | None = None, *, key: str = "", **values: Any) -> Registered:
        return services.register(
            self.clerk, self.letter(**values), forward or Forwarding(), key=key or uuid4().hex,
            another=values.pop("another", False),
        )  # fmt: skip

    def item(self, record: UUID, kind: str) -> ItemView:
        (found,) = [item for item in work.open_items(record) if item.kind == kind]
        return found

    def lead(self, suffix: str = "kt", day: int = 27) -> DirectionInput:
        return DirectionInput("lead", self.unit(suffix), due_at=datetime(2026, 11, day, 17, tzinfo=VN))

    def support(self, suffix: str = "vh", day: int = 26) -> DirectionInput:
        return DirectionInput("support", self.unit(suffix), due_at=datetime(2026, 11, day, 17, tzinfo=VN))
