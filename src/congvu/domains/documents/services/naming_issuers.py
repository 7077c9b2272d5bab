"""Who issues documents in its own name: declared by the administrator, from a day on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.digest import fingerprint
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.domains.documents import policies
from congvu.domains.documents.issuers import kinds
from congvu.domains.documents.models import Family, Issuer, Nature
from congvu.domains.documents.types import IssuerInput
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs

KEY_WIDTH = 40


@act("document.set_issuer", policy=policies.may_set_issuers, label="Khai báo cơ quan ban hành văn bản")
def set_issuer(_actor: Actor, given: IssuerInput) -> int:
    """Declare an issuer, or change what its papers show; returns its id. Numbers already given stay.

    Raises Invalid naming each field; another family for the same issuer is refused, its books would be shared, and so
    is one that is not its unit's: Party and mass bodies are agencies of their own (documents.md §7, fact 28).
    """
    problems = [
        Problem(name, _("Ghi thông tin này."), "missing")
        for name in ("abbreviation", "place")
        if not clean(getattr(given, name))
    ]
    if not given.lines:
        problems.append(Problem("lines", _("Ghi tên cơ quan như in trên văn bản."), "missing"))
    if given.family not in Family.values:
        problems.append(Problem("family", _("Chọn hệ thống cơ quan."), "unknown"))
    if given.series not in Issuer.Series.values:
        problems.append(Problem("series", _("Chọn cách đánh số."), "unknown"))
    problems += [*_other_system(given), *_wrong_groups(given)]
    key = given.key or _key(given)
    known = Issuer.objects.filter(key=key).first()
    if known is not None and known.family != given.family:
        problems.append(Problem("family", _("Không đổi được hệ thống của cơ quan đã có sổ."), "fixed"))
    if problems:
        raise Invalid(_("Chưa khai báo được cơ quan ban hành."), problems=tuple(problems))
    row, _created = Issuer.objects.update_or_create(key=key, defaults=_values(given))
    note(issuer=key, series=given.series)
    return row.id


def _other_system(given: IssuerInput) -> list[Problem]:
    """A council shares the unit of its committee; the Party and mass organisations share none with an authority."""
    system = Family.ADMINISTRATIVE if given.family == Family.COUNCIL else given.family
    if given.family not in Family.values or orgs.family(given.unit_id) == system:
        return []
    words = _("Đơn vị này thuộc hệ thống khác. Cơ quan Đảng, tổ chức chính trị - xã hội có đơn vị, sổ và số riêng.")
    return [Problem("unit_id", words, "family")]


def _wrong_groups(given: IssuerInput) -> list[Problem]:
    """Numbering by groups needs some, of kinds this family writes, none of them twice."""
    if given.series != Issuer.Series.GROUPS:
        return []
    named = [key for group in given.groups for key in group]
    if not named:
        return [Problem("groups", _("Ghi các nhóm loại văn bản, mỗi dòng một nhóm."), "missing")]
    strange = sorted(set(named) - {kind.key for kind in kinds(given.family) if kind.nature != Nature.NORMATIVE})
    if strange:
        words = _("Không có loại văn bản này trong hệ thống đã chọn: %(names)s.") % {"names": ", ".join(strange)}
        return [Problem("groups", words, "unknown")]
    twice = sorted({key for key in named if named.count(key) > 1})
    if twice:
        words = _("Mỗi loại chỉ thuộc một nhóm: %(names)s.") % {"names": ", ".join(twice)}
        return [Problem("groups", words, "twice")]
    return []


def _key(given: IssuerInput) -> str:
    """The word that names the issuer in its series: of the issuer already there, else made of its unit's."""
    known = Issuer.objects.filter(unit=given.unit_id, family=given.family).values_list("key", flat=True).first()
    stem = ("hd-" if given.family == Family.COUNCIL else "") + orgs.unit(given.unit_id).key
    return known or (stem if len(stem) <= KEY_WIDTH else f"{stem[: KEY_WIDTH - 13]}-{fingerprint(stem)}")


def _values(given: IssuerInput) -> dict[str, object]:
    return {
        "unit_id": given.unit_id, "family": given.family, "above": list(given.above), "lines": list(given.lines),
        "abbreviation": clean(given.abbreviation), "place": clean(given.place), "collective": clean(given.collective),
        "series": given.series, "groups": [list(group) for group in given.groups], "symbols": dict(given.symbols),
        "secret_placeholders": given.secret_placeholders, "valid_from": given.valid_from, "basis": clean(given.basis),
    }  # fmt: skip
