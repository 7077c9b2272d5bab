"""Commands of the launcher: the database, migrations and, for developers, Django's own."""

from __future__ import annotations

import argparse
from typing import Any

from congvu.boot import postgres
from congvu.boot.config import load


def register(commands: Any) -> None:
    database = commands.add_parser("db", help="start, stop or ask the local database")
    database.add_argument("verb", choices=["start", "stop", "status"])
    database.add_argument("--json", action="store_true")
    database.set_defaults(run=_db, needs_django=False)
    migrate = commands.add_parser("migrate", help="bring the database to this version and set the roles' rights")
    migrate.set_defaults(run=_migrate, needs_owner=True)
    django = commands.add_parser("django", help="run a Django management command as the owner of the tables")
    django.add_argument("arguments", nargs=argparse.REMAINDER)
    django.set_defaults(run=_django, needs_owner=True)


def _db(options: argparse.Namespace) -> int:
    from congvu.boot.cli import emit

    config = load()
    if not config.local_database:
        raise RuntimeError("this installation uses DATABASE_URL; there is no local database to manage")
    cluster = postgres.Cluster(config.home)
    if options.verb == "start":
        postgres.start(cluster)
    if options.verb == "stop":
        postgres.stop(cluster)
    running = postgres.is_running(cluster)
    state = {"running": running, "pid": postgres.server_pid(cluster), "socket": str(cluster.socket)}
    emit(state, as_json=options.json, text=f"{'running' if running else 'stopped'} {cluster.socket}")
    return 0 if running or options.verb != "status" else 3


def _migrate(options: argparse.Namespace) -> int:
    from congvu.boot.migrations import migrate

    migrate()
    return 0


def _django(options: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["congvu django", *options.arguments])
    return 0
