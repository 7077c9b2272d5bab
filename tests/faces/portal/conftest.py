"""One world for each test module, inside a transaction that is taken back when the module ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from congvu.ground.accounts.models import User
from tests.faces.portal.world import NOW, World, build


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            world = build()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db) -> Iterator[World]:
    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield _built


@pytest.fixture
def mother(world: World) -> Client:
    return world.client(User.objects.get(username="huong"))


@pytest.fixture
def neighbour(world: World) -> Client:
    return world.client(User.objects.get(username="tuan"))


@pytest.fixture
def anybody(world: World) -> Client:
    return world.client()
