"""Preparing and serving the demo identity provider, always in a process of its own."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys

from congvu.boot import postgres
from congvu.boot.config import load

SETTINGS = "congvu.boot.idp.settings"


def prepare() -> None:
    """Database, tables and the one client, made in a child process. Safe to repeat. Raises RuntimeError on failure."""
    command = [sys.executable, "-m", "congvu.boot.idp.server"]
    done = subprocess.run(command, check=False, env={**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS})
    if done.returncode != 0:
        raise RuntimeError("the demo identity provider could not be prepared; the reason stands above")


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Prepare, then serve HTTP on loopback until told to stop. One process: codes live in its memory."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    prepare()
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    Granian(
        "congvu.boot.idp.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1,
        blocking_threads=2, log_access=False, log_level=LogLevels.warning,
    ).serve()  # fmt: skip


def _create_database(cluster: postgres.Cluster, name: str) -> None:
    import psycopg

    with psycopg.connect(cluster.url(postgres.SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(4712)")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name} OWNER {postgres.OWNER}")


def _prepare_here() -> None:
    """In the child: migrate, and register the program as the only client."""
    import django

    cluster = postgres.Cluster(load().home)
    postgres.start(cluster)
    django.setup()
    # Two providers that start together (tests do) prepare one after the other.
    with (load().home / "idp.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _fill(cluster)


def _fill(cluster: postgres.Cluster) -> None:
    """The provider's tables, and the program as its client. Django is set up."""
    from allauth.idp.oidc.models import Client
    from django.conf import settings
    from django.core.management import call_command

    from congvu.boot.idp.settings import PROGRAM

    _create_database(cluster, settings.DATABASES["default"]["NAME"])
    call_command("migrate", verbosity=0, interactive=False)
    known = load().identity
    if known is None:
        raise RuntimeError("no identity service is configured")
    client = Client.objects.filter(id=known.client_id).first() or Client(id=known.client_id)
    client.name = "Cổng dịch vụ công tỉnh Bình Lam"
    client.set_secret(known.client_secret)
    client.set_scopes(["openid"])
    client.set_redirect_uris([f"{address}/dang-nhap/dinh-danh/tro-ve" for address in PROGRAM])
    client.save()


if __name__ == "__main__":
    _prepare_here()
