"""What leaves the registry by hand: envelopes given to the post, stored copies lent and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.models import Loan, Outgoing, OutState, Posting
from congvu.domains.documents.selectors.lines_of_books import code
from congvu.domains.documents.services.steps import require_state
from congvu.ground.audit.services import act, note
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

MOST_ENVELOPES = 999


@dataclass(frozen=True, slots=True)
class PostingInput:
    """Envelopes given to the post. ``tracking`` is the number the post gave."""

    to: str
    envelopes: int
    sent_on: date
    tracking: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LoanInput:
    """A stored copy handed out: to whom, allowed by whom, from which work file."""

    borrower: str
    allowed_by: str
    lent_on: date
    file_code: str = ""
    note: str = ""


@act("document.post", policy=policies.may_keep_books, label="Gửi văn bản qua bưu điện")
def post(actor: Actor, document_id: UUID, given: PostingInput, *, key: str) -> int:
    """Write down the envelopes of an issued document given to the post; ``key`` makes a repeat harmless.

    Raises WrongState before the document is issued, Invalid naming each field, KeyReused.
    """
    before = records.recall(actor, key, [str(document_id), repr(given)])
    if before is not None:
        note(repeat_of=before)
        return int(before)
    record, row = _issued(document_id)
    today = local_date(utc_now())
    problems = [*_required("to", given.to, _("Ghi nơi nhận.")), *_too_long(to=(given.to, 200), note=(given.note, 200))]
    problems += _too_long(tracking=(given.tracking, 40))
    if not 0 < given.envelopes <= MOST_ENVELOPES:
        problems.append(Problem("envelopes", _("Số lượng bì là số từ 1 đến 999."), "range"))
    if given.sent_on > today or (row.issued_on is not None and given.sent_on < row.issued_on):
        problems.append(Problem("sent_on", _("Ngày chuyển từ ngày văn bản đến hôm nay."), "range"))
    _refuse(problems)
    kept = Posting.objects.create(
        outgoing=row, book_id=row.issuer_id, sent_on=given.sent_on, to=clean(given.to), envelopes=given.envelopes,
        tracking=clean(given.tracking), note=clean(given.note), at=utc_now(), by=actor.name,
    )  # fmt: skip
    records.remember(actor, key, kept.pk)
    note(record=record.id, code=code(row), to=kept.to, envelopes=kept.envelopes, on=given.sent_on.isoformat())
    return kept.pk


@act("document.lend", policy=policies.may_keep_books, label="Cho sử dụng bản lưu")
def lend(actor: Actor, document_id: UUID, given: LoanInput) -> int:
    """Hand out the stored copy of an issued document; who allowed it is named.

    Raises WrongState before the document is issued, Conflict while the copy is out, Invalid naming each field.
    """
    record, row = _issued(document_id)
    today = local_date(utc_now())
    problems = [
        *_required("borrower", given.borrower, _("Ghi họ và tên người sử dụng.")),
        *_required("allowed_by", given.allowed_by, _("Ghi người cho phép sử dụng.")),
        *_too_long(borrower=(given.borrower, 200), allowed_by=(given.allowed_by, 200), note=(given.note, 200)),
        *_too_long(file_code=(given.file_code, 50)),
    ]
    if given.lent_on > today or (row.issued_on is not None and given.lent_on < row.issued_on):
        problems.append(Problem("lent_on", _("Ngày cho mượn từ ngày văn bản đến hôm nay."), "range"))
    _refuse(problems)
    if Loan.objects.filter(outgoing=row, returned_on=None).exists():
        raise Conflict(_("Bản lưu của văn bản này đang cho mượn và chưa được trả."), code="lent")
    kept = Loan.objects.create(
        outgoing=row, book_id=row.issuer_id, lent_on=given.lent_on, borrower=clean(given.borrower),
        file_code=clean(given.file_code), allowed_by=clean(given.allowed_by), note=clean(given.note), at=utc_now(),
        by=actor.name,
    )  # fmt: skip
    note(record=record.id, code=code(row), loan=kept.pk, allowed_by=kept.allowed_by)
    return kept.pk


@act("document.take_back", policy=policies.may_keep_books, label="Nhận lại bản lưu")
def take_back(actor: Actor, document_id: UUID) -> None:
    """The stored copy came back today. Raises NotFound when it is not lent out."""
    records.lock(document_id)
    loan = Loan.objects.filter(outgoing=document_id, returned_on=None).first()
    if loan is None:
        raise NotFound(_("Bản lưu của văn bản này không cho mượn."))
    loan.returned_on, loan.returned_to = local_date(utc_now()), actor.name
    loan.save(update_fields=["returned_on", "returned_to"])
    note(record=document_id, loan=loan.pk)


def _issued(document_id: UUID) -> tuple[Record, Outgoing]:
    record = records.lock(document_id)
    require_state(record, OutState.ISSUED, OutState.RECALLED)
    return record, Outgoing.objects.select_related("issuer").get(record_id=document_id)


def _required(field: str, text: str, words: str) -> list[Problem]:
    return [] if clean(text) else [Problem(field, words, "missing")]


def _too_long(**given: tuple[str, int]) -> list[Problem]:
    return [
        Problem(field, _("Dài quá %(limit)s ký tự.") % {"limit": limit}, "too_long")
        for field, (text, limit) in given.items()
        if len(clean(text)) > limit
    ]


def _refuse(problems: list[Problem]) -> None:
    if problems:
        count = len(problems)
        words = ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", count) % {"count": count}
        raise Invalid(words, problems=tuple(problems))
