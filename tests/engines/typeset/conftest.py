"""Two set documents that many tests of layout read."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def letter():
    from congvu.engines.typeset import services
    from tests.engines.typeset import documents

    return services.set_official(documents.LETTER)


@pytest.fixture(scope="module")
def decision():
    from congvu.engines.typeset import services
    from tests.engines.typeset import documents

    return services.set_official(documents.DECISION)
