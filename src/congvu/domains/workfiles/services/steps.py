"""Steps that acts of this room and journeys share. They run inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Forbidden, Invalid, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.workfiles import retention
from congvu.domains.workfiles.errors import Frozen, WrongState
from congvu.domains.workfiles.metadata import CONFIDENCE, FORMATS, INCOMING, MODES, OUTGOING, meant_for_keeping
from congvu.domains.workfiles.models import Entry, Line, State, WorkFile
from congvu.domains.workfiles.types import Described, NewFile
from congvu.ground.files import selectors as filed
from congvu.ground.files.types import Purpose
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records import services as records
from congvu.ground.records.selectors import visible_to
from congvu.ground.records.services import Record

TITLE, NOTATION = 500, 20
ORDINARY = 0


def wrong(field: str, message: str, code: str = "invalid") -> Invalid:
    """A refusal that names one field."""
    return Invalid(message, problems=(Problem(field, message, code),))


def open_new(actor: Actor, new: NewFile) -> UUID:
    """A new file of the acting post, from a line of the list or outside it. Returns the record's id.

    Raises Invalid, TooShort, Conflict when the code is taken.
    """
    if actor.position_id is None or actor.unit_id is None:
        raise Forbidden(_("Tài khoản chưa được phân công vào vị trí nào."))
    today = local_date(timezone.now())
    tree = orgs.tree(today)
    agency = tree.agency_of(actor.unit_id)
    line = _line(new.line, agency.id)
    started = new.started_on or today
    title, notation = clean(new.title or (line.title if line else "")), _notation(new, line)
    if not 0 < len(title) <= TITLE:
        raise wrong("title", _("Ghi tiêu đề hồ sơ, tối đa 500 ký tự."), "required")
    years, rule = _term(new, line)
    retention.require_term(years, rule, today)
    year = line.catalogue.year if line else started.year
    if WorkFile.objects.filter(agency=agency.id, year=year, notation=notation).exists():
        raise Conflict(_("Số, ký hiệu hồ sơ này đã có trong năm."), code="taken")
    record = records.open_record(
        kind="workfile", title=title, unit=actor.unit_id, state=State.OPEN, opened_at=timezone.now(),
        code=f"{agency.code or agency.id}.{year}.{notation}", readers=_readers(tree, agency.id, actor),
    )  # fmt: skip
    WorkFile.objects.create(
        record=record, agency_id=agency.id, year=year, notation=notation, line=line, years=years, rule=rule,
        paper=new.paper, description=clean(new.description)[:500], maker_unit_id=actor.unit_id,
        maker_position_id=actor.position_id, maker_name=actor.name, started_on=started,
    )  # fmt: skip
    return record.id


def _line(line_id: int | None, agency: int) -> Line | None:
    """The line a file is opened from: of the own agency's issued list, and not used yet."""
    if line_id is None:
        return None
    line = Line.objects.select_related("catalogue", "heading").filter(id=line_id, catalogue__agency=agency).first()
    if line is None or line.catalogue.state != "issued":
        raise wrong("line", _("Chọn hồ sơ trong danh mục đã ban hành của cơ quan."))
    if WorkFile.objects.filter(line=line).exists():
        raise Conflict(_("Hồ sơ này trong danh mục đã được mở."), code="taken")
    return line


def symbol_of(line: Line) -> str:
    """Number and notation of a line: ``01.TCCB``."""
    return f"{line.number:02d}.{line.heading.symbol}" if line.heading.symbol else f"{line.number:02d}"


def _notation(new: NewFile, line: Line | None) -> str:
    text = clean(new.notation) or (symbol_of(line) if line else "")
    if not 0 < len(text) <= NOTATION or any(mark in text for mark in " /\\\n"):
        raise wrong("notation", _("Ghi số và ký hiệu hồ sơ, ví dụ 01.TCCB, tối đa 20 ký tự, không có dấu cách."))
    return text


def _term(new: NewFile, line: Line | None) -> tuple[int | None, str]:
    """The retention chosen, else that of the line. Raises Invalid when neither says any."""
    rule = new.rule or (line.rule if line else "")
    if new.permanent or new.years is not None:
        return (None if new.permanent else new.years), rule
    if line is None:
        raise wrong("years", _("Chọn thời hạn lưu trữ của hồ sơ."), "required")
    return line.years, rule


def _readers(tree: UnitTree, agency: int, actor: Actor) -> list[str]:
    """The maker and the unit, and the agency's records clerks, who keep its archive."""
    inside = [unit for unit in tree.subtree(agency) if tree.agency_of(unit).id == agency]
    clerks = [seat.position_id for seat in orgs.seats(inside, tree.day) if "registrar" in seat.roles]
    return [f"p:{actor.position_id}", f"u:{actor.unit_id}", *(f"p:{post}" for post in clerks)]


