"""Units begin, change and end; what was true stays true for its days."""
# ruff: noqa: ARG001 - an act takes the actor for its policy and its entry, even where the body needs it not

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem
from congvu.common.spoken import say_padded
from congvu.common.text import clean
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import tree
from congvu.ground.orgs.codes import normal_code
from congvu.ground.orgs.errors import UnitClosed, UnitNotFound
from congvu.ground.orgs.kinds import KINDS, LEVELS
from congvu.ground.orgs.models import Assignment, Position, Substitution, Succession, Unit, UnitVersion
from congvu.ground.orgs.policies import may_change_unit, may_create_unit, may_set_settings, may_succeed_unit
from congvu.ground.orgs.settings import setting_problems
from congvu.ground.orgs.types import Thread, UnitFacts

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
# QĐ 20/2020/QĐ-TTg: level 1 is a letter and two digits (other organisations: Z), then groups split by dots, 35 in all.
_CODE = re.compile(r"[A-Z]\d{2}(\.[A-Z0-9]{1,6})*", re.ASCII)
_AREA = re.compile(r"\d{2}|\d{3}|\d{5}", re.ASCII)
_ONE_DAY = timedelta(days=1)


@act("orgs.create_unit", policy=may_create_unit, label="Lập đơn vị")
def create_unit(actor: Actor, key: str, facts: UnitFacts, *, valid_from: date, family: str = "administrative") -> int:
    """A new unit from a day on; returns its id. Raises Invalid naming each field that is wrong."""
    facts = _cleaned(facts)
    problems = _problems(facts, None, valid_from)
    if not _KEY.fullmatch(key):
        problems.append(Problem("key", _("Khóa gồm chữ thường không dấu, chữ số và gạch nối.")))
    elif Unit.objects.filter(key=key).exists():
        problems.append(Problem("key", _("Khóa này đã dùng cho đơn vị khác.")))
    _refuse(problems)
    unit = Unit.objects.create(key=key, family=family)
    UnitVersion.objects.create(unit=unit, valid_from=valid_from, **dataclasses.asdict(facts))
    note(unit=unit.id, key=key, name=facts.name, valid_from=valid_from)
    return unit.id


@act("orgs.change_unit", policy=may_change_unit, label="Thay đổi thông tin đơn vị")
def change_unit(actor: Actor, unit_id: int, facts: UnitFacts, *, valid_from: date) -> None:
    """From the day on the unit is as said; the version before ends the day before.

    Raises UnitNotFound, UnitClosed, Conflict (a change of that day or later is already there) and Invalid.
    """
    current = _open_version(unit_id)
    if valid_from <= current.valid_from:
        raise Conflict(
            _("Đơn vị đã có thay đổi từ ngày %(day)s. Hãy chọn ngày sau ngày đó.")
            % {"day": say_padded(current.valid_from)}
        )
    facts = _cleaned(facts)
    problems = _problems(facts, unit_id, valid_from)
    if facts.parent_id in tree.tree(valid_from).subtree(unit_id):
        problems.append(Problem("parent_id", _("Đơn vị cấp trên không thể nằm bên dưới chính đơn vị này.")))
    _refuse(problems)
    current.valid_to = valid_from - _ONE_DAY
    current.save(update_fields=["valid_to"])
    fresh = UnitVersion.objects.create(unit_id=unit_id, valid_from=valid_from, **dataclasses.asdict(facts))
    note(unit=unit_id, valid_from=valid_from, changed=_differences(current, fresh))


