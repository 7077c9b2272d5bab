"""The catalogue of the 360 shipped procedures."""

from __future__ import annotations

import pytest

from tests.domains.procedures.samples import ADMIN


@pytest.fixture(scope="module")
def catalogue(django_db_setup, django_db_blocker):
    """The import report; the catalogue stands for the whole module in a transaction that is rolled back at its end."""
    from django.db import transaction

    from congvu.domains.procedures import services

    with django_db_blocker.unblock(), transaction.atomic():
        yield services.import_rows(ADMIN, services.shipped_rows())
        transaction.set_rollback(True)
