"""Retention: the shortest term a table allows for a kind of file, by day; nobody has compared these rows yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.errors import Invalid, Problem
from congvu.domains.workfiles import figures
from congvu.domains.workfiles.errors import TooShort
from congvu.domains.workfiles.metadata import maintenance_words
from congvu.domains.workfiles.models import RetentionRule
from congvu.ground.law.selectors import figure
from congvu.ground.law.services import to_compare
from congvu.ground.law.types import Item


def rules(on: date) -> dict[str, RetentionRule]:
    """The rules in force on a day, by key. One statement."""
    found = RetentionRule.objects.filter(valid_from__lte=on).order_by("key", "valid_from")
    return {rule.key: rule for rule in found}


def require_term(years: int | None, rule_key: str, on: date, field: str = "years") -> None:
    """Raises Invalid outside what the law allows, TooShort below the table."""
    if years is not None:
        low, high = figure(figures.SHORTEST, on), figure(figures.LONGEST, on)
        if not low <= years <= high:
            message = _("Thời hạn lưu trữ từ %(low)s đến %(high)s năm, hoặc vĩnh viễn.") % {"low": low, "high": high}
            raise Invalid(message, problems=(Problem(field, message, "range"),))
    if not rule_key:
        return
    rule = rules(on).get(rule_key)
    if rule is None:
        message = _("Không có nhóm hồ sơ này trong bảng thời hạn.")
        raise Invalid(message, problems=(Problem("rule", message, "unknown"),))
    if shorter(years, rule.years):
        words = {"term": maintenance_words(rule.years), "title": rule.title, "basis": rule.basis}
        message = _("Thời hạn không được ngắn hơn %(term)s của nhóm “%(title)s” (%(basis)s).") % words
        raise TooShort(message, problems=(Problem(field, message, "short"),))


def shorter(chosen: int | None, least: int | None) -> bool:
    """Whether a term is below another; None is permanent, longer than any."""
    if chosen is None:
        return False
    return least is None or chosen < least


@to_compare("retention", label=gettext_lazy("Thời hạn lưu trữ hồ sơ"))
def _to_compare() -> Iterable[Item]:
    for rule in RetentionRule.objects.order_by("key", "valid_from"):
        yield Item(str(rule.pk), f"{rule.title}: {maintenance_words(rule.years)}", rule.basis, rule.title, rule.key)
