"""Results of the one-stop shop as electronic originals (NĐ 30/2020 Điều 5, 13, 17; Luật GDĐT 20/2023).

Who approves a dossier signs its result and approves by it; the records clerk numbers and seals it at the issuing step.
A result is typeset here with blank number and date, or it is a finished PDF, which is signed as it is. Both are signed
in batches like documents, whatever holds the key: the dossier moves when the signature is finished.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

import pikepdf
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, NotFound
from congvu.common.page import Zone
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services as drafting
from congvu.domains.documents.types import IssuerView, ToSign
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.types import DossierView, ProposalView
from congvu.domains.procedures import selectors as procedures
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Content, HolderKind, Item, Offer, Signed
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Issuer, OfficialDocument, Paragraph, Signer, plain
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.services import note
from congvu.ground.files import services as files

PERSON, AGENCY = "person", "agency"
RESULTS, SEALS = "dossier_result", "dossier_seal"
TITLE = "Kết quả giải quyết thủ tục hành chính"
# On a finished PDF the person signs at the foot of the last page, on the right, the seal over its left third.
SIGN_W, SIGN_H, SEAL, EDGE = 60.0, 25.0, 36.0, 20.0
POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Paper:
    """A result ready to be signed, and where its person signs."""

    pdf: bytes
    zone: Zone


def open_result(
    actor: Actor, certificate_id: int, item_id: UUID, *, text: str = "", file: UUID | None = None, name: str = "",
    version: int | None = None,
) -> UUID:  # fmt: skip
    """Open a batch of one from the page of its dossier: what stands there is put down, if it is new, and was read.

    Returns the batch's id. Raises Invalid without words or file, Conflict for another ``version`` of the dossier, and
    as ``open_results``.
    """
    record = work.item(actor, item_id).record_id
    newest = dossiers.proposal(actor, record)
    if newest is not None and file is None and text.strip() == newest.text:
        n = newest.n
    else:
        n = services.propose_result(actor, item_id, text=text, file=file, name=name, version=version)
    services.read_result(actor, record, n=n, version=version)
    return open_results(actor, certificate_id, [ToSign(item_id, n)])


def open_results(actor: Actor, certificate_id: int, chosen: Sequence[ToSign]) -> UUID:
    """Open a batch of proposed results whose approval waits for this post, each as the signer had it on the screen.

    Returns the batch's id. Raises NotFound, AlreadyDone, Forbidden for a step that does not wait for the actor,
    WrongState for a result that is not signed here, CertificateRefused, Conflict for one whose signature is held
    already, Invalid for none or too many.
    """
    offers = [_offer(actor, one) for one in chosen]
    signing.require_free(offers)
    return signing.open_batch(actor, certificate_id=certificate_id, kind=RESULTS, offers=offers)


def _offer(actor: Actor, one: ToSign) -> Offer:
    item = work.item(actor, one.item)
    if item.step_kind != "approve":
        raise WrongState(_("Bước này không phải bước phê duyệt."))
    services.require_signable(item.record_id)
    proposal = dossiers.proposal(actor, item.record_id, n=one.version)
    if proposal is None:
        raise NotFound(_("Không tìm thấy dự thảo kết quả này."))
    view = dossiers.dossier(actor, item.record_id)
    # The same words may be signed again once the work was sent back: one signature for each round of the step.
    file = uuid5(item.id, f"result {proposal.n}")
    more = {"item": str(item.id), "version": proposal.n}
    return Offer(item.record_id, file, PERSON, _digest(view, proposal), proposal.read, more)


def _digest(view: DossierView, proposal: ProposalView) -> str:
    """What the signer has read: the proposal, and what the paper says of the dossier."""
    told = [
        proposal.n, proposal.name, proposal.text, str(proposal.file or ""), view.code, view.applicant.full_name,
        view.procedure_version,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def open_seal(actor: Actor, certificate_id: int, item_id: UUID) -> UUID:
    """Open a batch of one for a signed result that waits to be numbered and sealed. Returns the batch's id; no number
    is taken yet. Raises NotFound, AlreadyDone, Forbidden, WrongState without the approver's signature,
    CertificateRefused for a certificate that is not the agency's, Conflict for one whose seal is held already."""
    file, record = services.file_to_seal(actor, item_id), work.record_of(item_id)
    signing.require_seal(actor, certificate_id, _issuer(dossiers.dossier(actor, record)).unit_id)
    offers = [Offer(record, file, AGENCY, _sealed_digest(file), read=True, more={"item": str(item_id)})]
    signing.require_free(offers)
    return signing.open_batch(actor, certificate_id=certificate_id, kind=SEALS, offers=offers)


def _sealed_digest(file: UUID) -> str:
    """What is sealed: the file the approver signed, which is frozen."""
    return hashlib.sha256(str(file).encode()).hexdigest()


class _Results:
    """Proposed results at the step of approval, as the batch sees them."""

    holder = HolderKind.PERSON

    def digest(self, actor: Actor, item: Item) -> str:
        view, proposal = _waiting(actor, item)
        return _digest(view, proposal) if proposal.n == item.more["version"] else ""

    def load(self, actor: Actor, item: Item) -> Content:
        view, proposal = _waiting(actor, item)
        paper = _paper(actor, view, proposal)
        look = typeset.draw_stamp(
            "person", w=paper.zone.w, h=paper.zone.h, picture=documents.signature_picture(actor)
        )  # fmt: skip
        return Content(paper.pdf, look)

    def done(self, actor: Actor, item: Item, signed: Signed) -> None:
        view, proposal = _waiting(actor, item)
        signer = documents.signer_of(_issuer(view), actor).name
        paper = services.SignedPaper(signed.pdf, proposal.name or _name(view), signer)
        services.approve_signed(actor, UUID(item.more["item"]), paper)
        note(n=proposal.n)


