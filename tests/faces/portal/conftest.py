"""One world for each test module, inside a transaction that is taken back when the module ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine

if TYPE_CHECKING:
    from django.test import Client

    from tests.faces.portal.world import World


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker) -> Iterator[World]:
    from django.db import transaction

    from tests.faces.portal.world import NOW, build

    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            world = build()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db) -> Iterator[World]:
    from django.core.cache import cache

    from tests.faces.portal.world import NOW

    cache.clear()
    with time_machine.travel(NOW, tick=True):
        yield _built


@pytest.fixture
def mother(world: World) -> Client:
    return world.client(world.mother)


@pytest.fixture
def neighbour(world: World) -> Client:
    return world.client(world.neighbour)


@pytest.fixture
def anybody(world: World) -> Client:
    return world.client()


@pytest.fixture(scope="module")
def site(django_db_setup):
    """A web process of its own over a filled world; see ``tests.faces.portal.site``."""
    from tests.faces.portal.site import running

    with running() as found:
        yield found


@pytest.fixture(scope="module")
def browser():
    from tests.browser import chromium

    with chromium() as found:
        yield found
