"""Kinds of fields by name."""

from __future__ import annotations

from congvu.engines.forms.kinds import addresses, choices, days, numbers, others, texts
from congvu.engines.forms.kinds.base import RAW, Bad, FormData, Kind, raw_of
from congvu.engines.forms.types import Field

KINDS: dict[str, Kind] = {
    "text": texts.Text(),
    "textarea": texts.Area(),
    "name": texts.Name(),
    "phone": texts.Phone(),
    "email": texts.Email(),
    "cccd": texts.PersonalNumber(),
    "number": numbers.Number(),
    "money": numbers.Money(),
    "date": days.Date(),
    "partial_date": days.PartialDate(),
    "choice": choices.OneOf(),
    "choices": choices.SeveralOf(),
    "yesno": choices.YesNo(),
    "consent": choices.Consent(),
    "address": addresses.Address(),
    "file": others.File(),
    "rows": others.Rows(),
    "computed": others.Computed(),
    "statement": others.Statement(),
    "flag": others.Flag(),
}


def kind_of(field: Field) -> Kind:
    return KINDS[field.kind]


__all__ = ["KINDS", "RAW", "Bad", "FormData", "Kind", "kind_of", "raw_of"]
