"""Squashed migrations end in the same models as the ones they stand for, and a room's data come with them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState

from congvu.ground.law import selectors as law


def content(model: ModelState) -> tuple[Any, ...]:
    fields = {name: field.deconstruct()[1:] for name, field in model.fields.items()}
    options = {key: value for key, value in model.options.items() if value or key not in ("indexes", "constraints")}
    for kind in ("indexes", "constraints"):
        options[kind] = sorted((part.deconstruct() for part in options.get(kind, ())), key=repr)
    return fields, options, model.bases


def test_a_squashed_room_ends_in_the_models_of_its_single_migrations():
    squashed, single = MigrationLoader(None), MigrationLoader(None, replace_migrations=False)
    assert any(name.startswith("0001_squashed_") for _app, name in squashed.graph.nodes)
    assert not any(name.startswith("0001_squashed_") for _app, name in _walked(single))
    new, old = squashed.project_state().models, single.project_state(_ends(single)).models
    assert new.keys() == old.keys()
    assert [key for key in old if repr(content(new[key])) != repr(content(old[key]))] == []


def _ends(loader: MigrationLoader) -> list[tuple[str, str]]:
    """The last single migration of each room: beside them lie the squashed ones, which nothing follows there."""
    return [node for node in loader.graph.leaf_nodes() if not node[1].startswith("0001_squashed_")]


def _walked(loader: MigrationLoader) -> set[tuple[str, str]]:
    return {node for end in _ends(loader) for node in loader.graph.forwards_plan(end)}


@pytest.mark.django_db
def test_the_figures_of_squashed_rooms_came_with_them():
    keys = {figure.key for figure in law.figures(date(2026, 11, 22))}
    assert {"task_remind_before", "workfile_submit_days", "certificate_warn_days", "supplement_within"} <= keys
    assert {"extension_lead_days", "chip_soon_share", "draft_days"} <= keys
