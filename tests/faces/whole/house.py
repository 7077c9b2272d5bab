"""The whole program as an office runs it: web, worker, identity provider and mail server, on one clock of the test."""

from __future__ import annotations

import email
import email.policy
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.place import ROOT

CLOCK = Path(__file__).with_name("clock")


def wait_until(
    seen: Callable[[], Any], what: str, seconds: float = 120, told: Callable[[], object] = lambda: ""
) -> Any:
    """The first answer that is not empty. Fails with ``what``, and what is ``told`` then, when none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := seen():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds:.0f} s for {what} {told()}".rstrip())


@dataclass(slots=True)
class Mailbox:
    """What a real SMTP server received."""

    mails: list[email.message.EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def find(self, to: str, words: str) -> email.message.EmailMessage | None:
        """The mail to this address whose subject or body has these words."""
        fitting = (mail for mail in self.mails if to in mail["To"] and words in f"{mail['Subject']} {body(mail)}")
        return next(fitting, None)


def body(mail: email.message.EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return part.get_content() if part else ""


@dataclass(slots=True)
class House:
    """``told`` is what ``prepare`` printed."""

    url: str
    told: dict[str, Any]
    mail: Mailbox
    clock: Path
    database: str

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        import psycopg

        with psycopg.connect(self.database) as connection:
            return connection.execute(statement).fetchall()

    def mail_to(self, address: str, words: str) -> email.message.EmailMessage:
        """The mail with these words, waited for.

        A job that is tried again is put off by the clock of the house, which runs ahead of the database's: what was
        put off is due at once.
        """

        def found() -> email.message.EmailMessage | None:
            import psycopg

            with psycopg.connect(self.database) as connection:
                connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
            return self.mail.find(address, words)

        return wait_until(found, f"a mail to {address} with {words!r}", told=self._left_behind)

    def _left_behind(self) -> dict[str, list[tuple[Any, ...]]]:
        """What the worker has not done, what it is doing, what it wrote: why a mail did not come."""
        return {
            "jobs": self.rows(
                "SELECT task_name, status, attempts, worker_id, scheduled_at, args FROM procrastinate_jobs"
            ),
            "workers": self.rows("SELECT id, last_heartbeat, now() FROM procrastinate_workers"),
            "messages": self.rows("SELECT kind, channel, state, error FROM notifications_message ORDER BY created_at"),
            "waits": self.rows(
                "SELECT pid, state, wait_event_type, wait_event, pg_blocking_pids(pid), left(query, 160)"
                " FROM pg_stat_activity WHERE datname = current_database()"
            ),
            "mails": [(mail["To"], str(mail["Subject"])) for mail in self.mail.mails],
        }

    def go_to(self, hour: str) -> None:
        """Put every process at this hour (ISO 8601); back when all have said that they are there."""
        set_clock(self.clock, hour)
        wait_until(lambda: all(at == hour for at in self._hours()), f"the house to be at {hour}")

    def _hours(self) -> list[str]:
        return [mark.read_text(encoding="ascii") for mark in self.clock.glob("*.at") if _lives(int(mark.stem))]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def set_clock(folder: Path, hour: str) -> None:
    datetime.fromisoformat(hour)
    aside = folder / "next"
    aside.write_text(hour, encoding="ascii")
    aside.replace(folder / "now")


def two_ports() -> int:
    """A free port whose neighbour is free too: a demo's identity provider lives next door."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@contextmanager
def running(home: Path, hour: str) -> Iterator[House]:
    """A house of its own at ``home``, empty but for the province; everything ends with the block."""
    with ExitStack() as stack:
        mail, smtp = stack.enter_context(_post_office())
        port, clock = two_ports(), home / "clock"
        clock.mkdir(parents=True)
        set_clock(clock, hour)
        url = f"http://127.0.0.1:{port}"
        database, provider = stack.enter_context(_databases())
        environment = _environment(home, clock, url, smtp) | {"DATABASE_URL": database}
        told = _python(environment, "-m", "tests.faces.whole.prepare")
        for arguments in (["web", "--port", str(port)], ["worker"]):
            stack.enter_context(_child(environment, *arguments))
        # Its database lies in the cluster of the tests, so that is its home.
        at_home = {"CONGVU_HOME": os.environ["CONGVU_HOME"], "CONGVU_IDP_DATABASE": provider}
        stack.enter_context(_child(environment | at_home, "idp", "--port", str(port + 1)))
        for number in (port, port + 1):
            wait_until(lambda number=number: _answers(number), f"port {number} to answer", 90)
        yield House(url, json.loads(told.splitlines()[-1]), mail, clock, database)


def _environment(home: Path, clock: Path, url: str, smtp: int) -> dict[str, str]:
    shared = Path(os.environ["CONGVU_HOME"])
    (shared / "fonts").mkdir(parents=True, exist_ok=True)
    (home / "fonts").symlink_to(shared / "fonts")
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("CONGVU_", "DJANGO_"))}
    return ours | {
        "CONGVU_HOME": str(home), "CONGVU_DEMO": "1", "CONGVU_BASE_URL": url, "CONGVU_TEST_CLOCK": str(clock),
        "CONGVU_SECRET_KEY": secrets.token_urlsafe(50),
        "CONGVU_EMAIL_URL": f"smtp://127.0.0.1:{smtp}?from=motcua@yenkhe.example",
        "PYTHONPATH": os.pathsep.join([str(CLOCK), str(ROOT / "src"), str(ROOT)]),
    }  # fmt: skip


def _python(environment: dict[str, str], *arguments: str) -> str:
    made = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return made.stdout


@contextmanager
def _child(environment: dict[str, str], *arguments: str) -> Iterator[None]:
    child = subprocess.Popen([sys.executable, "-m", "congvu.boot.cli", *arguments], env=environment, cwd=ROOT)
    try:
        yield
        if child.poll() is not None:
            raise RuntimeError(f"{arguments[0]} ended with {child.returncode} while it was needed")
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _databases() -> Iterator[tuple[str, str]]:
    """The address of a clone of the migrated template, and a name for the provider's database. Both are dropped."""
    import psycopg
    from django.conf import settings

    from congvu.boot import postgres
    from congvu.boot.config import load

    cluster = postgres.Cluster(load().home)
    name, provider = (f"{kind}_{os.getpid()}_{secrets.token_hex(3)}" for kind in ("whole", "idp"))
    template = settings.DATABASES["default"]["TEST"]["TEMPLATE"]
    with psycopg.connect(cluster.url(postgres.SUPERUSER, "postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {postgres.OWNER}')
        try:
            yield cluster.url(postgres.APPLICATION, name), provider
        finally:
            for left in (name, provider):
                admin.execute(f'DROP DATABASE IF EXISTS "{left}" WITH (FORCE)')


@contextmanager
def _post_office() -> Iterator[tuple[Mailbox, int]]:
    from aiosmtpd.controller import Controller

    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()
