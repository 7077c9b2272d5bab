"""Orders for tests: the commune's chair gives its economic section a task."""

from __future__ import annotations

from datetime import datetime

from congvu.common.zones import VN
from congvu.domains.tasks import services
from congvu.domains.tasks.types import Holder, TaskOrder

# Thursday 26/11/2026 17:00; Tuesday 24/11 is a holiday, so four working days after the start of the tests.
DUE = datetime(2026, 11, 26, 17, 0, tzinfo=VN)
UNIT = "xa-yen-khe"


def post(world, login: str) -> Holder:
    """The unit and post of an official."""
    actor = world.staff(login)
    return Holder(actor.unit_id, actor.position_id)


def order(world, **values) -> TaskOrder:
    given = {"title": "Rà soát diện tích lúa vụ đông", "output": "Báo cáo bằng văn bản", "due": DUE}
    return TaskOrder(**{"owner": post(world, "chuyenmon"), **given, **values})


def give(world, **values):
    """A task of the chair for the specialist of the economic section."""
    return services.give(world.staff("chutich"), order(world, **values))
