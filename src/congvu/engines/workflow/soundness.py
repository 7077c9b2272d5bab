"""Does the drawing hold together: ends, reach, gateways, boundary events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

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
    return (
        _("Nút “%(name)s” (%(id)s)") % {"name": node.name, "id": node.id}
        if node.name
        else _("Nút “%(id)s”") % {"id": node.id}
    )


def _local(node: Node, nodes: dict[str, Node]) -> Iterable[str]:
    """Faults that one node shows by itself."""
    if node.kind == "start" and node.into:
        yield _("%(title)s: điểm bắt đầu không được có đường vào.") % {"title": _title(node)}
    if node.kind == "end" and node.out:
        yield _("%(title)s: điểm kết thúc không được có đường ra.") % {"title": _title(node)}
    if node.kind != "end" and not node.out:
        yield _("%(title)s: không có đường ra; mọi nhánh phải tới một điểm kết thúc.") % {"title": _title(node)}
    if node.kind == "boundary":
        host = nodes.get(node.host)
        if host is None or host.kind not in _HOSTS or host.scope != node.scope:
            yield _("%(title)s: sự kiện biên phải gắn vào một bước hoặc quy trình con.") % {"title": _title(node)}
        elif node.trigger == "error" and host.kind != "sub":
            yield _("%(title)s: sự kiện lỗi chỉ gắn được vào quy trình con.") % {"title": _title(node)}


def _gateway(node: Node, nodes: dict[str, Node], flows: dict[str, Flow]) -> Iterable[str]:
    """Faults of choices."""
    if node.default and node.default not in node.out:
        yield _("%(title)s: nhánh mặc định “%(default)s” không phải đường ra của nút.") % {
            "title": _title(node),
            "default": node.default,
        }
    if node.kind in ("exclusive", "inclusive") and len(node.out) > 1:
        for flow in node.out:
            if flow != node.default and not flows[flow].when:
                yield _("%(title)s: nhánh “%(flow)s” không có điều kiện và không phải nhánh mặc định.") % {
                    "title": _title(node),
                    "flow": flow,
                }
    if node.kind == "events":
        kinds = [nodes[flows[flow].target].kind for flow in node.out]
        if len(kinds) < 2 or any(kind not in ("timer", "message") for kind in kinds):
            yield _("%(title)s: sau nút chờ sự kiện phải là ít nhất hai sự kiện hẹn giờ hoặc thông điệp.") % {
                "title": _title(node)
            }
    if node.kind in ("exclusive", "inclusive"):
        return
    for flow in node.out:
        if flows[flow].when:
            yield _("%(title)s: điều kiện trên đường ra “%(flow)s” chỉ được đặt sau nút rẽ nhánh.") % {
                "title": _title(node),
                "flow": flow,
            }


def _doubts(node: Node, flows: dict[str, Flow]) -> Iterable[str]:
    if node.kind in ("exclusive", "inclusive") and len(node.out) > 1 and not node.default:
        yield _(
            "%(title)s: không có nhánh mặc định; khi không điều kiện nào đúng, bước trước sẽ không chuyển được."
        ) % {"title": _title(node)}
    if node.default and node.default in flows and flows[node.default].when:
        yield _("%(title)s: điều kiện của nhánh mặc định không được xét.") % {"title": _title(node)}


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
        errors.append(_("%(title)s: quy trình không có điểm kết thúc.") % {"title": _title(inside[start])})
    leading = _closure(ends, back)
    for node in inside.values():
        if node.id not in reached:
            warnings.append(
                _("%(title)s: không có đường nào tới; nút chỉ được vẽ, không chạy.") % {"title": _title(node)}
            )
        elif ends and node.id not in leading and node.out:
            errors.append(_("%(title)s: từ đây không bao giờ tới được điểm kết thúc.") % {"title": _title(node)})
