"""A database server of the drill's own: made from a seeded template, crashed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from congvu.boot import postgres
from tests.place import fingerprint

CODES = ("2.000908", "1.004873", "1.004944")


def fresh(cluster: postgres.Cluster) -> None:
    """The server runs and ``congvu`` is a new database: migrated, with forms, procedures and the invented province."""
    postgres.start(cluster)
    template = f"seeded_{fingerprint()}"
    with psycopg.connect(cluster.url(postgres.SUPERUSER, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            connection.execute(f'DROP DATABASE IF EXISTS "{template}_new" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{template}_new" OWNER {postgres.OWNER}')
            postgres.extend(cluster, f"{template}_new")
            _fill(cluster, f"{template}_new")
            connection.execute(f'ALTER DATABASE "{template}_new" RENAME TO "{template}"')
        connection.execute("DROP DATABASE IF EXISTS congvu WITH (FORCE)")
        connection.execute(f'CREATE DATABASE congvu OWNER {postgres.OWNER} TEMPLATE "{template}"')


def _fill(cluster: postgres.Cluster, database: str) -> None:
    owner = {"CONGVU_OWNER_DATABASE_URL": cluster.url(postgres.OWNER, database), "CONGVU_AS_OWNER": "1"}
    subprocess.run([sys.executable, "-m", "congvu.boot.cli", "migrate"], check=True, env={**os.environ, **owner})
    application = {"DATABASE_URL": cluster.url(postgres.APPLICATION, database)}
    subprocess.run([sys.executable, "-m", "tests.drill.seed"], check=True, env={**os.environ, **application})


def crash(cluster: postgres.Cluster) -> None:
    """SIGKILL the server and every process of it at once, as a power cut would; then start it again."""
    server = postgres.server_pid(cluster)
    if server is None:
        raise RuntimeError("the server does not run")
    # The parent first: it must not clean up after its children.
    for pid in (server, *_children(server)):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    deadline = time.monotonic() + 10
    while _alive(server) and time.monotonic() < deadline:
        time.sleep(0.01)
    postgres.start(cluster)


def _children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
