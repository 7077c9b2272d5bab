"""What is known before asking. Every value names its source, and only a value the form can read is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from congvu.engines.forms import places
from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.kinds import Bad, kind_of
from congvu.engines.forms.types import Field, FormDef, Prefill

_RESIDENCE = {"permanent": "thuong_tru", "present": "hien_tai"}


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
    ``residence_kind``, ``address``: its parts, or ``text`` in one line). ``sources`` names another source for
    single keys.
    """
    known = dict(subject)
    if known.get("address"):
        known.setdefault("residence_where", "1")
        known.setdefault("residence_kind", _residence(known["address"]))
        known["address"] = _address(known["address"])
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


def _residence(told: Any) -> str:
    """The kind of residence an identity service told with the address."""
    return _RESIDENCE.get(str(told.get("kind", "")), "") if isinstance(told, Mapping) else ""


def _address(told: Any) -> Any:
    """The parts of an address told in one line, where they are certain; else as it was told."""
    line = told.get("text") if isinstance(told, Mapping) and not told.get("province") else told
    return (places.read_address(line) if isinstance(line, str) else None) or told


def _coded(field: Field, value: Any) -> Any:
    """Sources often tell the label of a choice ("Nữ", "Việt Nam"): its value, when the list has it."""
    wanted = str(value).casefold()
    return next((choice.value for choice in field.choices if choice.label.vi.casefold() == wanted), value)
