"""Making documents known to units and persons, asking more people, and confirming that one has read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.symbols import written
from congvu.common.text import clean
from congvu.common.zones import local, utc_now
from congvu.domains.documents import readership
from congvu.domains.documents.errors import NotOpened, WrongState
from congvu.domains.documents.events import DocumentDisseminated
from congvu.domains.documents.models import Confirmation, Dissemination, Incoming, InState, Outgoing, OutState
from congvu.domains.documents.readership import OPEN, SPREAD
from congvu.domains.documents.services import spread_ending
from congvu.domains.documents.services.naming import WIDTH, book_posts, full_code
from congvu.domains.documents.services.reading_terms import Terms
from congvu.domains.documents.spreading_types import SpreadInput
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.engines.workflow.types import Assignee
from congvu.ground.audit import selectors as trail
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import Member
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

ITEM, NAME = "confirm", "Đọc và xác nhận văn bản phổ biến"
MOST_DAYS, NOTE_LIMIT, TEXT_LIMIT, TITLE_LIMIT = 60, 2000, 10_000, 500
# What may be made known: an incoming document that is in the book and was not taken back, or an issued one.
KNOWN_STATES = (InState.REGISTERED, InState.PROCESSING, InState.DONE, OutState.ISSUED)


@act("document.disseminate", policy=readership.may_disseminate, label="Phổ biến văn bản")
def disseminate(actor: Actor, given: SpreadInput, *, key: str) -> UUID:
    """Ask the people of units and single persons to read a document, or an own notice, and to confirm it.

    Asking gives them the right to read it; a competent person's own act needs no confirming by a leader. Who gives it
    is not asked. Each has the working days of the own unit's calendar. ``key`` makes a repeat harmless. Raises Invalid
    naming each field, WrongState for a document that cannot be made known, KeyReused.
    """
    before = records.recall(actor, key, repr(given))
    if before is not None:
        note(repeat_of=before)
        return UUID(before)
    people = _people(actor, given.units, given.positions)
    _check(given, people)
    source = _source(given.document) if given.document is not None else None
    now, agency, post = utc_now(), readership.agency_of(actor), readership.post_of(actor)
    code = _code_of(source) if source else ""
    record = records.open_record(
        kind=SPREAD, title=source.title if source else clean(given.title), unit=agency, state=OPEN, opened_at=now,
        readers=[f"p:{post}", *book_posts(agency)], search=code,
    )  # fmt: skip
    row = Dissemination.objects.create(
        record=record, agency_id=agency, document=source, code=code, note=clean(given.note),
        text="" if source else given.text.strip(), days=given.days, units=sorted(set(given.units)),
        post_id=post, given_at=now, given_by=actor.name, given_as=actor.position_title,
        on_behalf_of=actor.on_behalf_of, giver=actor.user_id,
    )  # fmt: skip
    for file in () if source else given.files:
        files.attach(actor, file, record=record.id, purpose="document", label="Văn bản")
        files.lock_version(file)
    _ask(record, row, source, people)
    publish(DocumentDisseminated(record=record.id))
    records.remember(actor, key, str(record.id))
    note(record=record.id, people=len(people), days=given.days)
    return record.id


def _source(document: UUID) -> Record:
    record = records.lock(document)
    secret = Incoming.objects.filter(record=document).exclude(secrecy=0).exists()
    if record.state not in KNOWN_STATES or secret:
        raise WrongState(_("Chỉ phổ biến văn bản đến đã vào sổ, không mật, hoặc văn bản đi đã phát hành."))
    return record


def _code_of(record: Record) -> str:
    row = Outgoing.objects.filter(record=record).first()
    if row is not None:
        return full_code(row)[:WIDTH]
    number, symbol = Incoming.objects.values_list("number", "symbol").get(record=record)
    return written(number, symbol)[:WIDTH]


def _check(given: SpreadInput, people: list[Member]) -> None:
    problems = _notice_problems(given) if given.document is None else []
    if not people:
        words = _("Chọn ít nhất một đơn vị hoặc một người. Vị trí đang trống và người phổ biến không được tính.")
        problems.append(Problem("people", words, "missing"))
    if not 0 < given.days <= MOST_DAYS:
        problems.append(Problem("days", _("Thời hạn là từ 1 đến %(n)s ngày làm việc.") % {"n": MOST_DAYS}, "range"))
    if len(clean(given.note)) > NOTE_LIMIT:
        problems.append(Problem("note", _("Dài quá %(limit)s ký tự.") % {"limit": NOTE_LIMIT}, "too_long"))
    if problems:
        count = len(problems)
        words = ngettext("Còn %(count)s chỗ cần sửa.", "Còn %(count)s chỗ cần sửa.", count) % {"count": count}
        raise Invalid(words, problems=tuple(problems))


def _notice_problems(given: SpreadInput) -> list[Problem]:
    found = []
    if not clean(given.title) or len(clean(given.title)) > TITLE_LIMIT:
        words = _("Ghi tên thông báo, tối đa %(n)s ký tự.") % {"n": TITLE_LIMIT}
        found.append(Problem("title", words, "missing"))
    if len(given.text.strip()) > TEXT_LIMIT:
        found.append(Problem("text", _("Dài quá %(limit)s ký tự.") % {"limit": TEXT_LIMIT}, "too_long"))
    if not given.text.strip() and not given.files:
        found.append(Problem("text", _("Ghi nội dung, hoặc kèm một tệp."), "missing"))
    return found


def _people(actor: Actor, units: Iterable[int], positions: Iterable[int]) -> list[Member]:
    """Everybody meant, each person once, in the main post where there are several; without the actor.

    Raises Invalid for a unit or a post that this actor may not ask.
    """
    tree = orgs.tree()
    allowed = set(readership.addressable(actor, tree))
    asked = list(positions)
    seats = {seat.position_id for seat in orgs.seats(allowed)} if asked else set()
    if not set(units) <= allowed or not set(asked) <= seats:
        words = _("Chỉ phổ biến được trong phạm vi của mình: cơ quan, hoặc đơn vị mình đứng đầu.")
        raise Invalid(words, problems=(Problem("people", words, "outside"),))
    found: dict[int, Member] = {}
    for member in sorted(orgs.members(units=units, positions=asked), key=lambda one: one.kind != "main"):
        found.setdefault(member.user_id, member)
    order = {unit.id: place for place, unit in enumerate(tree)}
    others = [one for one in found.values() if one.user_id != actor.user_id]
    return sorted(others, key=lambda one: (order[one.unit_id], one.position_id, one.user_id))


def _ask(record: Record, row: Dissemination, source: Record | None, people: list[Member]) -> None:
    """Write down who is asked, let each post read, and put one item into the inbox of each post."""
    now, tree = utc_now(), orgs.tree()
    terms = Terms(row.days, now)
    keys = {f"p:{one.position_id}" for one in people}
    new = keys - set(source.readers) if source else set()
    if source and new:
        records.change(source, add_readers=sorted(new))
    items = {item.assignee_id: item.id for item in work.open_items(record.id)}
    names: dict[int, list[str]] = {}
    for one in people:
        names.setdefault(one.position_id, []).append(one.name)
    for one in people:
        if one.position_id not in items:
            items[one.position_id] = workflow.open_item(
                record.id, kind=ITEM, name=NAME, holders=[f"p:{one.position_id}"], unit_id=one.unit_id,
                due_at=terms.due(one.unit_id), code=row.code,
                assign=Assignee(one.position_id, ", ".join(names[one.position_id])[:200]),
            )  # fmt: skip
    Confirmation.objects.bulk_create(
        Confirmation(
            dissemination=row, user=one.user_id, name=one.name, position_id=one.position_id, position_title=one.title,
            unit_id=one.unit_id, unit_name=tree.unit(one.unit_id).name, let_read=f"p:{one.position_id}" in new,
            item=items[one.position_id], added_at=now, due_at=terms.due(one.unit_id),
            notice_at=terms.first_notice(one.unit_id),
        )
        for one in people
    )  # fmt: skip
    last = max(terms.due(one.unit_id) for one in people)
    due = max(last, record.due_at) if record.due_at else last
    # Heads see how their own people stand, whether they are asked themselves or not.
    keys |= readership.heads_over({one.unit_id for one in people})
    records.change(record, add_readers=sorted(keys), due_at=due)


@act("document.add_readers", policy=readership.may_manage, label="Thêm người nhận văn bản phổ biến")
def add_readers(
    actor: Actor, dissemination_id: UUID, *, units: Iterable[int] = (), positions: Iterable[int] = ()
) -> int:  # fmt: skip
    """Ask more people, those who came to a unit since, say; each has the full term from now. How many were added.

    Raises WrongState once it ended, Invalid for nobody or outside the own reach, Conflict when all are asked already.
    """
    source, record, row = load(dissemination_id)
    chosen = (tuple(units), tuple(positions))
    people = _people(actor, *chosen)
    if not people:
        message = _("Chọn ít nhất một đơn vị hoặc một người.")
        raise Invalid(message, problems=(Problem("people", message, "missing"),))
    asked = set(row.confirmations.values_list("user", flat=True)) | {row.giver}
    new = [one for one in people if one.user_id not in asked]
    if not new:
        raise Conflict(_("Những người đã chọn đều có trong danh sách."))
    _ask(record, row, source, new)
    row.units = sorted({*row.units, *chosen[0]})
    row.save(update_fields=["units"])
    publish(DocumentDisseminated(record=record.id))
    note(record=record.id, people=len(new))
    return len(new)


def load(dissemination_id: UUID) -> tuple[Record | None, Record, Dissemination]:
    """The locked document, the locked record and its row while it is open. Raises WrongState."""
    document = Dissemination.objects.values_list("document_id", flat=True).get(record_id=dissemination_id)
    source = records.lock(document) if document is not None else None
    record = records.lock(dissemination_id)
    row = Dissemination.objects.get(record_id=dissemination_id)
    require_open(row)
    return source, record, row


def require_open(row: Dissemination) -> None:
    if row.ended_at is not None:
        words = {"when": _moment(row.ended_at), "why": row.end_reason}
        raise WrongState(_("Đợt phổ biến đã kết thúc lúc %(when)s: %(why)s") % words)


def _moment(at: datetime) -> str:
    return f"{local(at):%H:%M ngày %d/%m/%Y}"


@act("document.confirm_reading", policy=readership.may_confirm, label="Xác nhận đã đọc văn bản")
def confirm_reading(actor: Actor, dissemination_id: UUID) -> None:
    """The person says "tôi đã đọc và nắm nội dung", once, after having opened it since it was made known.

    That it was opened is what the program saw, not what is claimed. Raises WrongState once it ended, Conflict the
    second time, NotOpened.
    """
    record = records.lock(dissemination_id)
    row = Dissemination.objects.get(record_id=dissemination_id)
    mine = row.confirmations.get(user=actor.user_id or 0)
    if mine.confirmed_at is not None:
        raise Conflict(_("Đã xác nhận lúc %(when)s.") % {"when": _moment(mine.confirmed_at)}, code="confirmed")
    require_open(row)
    opened = trail.opened_since(row.document_id or record.id, row.given_at)
    if mine.user not in opened:
        raise NotOpened(_("Hãy mở văn bản và đọc trước khi xác nhận."))
    mine.confirmed_at, mine.notice_at = utc_now(), None
    mine.save(update_fields=["confirmed_at", "notice_at"])
    spread_ending.close_items(row, actor=actor)
    note(record=record.id)
