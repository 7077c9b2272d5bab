"""Recalling what was issued: the document and its data are frozen here, every recipient is asked to give it up.

NĐ 30/2020 Điều 18 khoản 4, Phụ lục VI phần I mục III.8. The document stays, marked; who reads it still reads it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.errors import WrongState
from congvu.domains.documents.events import DocumentRecalled, TakeBackAsked
from congvu.domains.documents.models import Link, Outgoing, OutState, Recipient, Request
from congvu.domains.documents.policies import OUTGOING
from congvu.domains.documents.services import spread_ending
from congvu.domains.documents.services.drafting import load
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.services.steps import require_state
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.records import services as records
from congvu.ground.records.selectors import get_visible

REASON_LIMIT = 1000
# After 02 and 06 a document is over between the two: nothing is asked back any more.
OVER = ("02", "06")


@act("document.recall", policy=policies.may_recall, label="Thu hồi văn bản đã phát hành")
def recall(actor: Actor, document_id: UUID, *, reason: str, notice: UUID, version: int | None = None) -> None:
    """Recall an issued document by a notice or decision of the same issuer, issued before.

    Raises Invalid without a reason or for what is no such notice, WrongState for a document that is not issued or was
    recalled, Conflict for a stale page.
    """
    words = reason_of(reason)
    record, row = load(document_id, version=version)
    if record.state == OutState.RECALLED:
        raise WrongState(_("Văn bản này đã được thu hồi trước đó."))
    require_state(record, OutState.ISSUED)
    by_notice = _notice(actor, row, notice)
    now = utc_now()
    Link.objects.get_or_create(
        source=by_notice.record, target=record, relation=Link.Relation.RECALL, defaults={"at": now}
    )
    for to in row.recipients.exclude(way=Recipient.Way.INSIDE).order_by("id"):
        if not Request.objects.filter(recipient=to, answer="").exists():
            ask(actor, row, to, Request.Operation.RECALL, words)
    row.recalled_at, row.recall_reason = now, words
    row.save(update_fields=["recalled_at", "recall_reason"])
    records.change(record, state=OutState.RECALLED)
    spread_ending.end_with_document(record.id, by=actor.name, reason=f"Văn bản đã được thu hồi: {words}"[:REASON_LIMIT])
    publish(DocumentRecalled(record=record.id))
    note(record=record.id, reason=words[:200], notice=str(notice), code=full_code(row))


def _notice(actor: Actor, row: Outgoing, notice: UUID) -> Outgoing:
    """The document that recalls another. Raises Invalid."""
    wrong = ""
    try:
        get_visible(actor, notice, kind=OUTGOING)
        found = Outgoing.objects.select_related("record").get(record_id=notice)
    except NotFound:
        found, wrong = row, _("Không tìm thấy thông báo thu hồi này.")
    if not wrong and (found.pk == row.pk or found.issuer_id != row.issuer_id):
        wrong = _("Thu hồi bằng một thông báo hoặc quyết định khác của chính cơ quan ban hành.")
    elif not wrong and found.record.state != OutState.ISSUED:
        wrong = _("Thông báo thu hồi phải được phát hành trước.")
    if wrong:
        raise Invalid(wrong, problems=(Problem("notice", wrong, "notice"),))
    return found


def reason_of(text: str) -> str:
    """Why; nothing is asked back without it. Raises Invalid."""
    words = clean(text)
    if not words or len(words) > REASON_LIMIT:
        message = _("Ghi lý do, tối đa %(n)s ký tự.") % {"n": REASON_LIMIT}
        raise Invalid(message, problems=(Problem("reason", message, "missing"),))
    return words


def ask(actor: Actor, row: Outgoing, to: Recipient, operation: Request.Operation, reason: str) -> Request:
    """Write down what is asked of one recipient. Step of an act."""
    about = f"{full_code(row)} ngày {row.issued_on:%d/%m/%Y}"
    return Request.objects.create(
        record_id=row.pk, recipient=to, operation=operation, about=about, reason=reason, asked_at=utc_now(),
        asked_by=actor.name,
    )  # fmt: skip


@act("document.ask_back", policy=policies.may_recall, label="Đề nghị một nơi nhận trả lại văn bản")
def ask_back(actor: Actor, document_id: UUID, *, recipient: int, reason: str, version: int | None = None) -> UUID:
    """Ask one recipient on the exchange to give the document back (13), as when it was addressed wrongly.

    The document itself stays in force. Raises Invalid without a reason or for no such recipient, WrongState, Conflict
    where the recipient is done with it or a request waits already.
    """
    words = reason_of(reason)
    record, row = load(document_id, version=version)
    require_state(record, OutState.ISSUED)
    to = row.recipients.filter(id=recipient, way=Recipient.Way.EXCHANGE).first()
    if to is None:
        message = _("Chọn một nơi nhận qua trục liên thông.")
        raise Invalid(message, problems=(Problem("recipient", message, "unknown"),))
    if to.state in OVER:
        raise Conflict(_("%(name)s đã kết thúc xử lý văn bản nên không lấy lại được nữa.") % {"name": to.name})
    if Request.objects.filter(recipient=to, answer="").exists():
        raise Conflict(_("Đã đề nghị %(name)s, đang chờ trả lời.") % {"name": to.name})
    if not row.document_id:
        raise WrongState(_("Văn bản chưa được gửi lên trục liên thông. Hãy thử lại sau ít phút."))
    asked = ask(actor, row, to, Request.Operation.TAKE_BACK, words)
    publish(TakeBackAsked(request=asked.id))
    note(record=record.id, recipient=to.name, reason=words[:200])
    return asked.id


@act("document.paper_back", policy=policies.may_note_return, label="Ghi nhận đã nhận lại bản giấy")
def paper_back(actor: Actor, request_id: UUID) -> None:
    """A recipient on paper sent the document back. Raises Invalid for another way, Conflict the second time."""
    asked = Request.objects.select_for_update(of=("self",)).select_related("recipient").get(id=request_id)
    if asked.recipient is None or asked.recipient.way != Recipient.Way.PAPER:
        message = _("Chỉ ghi nhận cho nơi nhận bản giấy; nơi nhận điện tử tự trả lời qua hệ thống.")
        raise Invalid(message, problems=(Problem("request", message, "way"),))
    require_unanswered(asked)
    _answered(asked, Request.Answer.AGREED, by=actor.name, words="Đã nhận lại bản giấy", at=utc_now())
    note(record=asked.record_id, recipient=asked.recipient.name)


def require_unanswered(asked: Request) -> None:
    """Nothing is answered twice. Raises Conflict saying who answered what and when."""
    if asked.answer:
        words = {
            "answer": Request.Answer(asked.answer).label, "who": asked.answered_by,
            "day": f"{local_date(asked.answered_at or asked.asked_at):%d/%m/%Y}",
        }  # fmt: skip
        raise Conflict(_("Đề nghị này đã được trả lời “%(answer)s” (%(who)s, %(day)s).") % words, code="answered")


def _answered(asked: Request, answer: Request.Answer, *, by: str, words: str, at: datetime) -> None:
    asked.answer, asked.answered_by, asked.words, asked.answered_at = answer, by[:200], words, at
    asked.save(update_fields=["answer", "answered_by", "words", "answered_at"])


def note_answer(document_id: str, recipient: str, *, answer: str, words: str, at: datetime) -> None:
    """A recipient on the exchange answered 15 or 16. Step of a journey; a second time changes nothing."""
    asked = (
        Request.objects.select_for_update(of=("self",))
        .filter(recipient__outgoing__document_id=document_id, recipient__code=recipient, answer="")
        .select_related("recipient")
        .first()
    )
    if asked is not None and asked.recipient is not None:
        _answered(asked, Request.Answer(answer), by=asked.recipient.name, words=words, at=at)
