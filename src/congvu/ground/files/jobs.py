"""Scanning after the upload's commit, and sweeping what nobody attached."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM
from congvu.ground.events.services import publish
from congvu.ground.files import recognition, scanner, services, store, texts
from congvu.ground.files.events import MarksFound
from congvu.ground.files.models import Blob, File, Recognition
from congvu.ground.files.types import Scan

ORPHAN_DAYS = 30
STRAY_SECONDS = 24 * 3600
BATCH = 200


@app.task(name="files.scan", queue="files", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def scan(blob_id: int) -> None:
    """Ask the scanner about one content. Without a scanner it is marked "not scanned", which is never "clean"."""
    blob = Blob.objects.filter(pk=blob_id, scan__in=(Scan.QUARANTINED, Scan.UNSCANNED)).first()
    if blob is None:
        return
    at = scanner.address()
    if at is None:
        if blob.scan == Scan.QUARANTINED:
            services.record_scan(SYSTEM, blob_id, state=Scan.UNSCANNED, reason="Máy này chưa cài bộ quét mã độc")
        return
    verdict = scanner.scan(store.path_of(blob.sha256), at)
    state = Scan.RELEASED if verdict.clean else Scan.REJECTED
    services.record_scan(SYSTEM, blob_id, state=state, reason="" if verdict.clean else verdict.finding)


@app.task(name="files.read", queue="files", retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def read(record: str) -> None:
    """Take the text out of a document's files, so that it is found in full text; a mark of secrecy is told."""
    with transaction.atomic():
        marks = texts.read_record(UUID(record))
        if marks:
            publish(MarksFound(record=UUID(record)))


@app.task(name="files.recognise", queue="files", retry=RetryStrategy(max_attempts=4, exponential_wait=4))
def recognise(file: str) -> None:
    """The words of a scan whose uploader asked for them."""
    recognition.read(UUID(file))


@app.periodic(cron="*/10 * * * *")
@app.task(name="files.recognise_waiting", queueing_lock="files.recognise_waiting", pass_context=False)
def recognise_waiting(timestamp: int) -> None:  # noqa: ARG001
    """Scans whose job was lost."""
    for file in recognition.waiting():
        recognition.read(file)


@app.periodic(cron="*/10 * * * *")
@app.task(name="files.scan_waiting", queueing_lock="files.scan_waiting", pass_context=False)
def scan_waiting(timestamp: int) -> None:  # noqa: ARG001
    """Contents whose job was lost, and unscanned ones once a scanner has come."""
    states = [Scan.QUARANTINED] if scanner.address() is None else [Scan.QUARANTINED, Scan.UNSCANNED]
    older = timezone.now() - timedelta(minutes=5)
    for pk in Blob.objects.filter(scan__in=states, stored_at__lt=older).values_list("pk", flat=True)[:BATCH]:
        scan(blob_id=pk)


@app.task(name="files.destroy", queue="files", retry=RetryStrategy(max_attempts=10, exponential_wait=3))
def destroy(digests: list[str]) -> None:
    """Contents of destroyed files, at once, where no other file names them."""
    for sha256 in digests:
        _drop_row(sha256)
        _drop_stray(sha256)


@app.periodic(cron="40 2 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep", pass_context=False)
def sweep(timestamp: int) -> None:  # noqa: ARG001
    """Drop uploads that 30 days later hang on nothing, contents that no file names, and strays on disk."""
    File.objects.filter(record=None, uploaded_at__lt=timezone.now() - timedelta(days=ORPHAN_DAYS)).delete()
    Recognition.objects.filter(asked_at__lt=timezone.now() - timedelta(days=ORPHAN_DAYS)).delete()
    named = File.objects.values("blob")
    for sha256 in Blob.objects.exclude(pk__in=named).values_list("sha256", flat=True)[: BATCH * 10]:
        _drop_row(sha256)
    for sha256, path in store.stored():
        if time.time() - path.stat().st_mtime > STRAY_SECONDS:
            _drop_stray(sha256)
    for path in store.incoming_root().glob("*"):
        if time.time() - path.stat().st_mtime > STRAY_SECONDS:
            path.unlink(missing_ok=True)


def _drop_row(sha256: str) -> None:
    """The row goes first and by itself; its bytes follow as a stray, so no row ever stands without bytes."""
    with transaction.atomic():
        store.hold(sha256)
        Blob.objects.filter(sha256=sha256).exclude(pk__in=File.objects.values("blob")).delete()


def _drop_stray(sha256: str) -> None:
    with transaction.atomic():
        store.hold(sha256)
        if not Blob.objects.filter(sha256=sha256).exists():
            store.path_of(sha256).unlink(missing_ok=True)
