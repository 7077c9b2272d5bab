"""The killer: ``python -m tests.drill.run HOME COUNT SEED KILLS`` prints one JSON line with what it did and found.

Processes that file dossiers stop inside a transaction and ask; the answer is "go on" or SIGKILL. Now and then the
database server gets SIGKILL at that moment instead, with everything in flight, and is started again.
"""

from __future__ import annotations

import json
import os
import random
import selectors
import signal
import socket
import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OFFICES = 2


@dataclass(slots=True, eq=False)
class Worker:
    """One forked process and its line."""

    pid: int
    end: socket.socket
    role: str
    job: dict[str, Any] | None = None
    inside: bool = False
    rest: bytes = b""


@dataclass(slots=True)
class Drill:
    """One run. ``kills`` counts by place; ``crashes`` of the database count every transaction they cut."""

    cluster: Any
    queue: deque[dict[str, Any]]
    dice: random.Random
    wanted: int
    crashes: int
    workers: list[Worker] = field(default_factory=list)
    acks: list[dict[str, Any]] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    total: int = 0
    done: int = 0

    def run(self) -> None:
        self.total = len(self.queue)
        for role in ("office",) * OFFICES + ("worker",):
            self.start(role)
        try:
            while self.done < self.total:
                for worker in self._readable():
                    self._read(worker)
        finally:
            for worker in self.workers:
                self._kill(worker)

    def start(self, role: str) -> None:
        from tests.drill import jobs

        body = jobs.office if role == "office" else jobs.background
        self.workers.append(fork(role, lambda end: body(end, self.dice.randrange(10**9)), close=self.workers))

    def _readable(self) -> list[Worker]:
        with selectors.DefaultSelector() as watch:
            for worker in self.workers:
                watch.register(worker.end, selectors.EVENT_READ, worker)
            return [key.data for key, _ in watch.select(timeout=60)]

    def _read(self, worker: Worker) -> None:
        if worker not in self.workers:
            return
        data = worker.end.recv(65536)
        if not data:
            raise RuntimeError(f"a {worker.role} process ended by itself while doing {worker.job}")
        *lines, worker.rest = (worker.rest + data).split(b"\n")
        for text in lines:
            if worker in self.workers:
                self._hear(worker, json.loads(text))

    def _hear(self, worker: Worker, told: dict[str, Any]) -> None:
        word = told["word"]
        if word == "take":
            self._give(worker)
        elif word == "ack":
            self.acks.append(told)
        elif word == "done":
            if worker.job is not None:
                worker.job, self.done = None, self.done + 1
        else:
            self._judge(worker, word)

    def _give(self, worker: Worker) -> None:
        if worker.role == "office":
            if not self.queue:
                return
            worker.job = self.queue.popleft()
        worker.end.sendall(json.dumps(worker.job or {}).encode() + b"\n")

    def _judge(self, worker: Worker, word: str) -> None:
        """Kill about as often as is needed to reach the wanted number before the jobs run out."""
        worker.inside = word == "inside"
        left = max(1, (self.total - self.done) * 3)
        chance = min(0.6, 1.4 * max(0, self.wanted - self.kills["inside"]) / left) if worker.inside else 0.06
        if self.crashes and worker.inside and self._crash_is_due():
            self._crash()
        elif self.dice.random() < chance:
            self.kills["inside" if worker.inside else "between"] += 1
            self.kills[f"{worker.role}s"] += 1
            self._replace(worker)
            return
        worker.inside = False
        worker.end.sendall(b"{}\n")

    def _crash_is_due(self) -> bool:
        """Crashes lie evenly over the run."""
        made = self.kills["database"]
        return self.done >= self.total * (made + 0.5) / (made + self.crashes)

    def _crash(self) -> None:
        from tests.drill import plant

        self.crashes -= 1
        self.kills["database"] += 1
        self.kills["cut by the database"] += sum(worker.inside for worker in self.workers)
        plant.crash(self.cluster)

    def _replace(self, worker: Worker) -> None:
        self._kill(worker)
        self.workers.remove(worker)
        if worker.job is not None:
            self.queue.appendleft(worker.job)
        self.start(worker.role)

    def _kill(self, worker: Worker) -> None:
        os.kill(worker.pid, signal.SIGKILL)
        os.waitpid(worker.pid, 0)
        worker.end.close()


def fork(role: str, body: Callable[[socket.socket], None], *, close: list[Worker] | None = None) -> Worker:
    """A child that runs ``body`` and never comes back."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return Worker(pid, ours, role)
    code = 1
    try:
        ours.close()
        for other in close or []:
            other.end.close()
        body(theirs)
        code = 0
    except Exception:  # noqa: BLE001 - the child says why it ends, whatever the reason
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def in_child(body: Callable[[], Any]) -> Any:
    """The answer of a function run in a child, so that this process never holds a connection."""

    def answer(end: socket.socket) -> None:
        with end.makefile("w", encoding="utf-8") as out:
            json.dump(body(), out)

    worker = fork("once", answer)
    with worker.end.makefile("r", encoding="utf-8") as answered:
        text = answered.read()
    os.waitpid(worker.pid, 0)
    return json.loads(text)


def post_office(end: socket.socket, kept: Path) -> None:
    """A real SMTP server that writes down the id of every mail before it says that it took it."""
    import email

    from aiosmtpd.controller import Controller

    class Keep:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            found = email.message_from_bytes(envelope.content)["Message-ID"]
            with kept.open("a", encoding="utf-8") as out:
                out.write(found.strip("<>").partition("@")[0] + "\n")
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    Controller(Keep(), hostname="127.0.0.1", port=port).start()
    end.sendall(f"{port}\n".encode())
    signal.pause()


def main(home: Path, count: int, seed: int, wanted: int, crashes: int) -> dict[str, Any]:
    from congvu.boot.postgres import Cluster, stop

    mails = home / "mails.txt"
    mails.parent.mkdir(parents=True, exist_ok=True)
    mails.write_text("", encoding="utf-8")
    smtp = fork("smtp", lambda end: post_office(end, mails))
    port = smtp.end.makefile().readline().strip()
    os.environ["CONGVU_EMAIL_URL"] = f"smtp://127.0.0.1:{port}?from=motcua@drill.example"
    try:
        return _run(Cluster(home), mails, count, random.Random(seed), wanted, crashes)
    finally:
        os.kill(smtp.pid, signal.SIGKILL)
        os.waitpid(smtp.pid, 0)
        stop(Cluster(home))


def _run(cluster: Any, mails: Path, count: int, dice: random.Random, wanted: int, crashes: int) -> dict[str, Any]:
    from tests.drill import plant

    began = time.monotonic()
    plant.fresh(cluster)
    prepared = time.monotonic()
    import django

    django.setup()
    from django.db import connections

    connections["default"].settings_dict["OPTIONS"] = {}
    from tests.drill import jobs, truth

    planned = in_child(lambda: jobs.plan(count))
    drill = Drill(cluster, deque(planned), dice, wanted, crashes)
    drill.run()
    worked = time.monotonic()
    background = in_child(truth.background)
    found = in_child(lambda: (truth.finish(), truth.problems(planned, drill.acks, mails))[1])
    return {
        "dossiers": count, "kills": dict(drill.kills), "acknowledged": len(drill.acks), "problems": found,
        "jobs": background,
        "mails": len(mails.read_text(encoding="utf-8").split()),
        "seconds": [round(prepared - began, 1), round(worked - prepared, 1), round(time.monotonic() - worked, 1)],
    }  # fmt: skip


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "congvu.boot.settings"
    place, *given = sys.argv[1:]
    print(json.dumps(main(Path(place), *map(int, given))))
