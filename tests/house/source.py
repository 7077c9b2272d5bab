"""The product's source as syntax trees, read once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "congvu"


@cache
def modules() -> dict[str, tuple[Path, ast.Module]]:
    """Every module by dotted name, migrations left out."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        name = ".".join(["congvu", *path.relative_to(SOURCE).with_suffix("").parts])
        found[name.removesuffix(".__init__")] = (path, ast.parse(path.read_text(encoding="utf-8")))
    return found


def room_of(module: str) -> str:
    """``congvu.floor.room`` of a module (a face counts as a room)."""
    return ".".join(module.split(".")[:3])


def imports(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Every imported module of ours; ``from room import selectors`` counts as ``room.selectors``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names if alias.name.startswith("congvu"))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("congvu"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if full in modules() else node.module), node


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