@act("orgs.set_settings", policy=may_set_settings, label="Đặt thông tin liên hệ, thiết lập của đơn vị")
def set_settings(actor: Actor, unit_id: int, values: dict[str, Any], *, valid_from: date) -> None:
    """From the day on these settings hold; None takes one away, those not named stay. Nothing else changes.

    Settings said twice for one day are those said last. Raises UnitNotFound, UnitClosed, Conflict (a change of a
    later day is already there) and Invalid naming the setting.
    """
    current = _open_version(unit_id)
    if valid_from < current.valid_from:
        raise Conflict(
            _("Đơn vị đã có thay đổi từ ngày %(day)s. Hãy chọn ngày sau ngày đó.")
            % {"day": current.valid_from.strftime("%d/%m/%Y")}
        )
    _refuse(setting_problems(values))
    before = current.settings
    settings = {key: value for key, value in {**before, **values}.items() if value is not None}
    note(unit=unit_id, valid_from=valid_from, changed={k: [before.get(k), v] for k, v in values.items()})
    if valid_from == current.valid_from:
        UnitVersion.objects.filter(id=current.id).update(settings=settings)
        return
    facts = {field.name: getattr(current, field.name) for field in dataclasses.fields(UnitFacts)}
    UnitVersion.objects.filter(id=current.id).update(valid_to=valid_from - _ONE_DAY)
    UnitVersion.objects.create(unit_id=unit_id, valid_from=valid_from, **{**facts, "settings": settings})


@act("orgs.succeed_unit", policy=may_succeed_unit, label="Kết thúc đơn vị và ghi đơn vị kế tục")
def succeed_unit(actor: Actor, unit_id: int, threads: Sequence[Thread], *, on: date, legal_act: str) -> None:
    """The unit ends the day before ``on`` and others continue it, wholly or in part.

    Its posts, the people in them and stand-ins end with it; its key, its records and its numbers stay. Sections
    inside end first. Raises UnitNotFound, UnitClosed, Conflict, Invalid.
    """
    current = _open_version(unit_id)
    if on <= current.valid_from:
        raise Conflict(_("Ngày kết thúc phải sau ngày bắt đầu của thông tin đang có hiệu lực."))
    _refuse(_thread_problems(unit_id, threads, on, legal_act))
    inside = tree.versions(on).filter(parent_id=unit_id)
    if inside.exists():
        names = ", ".join(inside.values_list("name", flat=True)[:5])
        raise Conflict(_("Hãy kết thúc các đơn vị trực thuộc trước: %(names)s.") % {"names": names})
    current.valid_to = on - _ONE_DAY
    current.save(update_fields=["valid_to"])
    Succession.objects.bulk_create(
        Succession(predecessor_id=unit_id, on=on, legal_act=clean(legal_act), **dataclasses.asdict(thread))
        for thread in threads
    )
    ended = _end_posts(unit_id, on - _ONE_DAY)
    note(unit=unit_id, on=on, legal_act=clean(legal_act), threads=[dataclasses.asdict(t) for t in threads], ended=ended)


def _open_version(unit_id: int) -> UnitVersion:
    """The version without an end, locked. The unit's row is locked first, so two changes cannot pass each other."""
    if not Unit.objects.select_for_update().filter(id=unit_id).exists():
        raise UnitNotFound(_("Không tìm thấy đơn vị này."))
    version = UnitVersion.objects.select_for_update().filter(unit_id=unit_id, valid_to__isnull=True).first()
    if version is None:
        raise UnitClosed(_("Đơn vị này đã kết thúc, không thay đổi được nữa."))
    return version


def _end_posts(unit_id: int, last_day: date) -> dict[str, int]:
    """End posts, assignments and stand-ins of the unit; those that had not begun by then are taken away."""
    positions = Position.objects.filter(unit_id=unit_id)
    beyond = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    counts = {}
    for name, rows in (
        ("assignments", Assignment.objects.filter(position__in=positions)),
        ("substitutions", Substitution.objects.filter(position__in=positions)),
    ):
        gone, _by_model = rows.filter(valid_from__gt=last_day).delete()
        counts[name] = gone + rows.filter(beyond).update(valid_to=last_day)
    counts["positions"] = positions.filter(beyond).update(valid_to=last_day)
    return counts


