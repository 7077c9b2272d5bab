"""BPMN elements to a runnable graph, telling errors (cannot run) from warnings (drawn, but does not count)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from congvu.engines.workflow import bpmn, timers
from congvu.engines.workflow.bpmn import children, local, ours, text_of
from congvu.engines.workflow.conditions import ConditionError, parse
from congvu.engines.workflow.graph import Flow, Graph, Node
from congvu.engines.workflow.soundness import inspect
from congvu.engines.workflow.types import NEXT, SEND_BACK, STEP_KINDS

_TASKS = {"userTask": "user", "manualTask": "user", "task": "user", "serviceTask": "service", "sendTask": "service",
          "businessRuleTask": "service", "receiveTask": "message"}  # fmt: skip
_GATEWAYS = {"exclusiveGateway": "exclusive", "parallelGateway": "parallel", "inclusiveGateway": "inclusive",
             "eventBasedGateway": "events"}  # fmt: skip
_DRAWN = {"documentation", "extensionElements", "laneSet", "sequenceFlow", "incoming", "outgoing", "textAnnotation",
          "association", "group", "ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation",
          "conditionExpression", "supportedInterfaceRef", "performer", "humanPerformer", "potentialOwner",
          "rendering", "auditing", "monitoring", "resourceRole"}  # fmt: skip
_DATA = {"dataObject", "dataObjectReference", "dataStoreReference", "correlationSubscription"}
_TRIGGERS = {
    "startEvent": ("",),
    "endEvent": ("", "terminate", "error"),
    "intermediateThrowEvent": ("",),
    "intermediateCatchEvent": ("timer", "message"),
    "boundaryEvent": ("timer", "message", "error"),
}
_LOOPS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")


@dataclass(frozen=True, slots=True)
class Called:
    """A process that a call activity names, as it is built in: its version is kept for ever."""

    key: str
    version: int
    digest: str
    graph: Graph


@dataclass(frozen=True, slots=True)
class Context:
    """What the compiler may rely on: role keys, registered service names, and how to find a called process."""

    roles: Collection[str]
    services: Collection[str] = ()
    resolve: Callable[[str], Called | None] = lambda _key: None


@dataclass(slots=True)
class Compiled:
    """``graph`` is None when there are errors."""

    id: str
    title: str
    graph: Graph | None = None
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def compile_process(process: etree._Element, context: Context) -> Compiled:
    """One ``process`` element of a file read by ``bpmn.read``. Never raises for what is drawn: it reports."""
    compiler = _Compiler(process, context)
    compiler.scope(process, "")
    compiler.link()
    result = compiler.result
    if not result.errors or compiler.complete:
        inspect(compiler.nodes, compiler.flows, compiler.start, result.errors, result.warnings)
    if not result.errors:
        compiler.prune()
        result.graph = Graph(compiler.start, compiler.nodes, compiler.flows, tuple(compiler.calls))
    return result


class _Compiler:
    """Collects nodes and flows of one process, scope by scope."""

    def __init__(self, process: etree._Element, context: Context) -> None:
        self.context = context
        self.result = Compiled(process.get("id") or "", process.get("name") or process.get("id") or "")
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}
        self.calls: list[tuple[str, str, int, str]] = []
        self.start = ""
        self.complete = True
        self._lanes = dict(_lanes(process, context.roles))
        self._process = process

    def error(self, element: etree._Element, words: str) -> None:
        self.result.errors.append(f"{_title(element)}: {words}")

    def warn(self, element: etree._Element, words: str) -> None:
        self.result.warnings.append(f"{_title(element)}: {words}")

    # elements

    def scope(self, parent: etree._Element, scope: str) -> None:
        """All elements of the process or of one sub-process."""
        starts = children(parent, "startEvent")
        if len(starts) != 1:
            self.error(parent, _("phải có đúng một điểm bắt đầu, đang có %(count)s.") % {"count": len(starts)})
        elif not scope:
            self.start = starts[0].get("id") or ""
        for element in parent:
            self._element(element, scope)

    def _element(self, element: etree._Element, scope: str) -> None:
        tag = local(element)
        if tag == "sequenceFlow":
            self._flow(element)
        elif not tag or tag in _DRAWN:
            return
        elif tag in _DATA:
            self.warn(element, _("dữ liệu chỉ được vẽ, không được dùng khi chạy."))
        elif not element.get("id"):
            self.error(element, _("thiếu mã (id)."))
        elif element.get("id") in self.nodes or len(self.nodes) >= bpmn.MAX_NODES:
            self.error(element, _("trùng mã, hoặc quy trình có hơn 2.000 nút."))
        else:
            self._node(element, tag, scope)

    def _flow(self, element: etree._Element) -> None:
        key = element.get("id") or f"{element.get('sourceRef')}__{element.get('targetRef')}"
        when = text_of(element, "conditionExpression")
        if when:
            try:
                parse(when)
            except ConditionError as refusal:
                self.error(element, refusal.message)
                when = "false"
        if key in self.flows:
            self.error(element, _("trùng mã đường nối."))
        self.flows[key] = Flow(key, element.get("sourceRef") or "", element.get("targetRef") or "", when)

    def _node(self, element: etree._Element, tag: str, scope: str) -> None:
        for loop in children(element, *_LOOPS):
            self.error(element, _("lặp nhiều lần (%(local)s) không chạy được ở đây.") % {"local": local(loop)})
        if element.get("isForCompensation") == "true":
            self.error(element, _("bước bù trừ không chạy được ở đây."))
        base = Node(
            element.get("id") or "", "pass", name=_name(element), scope=scope, default=element.get("default") or ""
        )
        if tag in _TASKS:
            node = self._task(element, tag, base)
        elif tag in _GATEWAYS:
            node = dataclasses.replace(base, kind=_GATEWAYS[tag])
        elif tag in ("subProcess", "callActivity"):
            node = self._inner(element, tag, base)
        elif tag.endswith("Event"):
            node = self._event(element, tag, base)
        else:
            self.error(element, _("loại “%(tag)s” không chạy được ở đây.") % {"tag": tag})
            node = base
        self.nodes[node.id] = node

    def _task(self, element: etree._Element, tag: str, base: Node) -> Node:
        kind = _TASKS[tag]
        if kind == "user":
            return self._user(element, tag, base)
        if kind == "message":
            return dataclasses.replace(base, kind=kind, message=self._message(element))
        name = ours(element, "service")
        if not name:
            self.error(element, _("việc tự động chưa ghi tên dịch vụ đã đăng ký (thuộc tính congvu:service)."))
        elif name not in self.context.services:
            self.error(element, _("dịch vụ “%(name)s” chưa được đăng ký.") % {"name": name})
        return dataclasses.replace(base, kind="service", service=name or "")

    def _user(self, element: etree._Element, tag: str, base: Node) -> Node:
        if tag == "task":
            self.warn(element, _("loại bước chưa rõ, được chạy như bước do người làm."))
        kind = ours(element, "kind") or "other"
        if kind not in STEP_KINDS:
            self.error(element, _("loại bước “%(kind)s” không có trong danh mục.") % {"kind": kind})
        hours = ours(element, "hours") or ""
        if hours and not _number(hours):
            self.error(element, _("số giờ “%(hours)s” không phải là số không âm.") % {"hours": hours})
        if not hours and ours(element, "hours") is None and ours(element, "role") is not None:
            self.warn(element, _("chưa có số giờ; thời gian của bước được coi là chờ bên khác."))
        return dataclasses.replace(
            base, kind="user", role=self._role(element), place=ours(element, "place") or "", hours=hours,
            public_name=ours(element, "publicName") or "", step_kind=kind, group=ours(element, "group") or "",
            pause=ours(element, "pause") == "true" or (not hours and ours(element, "role") is not None),
            outcomes=tuple((ours(element, "outcomes") or f"{NEXT} {SEND_BACK}").split()),
        )  # fmt: skip

    def _role(self, element: etree._Element) -> str:
        """Whose step it is: our attribute, a modeller's candidate group, or the lane. Admin hands it out if unsaid."""
        role = ours(element, "role")
        if role is None:
            groups = [str(v) for k, v in element.attrib.items() if str(k).endswith("}candidateGroups")]
            role = groups[0].split(",")[0].strip() if groups else self._lanes.get(element.get("id") or "")
        if role == "":
            self.error(element, _("chưa xác định được vai trò thực hiện; quy trình còn là bản nháp."))
        elif role is not None and role not in self.context.roles:
            self.error(element, _("vai trò “%(role)s” không có trong hệ thống.") % {"role": role})
        elif role is None:
            self.warn(element, _("chưa ghi vai trò; khi chạy, việc về quản trị của đơn vị để giao người làm."))
        return role if role is not None else "admin"

    def _message(self, element: etree._Element) -> str:
        holder = children(element, "messageEventDefinition")
        reference = (holder[0] if holder else element).get("messageRef") or ""
        root = self._process.getparent()
        found = [] if root is None else [m for m in children(root, "message") if m.get("id") == reference]
        name = (found[0].get("name") if found else "") or ours(element, "message") or reference
        if not name:
            self.error(element, _("chưa ghi tên thông điệp phải chờ."))
        return str(name)

    def _inner(self, element: etree._Element, tag: str, base: Node) -> Node:
        if tag == "callActivity":
            return self._call(element, base)
        if element.get("triggeredByEvent") == "true":
            self.error(element, _("quy trình con chạy theo sự kiện không chạy được ở đây."))
        self.scope(element, base.id)
        starts = children(element, "startEvent")
        return dataclasses.replace(base, kind="sub", first=(starts[0].get("id") or "") if starts else "")

    def _call(self, element: etree._Element, base: Node) -> Node:
        """The called process is built in as it is today, under the call's own name."""
        key = (element.get("calledElement") or "").rpartition(":")[2]
        called = self.context.resolve(key) if key else None
        if called is None:
            self.complete = False
            self.error(
                element,
                _("chưa có quy trình “%(key)s” chạy được để gọi.") % {"key": key}
                if key
                else _("chưa ghi quy trình được gọi."),
            )
            return dataclasses.replace(base, kind="sub")
        self.calls.append((base.id, called.key, called.version, called.digest))
        for node in called.graph.nodes.values():
            inner = _prefixed(base.id, node)
            self.nodes[inner.id] = inner
        for flow in called.graph.flows.values():
            key, source, target = (f"{base.id}/{part}" for part in (flow.id, flow.source, flow.target))
            self.flows[key] = Flow(key, source, target, flow.when)
        return dataclasses.replace(base, kind="sub", first=f"{base.id}/{called.graph.start}")

    def _event(self, element: etree._Element, tag: str, base: Node) -> Node:
        definitions = [local(child) for child in element if local(child).endswith("EventDefinition")]
        trigger = "many" if len(definitions) > 1 else "".join(definitions).removesuffix("EventDefinition")
        if trigger not in _TRIGGERS.get(tag, ()):
            self.error(
                element,
                _("sự kiện %(trigger)s ở vị trí này không chạy được ở đây.")
                % {"trigger": trigger or _("không rõ loại")},
            )
            return base
        node = dataclasses.replace(base, trigger=trigger, outcome=ours(element, "outcome") or "")
        if trigger == "timer":
            node = dataclasses.replace(node, timer=self._timer(element))
        elif trigger == "message":
            node = dataclasses.replace(node, message=self._message(element))
        elif trigger == "error":
            node = dataclasses.replace(node, error=children(element, "errorEventDefinition")[0].get("errorRef") or "")
        kinds = {
            "startEvent": "start",
            "endEvent": "end",
            "intermediateThrowEvent": "pass",
            "boundaryEvent": "boundary",
        }
        cancels = element.get("cancelActivity") != "false"
        return dataclasses.replace(
            node, kind=kinds.get(tag, trigger), host=element.get("attachedToRef") or "", cancels=cancels
        )

    def _timer(self, element: etree._Element) -> str:
        definition = children(element, "timerEventDefinition")[0]
        if children(definition, "timeCycle"):
            self.error(element, _("hẹn giờ lặp lại (timeCycle) không chạy được ở đây."))
            return "PT0S"
        text = text_of(definition, "timeDuration") or text_of(definition, "timeDate")
        if not timers.readable(text):
            self.error(
                element,
                _("không đọc được hẹn giờ “%(text)s”; ví dụ đúng: PT4H, P3D, 2026-12-01T08:00+07:00.") % {"text": text},
            )
        return text

    # links

    def link(self) -> None:
        """Give nodes their flows and boundary events."""
        out: dict[str, list[str]] = {key: [] for key in self.nodes}
        into: dict[str, list[str]] = {key: [] for key in self.nodes}
        for flow in list(self.flows.values()):
            if flow.source not in self.nodes or flow.target not in self.nodes:
                self.result.errors.append(_("Đường nối “%(id)s”: nối tới nút không có.") % {"id": flow.id})
                del self.flows[flow.id]
            elif self.nodes[flow.source].scope != self.nodes[flow.target].scope:
                self.result.errors.append(
                    _("Đường nối “%(id)s”: không được đi qua ranh giới quy trình con.") % {"id": flow.id}
                )
                del self.flows[flow.id]
            else:
                out[flow.source].append(flow.id)
                into[flow.target].append(flow.id)
        hosts: dict[str, list[str]] = {}
        for node in self.nodes.values():
            if node.kind == "boundary":
                hosts.setdefault(node.host, []).append(node.id)
        for key, node in self.nodes.items():
            self.nodes[key] = dataclasses.replace(
                node, out=tuple(out[key]), into=tuple(into[key]), boundary=tuple(hosts.get(key, ()))
            )

    def prune(self) -> None:
        """Leave out what no token can reach, so that no gateway waits for it."""
        live = Graph(self.start, self.nodes, self.flows).after(self.start) | {self.start}
        self.flows = {key: flow for key, flow in self.flows.items() if flow.source in live}
        kept = {key: node for key, node in self.nodes.items() if key in live}
        self.nodes = {
            k: dataclasses.replace(n, into=tuple(f for f in n.into if f in self.flows)) for k, n in kept.items()
        }


