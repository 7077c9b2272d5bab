"""The pages about certificates in a real browser: no findings of axe, nothing sideways at 320 px."""

from __future__ import annotations

import pytest

from congvu.engines.signing.models import Certificate
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.faces.desk.test_journeys import browser, findings, office, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOOK = "/quan-tri/chung-thu-so/"


def test_register_requests_pictures_and_roots_are_clean(office, signing_office):  # noqa: F811
    row = Certificate.objects.get(content=signing_office.pki.chair.der)
    found = {}
    for login, path in (
        ("vanthu", BOOK), ("vanthu", f"{BOOK}de-nghi"), ("vanthu", f"{BOOK}{row.id}/"),
        ("vanthu", "/lam-viec/cho-ky/anh"), ("quantri", f"{BOOK}goc"),
    ):  # fmt: skip
        with office(login, path) as page:
            found[path] = findings(page)
    assert {path: lines for path, lines in found.items() if lines} == {}
