"""Lines of the registers: the cells of a row in the order NĐ 30/2020 Phụ lục IV prints them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from congvu.common.actor import Actor
from congvu.common.symbols import written
from congvu.common.zones import local_date
from congvu.domains.documents.issuers import shown_number
from congvu.domains.documents.models import (
    Direction,
    Incoming,
    InState,
    Link,
    Loan,
    Outgoing,
    OutState,
    Posting,
    Recipient,
)
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.selectors import UnitTree
from congvu.ground.records.selectors import visible_ids

Line = tuple[str, ...]
_ROLES = {Direction.Role.LEAD: "chủ trì", Direction.Role.SUPPORT: "phối hợp", Direction.Role.INFORM: "để biết"}
_RANK = tuple(_ROLES)
_STATES = {
    InState.ARRIVED: "Chờ vào sổ", InState.SENT_BACK: "Đã trả lại nơi gửi", InState.REGISTERED: "Chờ chỉ đạo",
    InState.PROCESSING: "Đang xử lý", InState.DONE: "Đã xử lý xong", InState.RECALLED: "Đã bị thu hồi",
}  # fmt: skip
NO_TERM = "Không thời hạn"


def day(value: date | datetime | None) -> str:
    """``05/03/2026``; empty where there is none."""
    if value is None:
        return ""
    return f"{local_date(value) if isinstance(value, datetime) else value:%d/%m/%Y}"


def code(row: Outgoing) -> str:
    """``05/QĐ-UBND``."""
    return written(shown_number(row.number) if row.number else "…", row.symbol)


def handlers(rows: Iterable[Incoming]) -> dict[UUID, list[Direction]]:
    """The first lines of the slips of these documents, the lead first, each with its unit's name. Two statements."""
    found: dict[UUID, list[Direction]] = defaultdict(list)
    keys = [row.pk for row in rows]
    if not keys:
        return found
    tree = orgs.tree()
    slips = Direction.objects.filter(incoming__in=keys, parent=None, withdrawn_at=None).select_related("position")
    for line in slips.order_by("given_at", "id"):
        unit = tree.get(line.unit_id)
        line.named = (unit.short_name or unit.name) if unit else ""  # type: ignore[attr-defined]
        found[line.incoming_id].append(line)
    return {key: sorted(slip, key=lambda one: _RANK.index(Direction.Role(one.role))) for key, slip in found.items()}


def replies(actor: Actor, rows: Iterable[Incoming]) -> dict[UUID, list[str]]:
    """Numbers of the issued replies to these documents, of those the actor may read. One statement."""
    found: dict[UUID, list[str]] = defaultdict(list)
    links = Link.objects.filter(
        target__in=[row.pk for row in rows], relation=Link.Relation.REPLY, source__in=visible_ids(actor)
    ).values("source_id", "target_id")
    answered = {link["source_id"]: link["target_id"] for link in links}
    if answered:
        for reply in Outgoing.objects.filter(pk__in=answered, number__isnull=False).order_by("issued_on", "pk"):
            found[answered[reply.pk]].append(code(reply))
    return found


