"""Rows of the database as values of the room."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from congvu.domains.procedures.models import ProcedureVersion, StepRow
from congvu.domains.procedures.types import (
    FeeItem,
    Flag,
    Paper,
    ProcedureCard,
    ProcedureView,
    ResultPaper,
    Step,
    TimeOption,
)
from congvu.ground.worktime.types import Budget

CARD_FIELDS = (
    "id", "procedure__code", "name", "field__name", "levels", "agency", "budget", "fee", "channels", "blocks",
)  # fmt: skip


def card(row: dict[str, Any], score: float = 0.0) -> ProcedureCard:
    """A card from ``values(*CARD_FIELDS)``."""
    return ProcedureCard(
        code=row["procedure__code"], version_id=row["id"], name=row["name"], field=row["field__name"],
        levels=tuple(row["levels"]), agency=row["agency"], budget=row["budget"], fee=row["fee"],
        channels=tuple(row["channels"]), runnable=not row["blocks"], score=score,
    )  # fmt: skip


def step(row: StepRow) -> Step:
    return Step(
        key=row.key, name=row.name, role=row.role, place=row.place, hours=row.hours, public_name=row.public_name,
        kind=row.kind, pause=row.pause, role_text=row.role_text, added=row.added,
    )  # fmt: skip


def time_text(version: ProcedureVersion) -> str:
    """The limit as a citizen reads it; the source's own words where they make no limit."""
    if version.budget is not None:
        return Budget.parse(version.budget).words
    return " ".join(part for part in (version.time_value, version.time_unit) if part) or _("Chưa có thông tin")


def time_basis(version: ProcedureVersion) -> str:
    """The text a limit rests on: what the administrator named, else the decision that published the procedure."""
    local = version.local.get("time", {}).get("basis", "")
    return str(local) or (
        _("Quyết định số %(decision)s") % {"decision": version.decision} if version.decision else version.source
    )


def view(version: ProcedureVersion) -> ProcedureView:
    """The whole version; its procedure, field and steps should be fetched already."""
    return ProcedureView(
        code=version.procedure.code, version_id=version.id, number=version.number, valid_from=version.valid_from,
        valid_to=version.valid_to, sha256=version.sha256, portal_code=version.portal_code, name=version.name,
        field=version.field.name, level=version.level, levels=tuple(version.levels), agency=version.agency,
        budget=version.budget, time_value=version.time_value, time_unit=version.time_unit,
        time_note=version.time_note, time_options=tuple(TimeOption(**item) for item in version.time_options),
        fee=version.fee, fee_items=tuple(FeeItem(**item) for item in version.fee_items),
        papers=tuple(Paper(**item) for item in version.papers), legal=tuple(version.legal),
        results=tuple(ResultPaper(**item) for item in version.results), channels=tuple(version.channels),
        decision=version.decision, source=version.source, result_from=version.result_from,
        result_system=version.result_system, unverified=tuple(Flag(**item) for item in version.unverified),
        steps=tuple(step(row) for row in version.steps.all()), steps_origin=version.steps_origin,
        steps_source=version.steps_source, blocks=tuple(version.blocks), time_text=time_text(version),
        time_basis=time_basis(version),
    )  # fmt: skip
