"""Signing in to the desk without the sign-in page."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from congvu.ground.orgs.types import SESSION_POST

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk(world):
    """``desk("motcua")``: a client signed in as this official, in the main post or the one given."""

    def sign_in(login: str, position: int | None = None) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(username=login), BACKEND)
        if position is not None:
            session = client.session
            session[SESSION_POST] = position
            session.save()
        return client

    return sign_in


@pytest.fixture
def fresh_database(transactional_db) -> None:
    """Transactional tests leave empty tables behind: clone the migrated template again, figures and calendars in it."""
    import psycopg
    from django.db import connection, connections

    from congvu.boot import postgres
    from congvu.boot.config import load

    name, template = connection.settings_dict["NAME"], connection.settings_dict["TEST"].get("TEMPLATE")
    if not template:
        pytest.skip("needs the template database of the local cluster")
    connections.close_all()
    with psycopg.connect(postgres.Cluster(load().home).url(postgres.SUPERUSER, "postgres"), autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {postgres.OWNER}')
