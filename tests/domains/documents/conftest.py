"""The small world with issuers, so that its first communes keep books."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from congvu.common.zones import VN
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from tests.domains.documents.office import Office
    from tests.engines.signing.pki import Pki
    from tests.world import World


@pytest.fixture
def office(world: World) -> Office:
    from congvu.boot.demo import issuers
    from tests.domains.documents.office import Office

    issuers.load(world.made, communes=2)
    return Office(world)


@pytest.fixture
def signing_office(world: World, pki: Pki, settings: Any, tmp_path: Path) -> Office:  # noqa: F811
    """The office with a test infrastructure, certificates in the register, and pictures of signature and seal."""
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
    settings.SIGNING_KEYS = tmp_path
    for name, login in (("chair", "chutich"), ("revoked", "chutich"), ("ending", "phochutich"), ("agency", "")):
        register(office, name, login)
    with time_machine.travel(datetime(2026, 3, 2, 8, tzinfo=VN), tick=False):
        register(office, "expired", "")
    return office


def register(office: Office, name: str, login: str) -> int:
    """The certificate of that name in the register of Yên Khê, its key in a file: a person's, or the agency's."""
    from django.conf import settings

    from congvu.common.actor import SYSTEM
    from congvu.engines.signing import services
    from congvu.engines.signing.types import HolderKind, Issued, Provider, Wish
    from tests.engines.signing.pki import PIN

    made = getattr(office.pki, name)
    (Path(settings.SIGNING_KEYS) / f"{name}.p12").write_bytes(made.pkcs12(PIN))
    kind = HolderKind.PERSON if login else HolderKind.ORGANISATION
    paper = services.ask(SYSTEM, Wish(kind, office.unit(), office.world.made.users.get(login), reason="Ký số"))
    return services.issue(SYSTEM, paper, Issued(made.der, Provider.PKCS12, f"{name}.p12"))
