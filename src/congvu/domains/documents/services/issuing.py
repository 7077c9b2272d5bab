"""Number and seal: what makes a signed paper an original (NĐ 30/2020 Điều 5, 15, 17).

The number is taken when the key of the agency is open, in the order of the list, and commits by itself; number and date
are filled into the signed file as incremental updates, and the seal is signed over them. A sealing that fails is tried
again with the same number: nothing is numbered or sealed twice, whatever becomes of the time stamp.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.page import Zone
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import flow, pictures, policies
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.events import DocumentIssued
from congvu.domains.documents.issuers import issuer_view, kind_view, series, shown_number
from congvu.domains.documents.models import Outgoing, OutState, Recipient
from congvu.domains.documents.services import sealing_annexes, spread_ending
from congvu.domains.documents.services.drafting import at_step
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.services.signing import AGENCY, store
from congvu.domains.documents.types import RecipientInput
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Content, Filling, Signed
from congvu.engines.typeset import services as typeset
from congvu.engines.workflow import services as workflow
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.numbering import services as numbering
from congvu.ground.records import services as records
from congvu.ground.records.services import Record


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


def paper_to_seal(actor: Actor, row: Outgoing) -> Content:
    """The signed file with number and date filled in, and the look of the seal. Raises WrongState without them."""
    if row.original is None or row.issued_on is None:
        raise WrongState(_("Hãy ký và cấp số trước khi phát hành."))
    original = files.open_file(actor, row.original).path.read_bytes()
    zones = signing.blank_zones(original)
    filled = fill_in(original, zones, number=shown_number(row.number or 0), on=row.issued_on)
    zone = zones[AGENCY]
    look = typeset.draw_stamp("agency", w=zone.w, h=zone.h, picture=pictures.of_issuer(row.issuer))
    return Content(filled, look, number=shown_number(row.number or 0), issued=row.issued_on)


def send_out(
    actor: Actor, record: Record, row: Outgoing, item_id: UUID, signed: Signed, to: Sequence[Mapping[str, Any]]
) -> None:
    """Keep the sealed original and release it to its recipients, with its annexes. Step of an act. Raises Conflict."""
    sealing_annexes.issue(actor, record, row)
    row.original, row.issued_at = store(actor, record, row, signed.pdf), utc_now()
    row.save(update_fields=["original", "issued_at"])
    recipients = [RecipientInput(**one) for one in to]
    Recipient.objects.bulk_create(
        Recipient(outgoing=row, way=one.way, name=clean(one.name), code=one.code, unit_id=one.unit_id)
        for one in recipients
    )
    workflow.complete(item_id, actor=actor)
    inside = [f"u:{one.unit_id}" for one in recipients if one.unit_id is not None]
    records.change(record, state=OutState.ISSUED, closed_at=row.issued_at, add_readers=inside)
    spread_ending.end_replaced(record.id, by=actor.name, code=full_code(row))
    publish(DocumentIssued(record=record.id))
    note(code=full_code(row), recipients=len(recipients))


def fill_in(pdf: bytes, zones: Mapping[str, Zone], *, number: str, on: date) -> bytes:
    """A signed paper with its number and date in their blanks, as incremental updates; as it is where it has none."""
    texts = {"number": number, "date": typeset.official_day(on)}
    found = {}
    for name, text in texts.items():
        if name in zones:
            zone = zones[name]
            side, italic = ("right", False) if name == "number" else ("left", True)
            look = typeset.draw_stamp("text", w=zone.w, h=zone.h, text=text, italic=italic, side=side)  # type: ignore[arg-type]
            found[name] = Filling(text, look)
    return signing.fill(pdf, found) if found else pdf


def check_recipients(recipients: Sequence[RecipientInput]) -> None:
    """Raises Invalid naming each: none, without a name, over the exchange without a code."""
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
