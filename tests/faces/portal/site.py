"""The program itself, serving a database of its own: what a browser test opens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.faces.identity_server import free_port
from tests.place import ROOT


@dataclass(frozen=True, slots=True)
class Site:
    """``told`` is what ``prepare`` printed: sessions, tokens, codes."""

    url: str
    told: dict[str, Any]

    def cookie(self, session: str) -> dict[str, str]:
        return {"name": "sessionid", "value": self.told[session], "url": self.url}


@contextmanager
def running() -> Iterator[Site]:
    """Clone the migrated template, fill it, serve it; drop it afterwards.

    The port is one that nobody has: the server shares a port with whoever else listens there, and would answer every
    second request only.
    """
    import psycopg
    from django.conf import settings

    from congvu.boot import postgres
    from congvu.boot.config import load

    cluster = postgres.Cluster(load().home)
    name, template = f"portal_browser_{os.getpid()}", settings.DATABASES["default"]["TEST"]["TEMPLATE"]
    with psycopg.connect(cluster.url(postgres.SUPERUSER, "postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {postgres.OWNER}')
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": cluster.url(postgres.OWNER, name),
        "CONGVU_BASE_URL": base,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    environment.pop("CONGVU_OWNER_DATABASE_URL", None)
    server = None
    try:
        made = subprocess.run(
            [sys.executable, "-m", "tests.faces.portal.prepare"],
            env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        server = subprocess.Popen(
            [sys.executable, "-m", "congvu.boot.cli", "web", "--port", str(port)], env=environment, cwd=ROOT
        )
        _wait(base, server)
        yield Site(base, json.loads(made.stdout.splitlines()[-1]))
    finally:
        if server is not None:
            server.terminate()
            server.wait(10)
        with psycopg.connect(cluster.url(postgres.SUPERUSER, "postgres"), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _wait(base: str, server: subprocess.Popen[bytes]) -> None:
    for _try in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the web process ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{base}/ho-so", timeout=2).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web process does not answer")
