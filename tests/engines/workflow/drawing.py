"""Writing small BPMN files for tests."""

from __future__ import annotations

from itertools import pairwise

from congvu.engines.workflow.graph import Graph
from congvu.engines.workflow.library import compile_file

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:congvu="https://congvu.vn/bpmn/1" targetNamespace="test">'
)


def user(key: str, role: str = "clerk", **more: str) -> str:
    extra = "".join(f' congvu:{k}="{v}"' for k, v in more.items())
    return f'<userTask id="{key}" name="{key}" congvu:role="{role}" congvu:hours="4"{extra}/>'


def flow(source: str, target: str, when: str = "", key: str = "") -> str:
    inner = f"<conditionExpression>{when}</conditionExpression>" if when else ""
    name = key or f"{source}_{target}"
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def chain(*keys: str) -> str:
    return "".join(flow(a, b) for a, b in pairwise(keys))


def process(*body: str, key: str = "p") -> str:
    return f'<process id="{key}" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>{"".join(body)}</process>'


def file(*processes: str, roots: str = "") -> bytes:
    return (HEAD + roots + "".join(processes) + "</definitions>").encode()


def graph(*body: str, roots: str = "") -> Graph:
    compiled = compile_file(file(process(*body), roots=roots))[0]
    assert compiled.errors == []
    assert compiled.graph is not None
    return Graph.from_json(compiled.graph.to_json())


def findings(*body: str, roots: str = "") -> tuple[list[str], list[str]]:
    compiled = compile_file(file(process(*body), roots=roots))[0]
    return compiled.errors, compiled.warnings


def timer(key: str, text: str) -> str:
    definition = f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>"
    return f'<intermediateCatchEvent id="{key}">{definition}</intermediateCatchEvent>'


def boundary(key: str, host: str, definition: str, *, cancels: bool = True) -> str:
    stop = "" if cancels else ' cancelActivity="false"'
    return f'<boundaryEvent id="{key}" attachedToRef="{host}"{stop}>{definition}</boundaryEvent>'


def after(text: str) -> str:
    return f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>"
