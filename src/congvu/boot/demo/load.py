"""Loading the demo: the organisation, then some weeks of work played through the real acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from congvu.boot.demo import (
    arrivals,
    assigning,
    citizen,
    committees,
    corners,
    filing,
    issuers,
    meetings,
    organisation,
    outgoing,
    pki,
    script,
    spreading,
    stage,
    work,
)
from congvu.boot.demo.organisation import Organisation
from congvu.boot.prepare import load_procedures
from congvu.common.actor import SYSTEM
from congvu.common.zones import local_date
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures import services as setting

# The catalogue is in force for as long as the played work reaches back, and a little longer.
BEFORE = timedelta(days=script.SPAN_DAYS + 15)


def load(*, size: int = 240, more: bool = False, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Fill an installation with the invented province unless it is there. Returns how many dossiers were made.

    Dossiers already there are left as they are; with ``more`` they are filled up to ``size``. A demo that an earlier
    version loaded, with fewer units, is left as a whole. ``progress`` hears how many are made.
    """
    now = timezone.now()
    if procedures.list_page().rows and not organisation.is_loaded():
        raise RuntimeError("the demo goes into an empty installation; set CONGVU_HOME to a new directory")
    with time_machine.travel(now - BEFORE, tick=True):
        load_procedures()
        _fill_gaps()
    made = organisation.load(local_date(now))
    if not organisation.is_whole(made):
        return 0
    played = 0
    if more or not dossiers.total(SYSTEM):
        parts = work.parts(now=now, size=size - citizen.COUNT)
        played = stage.play(made, parts, now=now, progress=progress, beside=(documents, meetings.play))
    else:
        documents(made, now=now)
        meetings.play(made, now=now)
    return played + citizen.play(made, now=now)


def documents(made: Organisation, *, now: datetime) -> int:
    """Certificates, issuers, documents, work files, digitising. Returns how many documents and files were made."""
    with time_machine.travel(now - BEFORE, tick=True):
        pki.load(made, now)
        issuers.load(made)
    scenes = (arrivals, outgoing, filing, spreading, assigning, corners, committees)
    return sum(scene.play(made, now=now) for scene in scenes)


# Time limits that the catalogue does not tell, set so that the demo can show these procedures; each stays flagged.
GAPS = (
    ("1.001612", "3wd", "Nghị định 168/2025/NĐ-CP, chưa đối chiếu"),
    ("2.000635", "sd", "Luật Hộ tịch, chưa đối chiếu"),
    ("2.000815", "sd", "Nghị định 23/2015/NĐ-CP, chưa đối chiếu"),
    ("2.000884", "sd", "Nghị định 23/2015/NĐ-CP, chưa đối chiếu"),
)


def _fill_gaps() -> None:
    today = local_date(timezone.now())
    for code, budget, basis in GAPS:
        if procedures.procedure(code, today).budget is None:
            setting.set_time(SYSTEM, code, budget, basis, unverified=True)
