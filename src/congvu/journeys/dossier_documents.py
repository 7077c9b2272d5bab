"""Results of the one-stop shop as electronic originals (NĐ 30/2020 Điều 5, 13, 17; Luật GDĐT 20/2023).

Who approves a dossier signs its result in the same act; the records clerk numbers and seals it at the issuing step. A
result is typeset here with blank number and date, or it is a finished PDF, which is signed as it is.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pikepdf
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.page import Zone
from congvu.common.text import clean
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IssuerView
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services
from congvu.domains.dossiers.types import DossierView
from congvu.domains.procedures import selectors as procedures
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Credential, Filling, TextField
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Issuer, OfficialDocument, Paragraph, Signer, plain
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.services import act, note
from congvu.ground.files import services as files

PERSON, AGENCY = "person", "agency"
LABELS = {"number": "Số", "date": "Ngày, tháng, năm"}
TITLE = "Kết quả giải quyết thủ tục hành chính"
# On a finished PDF the person signs at the foot of the last page, on the right, the seal over its left third.
SIGN_W, SIGN_H, SEAL, EDGE = 60.0, 25.0, 36.0, 20.0
POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Paper:
    """A result ready to be signed, and where."""

    pdf: bytes
    name: str
    zones: Mapping[str, Zone]


def may_work_on(actor: Actor, item_id: UUID, *_args: object, **_given: object) -> None:
    """The step waits for the acting post."""
    work.item(actor, item_id)


@act("dossier.approve_signed", policy=may_work_on, label="Phê duyệt và ký số kết quả")
def approve_signed(
    actor: Actor, item_id: UUID, credential: Credential, *, text: str = "", file: UUID | None = None, name: str = "",
    comment: str = "", version: int | None = None,
) -> None:  # fmt: skip
    """Approve, and sign the result in the same act: the words typeset on the agency's paper, or a finished PDF.

    Raises Invalid without either, WrongState where the result is not ours to sign, and what the signing engine refuses
    with; then nothing was approved.
    """
    record, step = services.approve_step(actor, item_id, version=version)
    services.require_ours(record)
    view = dossiers.dossier(actor, record.id)
    by = _issuer(view)
    block = documents.signer_of(by, actor)
    paper = _finished(actor, file, name or _name(view)) if file else _typeset(view, by, block, text, name)
    zone = paper.zones[PERSON]
    look = typeset.draw_stamp("person", w=zone.w, h=zone.h, picture=documents.signature_picture(actor))
    signed = signing.sign(paper.pdf, field=PERSON, credential=credential, appearance=look)
    rest = {name: zone for name, zone in paper.zones.items() if name != PERSON}
    services.keep_signed(actor, record, services.SignedPaper(signed.pdf, paper.name, block.name, rest))
    note(record=record.id, step=step, comment=clean(comment), level=signed.level)


@act("dossier.issue_signed", policy=may_work_on, label="Vào sổ, ký số cơ quan kết quả")
def issue_signed(actor: Actor, item_id: UUID, credential: Credential) -> str:
    """Number the result, fill number and date in, sign for the agency, verify both; the dossier has its result.

    Returns the number. Raises WrongState without the approver's signature, Conflict when a signature does not hold;
    then no number was taken.
    """
    by = _issuer(dossiers.dossier(actor, work.record_of(item_id)))

    def seal(pdf: bytes, zones: Mapping[str, Zone], number: str, on: date) -> bytes:
        return _sealed(by, credential, pdf, zones, number, on)

    record, number = services.issue_signed(actor, item_id, seal)
    note(record=record.id, number=number, source="ours", signed=True)
    return number


def _issuer(view: DossierView) -> IssuerView:
    """Who issues in the name of the deciding agency. Raises Conflict where nobody was set up."""
    found = documents.main_issuer(view.authority_id)
    if found is None:
        raise Conflict(_("Cơ quan giải quyết chưa được khai báo là cơ quan ban hành văn bản."), code="no_issuer")
    return found


def _name(view: DossierView) -> str:
    given = procedures.version(view.procedure_version).results
    return given[0].name if given else TITLE


def _typeset(view: DossierView, by: IssuerView, block: Signer, text: str, name: str) -> Paper:
    """The words on the agency's paper; number and date stay blank until the records clerk fills them in."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        words = _("Ghi nội dung kết quả, hoặc chọn tệp PDF đã hoàn chỉnh.")
        raise Invalid(_("Chưa có kết quả để ký."), problems=(Problem("text", words, "missing"),))
    procedure, called = procedures.version(view.procedure_version), clean(name) or _name(view)
    facts = (
        f"Người yêu cầu: {view.applicant.full_name}", f"Thủ tục: {procedure.name} ({procedure.code})",
        f"Mã hồ sơ: {view.code}",
    )  # fmt: skip
    sheet = typeset.set_official(OfficialDocument(
        kind="KQ", layout="named", issuer=Issuer(name="\n".join(by.lines), above=by.above), symbol=services.SYMBOL,
        place=by.place, signer=block, title=TITLE, subject=called,
        body=tuple(Paragraph(plain(line)) for line in (*facts, *lines)),
        recipients=("Người yêu cầu", "Lưu: VT, hồ sơ"),
    ))  # fmt: skip
    blanks = {key: TextField(sheet.zones[key], label) for key, label in LABELS.items() if key in sheet.zones}
    places = {key: sheet.zones[key] for key in (PERSON, AGENCY)}
    pdf = signing.prepare(sheet.pdf, signatures=places, texts=blanks)
    return Paper(pdf, called, {**places, **{key: field.zone for key, field in blanks.items()}})


