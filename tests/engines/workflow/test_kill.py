"""A process killed inside ``complete`` leaves nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from django.db import connection, transaction

from congvu.engines.workflow import services
from congvu.engines.workflow.models import Definition, Instance, Seat, Token, WorkItem
from congvu.ground.events.models import Event
from congvu.ground.orgs.models import Position, Unit, UnitVersion
from congvu.ground.records.models import Record
from tests.engines.workflow.office import STEPS, Office

CHILD = """
import os, signal, sys, uuid, django
django.setup()
from django.conf import settings
from django.db import connections, transaction
connections["default"].settings_dict["NAME"] = sys.argv[1]
from congvu.common.actor import SYSTEM
from congvu.engines.workflow import services, store
real, at = store.save_instance, sys.argv[3]
def kill(*a):
    if at == "last":
        real(*a)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(store, "save_instance" if at == "last" else at, kill)
with transaction.atomic():
    services.complete(uuid.UUID(sys.argv[2]), actor=SYSTEM)
"""


def state():
    return (
        list(WorkItem.objects.order_by("id").values()),
        list(Token.objects.order_by("id").values()),
        list(Instance.objects.values()),
        sorted(Seat.objects.values_list("key", flat=True)),
        Event.objects.count(),
    )


# Without hours no calendar is asked: other tests with real commits empty every table afterwards.
UNTIMED = [replace(step, hours=None) for step in STEPS]


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """An office and a process in real, committed rows, taken away again afterwards."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            office = Office()
            definition = services.publish_definition("dung-giua-chung", title="Bốn bước", steps=UNTIMED).id
            record = office.record()
            services.start(definition, record.id, places=office.places, actor=office.clerk)
        yield office
        with transaction.atomic():
            for model in (Seat, WorkItem, Token, Instance, Definition, Event, Record, Position, UnitVersion, Unit):
                model.objects.all().delete()


@pytest.mark.parametrize("where", ["save_tokens", "open_items", "last"])
def test_killed_inside_the_transaction_nothing_moved(committed, where):
    item = WorkItem.objects.get().id
    before = state()
    name = connection.settings_dict["NAME"]
    child = subprocess.run(
        [sys.executable, "-c", CHILD, name, str(item), where], env=os.environ, check=False, capture_output=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    assert state() == before
    with transaction.atomic():
        services.complete(item, actor=committed.clerk)
    assert WorkItem.objects.filter(state="open").get().node == "assign"
