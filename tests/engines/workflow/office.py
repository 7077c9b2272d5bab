"""An office with a record, and processes running for it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from congvu.common.actor import Actor, ActorKind
from congvu.common.zones import VN
from congvu.engines.workflow.types import Step
from congvu.ground.orgs.models import Position, Unit, UnitVersion
from congvu.ground.records.services import change, open_record

TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=VN)


class Office:
    """Two units with their people as actors."""

    def __init__(self) -> None:
        self.center = self._unit("trung-tam", "Trung tâm")
        self.dept = self._unit("phong-van-hoa", "Phòng Văn hóa – Xã hội")
        self.clerk = self._actor("Lò Thị Mây", "clerk", self.center)
        self.head = self._actor("Hà Văn Suối", "head", self.dept)
        self.expert = self._actor("Vi Văn Núi", "specialist", self.dept)
        self.other_expert = self._actor("Cầm Thị Đồi", "specialist", self.dept)
        self.chair = self._actor("Quàng Văn Bản", "chair", self.center)

    def _unit(self, key: str, name: str) -> int:
        unit = Unit.objects.create(key=key)
        UnitVersion.objects.create(unit=unit, valid_from=date(2025, 7, 1), name=name, type="center", level="commune")
        return unit.id

    def _actor(self, name: str, role: str, unit: int) -> Actor:
        post = Position.objects.create(unit_id=unit, title=f"Vị trí {role}", roles=[role], valid_from=date(2025, 7, 1))
        return Actor(
            ActorKind.STAFF,
            name,
            user_id=post.id,
            position_id=post.id,
            position_title=post.title,
            unit_id=unit,
            roles=frozenset([role]),
            unit_ids=frozenset([unit]),
        )

    def record(self, code: str = "", due: datetime | None = None, title: str = "Khai sinh") -> object:
        record = open_record(
            kind="dossier",
            title=title,
            unit=self.center,
            state="open",
            readers=[f"u:{self.center}"],
            opened_at=TUESDAY,
            code=code,
        )
        return change(record, due_at=due)

    @property
    def places(self) -> dict[str, int]:
        return {"center": self.center, "dept": self.dept, "authority": self.center}


STEPS = [
    Step("receive", "Tiếp nhận", "clerk", "center", Decimal("2"), "Tiếp nhận", "receive", ("next",)),
    Step("assign", "Phân công", "head", "dept", Decimal("2"), "", "assign"),
    Step("appraise", "Thẩm định", "specialist", "dept", Decimal("10"), "Thẩm định", "appraise"),
    Step("approve", "Ký duyệt", "chair", "authority", Decimal("4"), "Phê duyệt", "approve"),
]
