"""Two installations exchange documents, one is killed: ``python -m tests.drill.two HOME COUNT SEED KILLS``.

Each has a home, a database, a port, a web process, a worker and an office that sends and handles. The second one is
killed with everything in flight and started again, time after time. Prints one JSON line with what was found.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import psycopg

from congvu.boot import postgres
from tests.drill import plant
from tests.place import ROOT, fingerprint

# Seconds: to begin, for each document with all its messages, for each kill.
PATIENCE, EACH, KILL = 120, 6, 25


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(slots=True)
class House:
    """One installation and its processes."""

    name: str
    cluster: postgres.Cluster
    home: Path
    port: int
    secret: str = ""
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    done: Path = field(init=False)
    began: datetime = datetime.min

    def __post_init__(self) -> None:
        self.done = self.home / "office.log"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def surroundings(self) -> dict[str, str]:
        return {
            **os.environ, "CONGVU_HOME": str(self.home), "CONGVU_BASE_URL": self.address,
            "DATABASE_URL": self.cluster.url(postgres.APPLICATION, f"house_{self.name}"),
            "CONGVU_EXCHANGE_SECRET_BAN": self.secret, "CONGVU_SIGNING_PKCS12": "1",
        }  # fmt: skip

    def ask(self, *words: str) -> Any:
        """The last JSON line of a verb that ends."""
        command = [sys.executable, "-m", "tests.drill.houses", *words]
        ran = subprocess.run(command, cwd=ROOT, env=self.surroundings(), capture_output=True, text=True, check=False)
        if ran.returncode:
            raise RuntimeError(ran.stderr[-4000:])
        return json.loads(ran.stdout.splitlines()[-1])

    def start(self, count: int) -> None:
        self.began = datetime.now(UTC)
        boot = [sys.executable, "-m", "congvu.boot.cli"]
        log = (self.home / "processes.log").open("a", encoding="utf-8")
        self._run([*boot, "web", "--port", str(self.port)], log, log)
        self._run([*boot, "worker", "--concurrency", "2"], log, log)
        office = [sys.executable, "-m", "tests.drill.houses", "work", self.name, str(count)]
        self._run(office, self.done.open("w", encoding="utf-8"), log)

    def _run(self, command: list[str], out: TextIO, log: TextIO) -> None:
        # A group of its own: the kill takes what the process started along.
        started = subprocess.Popen(
            command, cwd=ROOT, env=self.surroundings(), stdout=out, stderr=log, text=True, start_new_session=True
        )
        self.processes.append(started)

    def kill(self) -> None:
        """All at once, without a word."""
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for process in self.processes:
            process.wait()
        self.processes.clear()

    def wait_for_work(self, limit: float) -> None:
        """Until it answers over HTTP, its office has begun, and its worker has read something or nothing is left."""
        while not (self._answers() and self.done.stat().st_size and (self._worked() or self.finished())):
            if time.monotonic() > limit:
                raise RuntimeError(f"house {self.name} did not come back to work")
            time.sleep(0.1)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _worked(self) -> bool:
        with psycopg.connect(self.cluster.url(postgres.SUPERUSER, f"house_{self.name}")) as connection:
            row = connection.execute(
                "SELECT count(*) FROM exchange_message WHERE read_at > %s AND NOT outgoing", [self.began]
            ).fetchone()
        return row is not None and row[0] > 0

    def finished(self) -> bool:
        if any(process.poll() is not None for process in self.processes):
            tail = (self.home / "processes.log").read_text(encoding="utf-8")[-3000:]
            raise RuntimeError(f"a process of house {self.name} ended by itself:\n{tail}")
        told = [json.loads(line) for line in self.done.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
        states = [line["done"] for line in told if "done" in line]
        return bool(states) and states[-1]


def build(root: Path) -> tuple[House, House]:
    """Two databases from the drill's seeded template, two homes, each other's tokens."""
    cluster = postgres.Cluster(root / "server")
    plant.fresh(cluster)
    houses = tuple(House(name, cluster, root / name, free_port()) for name in "ab")
    with psycopg.connect(cluster.url(postgres.SUPERUSER, "postgres"), autocommit=True) as connection:
        for house in houses:
            connection.execute(f"DROP DATABASE IF EXISTS house_{house.name} WITH (FORCE)")
            connection.execute(
                f'CREATE DATABASE house_{house.name} OWNER {postgres.OWNER} TEMPLATE "seeded_{fingerprint()}"'
            )
            house.home.mkdir(parents=True, exist_ok=True)
            (house.home / "processes.log").write_text("", encoding="utf-8")
    first, second = houses
    tokens = first.ask("setup", "a", second.address), second.ask("setup", "b", first.address)
    second.secret, first.secret = (told["secret"] for told in tokens)
    return first, second


def play(first: House, second: House, count: int, kills: int, dice: random.Random) -> int:
    """Until everything has ended on both sides, and the second one was killed often enough. How often."""
    first.start(count)
    second.start(count)
    killed, limit = 0, time.monotonic() + PATIENCE + count * EACH + kills * KILL
    while killed < kills or not (first.finished() and second.finished()):
        if time.monotonic() > limit:
            raise RuntimeError(f"not finished in time: {first.ask('truth')} {second.ask('truth')}")
        if killed < kills:
            # Only once all its processes are at work: killing what has not begun proves nothing.
            second.wait_for_work(limit)
            time.sleep(dice.uniform(0.2, 3.0))
            second.kill()
            killed += 1
            time.sleep(dice.uniform(0.0, 1.5))
            second.start(count)
        time.sleep(0.5)
    return killed


def problems(first: dict[str, Any], second: dict[str, Any], count: int) -> Iterator[str]:
    """Nothing lost, nothing twice, the same on both sides."""
    # A fifth each is recalled (one more document) and updated (one more message of the same document).
    documents = count + 2 * (count // 5)
    for name, here, there in (("a", first, second), ("b", second, first)):
        if here["out"] != there["came"]:
            yield f"{name}: {len(here['out'])} went out, {len(there['came'])} came"
        if len(set(here["out"])) != len(here["out"]):
            yield f"{name}: a message twice"
        if here["deliveries"] != {"sent": len(here["out"])} or here["states"] != {
            "read": len(here["out"] + here["came"])
        }:
            yield f"{name}: deliveries {here['deliveries']}, messages {here['states']}"
        if here["twice"] or here["early"] or here["flagged"]:
            yield f"{name}: twice {here['twice']}, early {here['early']}, flagged {here['flagged']}"
        if here["unsigned"]:
            yield f"{name}: without both signatures {here['unsigned']}"
        arrived = here["events"].get("exchange.document_arrived", 0)
        if arrived != documents:
            yield f"{name}: {arrived} arrivals told, {documents} documents"
        for key, standing in here["threads"].items():
            if key.startswith("o") and there["threads"].get("i" + key[1:]) != standing:
                yield f"{name}: {key} stands at {standing} here, {there['threads'].get('i' + key[1:])} there"


def main(home: str, count: str, seed: str, kills: str) -> None:
    first, second = build(Path(home))
    began = time.monotonic()
    try:
        killed = play(first, second, int(count), int(kills), random.Random(int(seed)))
    finally:
        first.kill()
        second.kill()
    told = first.ask("truth"), second.ask("truth")
    report = {
        "documents": sum(row["events"].get("exchange.document_arrived", 0) for row in told),
        "messages": sum(len(row["out"]) for row in told), "kills": killed,
        "repeats": sum(row["repeats"] for row in told), "attempts": sum(row["attempts"] for row in told),
        "problems": list(problems(*told, int(count))), "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    postgres.stop(first.cluster, mode="immediate")
    print(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
