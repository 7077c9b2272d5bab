"""TUQ.: a written authorisation, limited in time and matters, never handed on (documents.md §1.4, §7 fact 26)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Authorisation, Outgoing
from congvu.domains.documents.types import AuthorisationInput
from tests.domains.documents.office import Office
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def given(office: Office, **values) -> AuthorisationInput:
    base = {
        "giver": office.position(":chair:1"), "holder": office.world.staff("truongphong").position_id,
        "number": "15/GUQ-UBND", "matters": "Ký công văn về chế độ báo cáo lĩnh vực kinh tế.",
        "valid_from": date(2026, 11, 1), "valid_to": date(2026, 12, 31), "kinds": ("CV",),
    }  # fmt: skip
    return AuthorisationInput(**{**base, **values})


def tuq(office: Office, kind: str = "CV"):
    holder = office.world.staff("truongphong").position_id
    return office.draft(kind, signer_position=holder, capacity="TUQ.")


def test_tuq_needs_an_authorisation_in_force_for_the_kind(office: Office):
    with pytest.raises(Invalid) as refused:
        tuq(office)
    assert [p.field for p in refused.value.problems] == ["capacity"]
    by = selectors.book_of(office.clerk)
    assert "TUQ." not in {who.capacity for who in selectors.signers(by)}
    key = services.authorise(office.clerk, given(office))
    assert "TUQ." in {who.capacity for who in selectors.signers(by)}
    draft = tuq(office)
    assert selectors.outgoing(office.official, draft).signer == "TUQ. CHỦ TỊCH TRƯỞNG PHÒNG"
    with pytest.raises(Invalid):
        tuq(office, "BC")
    with time_machine.travel(datetime(2027, 1, 1, 8, tzinfo=VN), tick=False), pytest.raises(Invalid):
        tuq(office)
    services.end_authorisation(office.chair, key)
    with pytest.raises(Invalid):
        tuq(office)
    assert Outgoing.objects.count() == 1
    (view,) = selectors.authorisations(office.clerk)
    assert (view.standing, view.number, view.ended_on) == ("ended", "15/GUQ-UBND", date(2026, 11, 19))


@refuses("document.authorise", "document.end_authorisation")
def test_it_is_limited_and_never_handed_on(office: Office):
    services.authorise(office.clerk, given(office))
    holder, official = office.world.staff("truongphong").position_id, office.official.position_id
    with pytest.raises(Invalid) as refused:
        services.authorise(office.clerk, given(office, giver=holder, holder=official))
    assert [(p.field, p.message) for p in refused.value.problems] == [
        ("giver", "Người được ủy quyền không được ủy quyền lại cho người khác.")
    ]
    outside = next(k for name, k in office.world.made.positions.items() if not name.startswith("xa-yen-khe"))
    for values, field in (
        ({"giver": official}, "giver"), ({"holder": office.position(":chair:2")}, "holder"),
        ({"holder": outside}, "holder"), ({"number": " "}, "number"), ({"matters": ""}, "matters"),
        ({"valid_to": None}, "valid_to"), ({"valid_to": date(2026, 10, 1)}, "valid_to"),
        ({"valid_from": None}, "valid_from"), ({"kinds": ("XX",)}, "kinds"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            services.authorise(office.chair, given(office, **values))
        assert [p.field for p in refused.value.problems] == [field], values
    with pytest.raises(Forbidden):
        services.authorise(office.official, given(office))
    with pytest.raises(Forbidden):
        selectors.authorisations(office.official)
    key = Authorisation.objects.get().id
    with pytest.raises(Forbidden):
        services.end_authorisation(office.official, key)
    with pytest.raises(NotFound):
        services.end_authorisation(office.clerk, key + 1)
    assert Authorisation.objects.get().ended_on is None
    services.end_authorisation(office.clerk, key)
    with pytest.raises(Conflict):
        services.end_authorisation(office.clerk, key)


def test_statements_of_the_list(office: Office, django_assert_num_queries):
    services.authorise(office.clerk, given(office))
    clerk = office.clerk
    selectors.authorisations(clerk)
    with django_assert_num_queries(4):
        assert len(selectors.authorisations(clerk)) == 1
