"""Writing versions: the one place that opens a new version and closes the one before. Steps of acts, not acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from congvu.domains.procedures.content import digest
from congvu.domains.procedures.data import field_audiences, load, plain
from congvu.domains.procedures.models import Field, FieldSynonym, Procedure, ProcedureVersion, StepRow
from congvu.domains.procedures.types import Content

_SEARCH_PREFIX = "thu tuc "
SORT_LENGTH = 200


def search_name(name: str) -> str:
    """The folded name without the leading "Thủ tục", so that neither order nor likeness depends on it."""
    return plain(name).removeprefix(_SEARCH_PREFIX)


def content_of(version: ProcedureVersion) -> Content:
    """The content of a version as ``content.settle`` takes it."""
    values = {name: getattr(version, name) for name in _VALUES if name != "field"}
    values["field"] = version.field.name
    steps = [{**{name: getattr(row, name) for name in _STEP}, "hours": hours_text(row)} for row in version.steps.all()]
    return Content(version.procedure.code, values, steps)


def hours_text(row: StepRow) -> str | None:
    return None if row.hours is None else f"{row.hours.normalize():f}"


_VALUES = (
    "portal_code", "name", "field", "level", "levels", "agency", "time_value", "time_unit", "budget", "time_note",
    "time_options", "fee", "fee_items", "papers", "legal", "results", "channels", "decision", "source", "result_from",
    "result_system", "steps_origin", "steps_source", "unverified", "blocks", "local",
)  # fmt: skip
_STEP = ("order", "key", "name", "role_text", "role", "place", "public_name", "kind", "pause", "added")


def open_versions(contents: list[Content], today: date) -> list[ProcedureVersion]:
    """Create one new version for each content, closing the open one. The caller has decided that each differs."""
    procedures = _procedures(content.code for content in contents)
    fields = _fields(content.values["field"] for content in contents)
    ids = [procedure.id for procedure in procedures.values()]
    ProcedureVersion.objects.filter(procedure__in=ids, valid_to=None).update(valid_to=today - timedelta(days=1))
    known = ProcedureVersion.objects.filter(procedure__in=ids).values("procedure").annotate(last=Max("number"))
    last = {line["procedure"]: line["last"] for line in known}
    made = [_version(content, procedures[content.code], fields, last, today) for content in contents]
    ProcedureVersion.objects.bulk_create(made, batch_size=500)
    steps = [
        StepRow(version=version, hours=row["hours"], **{name: row[name] for name in _STEP})
        for version, content in zip(made, contents, strict=True)
        for row in content.steps
    ]
    StepRow.objects.bulk_create(steps, batch_size=1000)
    return made


def _version(
    content: Content, procedure: Procedure, fields: dict[str, Field], last: dict[int, int], today: date
) -> ProcedureVersion:
    folded = search_name(content.values["name"])
    values: dict[str, Any] = {name: content.values[name] for name in _VALUES if name != "field"}
    return ProcedureVersion(
        procedure=procedure,
        number=last.get(procedure.id, 0) + 1,
        valid_from=today,
        sha256=digest(content),
        folded=folded,
        sort=folded[:SORT_LENGTH],
        field=fields[content.values["field"]],
        **values,
    )


def _procedures(codes: Iterable[str]) -> dict[str, Procedure]:
    wanted = list(codes)
    Procedure.objects.bulk_create([Procedure(code=code) for code in wanted], ignore_conflicts=True)
    return {procedure.code: procedure for procedure in Procedure.objects.filter(code__in=wanted)}


def _fields(names: Iterable[str]) -> dict[str, Field]:
    """Fields by name, made where missing, with the synonyms and audiences that the room knows."""
    wanted = list(dict.fromkeys(names))
    known = set(Field.objects.filter(name__in=wanted).values_list("name", flat=True))
    audiences = field_audiences()
    missing = [Field(name=name, audiences=list(audiences.get(name, ()))) for name in wanted if name not in known]
    for field in Field.objects.bulk_create(missing):
        words = load("fields").get(field.name, {}).get("synonyms", [])
        FieldSynonym.objects.bulk_create(
            [FieldSynonym(field=field, name=word, folded=plain(word)) for word in words], ignore_conflicts=True
        )
    return {field.name: field for field in Field.objects.filter(name__in=wanted)}
