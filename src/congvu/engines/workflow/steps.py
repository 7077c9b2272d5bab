"""The ordered table of steps as BPMN 2.0 XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from congvu.common.errors import Invalid, Problem
from congvu.engines.workflow.bpmn import BPMN, OURS
from congvu.engines.workflow.types import STEP_KINDS, Step

_NAMESPACES: dict[Any, str] = {None: BPMN, "congvu": OURS}
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def problems(steps: Sequence[Step]) -> tuple[Problem, ...]:
    """What is wrong with the table itself, by row. A missing role is not: it makes a draft."""
    found = [Problem("steps", _("Quy trình phải có ít nhất một bước."), "required")] if not steps else []
    keys = [step.key for step in steps]
    grouped = {step.key for step in steps if step.group}
    for number, step in enumerate(steps, 1):
        for message in _row(step, keys, grouped):
            found.append(Problem(_("dòng %(number)s") % {"number": number}, message))
    return tuple(found)


def _row(step: Step, keys: list[str], grouped: set[str]) -> Iterator[str]:
    if not _KEY.fullmatch(step.key) or step.key in ("start", "end"):
        yield _("Mã bước “%(key)s” chỉ gồm chữ thường không dấu, số, gạch dưới và bắt đầu bằng chữ.") % {
            "key": step.key
        }
    if keys.count(step.key) > 1:
        yield _("Mã bước “%(key)s” bị trùng.") % {"key": step.key}
    if not step.name.strip():
        yield _("Bước phải có tên.")
    if step.kind not in STEP_KINDS:
        yield _("Loại bước “%(kind)s” không có trong danh mục.") % {"kind": step.kind}
    if step.hours is not None and step.hours < 0:
        yield _("Số giờ không được âm.")
    for target in (outcome.partition(">")[2] for outcome in step.outcomes if ">" in outcome):
        if target != "end" and target not in keys:
            yield _("Không có bước “%(target)s” để chuyển đến.") % {"target": target}
        if target in grouped:
            yield _("Không chuyển thẳng vào bước “%(target)s” đang nằm trong nhóm song song.") % {"target": target}
    if step.group and any(">" in outcome for outcome in step.outcomes):
        yield _("Bước chạy song song không được chuyển thẳng sang bước khác.")


class _Drawing:
    """A process being written; places nodes and flows under one ``process`` element."""

    def __init__(self, key: str, title: str) -> None:
        self.root = etree.Element(f"{{{BPMN}}}definitions", nsmap=_NAMESPACES)
        self.root.set("targetNamespace", OURS)
        self.process = etree.SubElement(self.root, f"{{{BPMN}}}process", id=key, name=title, isExecutable="true")

    def node(self, tag: str, key: str, **attributes: str) -> etree._Element:
        return etree.SubElement(self.process, f"{{{BPMN}}}{tag}", {"id": key, **attributes})

    def flow(self, source: str, target: str, when: str = "") -> str:
        key = f"{source}__{target}"
        element = self.node("sequenceFlow", key, sourceRef=source, targetRef=target)
        if when:
            etree.SubElement(element, f"{{{BPMN}}}conditionExpression").text = when
        return key

    def task(self, step: Step) -> None:
        element = self.node("userTask", step.key, name=step.name)
        values = {
            "role": step.role or "", "place": step.place, "hours": "" if step.hours is None else f"{step.hours:f}",
            "publicName": step.public_name, "kind": step.kind, "pause": "true" if step.pause else "",
            "group": step.group, "outcomes": " ".join(o.partition(">")[0] for o in step.outcomes),
        }  # fmt: skip
        for name, value in values.items():
            if value or name == "role":
                element.set(f"{{{OURS}}}{name}", value)


def to_bpmn(key: str, title: str, steps: Sequence[Step]) -> bytes:
    """The table as a BPMN file. Raises Invalid naming the rows that are wrong."""
    wrong = problems(steps)
    if wrong:
        raise Invalid(_("Bảng các bước chưa đúng."), problems=wrong)
    drawing = _Drawing(key, title)
    drawing.node("startEvent", "start")
    blocks = [list(rows) for _group, rows in groupby(enumerate(steps), lambda pair: pair[1].group or pair[0])]
    last = "start"
    for number, block in enumerate(blocks):
        rows = [step for _row, step in block]
        following = (
            _entry([step for _row, step in blocks[number + 1]], number + 1) if number + 1 < len(blocks) else "end"
        )
        last = _parallel(drawing, rows, number, last) if len(rows) > 1 else _single(drawing, rows[0], last, following)
    drawing.node("endEvent", "end")
    drawing.flow(last, "end")
    return etree.tostring(drawing.root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _entry(rows: list[Step], number: int) -> str:
    return f"fork_{number}" if len(rows) > 1 else rows[0].key


def _single(drawing: _Drawing, step: Step, last: str, following: str) -> str:
    """A task, and behind it a choice where one of its answers jumps. Returns where the flow goes on from."""
    drawing.task(step)
    if last:
        drawing.flow(last, step.key)
    jumps = {outcome.partition(">")[0]: outcome.partition(">")[2] for outcome in step.outcomes if ">" in outcome}
    jumps = {outcome: target for outcome, target in jumps.items() if target != following}
    if not jumps:
        return step.key
    choice = drawing.node("exclusiveGateway", f"choice_{step.key}", default=f"choice_{step.key}__{following}")
    drawing.flow(step.key, choice.get("id") or "")
    for target in dict.fromkeys(jumps.values()):
        answers = ", ".join(f'"{outcome}"' for outcome, to in jumps.items() if to == target)
        drawing.flow(f"choice_{step.key}", target, f"outcome in [{answers}]")
    return f"choice_{step.key}"


def _parallel(drawing: _Drawing, rows: list[Step], number: int, last: str) -> str:
    fork, join = f"fork_{number}", f"join_{number}"
    drawing.node("parallelGateway", fork)
    drawing.flow(last, fork)
    for step in rows:
        drawing.task(step)
        drawing.flow(fork, step.key)
        drawing.flow(step.key, join)
    drawing.node("parallelGateway", join)
    return join
