"""The compiled form of a process: nodes and flows, nested scopes flattened, ready to run and to store as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """One node. ``scope`` is the sub-process it lies in ("" for the process itself); ``out`` and ``into`` are flows.

    ``kind``: start, end, pass, user, service, message, timer, exclusive, parallel, inclusive, events, sub, boundary.
    ``first`` is the start node inside a ``sub``; ``host`` the node a ``boundary`` sits on, ``boundary`` those on it.
    ``trigger`` of ends and boundaries: "", terminate, timer, message, error.
    """

    id: str
    kind: str
    name: str = ""
    scope: str = ""
    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    default: str = ""
    role: str = ""
    place: str = ""
    hours: str = ""
    public_name: str = ""
    step_kind: str = "other"
    outcomes: tuple[str, ...] = ("next", "send_back")
    pause: bool = False
    group: str = ""
    service: str = ""
    message: str = ""
    timer: str = ""
    trigger: str = ""
    error: str = ""
    outcome: str = ""
    host: str = ""
    cancels: bool = True
    boundary: tuple[str, ...] = ()
    first: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: str
    target: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A runnable process. ``calls`` lists what was called and built in: node, key, version, digest."""

    start: str
    nodes: dict[str, Node]
    flows: dict[str, Flow]
    calls: tuple[tuple[str, str, int, str], ...] = ()
    _memo: dict[Any, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def targets(self, node: Node) -> list[str]:
        return [self.flows[flow].target for flow in node.out]

    def next_steps(self, node_id: str) -> list[str]:
        """Where a token can go from here, sub-processes entered and left, boundary events included."""
        node = self.nodes[node_id]
        found = [*self.targets(node), *node.boundary]
        if node.first:
            found.append(node.first)
        if node.kind == "end" and node.scope:
            found += self.targets(self.nodes[node.scope])
        return found

    def after(self, node_id: str) -> frozenset[str]:
        """All nodes ahead of this one, loops back left out: what an earlier step makes undone."""
        key = ("after", node_id)
        if key not in self._memo:
            forward = self._forward()
            self._memo[key] = _closure(forward[node_id], forward)
        return self._memo[key]

    def _forward(self) -> dict[str, frozenset[str]]:
        """Edges without those that lead back (found by one depth-first walk from the start)."""
        if ("edge", self.start) not in self._memo:
            for node, edges in _acyclic(self.start, self.next_steps).items():
                self._memo["edge", node] = frozenset(edges)
            for node in self.nodes:
                self._memo.setdefault(("edge", node), frozenset())
        return {node: self._memo["edge", node] for node in self.nodes}

    def feeding(self, flow_id: str) -> frozenset[str]:
        """Nodes of the same scope from which a token can come along this flow without passing its target first."""
        key = ("feeding", flow_id)
        if key not in self._memo:
            flow = self.flows[flow_id]
            self._memo[key] = self._backwards(flow.source, self.nodes[flow.target])
        return self._memo[key]

    def _backwards(self, source: str, join: Node) -> frozenset[str]:
        found: set[str] = set()
        todo = [source]
        while todo:
            node = self.nodes[todo.pop()]
            if node.id in found or node.id == join.id:
                continue
            found.add(node.id)
            todo += [self.flows[flow].source for flow in node.into]
            if node.host:
                todo.append(node.host)
        return frozenset(found)

    def to_json(self) -> dict[str, Any]:
        nodes = [_lean(node) for node in self.nodes.values()]
        flows = [[f.id, f.source, f.target, f.when] for f in self.flows.values()]
        return {
            "format": 1,
            "start": self.start,
            "nodes": nodes,
            "flows": flows,
            "calls": [list(c) for c in self.calls],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Graph:
        """The stored graph. Raises ValueError for a format this program does not know."""
        if value.get("format") != 1:
            raise ValueError(f"unknown format of a compiled process: {value.get('format')!r}")
        nodes = [_node(row) for row in value["nodes"]]
        flows = [Flow(*row) for row in value["flows"]]
        calls = tuple((c[0], c[1], c[2], c[3]) for c in value["calls"])
        return cls(value["start"], {n.id: n for n in nodes}, {f.id: f for f in flows}, calls)


def _node(row: dict[str, Any]) -> Node:
    values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}
    return Node(**values)


def _lean(node: Node) -> dict[str, Any]:
    """The fields that differ from their defaults."""
    fields = dataclasses.fields(Node)
    return {f.name: getattr(node, f.name) for f in fields if getattr(node, f.name) != f.default}


def _closure(seeds: Iterable[str], edges: dict[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    todo = list(seeds)
    while todo:
        node = todo.pop()
        if node not in found:
            found.add(node)
            todo += edges[node]
    return frozenset(found)


def _acyclic(start: str, step: Any) -> dict[str, list[str]]:
    """Edges reachable from the start without back edges, by an iterative depth-first walk."""
    kept: dict[str, list[str]] = {start: []}
    path = {start}
    stack = [(start, iter(step(start)))]
    while stack:
        node, ahead = stack[-1]
        target = next(ahead, None)
        if target is None:
            path.discard(node)
            stack.pop()
        elif target not in path:
            kept[node].append(target)
            if target not in kept:
                kept[target] = []
                path.add(target)
                stack.append((target, iter(step(target))))
    return kept