def _finished(actor: Actor, file: UUID, name: str) -> Paper:
    """A finished PDF with room for both signatures at the foot of its last page."""
    opened = files.open_file(actor, file, accept_unscanned=True)
    if opened.info.media_type != "application/pdf":
        words = _("Kết quả ký số phải là tệp PDF.")
        raise Invalid(words, problems=(Problem("file", words, "type"),))
    content = opened.path.read_bytes()
    places = _foot(content)
    return Paper(signing.prepare(content, signatures=places, texts={}), name, places)


def _foot(pdf: bytes) -> dict[str, Zone]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        left, low, right, high = (float(side) for side in document.pages[-1].mediabox)
        pages = len(document.pages)
    width, height = (right - left) * POINT, (high - low) * POINT
    x, y = width - EDGE - SIGN_W, height - EDGE - SIGN_H
    return {
        PERSON: Zone(pages, x, y, SIGN_W, SIGN_H),
        AGENCY: Zone(pages, x - SEAL * 2 / 3, y - (SEAL - SIGN_H) / 2, SEAL, SEAL),
    }


def _sealed(
    by: IssuerView, credential: Credential, pdf: bytes, zones: Mapping[str, Zone], number: str, on: date
) -> bytes:
    """Blanks filled, the agency's signature added, both signatures verified."""
    texts = {"number": number.partition("/")[0].zfill(2), "date": typeset.official_day(on)}
    fillings = {key: _filling(key, text, zones[key]) for key, text in texts.items() if key in zones}
    zone = zones[AGENCY]
    look = typeset.draw_stamp("agency", w=zone.w, h=zone.h, picture=documents.seal_picture(by.id))
    filled = signing.fill(pdf, fillings) if fillings else pdf
    sealed = signing.sign(filled, field=AGENCY, credential=credential, appearance=look, reason=f"Số {number}").pdf
    report = signing.validate(sealed, online=False)
    broken = [found.reason for found in report.signatures if not found.integrity]
    if len(report.signatures) != 2 or broken:
        words = _("Chữ ký số trên kết quả không toàn vẹn nên chưa phát hành: %(why)s")
        raise Conflict(words % {"why": "; ".join(broken)})
    return sealed


def _filling(key: str, text: str, zone: Zone) -> Filling:
    side, italic = ("right", False) if key == "number" else ("left", True)
    look = typeset.draw_stamp("text", w=zone.w, h=zone.h, text=text, italic=italic, side=side)  # type: ignore[arg-type]
    return Filling(text, look)
