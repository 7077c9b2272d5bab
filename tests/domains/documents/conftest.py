"""The small world with issuers, so that its first communes keep books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.domains.documents.office import Office
    from tests.world import World


@pytest.fixture
def office(world: World) -> Office:
    from congvu.boot.demo import issuers
    from tests.domains.documents.office import Office

    issuers.load(world.made, communes=2)
    return Office(world)
