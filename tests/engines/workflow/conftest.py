"""Fixtures; models are imported when they run, for Django is set up after this file is read."""

from __future__ import annotations

import pytest


@pytest.fixture
def office(db):
    """Two units with their people as actors."""
    from tests.engines.workflow.office import Office

    return Office()


@pytest.fixture
def four(db):
    """The id of a published process of four steps."""
    from congvu.engines.workflow import services
    from tests.engines.workflow.office import STEPS

    return services.publish_definition("bon-buoc", title="Bốn bước", steps=STEPS).id
