"""The web process as an installation runs it, asked over one kept connection as a browser does."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

CSRF = "b" * 32
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Web:
    """A running web process. ``cold`` is the time from its start to its first answer, in ms."""

    process: subprocess.Popen[bytes]
    port: int
    cold: float
    session: str = ""
    location: str = ""

    def __post_init__(self) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method: str, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and where it leads. Raises AssertionError for an answer that is no page and no redirect."""
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        status, _content = self.call(method, address, urlencode(form or {}).encode(), headers)
        if status not in (200, 302):
            raise AssertionError(f"{method} {address} answered {status}")
        return status, self.location

    def call(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and content, for who brings headers of his own; ``location`` then says where it leads."""
        self._line.request(method, address, body=body, headers=headers)
        answer = self._line.getresponse()
        self.location = answer.getheader("Location") or ""
        return answer.status, answer.read()

    def get(self, address: str) -> None:
        status, leads = self.ask("GET", address)
        if status != 200:
            raise AssertionError(f"GET {address} leads to {leads}")

    def _family(self) -> list[int]:
        """The process and its workers."""
        found, queue = [], [self.process.pid]
        while queue:
            pid = queue.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                queue += [int(child) for child in task.read_text().split()]
        return found

    def cpu(self) -> float:
        """Processor time used so far, in ms."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self._family()]
        return sum(int(f[11]) + int(f[12]) for f in fields) * 1000 / _TICK

    def memory(self) -> float:
        """Proportional memory of the process and its workers, in MB."""
        sizes = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self._family()]
        return (
            sum(int(line.split()[1]) for text in sizes for line in text.splitlines() if line.startswith("Pss:")) / 1024
        )


@contextmanager
def running() -> Iterator[Web]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k not in ("CONGVU_AS_OWNER", "CONGVU_COLLECT")}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "congvu.boot.cli", "web", "--port", str(port)], env=environment, start_new_session=True
    )
    try:
        _wait(process, port)
        yield Web(process, port, (time.perf_counter() - start) * 1000)
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(6000):
        if process.poll() is not None:
            raise RuntimeError(f"the web process ended with {process.returncode}")
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            line.request("GET", "/suc-khoe")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            line.close()
    raise RuntimeError("the web process does not answer")
