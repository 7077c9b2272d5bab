"""The scanner's verdicts, and what the sweeper may and may not drop."""

from __future__ import annotations

import io
import os
import socket
import struct
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from congvu.common.actor import SYSTEM
from congvu.common.errors import Forbidden
from congvu.ground.files import jobs, services, store
from congvu.ground.files.models import Blob, File
from congvu.ground.files.scanner import ScannerFailed
from congvu.ground.files.types import Scan
from tests.ground.files import build
from tests.ground.files.build import HOA, LAN
from tests.marks import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def clamd(tmp_path, settings):
    """A scanner that finds the word EICAR, speaking clamd's stream protocol on a real socket."""
    answers: list[bytes] = []
    path = str(tmp_path / "clamd.ctl")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen()

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!I", stream.read(4))[0]:
                    content += stream.read(size)
                found = b"stream: Eicar-Test-Signature FOUND\0"
                line.sendall(answers.pop() if answers else found if b"EICAR" in content else b"stream: OK\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.CLAMD_SOCKET = path
    yield answers
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(2)


def blob_of(info) -> Blob:
    return Blob.objects.get(sha256=info.sha256)


def test_without_a_scanner_the_file_is_unscanned_and_says_so(send):
    blob = blob_of(send(LAN, build.pdf()))
    jobs.scan(blob_id=blob.pk)
    blob.refresh_from_db()
    assert (blob.scan, blob.scan_reason) == ("unscanned", "Máy này chưa cài bộ quét mã độc")


def test_scanner_releases_and_rejects(send, clamd):
    clean, dirty = blob_of(send(LAN, build.pdf())), blob_of(send(LAN, build.pdf("EICAR" * 5)))
    jobs.scan(blob_id=clean.pk)
    Blob.objects.filter(pk=dirty.pk).update(scan="unscanned")
    jobs.scan(blob_id=dirty.pk)
    clean.refresh_from_db()
    dirty.refresh_from_db()
    assert (clean.scan, dirty.scan, dirty.scan_reason) == ("released", "rejected", "Eicar-Test-Signature")


def test_scanner_without_a_verdict_leaves_quarantine_and_fails_the_job(send, clamd):
    blob = blob_of(send(LAN, build.pdf()))
    clamd.append(b"INSTREAM size limit exceeded. ERROR\0")
    with pytest.raises(ScannerFailed, match="size limit"):
        jobs.scan(blob_id=blob.pk)
    blob.refresh_from_db()
    assert blob.scan == "quarantined"


def test_scanner_that_is_gone_fails_the_job(send, settings):
    settings.CLAMD_SOCKET = "/nowhere/clamd.ctl"
    blob = blob_of(send(LAN, build.pdf()))
    with pytest.raises(ScannerFailed):
        jobs.scan(blob_id=blob.pk)


def test_waiting_contents_are_scanned_once_a_scanner_comes(send, clamd):
    blob = blob_of(send(LAN, build.pdf()))
    Blob.objects.update(scan="unscanned", stored_at=timezone.now() - timedelta(hours=1))
    jobs.scan_waiting(timestamp=0)
    blob.refresh_from_db()
    assert blob.scan == "released"


@refuses("file.scan")
def test_only_the_system_writes_verdicts(send):
    blob = blob_of(send(LAN, build.pdf()))
    with pytest.raises(Forbidden):
        services.record_scan(HOA, blob.pk, state=Scan.RELEASED, reason="")
    blob.refresh_from_db()
    assert blob.scan == "quarantined"


def test_late_verdict_does_not_undo_a_rejection(send):
    blob = blob_of(send(LAN, build.pdf()))
    Blob.objects.update(scan="rejected", scan_reason="Eicar")
    services.record_scan(SYSTEM, blob.pk, state=Scan.RELEASED, reason="")
    blob.refresh_from_db()
    assert (blob.scan, blob.scan_reason) == ("rejected", "Eicar")


def age(path, days: float) -> None:
    then = timezone.now().timestamp() - days * 86_400
    os.utime(path, (then, then))


def test_sweep_drops_old_orphans_then_their_bytes_and_nothing_else(send, on_disk):
    old, young, kept = send(LAN, build.pdf("1")), send(LAN, build.pdf("2")), send(LAN, build.pdf("3"))
    services.attach(LAN, kept.id, record=build.record(["s:101"]).id, purpose="submitted")
    File.objects.filter(id__in=[old.id, kept.id]).update(uploaded_at=timezone.now() - timedelta(days=31))
    for _, path in store.stored():
        age(path, 2)
    jobs.sweep(timestamp=0)
    assert set(File.objects.values_list("id", flat=True)) == {young.id, kept.id}
    assert on_disk() == sorted([young.sha256, kept.sha256])
    assert set(Blob.objects.values_list("sha256", flat=True)) == {young.sha256, kept.sha256}


def test_sweep_drops_half_received_and_stray_bytes_after_a_day(send, on_disk):
    kept = send(LAN, build.pdf())
    half, stray = store.incoming_root() / "half", store.path_of("ab" * 32)
    fresh = store.incoming_root() / "fresh"
    stray.parent.mkdir(parents=True)
    for path in (half, stray, fresh):
        path.write_bytes(b"x")
    age(half, 2)
    age(stray, 2)
    jobs.sweep(timestamp=0)
    assert on_disk() == sorted([kept.sha256, "fresh"])


def test_content_used_by_a_second_file_survives_the_first(send, on_disk):
    first, second = send(LAN, build.pdf()), send(HOA, build.pdf())
    services.discard(LAN, first.id)
    age(store.path_of(second.sha256), 2)
    jobs.sweep(timestamp=0)
    assert on_disk() == [second.sha256]


KILLED = """
import io, os, sys
import django; django.setup()
from congvu.ground.files import services, store
from tests.ground.files import build
from django.conf import settings
settings.FILES_ROOT = __import__("pathlib").Path(sys.argv[1])
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[2]
connections["default"].settings_dict["OPTIONS"] = {}
moment = sys.argv[3]
place = store.place
def killed_before(incoming): os._exit(9)
def killed_after(incoming): place(incoming); os._exit(9)
store.place = killed_before if moment == "before" else killed_after
services.upload(build.LAN, name="a.pdf", stream=io.BytesIO(build.pdf("killed")))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("moment", "left"), [("before", 1), ("after", 1)])
def test_kill_between_write_and_commit_leaves_no_row(tmp_path, settings, moment, left, on_disk):
    from django.db import connection

    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "files"), connection.settings_dict["NAME"], moment],
        check=False, capture_output=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert run.returncode == 9, run.stderr.decode()
    assert (File.objects.count(), Blob.objects.count(), len(on_disk())) == (0, 0, left)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            age(path, 2)
    jobs.sweep(timestamp=0)
    assert on_disk() == []
    services.upload(LAN, name="a.pdf", stream=io.BytesIO(build.pdf("again")))
    assert File.objects.count() == 1
