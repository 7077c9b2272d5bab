"""Who issues documents in its own name: declared by the administrator, from a day on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.domains.documents import policies
from congvu.domains.documents.models import Family, Issuer
from congvu.domains.documents.types import IssuerInput
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs


@act("document.set_issuer", policy=policies.may_set_issuers, label="Khai báo cơ quan ban hành văn bản")
def set_issuer(_actor: Actor, given: IssuerInput) -> int:
    """Declare an issuer, or change what its papers show; returns its id. Numbers already given stay.

    Raises Invalid naming each field; another family for the same issuer is refused, its books would be shared, and so
    is one that is not its unit's: Party and mass bodies are agencies of their own (documents.md §7, fact 28).
    """
    problems = [
        Problem(name, _("Ghi thông tin này."), "missing")
        for name in ("key", "abbreviation", "place")
        if not clean(getattr(given, name))
    ]
    if not given.lines:
        problems.append(Problem("lines", _("Ghi tên cơ quan như in trên văn bản."), "missing"))
    if given.family not in Family.values:
        problems.append(Problem("family", _("Chọn hệ thống cơ quan."), "unknown"))
    if given.series not in Issuer.Series.values:
        problems.append(Problem("series", _("Chọn cách đánh số."), "unknown"))
    problems += _other_system(given)
    known = Issuer.objects.filter(key=given.key).first()
    if known is not None and known.family != given.family:
        problems.append(Problem("family", _("Không đổi được hệ thống của cơ quan đã có sổ."), "fixed"))
    if problems:
        raise Invalid(_("Chưa khai báo được cơ quan ban hành."), problems=tuple(problems))
    row, _created = Issuer.objects.update_or_create(key=given.key, defaults=_values(given))
    note(issuer=given.key, series=given.series)
    return row.id


def _other_system(given: IssuerInput) -> list[Problem]:
    """A council shares the unit of its committee; the Party and mass organisations share none with an authority."""
    system = Family.ADMINISTRATIVE if given.family == Family.COUNCIL else given.family
    if given.family not in Family.values or orgs.family(given.unit_id) == system:
        return []
    words = _("Đơn vị này thuộc hệ thống khác. Cơ quan Đảng, tổ chức chính trị - xã hội có đơn vị, sổ và số riêng.")
    return [Problem("unit_id", words, "family")]


def _values(given: IssuerInput) -> dict[str, object]:
    return {
        "unit_id": given.unit_id, "family": given.family, "above": list(given.above), "lines": list(given.lines),
        "abbreviation": clean(given.abbreviation), "place": clean(given.place), "collective": clean(given.collective),
        "series": given.series, "groups": [list(group) for group in given.groups], "symbols": dict(given.symbols),
        "secret_placeholders": given.secret_placeholders, "valid_from": given.valid_from, "basis": clean(given.basis),
    }  # fmt: skip
