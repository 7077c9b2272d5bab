"""``congvu up`` keeps its processes and the database alive, and leaves nothing behind when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from rich.console import Console

from congvu.boot import postgres, supervisor
from congvu.boot.supervisor import Child, Supervisor

QUIET = Console(quiet=True)


def _child(*command: str) -> Child:
    return Child("child", list(command), dict(os.environ))


def _until(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_pauses_grow_and_too_many_falls_are_the_end():
    child = _child("true")
    pauses = []
    for fall in range(6):
        now = 100.0 + fall
        kept = child.fell(now)
        pauses.append((kept, child.again_at - now))
    assert pauses == [(True, 0.5), (True, 1.0), (True, 2.0), (True, 4.0), (True, 8.0), (False, 10.0)]


def test_falls_long_ago_are_forgotten():
    child = _child("true")
    for moment in (0.0, 1.0, 2.0, 3.0, 4.0):
        child.fell(moment)
    assert child.fell(1000.0)
    assert child.again_at == 1000.5


def test_a_child_that_falls_is_begun_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE_SECONDS", 0.01)
    log = tmp_path / "starts"
    child = _child("sh", "-c", f'echo start >> "{log}"; exit 3')
    child.start()
    watched = Supervisor(QUIET, children=[child])
    assert watched.watch(every=0.01) == 1
    # The first start and five anew; the sixth fall ends it.
    assert log.read_text() == "start\n" * 6


def test_stop_ends_the_helpers_of_a_child_too(tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.2)
    note = tmp_path / "helper"
    # The child dies of the first signal; its helper ignores it.
    child = _child("sh", "-c", f"(trap '' TERM; sleep 60) & echo $! > '{note}'; wait")
    child.start()
    _until(lambda: note.exists() and note.read_text().strip())
    Supervisor(QUIET, children=[child]).stop()
    helper = Path(f"/proc/{note.read_text().strip()}/stat")
    _until(lambda: not helper.exists() or helper.read_text().rpartition(")")[2].split()[0] == "Z")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/suc-khoe", timeout=2) as answer:
            return answer.status == 200
    except (OSError, urllib.error.HTTPError):
        return False


def _with_words(*words: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if all(word.encode() in path.read_bytes().split(b"\0") for word in words):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


@pytest.mark.kill
def test_database_and_web_come_back_after_a_kill_and_a_second_start_is_refused(tmp_path):
    home, port = tmp_path / "home", 8471
    environment = {**os.environ, "CONGVU_HOME": str(home), "CONGVU_BASE_URL": f"http://127.0.0.1:{port}"}
    for name in ("CONGVU_AS_OWNER", "DATABASE_URL", "CONGVU_OWNER_DATABASE_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "congvu.boot.cli", "up", "--port", str(port)]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _until(lambda: _answers(port), 120)
        second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert second.returncode == 1
        assert "another `congvu up` runs in" in second.stderr
        assert _answers(port)

        cluster = postgres.Cluster(home)
        before = postgres.server_pid(cluster)
        os.kill(before, signal.SIGKILL)
        _until(lambda: postgres.server_pid(cluster) not in (None, before) and _answers(port), 60)

        web = _with_words("web", str(port))
        for pid in web:
            os.kill(pid, signal.SIGKILL)
        _until(lambda: not set(web) & set(_with_words("web", str(port))) and _answers(port), 60)
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(40) == 0
    assert postgres.server_pid(cluster) is None
    assert _with_words("web", str(port)) == []
