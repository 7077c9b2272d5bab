"""Fixtures of the rooms that journeys join."""

from __future__ import annotations

from tests.domains.documents.conftest import clock, office, pki, signing_office  # noqa: F401 - fixtures
from tests.engines.signing.conftest import desk  # noqa: F401 - fixture
