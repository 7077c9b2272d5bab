"""The head of a unit sees how the own people stand, asked or not, and nobody else's."""

from __future__ import annotations

from uuid import UUID

import pytest

from congvu.common.errors import NotFound
from congvu.domains.documents import selectors, services
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs.types import Member
from tests.domains.documents.office import Office
from tests.domains.documents.test_spreading import letter, read, spread  # noqa: F401


def official(office: Office) -> Member:
    """Only this one is asked: not the head."""
    login = office.official.user_id
    return next(one for one in orgs.members(units=[office.unit("kt")]) if one.user_id == login)


def asked(office: Office, document: UUID) -> UUID:
    culture = next(one for one in orgs.members(units=[office.unit("vh")]))
    return spread(office, document, units=(), positions=(official(office).position_id, culture.position_id))


def test_a_head_who_is_not_asked_sees_the_own_people_alone(office: Office, letter, django_assert_max_num_queries):  # noqa: F811
    record = asked(office, letter)
    head = office.world.staff("truongphong")
    with django_assert_max_num_queries(10):
        view = selectors.dissemination(head, record)
    assert [one.user_id for one in view.readers] == [office.official.user_id]
    assert [share.unit_id for share in view.shares] == [office.unit("kt")]
    assert (view.row.tally.total, view.row.tally.confirmed) == (1, 0)
    assert (view.manages, view.reports, view.mine, view.joined, view.abilities) == (False, True, None, (), frozenset())
    read(office.official, record, letter)
    with django_assert_max_num_queries(6):
        listed, _following = selectors.disseminations(head, own_unit=True)
    assert [(row.id, row.tally.total, row.tally.confirmed) for row in listed] == [(record, 1, 1)]
    assert selectors.disseminations(head)[0] == (), "what others gave is not the head's to answer for"
    with pytest.raises(NotFound):
        selectors.incoming(head, letter)


def test_nobody_else_sees_it(office: Office, letter):  # noqa: F811
    record = asked(office, letter)
    for login in ("hotich", "giamdoc"):
        with pytest.raises(NotFound):
            selectors.dissemination(office.world.staff(login), record)
    told = selectors.dissemination(office.official, record)
    assert (told.reports, told.readers, told.shares, told.row.tally.total) == (False, (), (), 0)
    assert selectors.disseminations(office.official, own_unit=True)[0] == ()
    far = office.world.staff("theodoi")
    assert selectors.disseminations(far, own_unit=True)[0] == ()


def test_what_is_taken_back_is_the_head_s_no_more(office: Office, letter):  # noqa: F811
    record = asked(office, letter)
    services.end_dissemination(office.chair, record, reason="Gửi nhầm", take_back=True)
    with pytest.raises(NotFound):
        selectors.dissemination(office.world.staff("truongphong"), record)