def load(file_id: UUID, *, version: int | None = None) -> tuple[Record, WorkFile]:
    """Record and file, locked by the record. Raises NotFound, Conflict when the page is stale, Frozen."""
    record = records.lock(file_id, version=version)
    file = WorkFile.objects.get(record_id=file_id)
    if file.frozen_at is not None:
        raise Frozen(_("Hồ sơ đang bị khóa (%(reason)s) nên không thay đổi được.") % {"reason": file.frozen_reason})
    file.record = record
    return record, file


def require_state(record: Record, *states: str) -> None:
    if record.state not in states:
        words = {"state": State(record.state).label}
        raise WrongState(_("Hồ sơ đang ở trạng thái “%(state)s” nên không làm được việc này.") % words)


def add_entry(
    actor: Actor, file_id: UUID, document: UUID | None, described: Described, *, files: Iterable[UUID] = ()
) -> int:
    """Put a document into a file by reference: the next ordinal, and what describes it today. Returns the ordinal.

    A step, for journeys too. The same document a second time changes nothing. Raises Invalid, WrongState, Frozen.
    """
    record, file = load(file_id)
    require_state(record, State.OPEN)
    check(described)
    if document is not None:
        there = Entry.objects.filter(file=file, document=document, removed_at=None).values_list("ordinal", flat=True)
        if (known := there.first()) is not None:
            return known
        found = visible_to(actor).filter(id=document).values_list("confidentiality", flat=True).first()
        if found is not None and found != ORDINARY:
            raise wrong("document", _("Tài liệu hạn chế, tài liệu mật chỉ đưa vào hồ sơ sau khi giải mật."), "secret")
    held = list(dict.fromkeys(files)) or (_current(document) if document is not None else [])
    unkept = [info.id for info in filed.several(held) if not meant_for_keeping(info.media_type)]
    last = Entry.objects.filter(file=file).aggregate(last=Max("ordinal"))["last"] or 0
    entry = Entry.objects.create(
        file=file, ordinal=last + 1, document_id=document, files=held, unkept=unkept,
        described=described.as_json(), issued_on=described.issued_on or described.arrived_on,
        added_at=timezone.now(), added_by=actor.name,
    )  # fmt: skip
    records.change(record)
    return entry.ordinal


def _current(document: UUID) -> list[UUID]:
    """The files of a document as they are today, drafts left out: references, nothing is copied."""
    return [info.id for info in filed.files_of(document) if info.current and info.purpose != Purpose.DRAFT]


def check(described: Described) -> None:
    """Raises Invalid naming each field of the description that the tables do not take."""
    table = {field.name: field for field in (*OUTGOING, *INCOMING)}
    texts = {
        "subject": ("Subject", described.subject), "type_name": ("TypeName", described.type_name),
        "number": ("CodeNumber", described.number), "notation": ("CodeNotation", described.notation),
        "organ_name": ("OrganName", described.organ_name), "language": ("Language", described.language),
        "signer_position": ("SignerInfo.Position", described.signer_position),
        "signer_name": ("SignerInfo.FullName", described.signer_name),
        "to_places": ("ToPlaces", described.to_places), "description": ("Description", described.description),
    }  # fmt: skip
    problems = [
        Problem(name, _("Dài quá %(length)s ký tự.") % {"length": table[field].length}, "long")
        for name, (field, text) in texts.items()
        if len(text) > table[field].length
    ]
    if not clean(described.subject):
        problems.append(Problem("subject", _("Ghi trích yếu nội dung."), "required"))
    if not 0 <= described.pages <= 999:
        problems.append(Problem("pages", _("Số trang từ 0 đến 999."), "range"))
    if described.mode not in MODES or described.confidence not in CONFIDENCE or described.condition not in FORMATS:
        problems.append(Problem("mode", _("Mã danh mục không đúng quy định."), "code"))
    if described.direction not in ("in", "out", "other"):
        problems.append(Problem("direction", _("Chọn văn bản đi, văn bản đến hoặc tài liệu khác."), "code"))
    if problems:
        raise Invalid(_("Mô tả văn bản chưa đúng."), problems=tuple(problems))


def closing_day(file: WorkFile, ended: date, *, days: int, years: int) -> date:
    """The last day for the archive: so many days after a digital file ended, or the end of the year after for paper.

    Luật Lưu trữ 33/2024/QH15: digital 60 days from the day, paper one year from the year the work ended.
    """
    return date(ended.year + years, 12, 31) if file.paper else date.fromordinal(ended.toordinal() + days)
