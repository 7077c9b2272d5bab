"""Tries are counted for all web processes together, and nothing of the caller is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from congvu.common.errors import TooMany
from congvu.ground.accounts.brake import forget_attempts
from congvu.ground.accounts.models import Attempt
from congvu.ground.accounts.services import count_attempt

PLACE = "203.0.113.7"


def tries(number: int, what: str = "lookup", place: str = PLACE) -> None:
    for _try in range(number):
        count_attempt(what, place, most=3, seconds=600)


def test_one_more_than_allowed_is_refused_and_says_how_long_to_wait(db):
    tries(3)
    with pytest.raises(TooMany, match="Hãy đợi 10 phút"):
        tries(1)


def test_another_place_and_another_kind_count_apart(db):
    tries(3)
    tries(3, place="203.0.113.8")
    tries(3, what="rating")
    assert sorted(Attempt.objects.values_list("number", flat=True)) == [3, 3, 3]


def test_a_window_that_is_over_begins_anew(db):
    tries(3)
    Attempt.objects.update(until=datetime(2026, 1, 1, tzinfo=UTC))
    before = timezone.now()
    tries(1)
    row = Attempt.objects.get()
    assert row.number == 1
    assert row.until > before + timedelta(minutes=9)


def test_no_address_is_kept_and_what_is_over_goes(db):
    tries(1)
    assert PLACE not in Attempt.objects.get().key
    assert forget_attempts() == 0
    Attempt.objects.update(until=datetime(2026, 1, 1, tzinfo=UTC))
    assert forget_attempts() == 1
    assert not Attempt.objects.exists()
