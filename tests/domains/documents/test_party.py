"""The Party issues by its own rules and keeps its own books (documents.md §7, fact 28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.common import symbols
from congvu.common.actor import SYSTEM, Actor
from congvu.common.errors import Invalid
from congvu.domains.documents import issuers, selectors, services
from congvu.domains.documents.capacity import signer_block
from congvu.domains.documents.models import Issuer
from congvu.domains.documents.types import Forwarding, IssuerInput
from congvu.domains.workfiles.types import Described
from congvu.ground.accounts import services as accounts
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services as posts
from congvu.ground.orgs.types import UnitFacts
from tests.domains.documents.office import Office
from tests.marks import refuses

SINCE = date(2025, 7, 1)


def committee(office: Office) -> int:
    """The Party committee of the commune, an agency of its own with nobody above it here."""
    facts = UnitFacts(name="Đảng ủy xã Nậm Khê", type="agency", level="commune", parent_id=None, has_seal=True)
    return posts.create_unit(SYSTEM, "du-nam-khe", facts, valid_from=SINCE, family="party")


def declare(unit: int, **values) -> IssuerInput:
    given = {
        "key": "du-nam-khe", "unit_id": unit, "family": "party", "lines": ("Đảng ủy xã Nậm Khê",), "place": "Nậm Khê",
        "above": ("Tỉnh ủy Bình Lam",), "abbreviation": "ĐU", "valid_from": SINCE, "basis": "Thử nghiệm",
    }  # fmt: skip
    return IssuerInput(**{**given, **values})


def clerk(unit: int) -> Actor:
    user = accounts.open_staff_login(SYSTEM, "vanthuthu", full_name="Lò Thị Mây", password="mat-khau-dai-1")
    position = posts.create_position(SYSTEM, unit, "Văn thư", ["registrar"], valid_from=SINCE)
    posts.assign(SYSTEM, position, user, valid_from=SINCE)
    return orgs.staff_actor(user)


@pytest.mark.django_db
def test_the_party_has_kinds_of_its_own_and_no_others(office: Office):
    own = {one.key for one in issuers.kinds("party")}
    assert own
    assert {issuers.kind(key).family for key in own} == {"party"}
    assert not own & {one.key for family in ("administrative", "council", "mass") for one in issuers.kinds(family)}
    services.set_issuer(SYSTEM, declare(committee(office)))
    by, decision = issuers.issuer("du-nam-khe"), issuers.kind("D-QD")
    symbol = issuers.symbol(by, decision, unit_id=by.unit_id, year=2026)
    assert (symbol, symbols.written("05", symbol)) == ("-QĐ/ĐU", "05-QĐ/ĐU")
    assert issuers.series(by, decision).startswith("out:du-nam-khe")


@pytest.mark.django_db
def test_party_and_committee_never_share_a_book(office: Office):
    unit = committee(office)
    services.set_issuer(SYSTEM, declare(unit))
    own = clerk(unit)
    first = services.register(own, office.letter(), Forwarding(), key="1")
    second = office.register()
    assert (first.arrival_number, second.arrival_number) == (1, 1)
    assert selectors.book_of(own).key == "du-nam-khe"
    assert [one.key for one in issuers.issuers_of(office.unit())] == ["xa-yen-khe", "hdnd-yen-khe"]
    for reader, record in ((own, first.record_id), (office.clerk, second.record_id)):
        assert [row.id for row in selectors.incoming_list(reader, selectors.IncomingQuery()).rows] == [record]


@pytest.mark.django_db
@refuses("document.set_issuer")
@pytest.mark.parametrize("family", ["party", "mass"])
def test_a_body_of_another_system_is_no_issuer_of_an_authority(office: Office, family: str):
    before = Issuer.objects.count()
    with pytest.raises(Invalid) as refused:
        services.set_issuer(SYSTEM, declare(office.unit(), family=family))
    assert [problem.field for problem in refused.value.problems] == ["unit_id"]
    with pytest.raises(Invalid):
        services.set_issuer(SYSTEM, declare(committee(office), family="administrative"))
    assert Issuer.objects.count() == before


def test_a_party_document_in_a_work_file_is_named_as_it_is_printed_and_its_metadata_are_bare():
    kept = Described("Về việc thử", number="05", notation="-QĐ/ĐU")
    assert (kept.code, symbols.bare(kept.notation)) == ("05-QĐ/ĐU", "QĐ/ĐU")
    assert Described("Về việc thử", number="05", notation="QĐ-UBND").code == "05/QĐ-UBND"


@given(
    st.integers(1, 99999).map("{:02}".format),
    st.sampled_from(["QĐ-UBND", "UBND-VP", "2026/QĐ-UBND", "-QĐ/ĐU", "-CV/BTCTU"]),
)
def test_what_is_joined_comes_apart(number: str, symbol: str):
    assert symbols.parted(f"  {symbols.written(number, symbol)} ") == (number, symbol)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "capacity", "printed"),
    [
        ("Bí thư", "TM.", ("T/M BAN THƯỜNG VỤ", "BÍ THƯ")),
        ("Phó Bí thư", "KT.", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")),
        ("Chánh Văn phòng", "TL.", ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG")),
    ],
)
def test_the_party_writes_capacities_its_own_way(office: Office, title: str, capacity: str, printed: tuple[str, str]):
    unit = committee(office)
    services.set_issuer(SYSTEM, replace(declare(unit), collective="Ban Thường vụ"))
    post = orgs.position(posts.create_position(SYSTEM, unit, title, ["chair"], valid_from=SINCE))
    block = signer_block(issuers.issuer("du-nam-khe"), post, capacity, "Lò Văn Thử")
    assert (block.authority, block.title) == printed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("notation", "symbol"),
    [
        ("QĐ/ĐU", "-QĐ/ĐU"),
        ("-QĐ/ĐU", "-QĐ/ĐU"),
        ("QĐ-UBND", "QĐ-UBND"),
        ("2026/QĐ-UBND", "2026/QĐ-UBND"),
        ("SNV/X", "SNV/X"),
    ],
)
def test_a_symbol_of_the_party_takes_its_hyphen_again(notation: str, symbol: str):
    assert issuers.arrived(notation) == symbol
