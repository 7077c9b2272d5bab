"""Results as electronic originals: signed by who approves, numbered and sealed by the records clerk.

Steps for the journey that signs; this room keeps what was signed and numbers it, it draws and signs nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.page import Zone
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.models import Dossier, Result, SignedResult
from congvu.domains.dossiers.services import process
from congvu.domains.procedures import selectors as procedures
from congvu.engines.workflow import selectors as work
from congvu.ground.files import services as files
from congvu.ground.records.services import Record


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A result with its person's signature. ``zones``: ``agency``, and ``number`` and ``date`` where they are blank."""

    pdf: bytes
    name: str
    signer: str
    zones: Mapping[str, Zone]


# Signed paper, its zones, number and day → the same paper numbered and sealed.
Seal = Callable[[bytes, Mapping[str, Zone], str, date], bytes]


def require_ours(record: Record) -> None:
    """Whether this dossier's result is signed here: given by us, with a step that issues it. Raises WrongState."""
    dossier = Dossier.objects.get(record=record)
    if procedures.version(dossier.procedure_version_id).result_from == "ministry":
        raise WrongState(_("Kết quả do hệ thống của Bộ cấp và ký; không ký ở đây."))
    if not any(item.step_kind == "issue" for item in work.open_items(record.id)):
        raise WrongState(_("Sau bước này không có bước vào sổ, đóng dấu nên chưa ký được kết quả."))


def keep_signed(actor: Actor, record: Record, paper: SignedPaper) -> UUID:
    """Keep the paper the approver signed, frozen, until it is issued. An earlier one is void."""
    kept = files.store(actor, name=f"{clean(paper.name)[:80] or 'Ket qua'}.pdf", content=paper.pdf)
    files.attach(actor, kept.id, record=record.id, purpose="draft", label="Kết quả đã ký, chờ đóng dấu")
    files.lock_version(kept.id)
    SignedResult.objects.filter(dossier=record.id, void_at=None).update(void_at=timezone.now())
    SignedResult.objects.create(
        dossier_id=record.id, name=clean(paper.name)[:500], file=kept.id, signer=paper.signer,
        zones={name: asdict(zone) for name, zone in paper.zones.items()}, signed_at=timezone.now(),
    )  # fmt: skip
    return kept.id


def issue_signed(actor: Actor, item_id: UUID, seal: Seal) -> tuple[Record, str]:
    """Number the signed paper, have it sealed, give it to the dossier and move on. Returns record and number.

    Raises WrongState without a signed paper, and what ``seal`` refuses with; then no number was taken.
    """
    record, dossier = process.at_issue(actor, item_id)
    waiting = SignedResult.objects.filter(dossier=dossier, void_at=None).first()
    if waiting is None:
        raise WrongState(_("Kết quả chưa có chữ ký số của người có thẩm quyền."))
    number, now = process.take_number(record, dossier), timezone.now()
    zones = {name: Zone(**zone) for name, zone in waiting.zones.items()}
    content = files.open_file(actor, waiting.file, accept_unscanned=True).path.read_bytes()
    pdf = seal(content, zones, number, local_date(now))
    given = next(iter(procedures.version(dossier.procedure_version_id).results), None)
    name = waiting.name or (given.name if given else "Kết quả giải quyết")
    kept = files.store(actor, name=f"{name[:80]}.pdf", content=pdf)
    files.attach(actor, kept.id, record=record.id, purpose="result", label=name)
    files.lock_version(kept.id)
    Result.objects.create(
        dossier=dossier, name=name, code=given.code if given else "", number=number, file=kept.id, issued_at=now,
        source=Result.Source.OURS, signed=True, signer=waiting.signer,
    )  # fmt: skip
    process.finish_issue(actor, record, item_id)
    return record, number
