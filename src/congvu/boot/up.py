"""``congvu up``: database, migrations, demo, then web and worker side by side until Ctrl-C."""

from __future__ import annotations

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
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from rich.console import Console

import congvu
from congvu.boot import postgres
from congvu.boot.config import load


@dataclass
class Supervisor:
    """Child processes that live and die together; a child that falls over ends the rest."""

    console: Console
    children: list[tuple[str, subprocess.Popen[bytes]]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def spawn(self, name: str, *arguments: str, **environment: str) -> None:
        command = [sys.executable, "-m", "congvu.boot.cli", *arguments]
        child = subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True)
        self.children.append((name, child))

    def watch(self) -> int:
        """Block until asked to stop or a child ends. Returns the exit code for the command."""
        while not self.stopping.wait(0.3):
            for name, child in self.children:
                if child.poll() is not None:
                    self.console.print(f"[red]{name} ended with {child.returncode}[/red]")
                    return child.returncode or 1
        return 0

    def stop(self) -> None:
        for _, child in self.children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + 8
        for _, child in self.children:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


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


def up(*, demo: bool, port: int) -> int:
    """Run the whole program on this machine. Returns the exit code."""
    console = Console(stderr=True)
    free_port(port)
    address = os.environ.setdefault("CONGVU_BASE_URL", f"http://127.0.0.1:{port}")
    if demo:
        os.environ["CONGVU_DEMO"] = "1"
    cluster = postgres.Cluster(load().home)
    started = load().local_database and postgres.start(cluster)
    supervisor = Supervisor(console)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: _ask_to_stop(supervisor, _frame))
    try:
        _prepare(console, demo=demo)
        _start_children(supervisor, demo=demo, port=port)
        if not wait_for(f"{address}/suc-khoe", alive=lambda: not supervisor.stopping.is_set()):
            raise RuntimeError("the web process does not answer")
        _announce(console, address, demo=demo)
        return supervisor.watch()
    finally:
        supervisor.stop()
        if started:
            postgres.stop(cluster)


def _ask_to_stop(supervisor: Supervisor, _frame: FrameType | None) -> None:
    supervisor.stopping.set()


def _prepare(console: Console, *, demo: bool) -> None:
    """Migrations, shipped data and the demo run in one process as the owner of the tables, then that process ends.

    Skipped when this very program prepared this very local database before: the mark lies inside its directory.
    """
    mark, wanted = postgres.Cluster(load().home).data / "congvu-prepared", f"{_fingerprint()} {demo}"
    if load().local_database and _made().exists() and mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return
    command = [sys.executable, "-m", "congvu.boot.cli", "prepare", *(["--demo"] if demo else [])]
    with console.status("Preparing the database…"):
        if subprocess.run(command, check=False).returncode != 0:
            raise RuntimeError("preparing the database failed; the reason stands above")
    if load().local_database:
        mark.write_text(wanted, encoding="ascii")


def _made() -> Path:
    """What a preparation leaves outside the database: the compiled translations."""
    return load().home / "locale" / "en" / "LC_MESSAGES" / "django.mo"


def _fingerprint() -> str:
    """Changes whenever a file of the program does."""
    root = Path(congvu.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc")
    stats = [(str(path.relative_to(root)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(stats).encode()).hexdigest()


def _start_children(supervisor: Supervisor, *, demo: bool, port: int) -> None:
    supervisor.spawn("web", "web", "--port", str(port))
    supervisor.spawn("worker", "worker")
    if demo:
        supervisor.spawn("identity provider", "idp", "--port", str(port + 1))


def _announce(console: Console, address: str, *, demo: bool) -> None:
    first = f"{address}/trinh-dien" if load().demo_front else address
    console.print(f"\n[bold]Công Vụ[/bold] runs at [link={first}]{first}[/link]  (Ctrl-C ends it)")
    if demo:
        from congvu.boot.demo.accounts import ACCOUNTS

        console.print(f"Demo accounts, password [bold]{ACCOUNTS.password}[/bold]:")
        for account in ACCOUNTS.shown:
            console.print(f"  [bold]{account.username:<16}[/bold] {account.post}")
