"""Sessions are read while they run; those that are over go in the night."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.models import Session
from django.core import signing
from django.utils import timezone

from congvu.ground.accounts.jobs import forget_sessions
from congvu.ground.accounts.sessions import SessionStore


def test_only_sessions_that_are_over_go(db):
    for key, minutes in (("over", -1), ("running", 1)):
        Session.objects.create(
            session_key=key, session_data="x", expire_date=timezone.now() + timedelta(minutes=minutes)
        )
    forget_sessions(0)
    assert [row.session_key for row in Session.objects.all()] == ["running"]


def test_a_session_is_read_while_it_runs_and_forgotten_afterwards(db, django_assert_num_queries):
    kept = SessionStore()
    kept["post"] = 7
    kept.save()
    with django_assert_num_queries(1):
        assert dict(SessionStore(kept.session_key).items()) == {"post": 7}
    plain = signing.loads(Session.objects.get().session_data, salt=kept.key_salt, serializer=kept.serializer)
    assert plain == {"post": 7}
    assert kept.key_salt == DjangoStore().key_salt, "sessions begun before an update stay"
    Session.objects.update(expire_date=timezone.now())
    for key in (kept.session_key, "khongcophiennay"):
        gone = SessionStore(key)
        assert gone.get("post") is None
        assert gone.session_key is None
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1), session_data="sai")
    assert SessionStore(kept.session_key).get("post") is None
