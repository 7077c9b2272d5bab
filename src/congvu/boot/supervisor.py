"""Child processes of ``congvu up``: started together, begun anew when one falls over, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from rich.console import Console

# A child that falls over this often within the window will not recover by itself.
MOST_FALLS, WINDOW_SECONDS = 5, 120.0
LONGEST_PAUSE_SECONDS = 10.0
GRACE_SECONDS = 8.0


@dataclass(slots=True)
class Child:
    """One process with its helpers: a session of its own, so that all of them can be ended."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    falls: deque[float] = field(default_factory=deque)
    again_at: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, env=self.environment, start_new_session=True)

    def fell(self, now: float) -> bool:
        """Count a fall and choose when to begin anew. False when there were too many."""
        self.process = None
        self.falls.append(now)
        while now - self.falls[0] > WINDOW_SECONDS:
            self.falls.popleft()
        self.again_at = now + min(LONGEST_PAUSE_SECONDS, 0.5 * 2 ** (len(self.falls) - 1))
        return len(self.falls) <= MOST_FALLS

    def signal(self, number: int) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


@dataclass(slots=True)
class Supervisor:
    """``care`` is asked every round and looks after what the children need (the database)."""

    console: Console
    care: Callable[[], None] = lambda: None
    children: list[Child] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def spawn(self, name: str, *arguments: str) -> None:
        child = Child(name, [sys.executable, "-m", "congvu.boot.cli", *arguments], dict(os.environ))
        child.start()
        self.children.append(child)

    def watch(self, *, every: float = 0.3) -> int:
        """Block until asked to stop, or until a child cannot be kept alive. Returns the exit code for the command."""
        while not self.stopping.wait(every):
            self.care()
            for child in self.children:
                if not self._keep(child, time.monotonic()):
                    self.console.print(f"[red]{child.name} ended {len(child.falls)} times in a row; giving up[/red]")
                    return 1
        return 0

    def _keep(self, child: Child, now: float) -> bool:
        if child.process is None:
            if now >= child.again_at:
                child.start()
        elif (code := child.process.poll()) is not None:
            child.signal(signal.SIGKILL)
            self.console.print(f"[yellow]{child.name} ended with {code}; it is begun anew[/yellow]")
            return child.fell(now)
        return True

    def stop(self) -> None:
        """Ask all to end, then end what is left, helpers of the children included."""
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                child.signal(signal.SIGKILL)
                child.process.wait()
