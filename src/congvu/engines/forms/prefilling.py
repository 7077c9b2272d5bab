"""What is known before asking. Every value names its source, and only a value the form can read is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.kinds import Bad, kind_of
from congvu.engines.forms.types import Field, FormDef, Prefill


def prefill(
    form: FormDef,
    subject: Mapping[str, Any],
    *,
    source: str = "VNeID",
    sources: Mapping[str, str] | None = None,
    today: date,
) -> Prefill:
    """Answers from what is known of the subject (``name``, ``dob``, ``sex``, ``personal_id``, ``ethnicity``,
    ``nationality``, ``id_type``, ``id_number``, ``id_issued_on``, ``id_issued_by``, ``phone``, ``email``,
    ``residence_kind``, ``address``). ``sources`` names another source for single keys.
    """
    known = dict(subject)
    if known.get("address"):
        known.setdefault("residence_where", "1")
    values: dict[str, Any] = {}
    named: dict[str, str] = {}
    for _page, _group, field in form.fields():
        value = known.get(field.prefill) if field.prefill else None
        if is_empty(value):
            continue
        try:
            values[field.key] = kind_of(field).parse(field, _coded(field, value), today)
        except Bad:
            continue
        named[field.key] = (sources or {}).get(field.prefill, source)
    return Prefill(values, named)


def _coded(field: Field, value: Any) -> Any:
    """Sources often tell the label of a choice ("Nữ", "Việt Nam"): its value, when the list has it."""
    wanted = str(value).casefold()
    return next((choice.value for choice in field.choices if choice.label.vi.casefold() == wanted), value)
