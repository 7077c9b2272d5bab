"""Migrating, and the rights of the application's role afterwards."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

APPEND_ONLY = ("audit_entry", "audit_link", "audit_dayseal", "events_event")


def migrate(*, verbosity: int = 0) -> None:
    """Apply all migrations as the owner of the tables, then grant. Safe to repeat."""
    call_command("migrate", verbosity=verbosity, interactive=False)
    call_command("createcachetable", verbosity=verbosity)
    grant()


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
