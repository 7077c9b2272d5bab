"""Certificates that end soon are told at 90, 60 and 30 days, each distance once."""

from __future__ import annotations

from datetime import datetime

from congvu.common.zones import VN
from congvu.engines.signing import jobs
from congvu.ground.notifications import selectors as notifications
from tests.engines.signing.test_certificates import given, house  # noqa: F401 - a fixture


def told(actor):
    return [row.subject for row in notifications.messages_of(actor).rows if row.kind == "certificate_ending"]


def test_each_distance_once(house):  # noqa: F811
    given(house, house.pki.ending)  # ends on 1/12/2026
    person, clerk = house.staff("phochutich"), house.staff("vanthu")
    for day, expected in (
        (datetime(2026, 8, 20, 7, 20, tzinfo=VN), []),
        (datetime(2026, 9, 2, 7, 20, tzinfo=VN), [90]),
        (datetime(2026, 9, 3, 7, 20, tzinfo=VN), [90]),
        (datetime(2026, 10, 5, 7, 20, tzinfo=VN), [57, 90]),
        (datetime(2026, 11, 1, 7, 20, tzinfo=VN), [30, 57, 90]),
        (datetime(2026, 11, 19, 7, 20, tzinfo=VN), [30, 57, 90]),
    ):
        house.clock.move_to(day)
        jobs.warn_ending(0)
        jobs.warn_ending(0)
        subjects = [f"Chứng thư chữ ký số của Vũ Thị Lan còn {left} ngày" for left in expected]
        assert told(person) == subjects
        assert told(clerk) == subjects
