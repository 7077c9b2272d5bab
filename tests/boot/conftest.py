from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from congvu.boot.demo import front


@pytest.fixture
def demo(settings):
    """An installation that is a demonstration on this machine."""
    importlib.import_module("congvu.boot.urls")  # the house's addresses, read before the setting is another
    settings.DEMO = settings.DEMO_FRONT = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "congvu.binhlam.example"]
    # The application list itself cannot be changed in a running process: the queue registers its tasks once.
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [Path(front.__file__).with_name("templates")]}]
    settings.ROOT_URLCONF = "tests.boot.demo_urls"
    return settings
