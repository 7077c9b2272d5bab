"""What the desk's templates need beyond the frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from congvu.ground.worktime.types import Budget

register = template.Library()


@register.filter
def get(values: Mapping[str, Any], key: str) -> Any:
    """``{{ typed|get:"applicant.full_name" }}``: a value whose name holds a dot; empty when it is missing."""
    return values.get(key, "")


@register.filter
def time_limit(budget: str | None) -> str:
    """``3wd`` as it is read: ``3 ngày làm việc``; empty where there is none."""
    return Budget.parse(budget).words if budget else ""
