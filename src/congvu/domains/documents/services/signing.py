"""The two signatures and the number between them: what makes an electronic original (NĐ 30/2020 Điều 5, 13, 15, 17).

The person signs a final PDF whose number and date are blank fields; the records clerk takes the number, which commits
by itself, and then fills it in and seals with the agency's signature, both as incremental updates. A sealing that fails
is tried again with the same number: nothing is numbered or signed twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.page import Zone
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import flow, pictures, policies
from congvu.domains.documents.capacity import proposed, signer_block
from congvu.domains.documents.errors import NotApproved, WrongState
from congvu.domains.documents.events import DocumentIssued
from congvu.domains.documents.issuers import issuer_view, kind_view, series, shown_number
from congvu.domains.documents.models import Approval, Outgoing, OutState, Recipient, Version
from congvu.domains.documents.renditions import set_version
from congvu.domains.documents.services import spread_ending
from congvu.domains.documents.services.drafting import at_step, current, follow
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.types import RecipientInput
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Content, Credential, Filling, Signed, TextField
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Sheet, Signer
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.numbering import services as numbering
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

PERSON, AGENCY = "person", "agency"
BLANKS = {"number": "Số", "date": "Ngày, tháng, năm"}


@act("document.sign", policy=policies.may_work_on, label="Ký ban hành văn bản")
def sign(actor: Actor, item_id: UUID, credential: Credential, *, read_version: int, version: int | None = None) -> None:
    """The competent person signs the version that was read. The paper is set once more, for signing, and frozen.

    Raises CertificateRefused for a certificate that is not the acting person's own, NotApproved without both initials
    on this version, Conflict when a newer version was written since it was read, and what the typesetter and the
    signing engine refuse with; then nothing moved.
    """
    record, row, item = at_step(item_id, flow.SIGN, version=version)
    signing.require_own(actor, credential)
    newest = require_read(row, read_version)
    paper = paper_to_sign(actor, row, newest)
    signed = signing.sign(paper.pdf, field=PERSON, credential=credential, appearance=paper.appearance)
    take_signature(actor, record, row, item.id, signed)
    note(record=record.id, version=newest.n, digest=newest.digest, level=signed.level)


def require_read(row: Outgoing, n: int) -> Version:
    """The newest version, if it is the one that was read and has both initials. Raises Conflict, NotApproved."""
    newest = current(row)
    if newest.n != n:
        raise Conflict(_("Dự thảo đã thay đổi sau khi bạn xem. Hãy xem lại rồi ký."), code="changed")
    missing = set(Approval.About.values) - set(newest.approvals.values_list("about", flat=True))
    if missing:
        names = ", ".join(str(Approval.About(about).label).lower() for about in sorted(missing))
        raise NotApproved(_("Bản này chưa được ký nháy: %(names)s.") % {"names": names})
    return newest


def paper_to_sign(actor: Actor, row: Outgoing, newest: Version) -> Content:
    """The final paper with its blanks, and the look of the signature. Raises WrongState, NoPicture, PaperIncomplete."""
    sheet = set_version(row, newest, signer=_signer(actor, row))
    zone = sheet.zones[PERSON]
    look = typeset.draw_stamp("person", w=zone.w, h=zone.h, picture=pictures.of_user(actor))
    return Content(_prepared(sheet), look)


def take_signature(actor: Actor, record: Record, row: Outgoing, item_id: UUID, signed: Signed) -> None:
    """Keep the signed file and pass the document on to be numbered. Step of an act."""
    row.original = _store(actor, record, row, signed.pdf)
    row.signer_name, row.signed_at = actor.name, utc_now()
    row.pages = signing.pages(signed.pdf)
    row.save(update_fields=["original", "signer_name", "signed_at", "pages"])
    workflow.complete(item_id, actor=actor)
    follow(record)


def _signer(actor: Actor, row: Outgoing) -> Signer:
    """Who really signs: a stand-in signs with the own post, for the head (KT.) or by authorisation (TUQ.)."""
    by = issuer_view(row.issuer)
    position, capacity = actor.position_id, row.capacity
    if actor.on_behalf_of and actor.user_id is not None:
        own = next((post for post in orgs.posts_of(actor.user_id) if not post.stand_in_for), None)
        position = own.position_id if own else position
        capacity = Outgoing.Capacity.AUTHORISED
        if own is not None and "chair" in own.roles and own.unit_id == by.unit_id:
            capacity = proposed(by, orgs.position(own.position_id))
    if position is None:
        raise WrongState(_("Chưa rõ bạn ký ở vị trí nào. Hãy chọn vị trí công tác."))
    return signer_block(by, orgs.position(position), capacity, actor.name)


def _prepared(sheet: Sheet) -> bytes:
    """The paper with its blanks and both signature fields, before anybody signs."""
    zones = {name: sheet.zones[name] for name in (PERSON, AGENCY)}
    texts = {name: TextField(sheet.zones[name], label) for name, label in BLANKS.items() if name in sheet.zones}
    return signing.prepare(sheet.pdf, signatures=zones, texts=texts)


def _store(actor: Actor, record: Record, row: Outgoing, pdf: bytes) -> UUID:
    """The signed file on the record, frozen; what it replaces stays readable."""
    kept = files.store(actor, name=f"{row.kind.key}-{record.id.hex[-8:]}.pdf", content=pdf)
    files.attach(actor, kept.id, record=record.id, purpose="document", label="Văn bản")
    files.lock_version(kept.id)
    return kept.id


@act("document.number", policy=policies.may_work_on, label="Cấp số văn bản")
def number(_actor: Actor, item_id: UUID, *, version: int | None = None) -> str:
    """The next number of the document's series and today's date; once given it stays with this document.

    The series is that of the year of issue, whatever the day of signature (NĐ 30/2020 Điều 15). Raises WrongState
    before the competent person has signed.
    """
    record, row, _item = at_step(item_id, flow.ISSUE, version=version)
    if row.number is None:
        today = local_date(utc_now())
        row.series = series(issuer_view(row.issuer), kind_view(row.kind))
        row.issued_on, row.number_year = today, today.year
        row.number = numbering.take(row.series, row.issuer.unit_id, str(today.year), record=record.id)
        row.save(update_fields=["series", "issued_on", "number_year", "number"])
        code = full_code(row)
        records.change(record, search=f"{code} {row.drafter_name} {row.signer_name}")
        workflow.retitle(record.id, code=code, title=record.title)
    note(record=record.id, number=row.number, symbol=row.symbol, on=row.issued_on and row.issued_on.isoformat())
    return full_code(row)


@act("document.issue", policy=policies.may_work_on, label="Ký số cơ quan, phát hành văn bản")
def issue(
    actor: Actor, item_id: UUID, credential: Credential, recipients: Sequence[RecipientInput], *,
    version: int | None = None,
) -> None:  # fmt: skip
    """Fill in number and date, sign for the agency, verify both signatures, release to the recipients.

    Raises CertificateRefused for a certificate that is not that of the issuer's agency, used by its records clerk or
    custodian, WrongState without a number, Invalid for recipients, Conflict when either signature does not hold; then
    nothing moved and the number waits for the next try.
    """
    record, row, item = at_step(item_id, flow.ISSUE, version=version)
    signing.require_seal(actor, credential, row.issuer.unit_id)
    if row.number is None or row.issued_on is None or row.original is None:
        raise WrongState(_("Hãy cấp số trước khi phát hành."))
    _check_recipients(recipients)
    sealed = _sealed(actor, row, credential)
    report = signing.validate(sealed, online=False)
    if len(report.signatures) != 2 or not all(found.integrity for found in report.signatures):
        words = "; ".join(found.reason for found in report.signatures if not found.integrity)
        raise Conflict(_("Chữ ký số trên văn bản không toàn vẹn nên chưa phát hành: %(why)s") % {"why": words})
    signing.keep(sealed, report, record=record.id)
    row.original, row.issued_at = _store(actor, record, row, sealed), utc_now()
    row.save(update_fields=["original", "issued_at"])
    Recipient.objects.bulk_create(
        Recipient(outgoing=row, way=to.way, name=clean(to.name), code=to.code, unit_id=to.unit_id) for to in recipients
    )
    workflow.complete(item.id, actor=actor)
    inside = [f"u:{to.unit_id}" for to in recipients if to.unit_id is not None]
    records.change(record, state=OutState.ISSUED, closed_at=row.issued_at, add_readers=inside)
    spread_ending.end_replaced(record.id, by=actor.name, code=full_code(row))
    publish(DocumentIssued(record=record.id))
    note(record=record.id, code=full_code(row), recipients=len(recipients))


def _sealed(actor: Actor, row: Outgoing, credential: Credential) -> bytes:
    """Number, date and the agency's signature as incremental updates of what the person signed."""
    if row.original is None or row.issued_on is None:
        raise AssertionError("a signed and numbered document")
    original = files.open_file(actor, row.original).path.read_bytes()
    zones = signing.blank_zones(original)
    filled = signing.fill(original, _fillings(row, zones, row.issued_on))
    zone = zones[AGENCY]
    look = typeset.draw_stamp("agency", w=zone.w, h=zone.h, picture=pictures.of_issuer(row.issuer))
    return signing.sign(filled, field=AGENCY, credential=credential, appearance=look).pdf