def recipients(rows: Iterable[Outgoing]) -> dict[UUID, list[str]]:
    """To whom these documents went, by name. One statement."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for key, name in (
        Recipient.objects.filter(outgoing__in=[row.pk for row in rows]).order_by("id").values_list("outgoing", "name")
    ):
        found[key].append(name)
    return found


def _to(slip: Sequence[Direction], *, roles: bool) -> str:
    if not slip:
        return "Lãnh đạo cơ quan"
    names = []
    for line in slip:
        post = line.position.title if line.position else ""
        name = ", ".join(part for part in (post, line.named) if part)  # type: ignore[attr-defined]
        names.append(f"{name} ({_ROLES[Direction.Role(line.role)]})" if roles else name)
    return "; ".join(names)


def _subject(kind: str, title: str) -> str:
    return ": ".join(part for part in (kind, title) if part)


def incoming(row: Incoming, slip: Sequence[Direction], asked: str = "") -> Line:
    """Sổ đăng ký văn bản đến: ten columns. "Ký nhận" stays empty for the pen; ``asked``: recalls and answers."""
    return (
        day(row.arrived_at), str(row.arrival_number), row.sender, written(row.number, row.symbol), day(row.issued_on),
        _subject(row.kind_name, row.record.title), _to([line for line in slip if line.role == Direction.Role.LEAD],
        roles=False), day(row.registered_at), "", _joined(_incoming_note(row), asked),
    )  # fmt: skip


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def _incoming_note(row: Incoming) -> str:
    state = row.record.state
    notes = [f"{_STATES[InState(state)]} {day(row.sent_back_at)}".strip()] if state == InState.SENT_BACK else []
    notes += [_STATES[InState.RECALLED]] if state == InState.RECALLED else []
    notes += ["Bản giấy gửi sau"] if row.paper_follows else []
    return "; ".join(notes)


def followed(row: Incoming, slip: Sequence[Direction], answers: Sequence[str]) -> Line:
    """Sổ theo dõi giải quyết văn bản đến: seven columns."""
    about = _subject(row.kind_name, ", ".join(part for part in (
        written(row.number, row.symbol), f"ngày {day(row.issued_on)}" if row.issued_on else "", row.sender
    ) if part))  # fmt: skip
    return (
        str(row.arrival_number), about, _to(slip, roles=len(slip) > 1), _terms(row, slip), _progress(row),
        "; ".join(answers), row.result if row.record.state == InState.DONE else "",
    )  # fmt: skip


def _terms(row: Incoming, slip: Sequence[Direction]) -> str:
    """The term of the whole, else those of the lines; a line without one says so."""
    if row.record.due_at is not None:
        return day(row.record.due_at)
    found = [day(one.due_at) if one.due_at else NO_TERM for one in slip if one.role != Direction.Role.INFORM]
    return "; ".join(dict.fromkeys(found))


def _progress(row: Incoming) -> str:
    """The state in words; what is closed says when, and whether it was in time."""
    record = row.record
    words = _STATES[InState(record.state)]
    if record.state != InState.DONE or record.closed_at is None:
        return words
    if record.due_at is None:
        return f"{words} {day(record.closed_at)}"
    return f"{words} {day(record.closed_at)}, {'đúng hạn' if record.closed_at <= record.due_at else 'quá hạn'}"


def outgoing(row: Outgoing, to: Sequence[str], tree: UnitTree, asked: str = "") -> Line:
    """Sổ đăng ký văn bản đi: ten columns. The original lies with the registry, a copy with the drafting unit."""
    unit = tree.get(row.drafting_unit_id)
    kept = f"Văn thư, {unit.short_name or unit.name}" if unit else "Văn thư"
    return (
        code(row), day(row.issued_on), _subject(row.kind.name, row.record.title), row.signer_name,
        "; ".join(to), kept, str(row.copies), day(row.issued_at), "", _joined(_outgoing_note(row), asked),
    )  # fmt: skip


def _outgoing_note(row: Outgoing) -> str:
    notes = []
    if row.issued_at is None:
        notes.append("Đã bỏ" if row.record.state == OutState.DROPPED else "Chưa phát hành")
    if row.recalled_at is not None or row.record.state == OutState.RECALLED:
        notes.append(f"Đã thu hồi {day(row.recalled_at)}".strip())
    if row.paper:
        notes.append("Có bản giấy")
    return "; ".join(notes)


def posted(row: Posting) -> Line:
    """Sổ gửi văn bản đi bưu điện: six columns. The post signs and stamps the printed line."""
    notes = [part for part in (f"Mã bưu gửi {row.tracking}" if row.tracking else "", row.note) if part]
    return day(row.sent_on), code(row.outgoing), row.to, str(row.envelopes), "", "; ".join(notes)


def lent(row: Loan) -> Line:
    """Sổ sử dụng bản lưu: nine columns."""
    document = row.outgoing
    return (
        day(row.lent_on), row.borrower, f"{code(document)}, {day(document.issued_on)}",
        _subject(document.kind.name, document.record.title), row.file_code, "", day(row.returned_on), row.allowed_by,
        row.note,
    )  # fmt: skip
