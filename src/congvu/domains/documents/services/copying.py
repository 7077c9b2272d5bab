"""Copies in their lawful directions only: sao y, sao lục, trích sao (NĐ 30/2020 Điều 25–27, Phụ lục I phần II).

No sao y goes from electronic to electronic: the document itself is forwarded. A sao lục is made of a sao y only.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pikepdf
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.page import Zone
from congvu.common.symbols import written
from congvu.common.text import clean, fold
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.capacity import proposed, signer_block
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.issuers import book_of, kind_view, series, shown_number
from congvu.domains.documents.models import Copy, Incoming, InState, Kind, Link, Outgoing, OutState
from congvu.domains.documents.renditions import expected_signer, set_version
from congvu.domains.documents.services.naming import book_posts, full_code
from congvu.domains.documents.types import CopyInput, IssuerView
from congvu.engines.signing import services as signing
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.errors import FileRefused
from congvu.engines.typeset.types import CopyMark, Issuer, Signer
from congvu.ground.audit.services import act, note
from congvu.ground.files import selectors as stored
from congvu.ground.files import services as files
from congvu.ground.numbering import services as numbering
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

COPY = "doc_copy"
SEALING, MADE = "sealing", "made"
AGENCY = "agency"
PAPER, ELECTRONIC = Copy.Medium.PAPER, Copy.Medium.ELECTRONIC
_THREE = frozenset({(PAPER, PAPER), (ELECTRONIC, PAPER), (PAPER, ELECTRONIC)})
# From what to what each form goes (documents.md §1.8).
LAWFUL = {
    Copy.Form.TRUE: _THREE, Copy.Form.RELAY: _THREE, Copy.Form.EXTRACT: _THREE | {(ELECTRONIC, ELECTRONIC)},
}  # fmt: skip
REGISTERED = (InState.REGISTERED, InState.PROCESSING, InState.DONE)


@act("document.copy", policy=policies.may_copy, label="Sao văn bản")
def copy(actor: Actor, source_id: UUID, given: CopyInput, certificate_id: int | None = None, *, key: str) -> UUID:
    """Make a copy with the next number of copies: a paper with its block, or an electronic one that waits for the
    agency's signature in its corner (``seal_copy``) and is none before.

    ``certificate_id`` is the agency's, needed for an electronic copy. ``key`` makes a repeat harmless. Raises Invalid
    for a direction the decree does not know and for missing parts, WrongState for what is not in force,
    CertificateRefused for a certificate that is not the agency's.
    """
    before = records.recall(actor, key, [str(source_id), repr(given)])
    if before is not None:
        note(repeat_of=before)
        return UUID(before)
    record = records.lock(source_id)
    origin, is_true_copy, code = origin_of(record)
    _check(given, origin, is_true_copy=is_true_copy, keyed=certificate_id is not None)
    by, now = book_of(actor), utc_now()
    sealed = certificate_id is not None and given.to == ELECTRONIC
    if certificate_id is not None and sealed:
        signing.require_seal(actor, certificate_id, by.unit_id)
    content = _content(actor, record, given)
    made = records.open_record(
        kind=COPY, title=f"{Copy.Form(given.form).label} {code}: {record.title}", unit=by.unit_id,
        state=SEALING if sealed else MADE,
        readers=[*book_posts(by.unit_id), *([f"p:{actor.position_id}"] if actor.position_id else [])], opened_at=now,
    )  # fmt: skip
    row = _write(actor, by, made, record, given, origin, content, now)
    Link.objects.create(source=made, target=record, relation=Link.Relation.COPY, at=now)
    records.change(made, search=f"{written(shown_number(row.number), row.symbol)} {code}")
    records.remember(actor, key, str(made.id))
    note(record=made.id, source=str(source_id), form=given.form, number=row.number, medium=given.to)
    return made.id


def origin_of(record: Record) -> tuple[str, bool, str]:
    """What the source is, whether it is a sao y itself, and what it is called. Raises WrongState."""
    if record.kind == COPY:
        if record.state != MADE:
            raise WrongState(_("Bản sao chưa được đóng dấu."))
        made = Copy.objects.get(record=record)
        return made.medium, made.form == Copy.Form.TRUE, written(shown_number(made.number), made.symbol)
    if record.kind == policies.OUTGOING:
        if record.state != OutState.ISSUED:
            raise WrongState(_("Chỉ sao văn bản đã phát hành và còn hiệu lực."))
        row = Outgoing.objects.get(record=record)
        return PAPER if row.paper else ELECTRONIC, False, full_code(row)
    if record.state not in REGISTERED:
        raise WrongState(_("Chỉ sao văn bản đến đã vào sổ."))
    came = Incoming.objects.get(record=record)
    medium = ELECTRONIC if came.channel in ("exchange", "mail") else PAPER
    own = written(came.number, came.symbol)
    return medium, fold(came.kind_name).startswith("sao y"), own


def _check(given: CopyInput, origin: str, *, is_true_copy: bool, keyed: bool) -> None:
    problem = _wrong(given, origin, is_true_copy=is_true_copy)
    if problem is None and given.to == ELECTRONIC and not keyed:
        problem = Problem("key", _("Bản sao điện tử cần chữ ký số của cơ quan."), "no_key")
    if problem is not None:
        raise Invalid(problem.message, problems=(problem,))


def _wrong(given: CopyInput, origin: str, *, is_true_copy: bool) -> Problem | None:
    if given.form not in Copy.Form.values or given.to not in Copy.Medium.values:
        return Problem("form", _("Chọn hình thức sao và loại bản sao."), "unknown")
    form = Copy.Form(given.form)
    if form is Copy.Form.RELAY and not is_true_copy:
        return Problem("form", _("Sao lục chỉ được thực hiện từ bản sao y."), "source")
    if form is not Copy.Form.RELAY and is_true_copy:
        return Problem("form", _("Từ bản sao y chỉ sao lục; sao y, trích sao làm từ bản gốc, bản chính."), "source")
    if (origin, given.to) not in LAWFUL[form]:
        words = _("Không sao từ bản điện tử sang bản điện tử: hãy chuyển chính văn bản điện tử.")
        return Problem("to", words, "direction")
    if form is Copy.Form.EXTRACT and given.file is None and not given.pages:
        words = _("Trích sao cần số trang được trích, hoặc tệp PDF trình bày lại thể thức và phần được trích.")
        return Problem("pages", words, "missing")
    return None


def _content(actor: Actor, record: Record, given: CopyInput) -> bytes:
    """The PDF that is copied: the scan or extract given, else the newest PDF of the source, or pages of it."""
    found = given.file
    if found is None:
        named = [info for info in stored.files_of(record.id) if info.media_type == "application/pdf"]
        newest = Outgoing.objects.filter(record=record).values_list("original", flat=True).first()
        newest = newest or Copy.objects.filter(record=record).values_list("content", flat=True).first()
        found = newest or (named[0].id if named else None)
    if found is None:
        message = _("Văn bản không có tệp PDF để sao. Hãy tải bản quét lên.")
        raise Invalid(message, problems=(Problem("file", message, "missing"),))
    opened = files.open_file(actor, found, accept_unscanned=True)
    if opened.info.media_type != "application/pdf":
        message = _("Bản quét, bản trích phải là tệp PDF.")
        raise Invalid(message, problems=(Problem("file", message, "type"),))
    whole = opened.path.read_bytes()
    if given.form != Copy.Form.EXTRACT or given.file is not None:
        return whole
    try:
        return typeset.extract_pages(whole, given.pages)
    except FileRefused as refusal:
        raise Invalid(refusal.message, problems=(Problem("pages", refusal.message, "range"),)) from refusal


def _write(
    actor: Actor, by: IssuerView, made: Record, source: Record, given: CopyInput, origin: str, content: bytes,
    now: datetime,
) -> Copy:  # fmt: skip
    what = kind_view(Kind.objects.get(abbreviation=given.form, family="administrative"))
    today, symbol = local_date(now), f"{given.form}-{by.abbreviation}"
    block = _signer(by, given)
    number = numbering.take(series(by, what), by.unit_id, str(today.year), record=made.id)
    if given.to == ELECTRONIC:
        pdf = signing.prepare(content, signatures={AGENCY: typeset.copy_zone(content)}, texts={})
    else:
        mark = CopyMark(
            form=given.form, issuer=Issuer(name="\n".join(by.lines), above=by.above), symbol=symbol, place=by.place,  # type: ignore[arg-type]
            signer=block, number=shown_number(number), on=today, recipients=given.recipients,
        )  # fmt: skip
        pdf = typeset.set_copy(content, mark, end=_end(source, given)).pdf
    kept = keep_file(actor, made, given.form, pdf, sealed=given.to != ELECTRONIC)
    return Copy.objects.create(
        record=made, issuer_id=by.id, source=source, form=given.form, origin=origin, medium=given.to, number=number,
        year=today.year, symbol=symbol, made_on=today, made_at=now, made_by=actor.name, signer_name=block.name,
        recipients=[clean(line) for line in given.recipients], content=kept, pages=_pages(pdf),
    )  # fmt: skip


def _end(source: Record, given: CopyInput) -> Zone | None:
    """Where the text of an own original ends, so that the block stands right under it; of a scan nobody knows."""
    if source.kind != policies.OUTGOING or given.file is not None or given.form == Copy.Form.EXTRACT:
        return None
    row = Outgoing.objects.select_related("issuer", "kind").get(record=source)
    newest = row.versions.get(n=row.version)
    return set_version(row, newest, signer=replace(expected_signer(row), name=row.signer_name)).zones.get("end")


def _signer(by: IssuerView, given: CopyInput) -> Signer:
    """Boxes 5a–c of a paper copy: whoever signs it in the agency. An electronic one carries the agency alone."""
    if given.to == ELECTRONIC:
        return Signer(title="", name="")
    if given.signer_position is None:
        message = _("Chọn người ký bản sao.")
        raise Invalid(message, problems=(Problem("signer", message, "missing"),))
    post = orgs.position(given.signer_position)
    if orgs.agency_of(post.unit_id).id != by.unit_id:
        message = _("Người ký phải thuộc cơ quan sao văn bản.")
        raise Invalid(message, problems=(Problem("signer", message, "outside"),))
    people = orgs.holders_of(post.id)
    return signer_block(by, post, proposed(by, post), people[0].name if people else "")


def keep_file(actor: Actor, made: Record, form: str, pdf: bytes, *, sealed: bool) -> UUID:
    """The copy's file on its record, frozen; one that waits for its seal is nobody's copy yet. Step of an act."""
    kept = files.store(actor, name=f"{form.lower()}-{made.id.hex[-8:]}.pdf", content=pdf)
    purpose, label = ("document", "Bản sao") if sealed else ("internal", "Bản sao chờ đóng dấu")
    files.attach(actor, kept.id, record=made.id, purpose=purpose, label=label)
    files.lock_version(kept.id)
    return kept.id


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)
