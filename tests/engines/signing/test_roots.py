"""Whom the installation believes is an administrator's decision."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.common.actor import SYSTEM, Actor, ActorKind
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.engines.signing import selectors, services
from tests.engines.signing.pki import pki as make
from tests.marks import refuses

CLERK = Actor(kind=ActorKind.STAFF, name="Đặng Thị Ngân", user_id=7, roles=frozenset({"registrar"}))
ADMIN = Actor(kind=ActorKind.STAFF, name="Trịnh Quốc Khoa", user_id=8, roles=frozenset({"admin"}))


def entered(actor=ADMIN, **values):
    usual = {"name": "Gốc thử", "chain": "public_duty", "purposes": ["sign"], "certificate": make().duty.der}
    return services.add_root(actor, **{**usual, **values})


def test_a_root_is_entered_in_der_or_pem(db):
    from cryptography.hazmat.primitives.serialization import Encoding

    first = entered()
    pem = make().public.certificate.public_bytes(Encoding.PEM)
    entered(name="Gốc công cộng", chain="public", certificate=pem, valid_to=date(2027, 12, 31))
    public, duty = selectors.roots()
    assert (duty.id, duty.name, duty.purposes, duty.valid_from, duty.valid_to) == (
        first, "Gốc thử", ("sign",), date(2020, 1, 1), date(2040, 1, 1),
    )  # fmt: skip
    assert (public.valid_to, public.certificate) == (date(2027, 12, 31), make().public.der)


@refuses("signing.add_root", "signing.withdraw_root")
def test_only_administrators(db):
    root = entered()
    with pytest.raises(Forbidden):
        entered(CLERK, certificate=make().public.der)
    with pytest.raises(Forbidden):
        services.withdraw_root(CLERK, root, reason="Không rõ")
    assert [row.id for row in selectors.roots()] == [root]


def test_what_cannot_be_entered(db):
    with pytest.raises(Invalid) as refused:
        entered(name=" ", chain="other", purposes=[], certificate=b"-----BEGIN nothing")
    assert [problem.field for problem in refused.value.problems] == ["name", "chain", "purposes", "certificate"]
    entered()
    with pytest.raises(Conflict):
        entered(name="Lần hai")
    assert len(selectors.roots()) == 1


def test_withdrawn_and_entered_again(db):
    root = entered()
    with pytest.raises(Invalid):
        services.withdraw_root(SYSTEM, root, reason=" ")
    services.withdraw_root(SYSTEM, root, reason="Khóa bị lộ")
    assert selectors.roots() == ()
    assert [row.id for row in selectors.roots(withdrawn=True)] == [root]
    with pytest.raises(NotFound):
        services.withdraw_root(SYSTEM, root, reason="Lần nữa")
    entered()


def test_reading_costs_one_statement(db, django_assert_num_queries):
    entered()
    with django_assert_num_queries(1):
        selectors.roots()
