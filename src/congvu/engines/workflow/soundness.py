"""Does the drawing hold together: ends, reach, gateways, boundary events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from congvu.engines.workflow.graph import Flow, Node

_HOSTS = ("user", "service", "message", "sub")


def inspect(nodes: dict[str, Node], flows: dict[str, Flow], start: str, errors: list[str], warnings: list[str]) -> None:
    """Add what is found to ``errors`` and ``warnings``."""
    for node in nodes.values():
        errors += _local(node, nodes)
        errors += _gateway(node, nodes, flows)
        warnings += _doubts(node, flows)
    scopes = {"": start} | {n.id: n.first for n in nodes.values() if n.kind == "sub"}
    for scope, first in scopes.items():
        inside = {n.id: n for n in nodes.values() if n.scope == scope}
        if first in inside:
            _reach(inside, flows, first, errors, warnings)


def _title(node: Node) -> str:
    return f"Nút “{node.name}” ({node.id})" if node.name else f"Nút “{node.id}”"


def _local(node: Node, nodes: dict[str, Node]) -> Iterable[str]:
    """Faults that one node shows by itself."""
    if node.kind == "start" and node.into:
        yield f"{_title(node)}: điểm bắt đầu không được có đường vào."
    if node.kind == "end" and node.out:
        yield f"{_title(node)}: điểm kết thúc không được có đường ra."
    if node.kind != "end" and not node.out:
        yield f"{_title(node)}: không có đường ra; mọi nhánh phải tới một điểm kết thúc."
    if node.kind == "boundary":
        host = nodes.get(node.host)
        if host is None or host.kind not in _HOSTS or host.scope != node.scope:
            yield f"{_title(node)}: sự kiện biên phải gắn vào một bước hoặc quy trình con."
        elif node.trigger == "error" and host.kind != "sub":
            yield f"{_title(node)}: sự kiện lỗi chỉ gắn được vào quy trình con."


def _gateway(node: Node, nodes: dict[str, Node], flows: dict[str, Flow]) -> Iterable[str]:
    """Faults of choices."""
    if node.default and node.default not in node.out:
        yield f"{_title(node)}: nhánh mặc định “{node.default}” không phải đường ra của nút."
    if node.kind in ("exclusive", "inclusive") and len(node.out) > 1:
        for flow in node.out:
            if flow != node.default and not flows[flow].when:
                yield f"{_title(node)}: nhánh “{flow}” không có điều kiện và không phải nhánh mặc định."
    if node.kind == "events":
        kinds = [nodes[flows[flow].target].kind for flow in node.out]
        if len(kinds) < 2 or any(kind not in ("timer", "message") for kind in kinds):
            yield f"{_title(node)}: sau nút chờ sự kiện phải là ít nhất hai sự kiện hẹn giờ hoặc thông điệp."
    if node.kind in ("exclusive", "inclusive"):
        return
    for flow in node.out:
        if flows[flow].when:
            yield f"{_title(node)}: điều kiện trên đường ra “{flow}” chỉ được đặt sau nút rẽ nhánh."


def _doubts(node: Node, flows: dict[str, Flow]) -> Iterable[str]:
    if node.kind in ("exclusive", "inclusive") and len(node.out) > 1 and not node.default:
        yield f"{_title(node)}: không có nhánh mặc định; khi không điều kiện nào đúng, bước trước sẽ không chuyển được."
    if node.default and node.default in flows and flows[node.default].when:
        yield f"{_title(node)}: điều kiện của nhánh mặc định không được xét."


def _edges(inside: dict[str, Node], flows: dict[str, Flow]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in inside.values():
        found[node.id] = [flows[flow].target for flow in node.out] + list(node.boundary)
    return found


def _closure(seeds: Iterable[str], edges: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(seeds)
    while todo:
        node = todo.pop()
        if node not in found:
            found.add(node)
            todo += edges.get(node, [])
    return found


def _reach(inside: dict[str, Node], flows: dict[str, Flow], start: str, errors: list[str], warnings: list[str]) -> None:
    """Every node is reached from the start of its scope, and reaches an end of it."""
    edges: dict[str, Any] = _edges(inside, flows)
    reached = _closure([start], edges)
    back: dict[str, list[str]] = {}
    for source, targets in edges.items():
        for target in targets:
            back.setdefault(target, []).append(source)
    ends = [node.id for node in inside.values() if node.kind == "end"]
    if not ends:
        errors.append(f"{_title(inside[start])}: quy trình không có điểm kết thúc.")
    leading = _closure(ends, back)
    for node in inside.values():
        if node.id not in reached:
            warnings.append(f"{_title(node)}: không có đường nào tới; nút chỉ được vẽ, không chạy.")
        elif ends and node.id not in leading and node.out:
            errors.append(f"{_title(node)}: từ đây không bao giờ tới được điểm kết thúc.")
