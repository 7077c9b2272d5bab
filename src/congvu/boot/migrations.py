"""Migrating, and the rights of the application's role afterwards."""

from __future__ import annotations

import contextlib
import gc
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

APPEND_ONLY = ("audit_entry", "audit_link", "audit_dayseal", "audit_viewing", "events_event")
CACHE_TABLE = "django_cache"
# Fixed key of the advisory lock under which one process migrates at a time.
LOCK = 7_310_001


def migrate(*, verbosity: int = 0) -> None:
    """Apply all migrations as the owner of the tables, then grant. Safe to repeat, and by two at once."""
    with _one_at_a_time():
        with _nothing_collected():
            call_command("migrate", verbosity=verbosity, interactive=False)
        call_command("createcachetable", verbosity=verbosity)
        grant()


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Every step renders models anew and they live to the end: looking for what could go costs a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Held by a connection of its own, so that it ends with this process whatever happens."""
    from congvu.boot.settings import OWNER_URL

    with psycopg.connect(OWNER_URL, autocommit=True) as holder:
        holder.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield


def is_current() -> bool:
    """Whether every migration of this program is applied and the application's role may use the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass('django_migrations') IS NOT NULL"
            " AND has_table_privilege(to_regclass('django_migrations'), 'SELECT')"
            " AND to_regclass(%s) IS NOT NULL",
            [CACHE_TABLE],
        )
        row = cursor.fetchone()
        if row is None or not row[0]:
            return False
        cursor.execute("SELECT app, name FROM django_migrations")
        return shipped() <= set(cursor.fetchall())


def shipped() -> set[tuple[str, str]]:
    """Application and name of every migration this program carries, from the names of the files alone."""
    return {
        (app.label, module.name)
        for app in apps.get_app_configs()
        for module in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
        if module.name[0] not in "_~"
    }


def grant() -> None:
    """The application may read and write everything except rewrite the trail and the outbox."""
    from congvu.boot.settings import APPLICATION_URL, OWNER_URL

    role = conninfo_to_dict(APPLICATION_URL).get("user")
    if not role or role == conninfo_to_dict(OWNER_URL).get("user"):
        return
    name = connection.ops.quote_name(str(role))
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        for table in APPEND_ONLY:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
