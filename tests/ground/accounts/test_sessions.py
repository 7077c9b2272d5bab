"""Sessions that are over go in the night; what is running stays."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from congvu.ground.accounts.jobs import forget_sessions


def test_only_sessions_that_are_over_go(db):
    for key, minutes in (("over", -1), ("running", 1)):
        Session.objects.create(
            session_key=key, session_data="x", expire_date=timezone.now() + timedelta(minutes=minutes)
        )
    forget_sessions(0)
    assert [row.session_key for row in Session.objects.all()] == ["running"]
