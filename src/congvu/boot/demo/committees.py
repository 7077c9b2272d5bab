"""The Party committee and the Fatherland Front of the first commune: what came and what they wrote, in own books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import time_machine

from congvu.boot.demo.arrivals import days_back, holder
from congvu.boot.demo.organisation import FRONT_KEY, PARTY_KEY, Organisation
from congvu.boot.demo.outgoing import Stage, keys, pictures
from congvu.boot.demo.territory import COMMUNES, PROVINCE
from congvu.common.actor import Actor
from congvu.common.zones import at
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import Forwarding, IncomingInput
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import selectors as calendars


@dataclass(frozen=True, slots=True)
class Came:
    """A letter on paper that the records clerk registered."""

    sender: str
    number: str
    symbol: str
    kind: str
    subject: str


_XA = COMMUNES[0].full
_COMMITTEE = f"Ủy ban nhân dân {_XA}"
CAME = {
    PARTY_KEY: (
        Came(f"Tỉnh ủy {PROVINCE}", "214", "-CV/TU", "Công văn", "V/v đánh giá, xếp loại tổ chức đảng năm 2026"),
        Came(_COMMITTEE, "31", "TTr-UBND", "Tờ trình", "Xin chủ trương đầu tư nâng cấp đường liên thôn Nà Pá"),
    ),
    FRONT_KEY: (
        Came(_COMMITTEE, "412", "UBND-VHXH", "Công văn", "V/v phối hợp tổ chức Ngày hội Đại đoàn kết toàn dân tộc"),
    ),
}
WROTE: dict[str, tuple[dict[str, Any], ...]] = {
    PARTY_KEY: (
        {
            "kind": "D-QD", "unit": "vp", "ago": 6, "ends": "issued", "to": [],
            "copies": ["Như Điều 3", "Các chi bộ trực thuộc"],
            "subject": "Về việc thành lập Ban Chỉ đạo chuyển đổi số của Đảng bộ xã",
            "bases": ["Căn cứ Điều lệ Đảng", "Xét đề nghị của Văn phòng Đảng ủy"],
            "text": "Điều 1. Thành lập Ban Chỉ đạo chuyển đổi số của Đảng bộ xã gồm 9 đồng chí, do đồng chí Bí thư làm "
                    "Trưởng ban.\nĐiều 2. Ban Chỉ đạo làm việc theo quy chế, họp mỗi quý một lần.\n"
                    "Điều 3. Văn phòng Đảng ủy và các đồng chí có tên chịu trách nhiệm thi hành Quyết định này.",
        },
        {
            "kind": "D-CV", "unit": "vp", "ago": 0, "ends": "sign", "to": [_COMMITTEE],
            "subject": "cho ý kiến về chủ trương nâng cấp đường liên thôn Nà Pá",
            "text": "Ban Thường vụ Đảng ủy thống nhất chủ trương nâng cấp đường liên thôn Nà Pá.\n"
                    "Đề nghị Ủy ban nhân dân xã hoàn thiện thủ tục và báo cáo tiến độ hằng tháng.",
        },
        {
            "kind": "D-TB", "unit": "vp", "ago": 1, "ends": "draft", "to": [], "copies": ["Các chi bộ trực thuộc"],
            "subject": "Kết luận của Ban Thường vụ tại phiên họp tháng 11 năm 2026",
            "text": "Ban Thường vụ đã nghe báo cáo tình hình kinh tế - xã hội tháng 11 và kết luận như sau.",
        },
    ),
    FRONT_KEY: (
        {
            "kind": "KH", "unit": "vp", "ago": 5, "ends": "issued", "to": [],
            "copies": ["Ban công tác Mặt trận các thôn"],
            "subject": "Tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư năm 2026",
            "text": "Ngày hội được tổ chức ở cả 14 thôn, có phần lễ, phần hội và biểu dương gia đình văn hóa.\n"
                    "Ban công tác Mặt trận các thôn chủ trì, báo cáo kết quả trước ngày 25 tháng 11 năm 2026.",
        },
        {
            "kind": "TTR", "unit": "vp", "ago": 0, "ends": "sign", "to": [_COMMITTEE],
            "subject": "Hỗ trợ kinh phí tặng quà hộ nghèo dịp Tết Nguyên đán Đinh Mùi",
            "text": "Ban Thường trực đề nghị hỗ trợ kinh phí tặng quà 86 hộ nghèo, mỗi suất trị giá 500.000 đồng.",
        },
    ),
}  # fmt: skip


def play(made: Organisation, *, now: datetime) -> int:
    """Play what came and what was written unless it is there. Returns how many documents there are."""
    return sum(_one(made, key, now) for key in (PARTY_KEY, FRONT_KEY))


def _one(made: Organisation, key: str, now: datetime) -> int:
    stage = Stage(made, now, holder(made, key, "chair"), holder(made, f"{key}-vp", "registrar"), home=key)
    if documents.outgoing_list(stage.clerk, documents.OutgoingQuery(), limit=1).rows:
        return 0
    days = list(days_back(now, calendars.calendar("vn")))
    for place, letter in enumerate(CAME[key]):
        with time_machine.travel(at(days[3 - place], 9, 10), tick=True):
            _register(stage.clerk, letter, place)
    pictures(made, now, key, orgs.unit(made.units[key]).short_name)
    with keys(stage):
        for place, part in enumerate(WROTE[key]):
            stage.play(part, place)
    return len(CAME[key]) + len(WROTE[key])


def _register(clerk: Actor, letter: Came, place: int) -> None:
    """On paper: the scan comes later, which the book allows."""
    given = IncomingInput(
        sender=letter.sender, subject=letter.subject, number=letter.number, symbol=letter.symbol,
        kind_name=letter.kind, pages=2, channel="paper",
    )  # fmt: skip
    services.register(clerk, given, Forwarding(), key=f"demo-committee-{place}")
