"""``congvu up``: database, migrations, demo, then web and worker side by side until Ctrl-C."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

import congvu
from congvu.boot import postgres
from congvu.boot.cli import INTERRUPTED, emit
from congvu.boot.config import load
from congvu.boot.supervisor import Supervisor

# Seconds a start waits for an earlier one in the same home to end.
WAIT_FOR_OTHER = 15


def free_port(wanted: int) -> int:
    """The wanted port. Raises RuntimeError naming it when another program holds it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError as error:
            raise RuntimeError(f"port {wanted} is taken; choose another with --port") from error
    return wanted


def wait_for(url: str, *, seconds: float = 40, alive: Callable[[], bool] = lambda: True) -> bool:
    """Whether the address answers in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and alive():
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.05)
    return False


def up(*, demo: bool, port: int, as_json: bool = False) -> int:
    """Run the whole program on this machine. Returns the exit code. Raises RuntimeError when it cannot start."""
    console = Console(stderr=True)
    with _only_one(console):
        for wanted in (port, port + 1) if demo else (port,):
            free_port(wanted)
        address = os.environ.setdefault("CONGVU_BASE_URL", f"http://127.0.0.1:{port}")
        if demo:
            os.environ["CONGVU_DEMO"] = "1"
        cluster = postgres.Cluster(load().home)
        started = load().local_database and postgres.start(cluster)
        supervisor = Supervisor(console, care=lambda: _keep_database(cluster))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: supervisor.stopping.set())
        try:
            _prepare(console, demo=demo, stopping=supervisor.stopping)
            if supervisor.stopping.is_set():
                return INTERRUPTED
            supervisor.spawn("web", "web", "--port", str(port))
            if not wait_for(f"{address}/suc-khoe", alive=lambda: not supervisor.stopping.is_set()):
                if supervisor.stopping.is_set():
                    return INTERRUPTED
                raise RuntimeError("the web process does not answer")
            _start_others(supervisor, demo=demo, port=port)
            _announce(console, address, demo=demo)
            if as_json:
                emit(_told(address, demo=demo), as_json=True)
            return supervisor.watch()
        finally:
            supervisor.stop()
            if started:
                postgres.stop(cluster)


@contextlib.contextmanager
def _only_one(console: Console) -> Iterator[None]:
    """One ``up`` in one home: another would stop the database under the first. Waits for one that is just ending.

    Raises RuntimeError when the other one stays.
    """
    home = load().home
    home.mkdir(parents=True, exist_ok=True)
    with (home / "up.lock").open("w") as handle:
        for attempt in range(WAIT_FOR_OTHER * 5):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if attempt == 5:
                    console.print("another `congvu up` runs in this home; waiting for it to end…")
                time.sleep(0.2)
        else:
            raise RuntimeError(f"another `congvu up` runs in {home}; end it first, or set CONGVU_HOME")
        yield


def _keep_database(cluster: postgres.Cluster) -> None:
    """A local database that died is started again: the children find it by themselves."""
    if load().local_database and postgres.server_pid(cluster) is None:
        postgres.start(cluster)


def _prepare(console: Console, *, demo: bool, stopping: threading.Event) -> None:
    """Migrations, shipped data and the demo run in one process as the owner of the tables, then that process ends.

    Skipped when this very program prepared this very local database before: the mark lies inside its directory.
    """
    mark, wanted = postgres.Cluster(load().home).data / "congvu-prepared", f"{_fingerprint()} {demo}"
    if load().local_database and _made().exists() and mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return
    command = [sys.executable, "-m", "congvu.boot.cli", "prepare", *(["--demo"] if demo else [])]
    with console.status("Preparing the database…"):
        code = _until_stopped(subprocess.Popen(command, stdout=sys.stderr), stopping)
    if stopping.is_set():
        return
    if code != 0:
        raise RuntimeError("preparing the database failed; the reason stands above")
    if load().local_database:
        mark.write_text(wanted, encoding="ascii")


def _until_stopped(process: subprocess.Popen[bytes], stopping: threading.Event) -> int:
    """The exit code of the process, which is interrupted when this one is asked to stop."""
    while process.poll() is None:
        if stopping.wait(0.1):
            process.send_signal(signal.SIGINT)
            return process.wait()
    return process.returncode


def _made() -> Path:
    """What a preparation leaves outside the database: the compiled translations."""
    return load().home / "locale" / "en" / "LC_MESSAGES" / "django.mo"


def _fingerprint() -> str:
    """Changes whenever a file of the program does."""
    root = Path(congvu.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc")
    stats = [(str(path.relative_to(root)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(stats).encode()).hexdigest()


def _start_others(supervisor: Supervisor, *, demo: bool, port: int) -> None:
    """What the first page does not wait for: started beside the web process they would take its processor."""
    supervisor.spawn("worker", "worker")
    if demo:
        supervisor.spawn("identity provider", "idp", "--port", str(port + 1))


def _told(address: str, *, demo: bool) -> dict[str, Any]:
    """What ``--json`` says once the program answers."""
    if not demo:
        return {"url": address}
    from congvu.boot.demo.accounts import ACCOUNTS

    accounts = [{"username": account.username, "post": account.post} for account in ACCOUNTS.shown]
    return {"url": address, "password": ACCOUNTS.password, "accounts": accounts}


def _announce(console: Console, address: str, *, demo: bool) -> None:
    first = f"{address}/trinh-dien" if load().demo_front else address
    console.print(f"\n[bold]Công Vụ[/bold] runs at [link={first}]{first}[/link]  (Ctrl-C ends it)")
    if demo:
        from congvu.boot.demo.accounts import ACCOUNTS

        console.print(f"Demo accounts, password [bold]{ACCOUNTS.password}[/bold]:")
        for account in ACCOUNTS.shown:
            console.print(f"  [bold]{account.username:<16}[/bold] {account.post}")
