"""Giving numbers: no duplicate, no gap, no other period touched."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.errors import Conflict, NotFound
from congvu.ground.numbering.models import Number

_TAKE = """
WITH taken AS (
    INSERT INTO numbering_counter (series, unit, period, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (series, unit, period) DO UPDATE SET last = numbering_counter.last + 1
    RETURNING id, last
)
INSERT INTO numbering_number (counter_id, value, record, given_at, void_reason)
SELECT id, last, %s, %s, '' FROM taken RETURNING value
"""


def take(series: str, unit: int, period: str, *, record: UUID | None) -> int:
    """The next number. The counter row stays locked until the caller commits: call it as the last lock.

    A step of an act, not an act: if the act fails, the number was never given, so no gap appears.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("take() outside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [series, unit, period, record, timezone.now()])
        return int(cursor.fetchone()[0])


def void(series: str, unit: int, period: str, value: int, *, reason: str) -> None:
    """Mark a given number as not used any more; it stays in its register with the reason. Raises NotFound, Conflict."""
    with transaction.atomic():
        number = (
            Number.objects.select_for_update()
            .filter(counter__series=series, counter__unit=unit, counter__period=period, value=value)
            .first()
        )
        if number is None:
            raise NotFound(_("Không có số này trong sổ."))
        if number.voided_at is not None:
            raise Conflict(_("Số này đã được hủy trước đó."))
        number.voided_at, number.void_reason = timezone.now(), reason
        number.save(update_fields=["voided_at", "void_reason"])
