"""The small world with issuers, so that its first communes keep books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from tests.domains.documents.office import Office
    from tests.world import World


@pytest.fixture
def office(world: World) -> Office:
    from congvu.boot.demo import issuers
    from tests.domains.documents.office import Office

    issuers.load(world.made, communes=2)
    return Office(world)


@pytest.fixture
def signing_office(world: World, pki: object) -> Office:  # noqa: F811
    """The office with a test infrastructure, certificates opened, and pictures of signature and seal."""
    from congvu.boot.demo import issuers
    from congvu.common.actor import SYSTEM
    from congvu.domains.documents import services
    from congvu.domains.documents.selectors import issuer
    from congvu.engines.typeset import services as typeset
    from tests.domains.documents.office import Office

    issuers.load(world.made, communes=2)
    office = Office(world, pki)
    for login in ("chutich", "phochutich"):
        picture = typeset.demo_signature(world.staff(login).name)
        services.set_picture(SYSTEM, picture, user=world.made.users[login])
    services.set_picture(SYSTEM, typeset.demo_seal("UBND xã Yên Khê"), issuer=issuer("xa-yen-khe").id)
    return office
