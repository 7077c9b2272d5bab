"""What import contracts cannot show: doors, sizes, reverse accessors, names that nobody may use."""

from __future__ import annotations

import ast
import statistics

import pytest
from django.apps import apps

from tests.house.source import SOURCE, functions, imports, modules, room_of

DOORS = {"services", "selectors", "types", "errors", "events"}
# Pure modules that are doors too: arithmetic and rendering have nothing to hide.
MORE_DOORS = {
    "congvu.ground.worktime": {"rules"},
    "congvu.engines.forms": {"render"},
    "congvu.ground.ui": {"errors", "types", "templatetags", "views", "readers", "formats"},
}
FLOORS = ("ground", "engines", "domains")
# Discovery and wiring see inside rooms; that is their work.
WIRING = "congvu.boot"


def _is_room(name: str) -> bool:
    parts = name.split(".")
    return len(parts) >= 3 and parts[1] in FLOORS


def test_rooms_are_entered_by_their_doors():
    wrong = []
    for name, (_, tree) in modules().items():
        if name.startswith(WIRING):
            continue
        for target, node in imports(tree):
            room = room_of(target)
            if not _is_room(target) or room == room_of(name):
                continue
            door = [*target.split("."), ""][3]
            if door not in DOORS | MORE_DOORS.get(room, set()):
                wrong.append(f"{name}:{node.lineno} imports {target}")
    assert wrong == []


def test_no_query_on_records_outside_their_room():
    wrong = [
        f"{name}:{node.lineno}"
        for name, (_, tree) in modules().items()
        if room_of(name) != "congvu.ground.records" and not name.startswith(WIRING)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id == "Record"
    ]
    assert wrong == []


def test_foreign_keys_never_climb_and_leave_no_accessor_on_lower_floors():
    order = {floor: number for number, floor in enumerate(("common", "ground", "engines", "domains"))}
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("congvu."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not getattr(field, "concrete", False) or target is None or not target.__module__.startswith("congvu."):
                continue
            here, there = model.__module__.split(".")[1], target.__module__.split(".")[1]
            if order[here] < order[there]:
                wrong.append(f"{model.__name__}.{field.name} climbs to {target.__name__}")
            if room_of(model.__module__) != room_of(target.__module__) and not field.remote_field.hidden:
                wrong.append(f"{model.__name__}.{field.name} leaves an accessor on {target.__name__}")
    assert wrong == []


@pytest.mark.parametrize("word", ["get_model", "eval", "exec", "receiver"])
def test_names_nobody_uses(word):
    allowed = {"receiver": "congvu.ground.events"}.get(word, "")
    wrong = [
        f"{name}:{node.lineno}"
        for name, (_, tree) in modules().items()
        if not (allowed and name.startswith(allowed))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == word
        and not (isinstance(node.func, ast.Attribute) and word in ("eval", "exec"))
    ]
    assert wrong == []


def test_nobody_overrides_save():
    wrong = [
        f"{name}.{cls.name}"
        for name, (_, tree) in modules().items()
        for cls in ast.walk(tree)
        if isinstance(cls, ast.ClassDef)
        and any(isinstance(item, ast.FunctionDef) and item.name == "save" for item in cls.body)
    ]
    assert wrong == []


def test_sizes_stay_inside_the_budget():
    lengths, files = [], {}
    for name, (path, tree) in modules().items():
        files[name] = len(path.read_text(encoding="utf-8").splitlines())
        lengths += [(node.end_lineno - node.lineno + 1, f"{name}.{node.name}") for node in functions(tree)]
    sizes = sorted(length for length, _ in lengths)
    assert [entry for entry in lengths if entry[0] > 60] == []
    assert {name: size for name, size in files.items() if size > 400} == {}
    assert statistics.median(sizes) <= 8
    assert sizes[int(len(sizes) * 0.9)] <= 30
    assert sorted(files.values())[int(len(files) * 0.9)] <= 250


def test_every_room_says_what_it_owns():
    rooms = [p for floor in FLOORS for p in (SOURCE / floor).iterdir() if (p / "__init__.py").exists()]
    assert [str(p) for p in rooms if not (p / "README.md").exists()] == []