def _fillings(row: Outgoing, zones: Mapping[str, Zone], on: date) -> dict[str, Filling]:
    texts = {"number": shown_number(row.number or 0), "date": typeset.official_day(on)}
    found = {}
    for name, text in texts.items():
        if name in zones:
            zone = zones[name]
            side, italic = ("right", False) if name == "number" else ("left", True)
            look = typeset.draw_stamp("text", w=zone.w, h=zone.h, text=text, italic=italic, side=side)  # type: ignore[arg-type]
            found[name] = Filling(text, look)
    return found


def _check_recipients(recipients: Sequence[RecipientInput]) -> None:
    problems = []
    if not recipients:
        problems.append(Problem("recipients", _("Chọn ít nhất một nơi nhận."), "missing"))
    for place, to in enumerate(recipients):
        if not clean(to.name) or len(clean(to.name)) > 200:
            problems.append(Problem(f"recipients.{place}.name", _("Ghi tên nơi nhận."), "missing"))
        if to.way == Recipient.Way.EXCHANGE and not to.code:
            words = _("Nơi nhận qua trục liên thông cần mã định danh cơ quan.")
            problems.append(Problem(f"recipients.{place}.code", words, "missing"))
        if to.way not in Recipient.Way.values:
            problems.append(Problem(f"recipients.{place}.way", _("Chọn cách gửi."), "unknown"))
    if problems:
        raise Invalid(_("Chưa phát hành được: nơi nhận chưa đủ."), problems=tuple(problems))


def waits_to_issue(record: UUID) -> UUID | None:
    """The item of the issuing step, if the document has come that far."""
    return next((item.id for item in work.open_items(record) if item.node == flow.ISSUE), None)
