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
