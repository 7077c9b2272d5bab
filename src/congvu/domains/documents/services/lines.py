"""Lines of a direction slip: checking a set of them, opening one with the work that waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.zones import utc_now
from congvu.domains.documents.models import Direction, Incoming
from congvu.domains.documents.services.naming import code_of
from congvu.domains.documents.types import DirectionInput
from congvu.engines.workflow import services as workflow
from congvu.engines.workflow.types import Assignee
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

LEAD, SUPPORT, INFORM = Direction.Role.LEAD, Direction.Role.SUPPORT, Direction.Role.INFORM
HEADS = ("head", "center_head", "chair")
NAMES = {LEAD: "Chủ trì xử lý văn bản", SUPPORT: "Phối hợp xử lý văn bản"}


def check(lines: Sequence[DirectionInput], inside: set[int], now: datetime, *, first: bool) -> None:
    """A set of lines as given at once. Raises Invalid naming each line.

    ``first``: the slip has no lead yet, so exactly one is needed; support only makes sense beside a lead
    (NĐ 30/2020 Điều 23 khoản 2). Every line but those for information has its own deadline, or says there is none.
    """
    problems = []
    leads = [place for place, line in enumerate(lines) if line.role == LEAD]
    if not lines:
        problems.append(Problem("lines", _("Chọn ít nhất một đơn vị hoặc người nhận."), "missing"))
    if first and lines and not leads and any(line.role == SUPPORT for line in lines):
        problems.append(Problem("lines", _("Có phối hợp thì phải có một đơn vị chủ trì."), "no_lead"))
    if len(leads) > 1:
        problems.append(Problem(f"lines.{leads[1]}.role", _("Chỉ một đơn vị hoặc người chủ trì."), "one_lead"))
    seen = set()
    for place, line in enumerate(lines):
        problems += _line_problems(f"lines.{place}", line, inside, now)
        if (line.unit_id, line.position_id) in seen:
            problems.append(Problem(f"lines.{place}.unit", _("Đơn vị hoặc người này đã có trong phiếu."), "twice"))
        seen.add((line.unit_id, line.position_id))
    if problems:
        words = ngettext("Còn %(n)s chỗ cần sửa.", "Còn %(n)s chỗ cần sửa.", len(problems)) % {"n": len(problems)}
        raise Invalid(words, problems=tuple(problems))


def _line_problems(field: str, line: DirectionInput, inside: set[int], now: datetime) -> list[Problem]:
    found = []
    if line.role not in Direction.Role.values:
        found.append(Problem(f"{field}.role", _("Chọn chủ trì, phối hợp hoặc để biết."), "unknown"))
    if line.unit_id not in inside:
        found.append(Problem(f"{field}.unit", _("Chỉ giao được cho đơn vị trong cơ quan."), "outside"))
    elif line.position_id is not None and orgs.position(line.position_id).unit_id != line.unit_id:
        found.append(Problem(f"{field}.position", _("Vị trí này không thuộc đơn vị đã chọn."), "outside"))
    if line.role == INFORM:
        return found
    if line.due_at is None and not line.no_deadline:
        found.append(Problem(f"{field}.due_at", _("Ghi thời hạn, hoặc chọn “Không thời hạn”."), "missing"))
    if line.due_at is not None and line.due_at <= now:
        found.append(Problem(f"{field}.due_at", _("Thời hạn phải sau thời điểm này."), "past"))
    return found


def open_line(
    actor: Actor, record: Record, row: Incoming, line: DirectionInput, *, opinion: str, leader: bool = True,
    parent: Direction | None = None, tracked: bool = False,
) -> Direction:  # fmt: skip
    """Write one line, let its unit or post read the document, and open its work. Step of an act.

    ``tracked``: the work is a task that the same act gives, so no item of the document waits beside it.
    """
    role = Direction.Role(line.role)
    item = None
    records.change(record, add_readers=readers_of(line, row.book.unit_id))
    if role != INFORM and not tracked:
        item = workflow.open_item(
            record.id, kind="handle", step_kind="appraise" if line.position_id else "assign", name=NAMES[role],
            holders=holders_of(line), unit_id=line.unit_id, due_at=line.due_at, code=code_of(row),
            assign=_assignee(line),
        )  # fmt: skip
    return Direction.objects.create(
        incoming=row, parent=parent, role=role, unit_id=line.unit_id, position_id=line.position_id, opinion=opinion,
        due_at=None if role == INFORM else line.due_at, no_deadline=role != INFORM and line.due_at is None,
        given_at=utc_now(), given_by=actor.name, given_as=actor.position_title if leader else "",
        on_behalf_of=actor.on_behalf_of, item=item,
    )  # fmt: skip


def holders_of(line: DirectionInput) -> list[str]:
    """A named post, else whoever heads the unit; a unit without a head is reached by all its roles."""
    if line.position_id is not None:
        return [f"p:{line.position_id}"]
    posts = orgs.positions(line.unit_id)
    roles = {role for post in posts for role in post.roles}
    heads = [role for role in HEADS if role in roles][:1]
    return [f"r:{role}@{line.unit_id}" for role in heads or sorted(roles)]


def readers_of(line: DirectionInput, agency: int) -> list[str]:
    """The post, or the whole section; inside the agency's own unit only its heads."""
    if line.position_id is not None:
        return [f"p:{line.position_id}"]
    if line.unit_id != agency:
        return [f"u:{line.unit_id}"]
    return [f"p:{post.id}" for post in orgs.positions(agency) if set(post.roles) & set(HEADS)]


def _assignee(line: DirectionInput) -> Assignee | None:
    if line.position_id is None:
        return None
    people = orgs.holders_of(line.position_id)
    return Assignee(line.position_id, people[0].name if people else orgs.position(line.position_id).title)
