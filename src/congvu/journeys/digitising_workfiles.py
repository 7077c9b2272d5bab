"""An accepted batch becomes work files: one for each paper file, its scans named there and not copied.

A work file that is destroyed takes its scans with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import local_date
from congvu.domains.digitising import selectors as scanned
from congvu.domains.digitising import services as digitising
from congvu.domains.digitising.types import BatchView, ScanView
from congvu.domains.workfiles import services as workfiles
from congvu.domains.workfiles.events import FileDestroyed
from congvu.domains.workfiles.types import Described, NewFile
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import consumes
from congvu.ground.files import services as files

DIGITISED = "02"
GONE = "replaced"


def may_accept(actor: Actor, batch: UUID, *_args: object, **_given: object) -> None:
    """The records clerk of the agency."""
    digitising.require_accept(actor, batch)


@act("digitising.accept", policy=may_accept, label="Nghiệm thu đợt số hóa, đưa vào hồ sơ")
def accept(actor: Actor, batch: UUID, *, years: int | None, permanent: bool = False, rule: str = "") -> int:
    """File the scans of a batch whose sample passed; the term is that of its paper files. Returns how many files.

    Raises Invalid, TooShort for the term, Conflict when a file of that number is there, WrongState.
    """
    held = digitising.require_acceptable(batch)
    view = scanned.batch(actor, batch)
    filed: dict[int, UUID] = {}
    for number, title in view.paper_files:
        scans = [one for one in view.scans if one.paper_file == number and one.state != GONE]
        new = NewFile(
            title=title, notation=number, years=years, permanent=permanent, rule=rule, paper=True,
            started_on=_began(scans, view), description=f"Số hóa từ hồ sơ giấy, {view.row.title}",
        )  # fmt: skip
        file = workfiles.open_new(actor, new)
        for one in scans:
            kept = files.refer(actor, one.file, record=file, purpose="internal", name=one.name, label=one.subject)
            workfiles.add_entry(actor, file, None, described(one, view), files=[kept.id])
            filed[one.id] = file
    digitising.finish(held, filed)
    note(record=batch, files=len(view.paper_files), scans=len(filed))
    return len(view.paper_files)


@consumes(FileDestroyed)
def erase_scans(event: FileDestroyed) -> None:
    """The scans of a destroyed work file, wherever they lie: nothing of its contents is left."""
    if scanned.lies_in(event.record):
        digitising.erase(SYSTEM, event.record)


def _began(scans: Iterable[ScanView], view: BatchView) -> date:
    """The day of the oldest paper in the file, else the first day of the holding's years."""
    return min((one.issued_on for one in scans if one.issued_on), default=date(view.first_year, 1, 1))


def described(one: ScanView, view: BatchView) -> Described:
    """What a scan is a copy of, and that it was digitised (confidenceLevel 02)."""
    return Described(
        subject=one.subject, type=one.kind, type_name=one.type_name, number=one.number, notation=one.notation,
        issued_on=one.issued_on, organ_name=one.organ_name, pages=one.pages, confidence=DIGITISED,
        condition=view.condition, process=f"Số hóa ngày {local_date(one.at):%d/%m/%Y}, {one.doc_code}",
        signatures=f"Người số hóa: {one.by}" if one.signed else "",
    )  # fmt: skip
