"""The small world with issuers, so that its first communes keep books."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from tests.domains.documents.office import Office
    from tests.engines.signing.pki import Pki
    from tests.world import World


@pytest.fixture
def office(world: World) -> Office:
    from tests.domains.documents.office import Office, issuers

    issuers(world)
    return Office(world)


@pytest.fixture
def signing_office(world: World, pki: Pki, settings: Any, tmp_path: Path) -> Office:  # noqa: F811
    """The office with a test infrastructure, certificates in the register, and pictures of signature and seal."""
    from tests.domains.documents.office import Office, certificates, issuers, key_files, pictures

    settings.SIGNING_KEYS = tmp_path
    issuers(world)
    office = Office(world, pki)
    key_files(pki, tmp_path)
    pictures(world)
    certificates(office)
    return office
