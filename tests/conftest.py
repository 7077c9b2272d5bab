"""Tests run on a real PostgreSQL of their own, cloned from a template migrated once per set of migrations."""

from __future__ import annotations

import os
from pathlib import Path

from tests.place import ROOT, fingerprint

# Never the home of a running program: its prepared static files and its identity provider are not ours.
_home = Path(os.environ.get("CONGVU_HOME") or ROOT / "var")
os.environ["CONGVU_HOME"] = str(_home if _home.name == "test" else _home / "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
os.environ["CONGVU_AS_OWNER"] = "1"

import pytest  # noqa: E402

from congvu.boot import postgres  # noqa: E402
from congvu.boot.config import load  # noqa: E402


def _template(cluster: postgres.Cluster) -> str:
    """The name of a migrated, unused database; made if it is missing."""
    import psycopg

    name = f"template_{fingerprint()}"
    with psycopg.connect(cluster.url(postgres.SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")
        connection.execute(f"GRANT SET ON PARAMETER session_replication_role TO {postgres.OWNER}")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        connection.execute(f'DROP DATABASE IF EXISTS "{name}_new" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}_new" OWNER {postgres.OWNER}')
        postgres.extend(cluster, f"{name}_new")
        _migrate(f"{name}_new")
        connection.execute(f'ALTER DATABASE "{name}_new" RENAME TO "{name}"')
        for (old,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template!_%' ESCAPE '!'"):
            if old != name:
                connection.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
    return name


def _migrate(database: str) -> None:
    import subprocess
    import sys

    url = postgres.Cluster(load().home).url(postgres.OWNER, database)
    environment = {**os.environ, "CONGVU_OWNER_DATABASE_URL": url, "CONGVU_AS_OWNER": "1"}
    subprocess.run([sys.executable, "-m", "congvu.boot.cli", "migrate"], check=True, env=environment)


def _apart(settings) -> None:
    """Each worker has its database and with it a store and keys of its own: a sweep of one takes what no row of its
    database knows, and must not find what another has just put away."""
    place = load().home / (os.environ.get("PYTEST_XDIST_WORKER") or "alone")
    settings.FILES_ROOT, settings.SIGNING_KEYS = place / "files", place / "keys"


def pytest_configure() -> None:
    from django.conf import settings
    from django.db import connections

    from congvu.boot import messages

    messages.compile_all(settings.LOCALE_PATHS[0])
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    _apart(settings)
    cluster = postgres.Cluster(load().home)
    if not os.environ.get("CONGVU_OWNER_DATABASE_URL"):
        postgres.start(cluster)
        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = _template(cluster)
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = settings.DATABASES["default"]["TEST"]["TEMPLATE"]
    settings.DATABASES["default"]["OPTIONS"] = {}
    connections["default"].settings_dict["OPTIONS"] = {}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db):
    """See ``tests.world``."""
    from tests.world import small_world

    with small_world() as made:
        yield made


def pytest_collection_modifyitems(items):
    """Tests that share a server or a killer of their own stay together on one worker."""
    for item in items:
        shared = any(item.get_closest_marker(name) for name in ("browser", "kill", "schema"))
        if shared or item.module.__name__.endswith("citizen_sign_in"):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
