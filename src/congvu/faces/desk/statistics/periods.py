"""Which days and whose books a statistic is about, read from an address and written back into addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, Problem
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IssuerView
from congvu.faces.desk.books.shelves import keeper, may_open, this_year
from congvu.faces.desk.incoming.fields import day_of, figure


@dataclass(frozen=True, slots=True)
class Period:
    """Days counted, from the first to the last."""

    since: date
    until: date

    @property
    def year(self) -> int:
        return self.since.year

    def address(self, **more: object) -> str:
        """The period as the query of an address, with what narrows it further."""
        days = {"tu-ngay": f"{self.since:%d/%m/%Y}", "den-ngay": f"{self.until:%d/%m/%Y}"}
        return urlencode({**days, **{key: str(value) for key, value in more.items() if value not in (None, "")}})


def period(asked: QueryDict) -> Period:
    """The days asked for; a year where only that was, this year where nothing was. Raises Invalid."""
    year = figure(asked.get("nam", ""), "nam", _("Năm")) or this_year()
    if not 2000 <= year <= this_year():
        message = _("Ghi năm như %(year)s.") % {"year": this_year()}
        raise Invalid(message, problems=(Problem("nam", message, "range"),))
    since = day_of(asked.get("tu-ngay", ""), "tu-ngay", _("Từ ngày")) or date(year, 1, 1)
    until = day_of(asked.get("den-ngay", ""), "den-ngay", _("Đến ngày")) or date(since.year, 12, 31)
    if since > until:
        message = _("Ngày đầu đứng sau ngày cuối.")
        raise Invalid(message, problems=(Problem("tu-ngay", message, "range"),))
    return Period(since, until)


def whose(actor: Actor, asked: QueryDict) -> tuple[IssuerView | None, tuple[IssuerView, ...]]:
    """Whose books are counted; None for who only follows the agencies of the province. Raises Forbidden."""
    if may_open(actor):
        return keeper(actor, asked)
    if actor.has_role("province_reader"):
        return None, ()
    raise Forbidden(_("Chỉ văn thư và lãnh đạo cơ quan xem, in được sổ."))


def query(kept: IssuerView, days: Period, asked: QueryDict) -> documents.StatQuery:
    unit = figure(asked.get("don-vi", ""), "don-vi")
    return documents.StatQuery(kept.id, days.since, days.until, unit=unit, kind=asked.get("loai", "")[:100])
