"""Documents made known in the first commune: one that nearly everybody has confirmed, one overdue, one just begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import time_machine

from congvu.boot.demo.arrivals import HOME, days_back, holder
from congvu.boot.demo.organisation import Organisation
from congvu.common.actor import Actor
from congvu.common.zones import at
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import SpreadInput
from congvu.ground.audit.services import viewed
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import selectors as calendars

BETWEEN = timedelta(minutes=11)


@dataclass(frozen=True, slots=True)
class Scene:
    """What was made known how many working days ago, by whom, and how many people have not confirmed.

    ``symbol`` is the number and symbol of the incoming document; an own notice has none.
    """

    ago: int
    by: tuple[str, str]
    units: tuple[str, ...]
    days: int
    lacking: int
    symbol: str = ""
    title: str = ""
    text: str = ""
    note: str = ""


SCENES = (
    Scene(2, ("", "chair"), ("-vp", "-kt", "-vh", "-tt"), 5, 1, symbol="88/KH-UBND",
          note="Mỗi đơn vị chú ý phần việc của mình ở Phụ lục."),
    Scene(6, ("-vp", "head"), ("-kt", "-vh"), 2, 4, title="Cảnh báo giả danh cán bộ thuế gọi điện yêu cầu cài ứng dụng",
          text="Không cài ứng dụng theo đường dẫn lạ, không đọc mã xác thực cho bất kỳ ai. "
               "Gặp cuộc gọi như vậy, báo ngay Công an xã.",
          note="Nhắc người dân đến làm thủ tục tại quầy."),
    Scene(1, ("-vp", "registrar"), ("", "-vp", "-kt"), 3, 7, symbol="1544/UBND-NC",
          note="Chú ý quy định về giờ làm việc và trực dịp cuối năm."),
)  # fmt: skip


def play(made: Organisation, *, now: datetime) -> int:
    """Play the scenes unless something was made known. Returns how many there are now."""
    clerk = holder(made, f"{HOME}-vp", "registrar")
    if documents.disseminations(clerk, limit=1)[0]:
        return 0
    days = list(days_back(now, calendars.calendar("vn")))
    return sum(_one(made, clerk, scene, place, days, now) for place, scene in enumerate(SCENES))


def _one(made: Organisation, clerk: Actor, scene: Scene, place: int, days: list[date], now: datetime) -> int:
    document = _document(clerk, scene.symbol) if scene.symbol else None
    moment = at(days[scene.ago], 15, 5 * place)
    given = SpreadInput(
        document=document, title=scene.title, text=scene.text, note=scene.note, days=scene.days,
        units=tuple(made.units[f"{HOME}{unit}"] for unit in scene.units),
    )  # fmt: skip
    with time_machine.travel(moment, tick=True):
        record = services.disseminate(holder(made, HOME + scene.by[0], scene.by[1]), given, key=f"demo-spread-{place}")
    readers = documents.dissemination(clerk, record).readers
    known = {made.users[login] for login in ("chuyenmon", "phochutich", "chutich")}
    # Those whose doors the demo shows come last, so that they have something to read.
    order = sorted(readers, key=lambda one: one.user_id in known)
    for number, one in enumerate(order[: len(order) - scene.lacking], 1):
        actor = orgs.staff_actor(one.user_id, one.position_id)
        with time_machine.travel(min(moment + number * BETWEEN, now), tick=True):
            viewed(actor, document or record)
            services.confirm_reading(actor, record)
    return 1


def _document(clerk: Actor, symbol: str) -> UUID:
    """The incoming document of that symbol."""
    (found,) = documents.incoming_list(clerk, documents.IncomingQuery(text=symbol)).rows
    return found.id
