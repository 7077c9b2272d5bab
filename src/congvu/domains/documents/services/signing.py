"""The signature of the competent person: on the version that was read, on a paper whose number and date are blank
(NĐ 30/2020 Điều 5, 13, 17). The key signs it and is closed; a job adds the time stamp and keeps the signed file.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict
from congvu.common.zones import utc_now
from congvu.domains.documents import pictures
from congvu.domains.documents.authorised import require_authorised
from congvu.domains.documents.capacity import proposed, signer_block
from congvu.domains.documents.errors import NotApproved, WrongState
from congvu.domains.documents.issuers import issuer_view
from congvu.domains.documents.models import Approval, Outgoing, Version
from congvu.domains.documents.renditions import set_version
from congvu.domains.documents.services.drafting import current, follow
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Content, Signed, TextField
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Sheet, Signer
from congvu.engines.workflow import services as workflow
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.services import Record

PERSON, AGENCY = "person", "agency"
BLANKS = {"number": "Số", "date": "Ngày, tháng, năm"}


def require_read(row: Outgoing, n: int) -> Version:
    """The newest version, if it is the one that was read and has both initials. Raises Conflict, NotApproved."""
    newest = current(row)
    if newest.n != n:
        raise Conflict(_("Dự thảo đã thay đổi sau khi xem. Hãy xem lại rồi ký."), code="changed")
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
    return Content(lay_fields(sheet), look)


def take_signature(actor: Actor, record: Record, row: Outgoing, item_id: UUID, signed: Signed) -> None:
    """Keep the signed file and pass the document on to be numbered. Step of an act."""
    row.original = store(actor, record, row, signed.pdf)
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
    elif capacity == Outgoing.Capacity.AUTHORISED and position is not None:
        require_authorised(by.id, position, row.kind.key)
    if position is None:
        raise WrongState(_("Chưa rõ ký ở vị trí nào. Hãy chọn vị trí công tác."))
    return signer_block(by, orgs.position(position), capacity, actor.name)


def lay_fields(sheet: Sheet) -> bytes:
    """The paper with its blanks and both signature fields, before anybody signs."""
    zones = {name: sheet.zones[name] for name in (PERSON, AGENCY)}
    texts = {name: TextField(sheet.zones[name], label) for name, label in BLANKS.items() if name in sheet.zones}
    return signing.prepare(sheet.pdf, signatures=zones, texts=texts)


def store(actor: Actor, record: Record, row: Outgoing, pdf: bytes) -> UUID:
    """The signed file on the record, frozen; what it replaces stays readable."""
    kept = files.store(actor, name=f"{row.kind.key}-{record.id.hex[-8:]}.pdf", content=pdf)
    files.attach(actor, kept.id, record=record.id, purpose="document", label="Văn bản")
    files.lock_version(kept.id)
    return kept.id
