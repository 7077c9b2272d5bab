"""Keeping written authorisations to sign (NĐ 30/2020 Điều 13 khoản 4): by whom, for whom, for what, how long."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import policies
from congvu.domains.documents.authorised import in_force
from congvu.domains.documents.issuers import book_of, kinds
from congvu.domains.documents.models import Authorisation
from congvu.domains.documents.types import AuthorisationInput, IssuerView
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs

T = TypeVar("T")
LONGEST = timedelta(days=5 * 366)


@act("document.authorise", policy=policies.may_authorise, label="Ghi văn bản ủy quyền ký")
def authorise(actor: Actor, given: AuthorisationInput) -> int:
    """Write down that a leader of the own agency lets an official of it sign. Raises Invalid naming each field.

    Who signs by authorisation lets nobody else sign: only leaders give one, and leaders are given none (they sign KT.).
    """
    by = book_of(actor)
    problems = [*_wrong_people(given, by), *_wrong_words(given, by)]
    if problems:
        raise Invalid(problems[0].message, problems=tuple(problems))
    made = Authorisation.objects.create(
        issuer_id=by.id, giver_id=_there(given.giver), holder_id=_there(given.holder), number=clean(given.number),
        matters=clean(given.matters), kinds=list(given.kinds),
        valid_from=_there(given.valid_from), valid_to=_there(given.valid_to),
        kept_at=utc_now(), kept_by=actor.name,
    )  # fmt: skip
    note(authorisation=made.id, number=made.number, giver=given.giver, holder=given.holder)
    return made.id


def _there(value: T | None) -> T:
    """What was checked to be there."""
    if value is None:
        raise AssertionError("checked before")
    return value


def _wrong_people(given: AuthorisationInput, by: IssuerView) -> list[Problem]:
    seats = {seat.position_id: seat for unit in orgs.subtree(by.unit_id) for seat in orgs.seats([unit])}
    inside = {key: seat for key, seat in seats.items() if orgs.agency_of(seat.unit_id).id == by.unit_id}
    leaders = {key for key, seat in inside.items() if "chair" in seat.roles and seat.unit_id == by.unit_id}
    found = []
    if given.giver not in leaders:
        held = given.giver is not None and in_force(by.id).filter(holder=given.giver).exists()
        words = _("Người được ủy quyền không được ủy quyền lại cho người khác.")
        found.append(Problem("giver", words if held else _("Chỉ lãnh đạo cơ quan ủy quyền ký."), "giver"))
    if given.holder in leaders:
        found.append(Problem("holder", _("Lãnh đạo cơ quan ký thay (KT.), không ký thừa ủy quyền."), "leader"))
    elif given.holder not in inside:
        found.append(Problem("holder", _("Người được ủy quyền phải thuộc cơ quan."), "outside"))
    return found


def _wrong_words(given: AuthorisationInput, by: IssuerView) -> list[Problem]:
    found = []
    if not 0 < len(clean(given.number)) <= 60:
        found.append(Problem("number", _("Ghi số, ký hiệu văn bản ủy quyền, tối đa 60 ký tự."), "missing"))
    if not 0 < len(clean(given.matters)) <= 2000:
        found.append(Problem("matters", _("Ghi nội dung được ủy quyền: việc gì, lĩnh vực nào."), "missing"))
    if set(given.kinds) - {kind.key for kind in kinds(by.family)}:
        found.append(Problem("kinds", _("Có loại văn bản không thuộc hệ thống của cơ quan."), "unknown"))
    if given.valid_from is None:
        found.append(Problem("valid_from", _("Ghi ngày bắt đầu."), "missing"))
    if given.valid_to is None:
        found.append(Problem("valid_to", _("Ủy quyền phải có thời hạn: ghi ngày kết thúc."), "missing"))
    elif given.valid_from is not None and not given.valid_from <= given.valid_to <= given.valid_from + LONGEST:
        found.append(Problem("valid_to", _("Ngày kết thúc phải sau ngày bắt đầu, không quá 5 năm."), "range"))
    return found


@act("document.end_authorisation", policy=policies.may_authorise, label="Chấm dứt ủy quyền ký")
def end_authorisation(actor: Actor, authorisation_id: int) -> None:
    """From today it no longer holds. Raises NotFound for one of another agency, Conflict once it is over."""
    rows = Authorisation.objects.select_for_update().filter(issuer=book_of(actor).id)
    row = rows.filter(id=authorisation_id).first()
    if row is None:
        raise NotFound(_("Không tìm thấy văn bản ủy quyền này."))
    today = local_date(utc_now())
    if row.ended_on is not None or row.valid_to < today:
        raise Conflict(_("Ủy quyền này đã hết hiệu lực."))
    row.ended_on, row.ended_by = today, actor.name
    row.save(update_fields=["ended_on", "ended_by"])
    note(authorisation=row.id, number=row.number)
