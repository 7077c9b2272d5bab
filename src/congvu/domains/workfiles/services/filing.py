"""Opening files, collecting documents, weeding, closing, handing over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.workfiles import figures, policies, retention
from congvu.domains.workfiles.errors import WrongState
from congvu.domains.workfiles.models import Entry, HandOver, State, WorkFile
from congvu.domains.workfiles.services import steps
from congvu.domains.workfiles.services.steps import wrong
from congvu.domains.workfiles.types import Described, NewFile
from congvu.ground.audit.services import act, note
from congvu.ground.files import services as uploads
from congvu.ground.law.selectors import figure
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records

ORIGINAL = "01"


@act("workfile.open", policy=policies.may_open, label="Mở hồ sơ công việc")
def open_file(actor: Actor, new: NewFile) -> UUID:
    """Open a file from a line of the issued list, or outside it. Returns the record's id.

    Raises Invalid naming the field, TooShort below the retention table, Conflict when the code or line is taken.
    """
    record = steps.open_new(actor, new)
    note(record=record, line=new.line)
    return record


@act("workfile.add", policy=policies.may_add, label="Đưa văn bản vào hồ sơ")
def add(
    actor: Actor, file_id: UUID, record: UUID | None, described: Described, *, attached: Iterable[UUID] = ()
) -> int:
    """Put a document into a file without copying it; ``attached`` are own uploads for what no room holds.

    Returns the ordinal. The same document a second time changes nothing. Raises Invalid, WrongState, Frozen.
    """
    own = list(attached)
    for file in own:
        uploads.attach(actor, file, record=file_id, purpose="internal", label=described.subject)
    ordinal = steps.add_entry(actor, file_id, record, described, files=own)
    note(record=file_id, ordinal=ordinal, document=str(record or ""))
    return ordinal


@act("workfile.weed", policy=policies.may_keep, label="Loại văn bản khỏi hồ sơ")
def weed(_actor: Actor, file_id: UUID, entry: int, *, reason: str) -> None:
    """Take a duplicate or a draft out of an open file; the line stays as a trace. Raises Invalid, WrongState."""
    words = clean(reason)
    if not 0 < len(words) <= 300:
        raise wrong("reason", _("Ghi lý do loại khỏi hồ sơ: bản trùng, bản nháp."), "required")
    record, file = steps.load(file_id)
    steps.require_state(record, State.OPEN)
    gone = Entry.objects.filter(id=entry, file=file, removed_at=None).update(
        removed_at=timezone.now(), removed_reason=words
    )
    if not gone:
        raise WrongState(_("Văn bản này không còn trong hồ sơ."))
    records.change(record)
    note(record=record.id, entry=entry, reason=words)


@act("workfile.close", policy=policies.may_keep, label="Kết thúc hồ sơ")
def close(
    _actor: Actor, file_id: UUID, *, ended_on: date | None = None, title: str = "", years: int | None = None,
    permanent: bool = False, version: int | None = None,
) -> None:  # fmt: skip
    """The work is done: the title is set right, the term chosen again, the day for the archive follows.

    Raises Invalid for an empty file, a day that is none, a document without its date; TooShort; WrongState.
    """
    record, file = steps.load(file_id, version=version)
    steps.require_state(record, State.OPEN)
    today = local_date(timezone.now())
    ended = ended_on or today
    if not file.started_on <= ended <= today:
        raise wrong("ended_on", _("Ngày kết thúc phải từ ngày mở hồ sơ đến hôm nay."), "range")
    entries = list(Entry.objects.filter(file=file, removed_at=None))
    if not entries:
        raise wrong("ended_on", _("Hồ sơ chưa có văn bản nào."), "empty")
    if permanent or years is not None:
        file.years = None if permanent else years
    retention.require_term(file.years, file.rule, today)
    described = [Described.from_json(entry.described) for entry in entries]
    file.paper = file.paper or any(one.paper for one in described)
    file.online = not file.paper and all(one.confidence == ORIGINAL for one in described)
    file.ended_on, file.noticed_at = ended, None
    days, more = figure(figures.SUBMIT_DAYS, ended), figure(figures.SUBMIT_YEARS, ended)
    file.submit_by = steps.closing_day(file, ended, days=days, years=more)
    file.save(update_fields=["years", "paper", "online", "ended_on", "noticed_at", "submit_by"])
    records.change(record, state=State.CLOSED, closed_at=timezone.now(), title=(clean(title) or record.title)[:500])
    note(record=record.id, ended=ended.isoformat(), submit_by=file.submit_by.isoformat(), online=file.online)


@act("workfile.reopen", policy=policies.may_keep, label="Mở lại hồ sơ")
def reopen(_actor: Actor, file_id: UUID, *, reason: str) -> None:
    """A closed file that was not submitted is worked on again. Raises Invalid without a reason, WrongState."""
    words = clean(reason)
    if not words:
        raise wrong("reason", _("Ghi lý do mở lại hồ sơ."), "required")
    record, file = steps.load(file_id)
    steps.require_state(record, State.CLOSED)
    file.ended_on, file.submit_by, file.online = None, None, None
    file.save(update_fields=["ended_on", "submit_by", "online"])
    records.change(record, state=State.OPEN, closed_at=None)
    note(record=record.id, reason=words)


@act("workfile.hand_over", policy=policies.may_hand_over, label="Bàn giao hồ sơ")
def hand_over(actor: Actor, position: int, *, to: int, reason: str) -> int:
    """Hand every file of a post that is not archived to another post of the agency. Returns the form's id.

    Before retiring, leaving, moving or long study (NĐ 30/2020 Điều 31). Raises Invalid; WrongState without files.
    """
    words = clean(reason)
    if not 0 < len(words) <= 300:
        raise wrong("reason", _("Ghi lý do bàn giao: nghỉ hưu, chuyển công tác…"), "required")
    target, source = orgs.position(to), orgs.position(position)
    tree = orgs.tree()
    if to == position or tree.agency_of(target.unit_id).id != tree.agency_of(source.unit_id).id:
        raise wrong("to", _("Chọn một vị trí khác trong cùng cơ quan."))
    ids = WorkFile.objects.filter(maker_position=position, archived_at=None).exclude(record__state=State.DESTROYED)
    names = {post: _name(post, title) for post, title in ((position, source.title), (to, target.title))}
    moved = []
    for file_id in ids.order_by("record_id").values_list("record_id", flat=True):
        record, file = steps.load(file_id)
        file.maker_position_id, file.maker_unit_id, file.maker_name = to, target.unit_id, names[to]
        file.save(update_fields=["maker_position", "maker_unit", "maker_name"])
        records.change(record, unit_id=target.unit_id, add_readers=[f"p:{to}", f"u:{target.unit_id}"])
        count = Entry.objects.filter(file=file, removed_at=None).count()
        moved.append({"code": record.code, "title": record.title, "state": record.state, "documents": count})
    if not moved:
        raise WrongState(_("Vị trí này không giữ hồ sơ nào phải bàn giao."))
    form = HandOver.objects.create(
        from_position_id=position, to_position_id=to, from_name=names[position], to_name=names[to], reason=words,
        files=moved, at=timezone.now(), by=actor.name,
    )  # fmt: skip
    note(from_position=position, to_position=to, files=len(moved))
    return form.pk


def _name(position: int, title: str) -> str:
    people = [person.name for person in orgs.holders_of(position) if not person.stand_in]
    return people[0] if people else title
