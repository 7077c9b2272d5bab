"""Figures of the yearly statistics that are stated by hand, because no record of the system counts them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, Problem
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.issuers import book_of
from congvu.domains.documents.models import StatedFigure
from congvu.domains.documents.selectors.stated import FIGURES, stated
from congvu.ground.audit.services import act, note

MOST = Decimal(99_999_999)


@act("document.state_figures", policy=policies.may_register, label="Ghi số liệu thống kê văn thư, lưu trữ")
def state_figures(actor: Actor, issuer: int, year: int, values: Mapping[str, Decimal]) -> None:
    """State figures of a year for the own agency's book; those that did not change are left as they are.

    Raises Invalid naming each figure, Forbidden for another agency's.
    """
    if book_of(actor).id != issuer:
        raise Forbidden(_("Chỉ ghi được số liệu của cơ quan mình."))
    words = _("Ghi số từ 0 trở lên, như 12 hoặc 12,5.")
    problems = [Problem(key, words, "range") for key, value in values.items() if not 0 <= value <= MOST]
    problems += [Problem(key, _("Không có chỉ tiêu này."), "unknown") for key in values.keys() - FIGURES.keys()]
    if not 2000 <= year <= local_date(utc_now()).year:
        problems.append(Problem("nam", _("Ghi số liệu của năm nay hoặc năm trước."), "range"))
    if problems:
        raise Invalid(problems[0].message, problems=tuple(problems))
    known = stated(issuer, year)
    fresh = {key: value for key, value in values.items() if known.get(key) != value}
    now = utc_now()
    StatedFigure.objects.bulk_create(
        StatedFigure(issuer_id=issuer, year=year, key=key, value=value, at=now, by=actor.name)
        for key, value in fresh.items()
    )
    note(issuer=issuer, year=year, figures={key: str(value) for key, value in fresh.items()})
