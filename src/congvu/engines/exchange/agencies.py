"""Whose code is it on a day, and which way leads there. A table answers, never arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from congvu.common.zones import local_date, utc_now
from congvu.engines.exchange.models import Agency, AgencyCode, AgencySuccession, Partner


@dataclass(frozen=True, slots=True)
class Route:
    """Where a message for a code goes. Without a partner the agency is one of ours."""

    code: str
    agency: Agency
    partner: Partner | None


class NoRoute(Exception):
    """The agency of a code cannot be reached; the text says why and what to do, in Vietnamese."""


def today() -> date:
    return local_date(utc_now())


def _in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def agency_of(code: str, on: date | None = None) -> Agency | None:
    """The agency that has the code on the day; for a code of the past, the one that had it last."""
    rows = AgencyCode.objects.select_related("agency", "agency__partner").filter(code=code.strip().upper())
    day = on or today()
    found = rows.filter(_in_force(day)).first() or rows.filter(valid_from__lte=day).order_by("-valid_from").first()
    return found.agency if found is not None else None


def codes_of(agency: Agency) -> list[str]:
    """All codes it has had: old messages keep old codes."""
    return list(AgencyCode.objects.filter(agency=agency).order_by("-valid_from", "id").values_list("code", flat=True))


def codes_in_force(on: date | None = None) -> QuerySet[AgencyCode]:
    """The codes of a day with their agencies, by name, the newest code of each first."""
    rows = AgencyCode.objects.select_related("agency__partner").filter(_in_force(on or today()))
    return rows.order_by("agency__name", "agency", "-valid_from", "id")


def same_agency(code: str) -> list[str]:
    """The code and the others of its agency, those of agencies it continued among them."""
    agency = agency_of(code)
    if agency is None:
        return [code]
    before = AgencySuccession.objects.filter(successor=agency).values_list("predecessor", flat=True)
    owners = [agency.pk, *before]
    return [code, *AgencyCode.objects.filter(agency__in=owners).values_list("code", flat=True)]


def is_ours(code: str) -> bool:
    agency = agency_of(code)
    return agency is not None and agency.unit_id is not None


def route(code: str, on: date | None = None) -> Route:
    """The way to the agency that has the code today, or to the one that continued it. Raises NoRoute."""
    day, wanted = on or today(), code.strip().upper()
    rows = AgencyCode.objects.select_related("agency", "agency__partner").filter(code=wanted)
    current = rows.filter(_in_force(day)).first()
    if current is not None:
        return _way(wanted, current.agency)
    last = rows.filter(valid_to__lt=day).order_by("-valid_to").first()
    if last is None:
        raise NoRoute(_("Không có cơ quan nào mang mã %(code)s trong bảng mã định danh.") % {"code": wanted})
    return _continued(wanted, last, day)


def _continued(code: str, last: AgencyCode, day: date) -> Route:
    """Where the code went when it ended: another code of the same agency, or the one agency that continued it."""
    fresh = AgencyCode.objects.filter(_in_force(day), agency=last.agency).order_by("-valid_from").first()
    if fresh is not None:
        return _way(fresh.code, last.agency)
    after = list(
        AgencySuccession.objects.filter(predecessor=last.agency, on__lte=day)
        .select_related("successor", "successor__partner")
        .order_by("successor__name")
    )
    ended = {"code": code, "day": f"{last.valid_to:%d/%m/%Y}"}
    if not after:
        raise NoRoute(_("Mã %(code)s hết hiệu lực từ sau ngày %(day)s và chưa rõ cơ quan kế thừa.") % ended)
    if len(after) > 1:
        names = ", ".join(row.successor.name for row in after)
        words = _("Mã %(code)s hết hiệu lực từ sau ngày %(day)s; hãy chọn một trong các cơ quan kế thừa: %(names)s.")
        raise NoRoute(words % {**ended, "names": names})
    heir = AgencyCode.objects.filter(_in_force(day), agency=after[0].successor).order_by("-valid_from").first()
    if heir is None:
        raise NoRoute(_("Cơ quan kế thừa của mã %(code)s chưa có mã định danh đang dùng.") % ended)
    return _way(heir.code, after[0].successor)


def _way(code: str, agency: Agency) -> Route:
    if agency.partner is None and agency.unit_id is None:
        raise NoRoute(_("Chưa có đường gửi tới %(name)s (%(code)s).") % {"name": agency.name, "code": code})
    if agency.partner is not None and not agency.partner.active:
        words = _("Đường gửi tới %(name)s (%(code)s) đang tạm ngừng.")
        raise NoRoute(words % {"name": agency.name, "code": code})
    return Route(code, agency, agency.partner)