def _waiting(actor: Actor, item: Item) -> tuple[DossierView, ProposalView]:
    """The dossier and its newest proposal, if it still waits for this post's approval. Raises Refusal."""
    work.item(actor, UUID(item.more["item"]))
    view, proposal = dossiers.dossier(actor, item.record), dossiers.proposal(actor, item.record)
    if view.state != "processing":
        words = _("Hồ sơ đang ở trạng thái “%(label)s” nên không làm được việc này.")
        raise WrongState(words % {"label": view.state_label})
    if proposal is None:
        raise NotFound(_("Không tìm thấy dự thảo kết quả này."))
    return view, proposal


class _Seals:
    """Signed results at the step of issuing, as the batch sees them. Whoever loads one gives it its number."""

    holder = HolderKind.ORGANISATION

    def digest(self, actor: Actor, item: Item) -> str:
        return _sealed_digest(services.file_to_seal(actor, UUID(item.more["item"])))

    def load(self, actor: Actor, item: Item) -> Content:
        paper = services.number_result(actor, UUID(item.more["item"]))
        content = files.open_file(actor, paper.file, accept_unscanned=True).path.read_bytes()
        zones, number = signing.blank_zones(content), paper.number.partition("/")[0].zfill(2)
        filled = drafting.fill_in(content, zones, number=number, on=paper.on)
        by, zone = _issuer(dossiers.dossier(actor, item.record)), zones[AGENCY]
        look = typeset.draw_stamp("agency", w=zone.w, h=zone.h, picture=documents.seal_picture(by.id))
        return Content(filled, look, reason=f"Số {paper.number}", number=number, issued=paper.on)

    def done(self, actor: Actor, item: Item, signed: Signed) -> None:
        _record, number = services.issue_sealed(actor, UUID(item.more["item"]), signed.pdf)
        note(number=number, source="ours", signed=True)


signing.signs(RESULTS, _Results())
signing.signs(SEALS, _Seals())


def result_paper(actor: Actor, dossier_id: UUID, n: int) -> bytes:
    """A proposed result as the actor would sign it, for reading. Raises NotFound, Conflict where nobody issues."""
    view, proposal = dossiers.dossier(actor, dossier_id), dossiers.proposal(actor, dossier_id, n=n)
    if proposal is None:
        raise NotFound(_("Không tìm thấy dự thảo kết quả này."))
    return _paper(actor, view, proposal).pdf


def _paper(actor: Actor, view: DossierView, proposal: ProposalView) -> Paper:
    if proposal.file is not None:
        return _finished(actor, proposal.file)
    by = _issuer(view)
    return _typeset(view, by, documents.signer_of(by, actor), proposal)


def _issuer(view: DossierView) -> IssuerView:
    """Who issues in the name of the deciding agency. Raises Conflict where nobody was set up."""
    found = documents.main_issuer(view.authority_id)
    if found is None:
        raise Conflict(_("Cơ quan giải quyết chưa được khai báo là cơ quan ban hành văn bản."), code="no_issuer")
    return found


def _name(view: DossierView) -> str:
    given = procedures.version(view.procedure_version).results
    return given[0].name if given else TITLE


def _typeset(view: DossierView, by: IssuerView, block: Signer, proposal: ProposalView) -> Paper:
    """The words on the agency's paper; number and date stay blank until the records clerk fills them in."""
    lines = [line.strip() for line in proposal.text.splitlines() if line.strip()]
    procedure = procedures.version(view.procedure_version)
    facts = (
        f"Người yêu cầu: {view.applicant.full_name}", f"Thủ tục: {procedure.name} ({procedure.code})",
        f"Mã hồ sơ: {view.code}",
    )  # fmt: skip
    sheet = typeset.set_official(OfficialDocument(
        kind="KQ", layout="named", issuer=Issuer(name="\n".join(by.lines), above=by.above), symbol=services.SYMBOL,
        place=by.place, signer=block, title=TITLE, subject=proposal.name or _name(view),
        body=tuple(Paragraph(plain(line)) for line in (*facts, *lines)),
        recipients=("Người yêu cầu", "Lưu: VT, hồ sơ"),
    ))  # fmt: skip
    return Paper(drafting.lay_fields(sheet), sheet.zones[PERSON])


def _finished(actor: Actor, file: UUID) -> Paper:
    """A finished PDF with room for both signatures at the foot of its last page. Raises PdfRefused."""
    content = files.open_file(actor, file, accept_unscanned=True).path.read_bytes()
    places = _foot(content, signing.pages(content))
    return Paper(signing.prepare(content, signatures=places, texts={}), places[PERSON])


def _foot(pdf: bytes, pages: int) -> dict[str, Zone]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        left, low, right, high = (float(side) for side in document.pages[-1].mediabox)
    width, height = (right - left) * POINT, (high - low) * POINT
    x, y = width - EDGE - SIGN_W, height - EDGE - SIGN_H
    return {
        PERSON: Zone(pages, x, y, SIGN_W, SIGN_H),
        AGENCY: Zone(pages, x - SEAL * 2 / 3, y - (SEAL - SIGN_H) / 2, SEAL, SEAL),
    }
