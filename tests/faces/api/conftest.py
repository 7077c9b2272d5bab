"""Programs outside with a post and a token each."""

from __future__ import annotations

import pytest


@pytest.fixture
def counter(world):
    """A program that works at the counter of Yên Khê."""
    from tests.faces.api.caller import caller

    return caller("xa-yen-khe-tt", "clerk")


@pytest.fixture
def stranger(world):
    """A program at the counter of another commune."""
    from tests.faces.api.caller import caller

    return caller("xa-dong-lam-tt", "clerk")


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
