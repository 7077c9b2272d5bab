"""Actors and rows of the tests."""

from __future__ import annotations

import copy

from congvu.common.actor import Actor, ActorKind

ADMIN = Actor(kind=ActorKind.STAFF, name="Lò Thị Mây", user_id=1, roles=frozenset({"admin"}))
CLERK = Actor(kind=ActorKind.STAFF, name="Vừ A Dếnh", user_id=2, roles=frozenset({"clerk"}))

ROW = {
    "code": "1.999001",
    "name": "Thủ tục đăng ký mái che di động",
    "field": "Hộ kinh doanh",
    "level": "Cấp xã",
    "agency": "Ủy ban nhân dân cấp xã",
    "time": {"value": 3, "unit": "ngày làm việc"},
    "papers": [{"name": "Đơn đề nghị", "original": 1, "copy": 0, "group": None}],
    "steps": None,
}


def make_row(**changes):
    return {**copy.deepcopy(ROW), **changes}
