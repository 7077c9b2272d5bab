"""What the desk's templates need beyond the frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def get(values: Mapping[str, Any], key: str) -> Any:
    """``{{ typed|get:"applicant.full_name" }}``: a value whose name holds a dot; empty when it is missing."""
    return values.get(key, "")
