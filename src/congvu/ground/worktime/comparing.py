"""Texts the calendars rest on that nobody has compared: one item for each text and year, whatever its days."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.digest import fingerprint
from congvu.ground.law.services import to_compare
from congvu.ground.law.types import Item
from congvu.ground.worktime.models import DayRule, OfficeHours, SameDay

KIND = "calendar"


@to_compare(KIND, label=gettext_lazy("Lịch làm việc"))
def texts() -> Iterable[Item]:
    """Days, office hours and hours of “within the day” on unverified texts. Three statements."""
    days = DayRule.objects.filter(verified=False).annotate(year=ExtractYear("day"))
    rows = days.values_list("calendar__key", "calendar__name", "year", "legal_basis").annotate(n=Count("id"))
    for key, name, year, basis, count in rows.order_by("calendar__key", "-year", "legal_basis"):
        words = _("%(n)s ngày nghỉ, ngày làm bù của năm %(year)s") % {"n": count, "year": year}
        yield Item(f"{key}/{year}/{fingerprint(basis)}", words, basis, name, str(year))
    for model, words in ((OfficeHours, _("Giờ làm việc trong tuần")), (SameDay, _("Giờ nhận và trả trong ngày"))):
        found = model._default_manager.filter(verified=False).values_list(
            "calendar__key", "calendar__name", "valid_from", "legal_basis"
        )
        for key, name, since, basis in found.distinct().order_by("calendar__key", "valid_from"):
            yield Item(f"{key}/{model.__name__}/{since}/{fingerprint(basis)}", words, basis, name)