def _prefixed(prefix: str, node: Node) -> Node:
    """A node of a called process under the name of the call."""
    changes: dict[str, Any] = {"id": f"{prefix}/{node.id}", "scope": f"{prefix}/{node.scope}" if node.scope else prefix}
    changes |= {name: f"{prefix}/{getattr(node, name)}" for name in ("default", "host", "first") if getattr(node, name)}
    return dataclasses.replace(node, **changes)


def _lanes(process: etree._Element, roles: Collection[str]) -> Iterator[tuple[str, str]]:
    """Node → role of its lane, where the lane names one of our roles."""
    for lane in process.iter(f"{{{bpmn.BPMN}}}lane"):
        role = ours(lane, "role") or ((lane.get("name") or "") if lane.get("name") in roles else "")
        for reference in children(lane, "flowNodeRef"):
            if role:
                yield (reference.text or "").strip(), role


def _name(element: etree._Element) -> str:
    return " ".join((element.get("name") or "").split())[:200]


def _title(element: etree._Element) -> str:
    name, key = _name(element), element.get("id") or ""
    words = {"process": _("Quy trình"), "sequenceFlow": _("Đường nối"), "subProcess": _("Quy trình con")}
    kind = words.get(local(element), _("Bước") if local(element).lower().endswith("task") else _("Nút"))
    return f"{kind} “{name}” ({key})" if name else f"{kind} “{key}”"


def _number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii()