def _cleaned(facts: UnitFacts) -> UnitFacts:
    return dataclasses.replace(
        facts, name=clean(facts.name), short_name=clean(facts.short_name), code=normal_code(facts.code),
        area_code=facts.area_code.strip(),
    )  # fmt: skip


def _problems(facts: UnitFacts, unit_id: int | None, day: date) -> list[Problem]:
    problems = []
    if not facts.name or len(facts.name) > 200:
        problems.append(Problem("name", _("Tên đơn vị có từ 1 đến 200 ký tự.")))
    if len(facts.short_name) > 80:
        problems.append(Problem("short_name", _("Tên ngắn dài tối đa 80 ký tự.")))
    if facts.type not in KINDS:
        problems.append(Problem("type", _("Không có loại đơn vị này.")))
    if facts.level not in LEVELS:
        problems.append(Problem("level", _("Không có cấp đơn vị này.")))
    if facts.parent_id is not None and not tree.versions(day).filter(unit_id=facts.parent_id).exists():
        problems.append(Problem("parent_id", _("Đơn vị cấp trên chưa có hoặc đã kết thúc vào ngày này.")))
    return problems + _code_problems(facts, unit_id, day)


def _code_problems(facts: UnitFacts, unit_id: int | None, day: date) -> list[Problem]:
    """Form of the codes, and whether another unit has one of them on the day or later."""
    problems = []
    if facts.code and (len(facts.code) > 35 or not _CODE.fullmatch(facts.code)):
        problems.append(Problem("code", _("Mã định danh bắt đầu bằng một chữ và hai số, ví dụ H26.15.")))
    if facts.area_code and not _AREA.fullmatch(facts.area_code):
        problems.append(Problem("area_code", _("Mã đơn vị hành chính gồm 2, 3 hoặc 5 chữ số, giữ số 0 ở đầu.")))
    others = UnitVersion.objects.exclude(unit_id=unit_id or 0).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    for name in ("code", "area_code"):
        value = getattr(facts, name)
        if value and others.filter(**{name: value}).exists():
            problems.append(Problem(name, _("Mã này đang là của đơn vị khác trong thời gian đó.")))
    return problems


def _thread_problems(unit_id: int, threads: Sequence[Thread], on: date, legal_act: str) -> list[Problem]:
    problems = []
    if not clean(legal_act):
        problems.append(Problem("legal_act", _("Hãy ghi văn bản quyết định việc này.")))
    if not threads:
        problems.append(Problem("threads", _("Hãy chọn ít nhất một đơn vị kế tục.")))
    found = tree.versions(on).filter(unit_id__in=[t.successor_id for t in threads])
    there = set(found.values_list("unit_id", flat=True))
    for row, thread in enumerate(threads, start=1):
        where = f"threads.{row}"
        if thread.successor_id == unit_id or thread.successor_id not in there:
            problems.append(Problem(where, _("Đơn vị kế tục phải là đơn vị khác, có vào ngày này.")))
        if thread.extent not in Succession.Extent.values or thread.scope not in Succession.Scope.values:
            problems.append(Problem(where, _("Mức độ hoặc phạm vi kế tục không có trong danh mục.")))
        same = [t for t in threads if t.scope == thread.scope]
        if thread.extent == Succession.Extent.WHOLE and len(same) > 1:
            problems.append(Problem(where, _("Nhập toàn bộ thì chỉ có một đơn vị kế tục trong cùng phạm vi.")))
    if len({(t.successor_id, t.scope) for t in threads}) < len(threads):
        problems.append(Problem("threads", _("Một đơn vị kế tục được ghi hai lần.")))
    return problems


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(_("Thông tin đơn vị chưa đúng."), problems=tuple(problems))


def _differences(old: UnitVersion, new: UnitVersion) -> dict[str, Any]:
    names = [field.name for field in dataclasses.fields(UnitFacts)]
    return {n: [getattr(old, n), getattr(new, n)] for n in names if getattr(old, n) != getattr(new, n)}
