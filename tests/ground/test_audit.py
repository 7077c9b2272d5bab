"""Acts and the trail they leave."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from congvu.common.actor import SYSTEM, Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.ground.audit import acts, trail
from congvu.ground.audit.models import Entry, Link

CLERK = Actor(kind=ActorKind.STAFF, name="Phạm Thị Hoa", user_id=7, position_id=3, position_title="Công chức một cửa")


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(acts, "ACTS", {})


def allow(actor, *args):
    pass


def refuse(actor, *args):
    raise Forbidden("Không có quyền.")


@pytest.mark.django_db
def test_act_writes_one_entry_with_values_of_the_actor(registry):
    record = uuid.uuid4()

    @acts.act("test.do", policy=allow, label="Thử")
    def do(actor, number):
        acts.note(record=record, number=number)
        return number + 1

    assert do(CLERK, 41) == 42
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_name, entry.position, entry.record) == ("test.do", "Phạm Thị Hoa", 3, record)
    assert entry.detail == {"number": 41}
    assert entry.digest == trail.entry_digest(Entry.objects.get())


@pytest.mark.django_db
def test_refused_act_leaves_nothing(registry):
    @acts.act("test.do", policy=refuse, label="Thử")
    def do(actor):
        raise AssertionError("ran")

    with pytest.raises(Forbidden):
        do(CLERK)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_act_inside_act_fails_loudly_and_leaves_nothing(registry):
    @acts.act("test.inner", policy=allow, label="Trong")
    def inner(actor):
        pass

    @acts.act("test.outer", policy=allow, label="Ngoài")
    def outer(actor):
        inner(actor)

    with pytest.raises(RuntimeError, match=r"test\.inner called inside act test\.outer"):
        outer(CLERK)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_seal_chains_and_verify_holds():
    for number in range(3):
        trail.write_entry(SYSTEM, "test.do", None, {"n": number})
    assert trail.verify().unsealed == 3
    assert trail.seal() == 3
    trail.write_entry(SYSTEM, "test.do", None, {"n": 3})
    verdict = trail.verify()
    assert (verdict.sealed, verdict.unsealed, verdict.intact) == (3, 1, True)
    assert verdict.head == Link.objects.get(position=3).chain
    assert trail.seal() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit_entry SET actor_name = 'Khác'", "was changed"),
        ("DELETE FROM audit_entry WHERE detail->>'n' = '1'", "is gone"),
        ("DELETE FROM audit_link WHERE position = 2", "is missing"),
    ],
)
def test_tampering_is_told(statement, words):
    for number in range(3):
        trail.write_entry(SYSTEM, "test.do", None, {"n": number})
    trail.seal()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER; ALTER TABLE audit_link DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER; ALTER TABLE audit_link ENABLE TRIGGER USER")
    verdict = trail.verify()
    assert not verdict.intact
    assert any(words in line for line in verdict.broken)


@pytest.mark.django_db
def test_trail_refuses_change_even_by_the_owner():
    trail.write_entry(SYSTEM, "test.do", None, {})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(actor_name="x")


@pytest.mark.django_db
def test_application_role_has_no_right_to_change_the_trail():
    trail.write_entry(SYSTEM, "test.do", None, {})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('congvu_app', 'audit_entry', 'UPDATE'), "
            "has_table_privilege('congvu_app', 'audit_entry', 'DELETE'), "
            "has_table_privilege('congvu_app', 'audit_entry', 'INSERT')"
        )
        assert cursor.fetchone() == (False, False, True)
