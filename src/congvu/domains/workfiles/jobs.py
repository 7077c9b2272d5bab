"""Packages of submissions, and once a day files that are to be handed to the archive soon; each an act of its own."""

from __future__ import annotations

from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM
from congvu.domains.workfiles.services import archive


def notice_due() -> int:
    """Tell of files due for the archive. Returns how many."""
    return sum(archive.notice(SYSTEM, file) for file in archive.due_soon())


@app.periodic(cron="0 0 * * *")
@app.task(name="workfiles.notice", queueing_lock="workfiles.notice")
def notice_files(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    notice_due()


def pack_waiting() -> int:
    """Pack every submission that waits. Returns how many."""
    return sum(archive.pack(SYSTEM, submission) for submission in archive.to_pack())


@app.task(name="workfiles.pack")
def pack(submission: int) -> None:
    archive.pack(SYSTEM, submission)


@app.periodic(cron="*/10 * * * *")
@app.task(name="workfiles.pack_waiting", queueing_lock="workfiles.pack_waiting")
def pack_left(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    """What a broken worker left."""
    pack_waiting()
