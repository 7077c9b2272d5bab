"""Names of certificates are prepared as asn1crypto prepares them."""

from __future__ import annotations

from asn1crypto.x509 import Name
from hypothesis import given
from hypothesis import strategies as st

from congvu.engines.signing.trust import names


def outcome(prepare, text: str) -> str:
    try:
        return prepare(text)
    except ValueError as fault:
        return f"refused: {fault}"


@given(st.text(max_size=30))
def test_the_same_as_one_by_one(text):
    assert outcome(names.prepared, text) == outcome(lambda given: names._slowly(None, given), text)


def test_certificates_with_the_same_name_in_other_letters_are_of_one_holder():
    one, other = (
        Name.build({"common_name": name}) for name in ("Ủy ban nhân dân xã  Yên Khê", "ỦY BAN NHÂN DÂN XÃ YÊN KHÊ")
    )
    assert one == other
    known = names.prepared.cache_info()
    assert Name.load(one.dump()) == Name.load(other.dump())
    assert names.prepared.cache_info().hits == known.hits + 2
