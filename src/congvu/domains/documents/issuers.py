"""Kinds and issuers on a day: who issues in its own name, what its papers look like, which series a number is of."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents.errors import NoIssuer
from congvu.domains.documents.models import Family, Issuer, Kind, Nature
from congvu.domains.documents.types import IssuerView, KindView
from congvu.ground.orgs import selectors as orgs


def kinds(family: str = "administrative") -> tuple[KindView, ...]:
    """The kinds an issuer of the family may draft, in the order of the decree. One statement.

    A council writes administrative documents like everybody, and its own normative ones.
    """
    rows = Kind.objects.filter(may_write(family)).exclude(nature=Nature.COPY).order_by("order")
    return tuple(kind_view(row) for row in rows)


def may_write(family: str) -> Q:
    """Which kinds belong to an issuer of the family: councils add the administrative ones that are not normative, mass
    organisations write those; the Party has its own and no others (documents.md §7, fact 28)."""
    own = Q(family=family)
    shares = family in (Family.COUNCIL, Family.MASS)
    return own | Q(family=Family.ADMINISTRATIVE, nature=Nature.ADMINISTRATIVE) if shares else own


def kind(key: str) -> KindView:
    """One kind. Raises Invalid for a key that is none."""
    row = Kind.objects.filter(key=key).first()
    if row is None:
        message = _("Không có loại văn bản này.")
        raise Invalid(message, problems=(Problem("kind", message, "unknown"),))
    return kind_view(row)


def kind_view(row: Kind) -> KindView:
    return KindView(
        row.key, row.family, row.nature, row.name, row.abbreviation, row.layout, row.addressed, row.archive_code
    )


def issuer_view(row: Issuer) -> IssuerView:
    return IssuerView(
        row.id, row.key, row.unit_id, row.family, tuple(row.above), tuple(row.lines), row.abbreviation, row.place,
        row.collective, row.series, tuple(tuple(group) for group in row.groups), row.symbols, row.secret_placeholders,
        row.valid_from, row.basis,
    )  # fmt: skip


def issuers_of(unit_id: int, on: date | None = None) -> tuple[IssuerView, ...]:
    """Who issues in the name of the agency a unit belongs to, its own name first, councils after. Two statements."""
    day = on or local_date(utc_now())
    agency = orgs.agency_of(unit_id, day).id
    rows = Issuer.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), unit=agency, valid_from__lte=day)
    return tuple(issuer_view(row) for row in rows.order_by("id"))


def main_issuer(unit_id: int, on: date | None = None) -> IssuerView | None:
    """In whose book documents addressed to a unit go; None where nobody keeps one."""
    found = issuers_of(unit_id, on)
    return found[0] if found else None


def issuer(key: str) -> IssuerView:
    """One issuer, whatever its dates. Raises NotFound."""
    row = Issuer.objects.filter(key=key).first()
    if row is None:
        raise NotFound(_("Không tìm thấy cơ quan ban hành này."))
    return issuer_view(row)


def book_of(actor: Actor, on: date | None = None) -> IssuerView:
    """The books the acting post works in: those of its own agency. Raises NoIssuer."""
    found = issuers_of(actor.unit_id, on) if actor.unit_id is not None else ()
    if not found:
        raise NoIssuer(_("Cơ quan này chưa được khai báo để lập sổ và ban hành văn bản. Hãy báo người quản trị."))
    return found[0]


def symbol(by: IssuerView, what: KindView, *, unit_id: int, year: int) -> str:
    """What follows the number (NĐ 30/2020 Phụ lục I mục II.3): ``QĐ-UBND``, ``UBND-VP``, normative ``2026/QĐ-UBND``;
    of the Party ``-QĐ/ĐU`` with the hyphen that joins it there.

    A kind without abbreviation takes the agency's and that of the drafting unit or field. Raises Invalid when the
    unit has no abbreviation yet.
    """
    if what.nature == Nature.NORMATIVE:
        return f"{year}/{what.abbreviation}-{by.abbreviation}"
    if by.family == Family.PARTY:
        return f"-{what.abbreviation}/{by.abbreviation}"
    if what.abbreviation:
        return f"{what.abbreviation}-{by.abbreviation}"
    short = by.symbols.get(str(unit_id), "")
    if not short:
        message = _("Đơn vị soạn thảo chưa có chữ viết tắt cho ký hiệu công văn. Hãy báo văn thư hoặc người quản trị.")
        raise Invalid(message, problems=(Problem("unit", message, "no_symbol"),))
    return f"{by.abbreviation}-{short}"


def series(by: IssuerView, what: KindView) -> str:
    """The series a number of this kind is taken from, as the head of the agency decided (NĐ 30/2020 Điều 15 khoản 1).

    Normative kinds each have their own, copies share one, whatever the scheme.
    """
    if what.nature == Nature.NORMATIVE:
        return f"out:{by.key}:{what.key}"
    if what.nature == Nature.COPY:
        return f"out:{by.key}:copies"
    if by.series == Issuer.Series.KIND:
        return f"out:{by.key}:{what.key}"
    for place, group in enumerate(by.groups if by.series == Issuer.Series.GROUPS else (), start=1):
        if what.key in group:
            return f"out:{by.key}:g{place}"
    return f"out:{by.key}"


def shown_number(number: int) -> str:
    """Below ten with a zero in front (NĐ 30/2020 Phụ lục I)."""
    return f"{number:02}"


def arrived(notation: str) -> str:
    """The symbol as our books keep it of what a message says: ``QĐ/ĐU`` of the Party takes its hyphen again."""
    head, slash, body = notation.strip().partition("/")
    ours = bool(slash and body) and Kind.objects.filter(family=Family.PARTY, abbreviation=head).exists()
    return f"-{notation.strip()}" if ours else notation
