"""Which paper to scan first, proposed from time and importance (issue of the programme; ADR 7). Pure.

Points: how much it is used, how recent it is, how it is. From 80 it is high, from 50 middle.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from congvu.domains.digitising.models import Condition, Importance
from congvu.domains.digitising.types import Priority

HIGH, MIDDLE = 80, 50
USED = {Importance.HIGH: 50, Importance.MIDDLE: 30, Importance.LOW: 10}
WORN = {Condition.BAD: 20, Condition.FAIR: 5, Condition.GOOD: 0}
# Age of the newest paper up to so many years, and its points.
AGES = ((5, 30), (15, 20), (30, 10))


def priority(*, last_year: int, importance: int, condition: str, today: int) -> Priority:
    """Points with their reasons; ``today`` is the year."""
    age = max(0, today - last_year)
    recent = next((points for most, points in AGES if age <= most), 0)
    reasons = (
        (str(Importance(importance).label), USED[Importance(importance)]),
        (_("Tài liệu mới nhất cách nay %(n)s năm") % {"n": age}, recent),
        (_("Tình trạng: %(words)s") % {"words": Condition(condition).label}, WORN[Condition(condition)]),
    )
    points = sum(one for _words, one in reasons)
    level = "high" if points >= HIGH else "middle" if points >= MIDDLE else "low"
    return Priority(points, level, reasons)
