"""Disposal as the law has it: a list "Xem xét hủy", a council, the head's decision, destruction with a trace."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.workfiles import figures, policies
from congvu.domains.workfiles.errors import Frozen, WrongState
from congvu.domains.workfiles.events import FileDestroyed
from congvu.domains.workfiles.metadata import maintenance_words
from congvu.domains.workfiles.models import Disposal, DisposalItem, DisposalMember, Entry, State, WorkFile
from congvu.domains.workfiles.services import steps
from congvu.domains.workfiles.services.steps import wrong
from congvu.ground.audit.services import act, note
from congvu.ground.events.services import publish
from congvu.ground.files import selectors as stored
from congvu.ground.files import services as files
from congvu.ground.law.selectors import figure
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records

# What of a description is substance, not metadata of what the document was: it goes with the document.
SUBSTANCE = frozenset({"trace", "autograph", "process", "description", "keyword", "to_places"})


@act("workfile.list_disposal", policy=policies.may_list_disposal, label="Lập danh mục xét hủy")
def list_for_disposal(
    actor: Actor, agency: int, *, title: str, files: Sequence[UUID], members: Sequence[int], reason: str
) -> int:
    """Expired files go on a list and under review; nothing is destroyed by it. Returns the council's id.

    Raises Invalid for too few members or a file whose term has not ended, Frozen, WrongState.
    """
    words, name = clean(reason), clean(title)
    if not words or not name or not files:
        raise wrong("title", _("Ghi tên danh mục, lý do và chọn ít nhất một hồ sơ."), "required")
    _require_council(members)
    made = Disposal.objects.create(agency_id=agency, title=name[:300], made_at=timezone.now(), made_by=actor.name)
    for position in dict.fromkeys(members):
        people = [person.name for person in orgs.holders_of(position) if not person.stand_in]
        DisposalMember.objects.create(
            disposal=made, position_id=position, name=people[0] if people else orgs.position(position).title
        )
    for file_id in dict.fromkeys(files):
        _put_on_list(made, file_id, words[:300])
    note(disposal=made.pk, files=len(set(files)), members=len(set(members)))
    return made.pk


def _require_council(members: Sequence[int]) -> None:
    least = figure(figures.COUNCIL, local_date(timezone.now()))
    if len(set(members)) < least:
        raise wrong("members", _("Hội đồng xét hủy có ít nhất %(least)s thành viên.") % {"least": least}, "few")


def _put_on_list(made: Disposal, file_id: UUID, reason: str) -> None:
    """A file of this agency whose term is over. What it was stays on the list."""
    record, file = steps.load(file_id)
    steps.require_state(record, State.ARCHIVED)
    today = local_date(timezone.now())
    if file.agency_id != made.agency_id or file.destroy_after is None or file.destroy_after >= today:
        raise wrong("files", _("Hồ sơ %(code)s chưa hết thời hạn lưu trữ.") % {"code": record.code}, "term")
    entries = Entry.objects.filter(file=file, removed_at=None)
    trace = {
        "code": record.code, "title": record.title, "term": maintenance_words(file.years),
        "documents": entries.count(), "pages": sum(int(e.described.get("pages") or 0) for e in entries),
    }  # fmt: skip
    DisposalItem.objects.create(disposal=made, file=file, reason=reason, trace=trace)
    records.change(record, state=State.DISPOSAL)


@act("workfile.speak", policy=policies.may_speak, label="Ý kiến thành viên hội đồng xét hủy")
def speak(actor: Actor, disposal_id: int, *, agrees: bool, words: str = "") -> None:
    """A member of the council says yes or no. Raises Invalid for a no without words, WrongState once decided."""
    said = clean(words)
    if not agrees and not said:
        raise wrong("words", _("Ghi lý do không đồng ý hủy."), "required")
    row = _locked(disposal_id, Disposal.State.LISTED)
    row.members.filter(position=actor.position_id).update(agrees=agrees, words=said, at=timezone.now())
    note(disposal=row.pk, agrees=agrees)


@act("workfile.decide_disposal", policy=policies.may_decide, label="Quyết định hủy tài liệu")
def decide(actor: Actor, disposal_id: int, *, destroy: bool, decision: str = "", authority_opinion: str = "") -> None:
    """The head decides when every member has spoken and all agree; otherwise the files go back to the archive.

    Raises Invalid without the number of the decision, WrongState.
    """
    text = clean(decision)
    row = _locked(disposal_id, Disposal.State.LISTED)
    if destroy:
        if row.members.exclude(agrees=True).exists():
            raise WrongState(_("Còn thành viên hội đồng chưa cho ý kiến hoặc không đồng ý hủy."))
        if not 0 < len(text) <= 200:
            raise wrong("decision", _("Ghi số, ngày của quyết định hủy."), "required")
    row.state = Disposal.State.DECIDED if destroy else Disposal.State.DROPPED
    row.decision, row.authority_opinion = text, clean(authority_opinion)
    row.decided_at, row.decided_by = timezone.now(), actor.name
    row.save(update_fields=["state", "decision", "authority_opinion", "decided_at", "decided_by"])
    if not destroy:
        for item in row.items.all():
            records.change(records.lock(item.file_id), state=State.ARCHIVED)
    note(disposal=row.pk, destroy=destroy, decision=text)


@act("workfile.destroy", policy=policies.may_destroy, label="Hủy tài liệu theo quyết định")
def destroy(actor: Actor, disposal_id: int) -> int:
    """Carry the decision out: contents kept in the file, references, directions and opinions are gone for good.

    The metadata that say what each document was stay, with the list and the decision (NĐ 30/2020 PL VI III.7; Luật
    Lưu trữ: dấu vết đầy đủ). The list keeps names and digests of the contents. Scans made
    of its paper hear of it (``FileDestroyed``). Returns how many files.
    Raises WrongState, Frozen.
    """
    row = _locked(disposal_id, Disposal.State.DECIDED)
    items = list(row.items.select_related("file").order_by("id"))
    for item in items:
        record = records.lock(item.file_id)
        if WorkFile.objects.get(record_id=item.file_id).frozen_at is not None:
            raise Frozen(_("Hồ sơ %(code)s đang bị khóa.") % {"code": record.code})
        publish(FileDestroyed(record=record.id))
        for entry in Entry.objects.filter(file=item.file_id):
            entry.described = {name: value for name, value in entry.described.items() if name not in SUBSTANCE}
            entry.files, entry.unkept = [], []
            entry.save(update_fields=["described", "files", "unkept"])
        contents = [{"name": kept.name, "sha256": kept.sha256} for kept in stored.files_of(record.id)]
        item.trace = item.trace | {"contents": contents}
        item.save(update_fields=["trace"])
        files.destroy_of(record.id)
        WorkFile.objects.filter(record_id=item.file_id).update(description="", keyword="", destroy_after=None)
        records.change(record, state=State.DESTROYED)
    row.state, row.destroyed_at, row.destroyed_by = Disposal.State.DESTROYED, timezone.now(), actor.name
    row.save(update_fields=["state", "destroyed_at", "destroyed_by"])
    note(disposal=row.pk, decision=row.decision, files=[item.trace for item in items])
    return len(items)


def _locked(disposal_id: int, state: str) -> Disposal:
    row = Disposal.objects.select_for_update().get(id=disposal_id)
    if row.state != state:
        words = {"state": Disposal.State(row.state).label}
        raise WrongState(_("Việc xét hủy đang ở trạng thái “%(state)s”.") % words)
    return row
