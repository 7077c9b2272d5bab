"""Identifiers sort by time; tokens have no look-alikes."""

from congvu.common.ids import TOKEN_ALPHABET, public_token, uuid7


def test_uuid7_sorts_by_time_and_names_its_version():
    first = [uuid7() for _ in range(200)]
    assert {u.version for u in first} == {7}
    assert len(set(first)) == 200
    assert [u.int >> 80 for u in first] == sorted(u.int >> 80 for u in first)


def test_tokens_avoid_look_alikes():
    assert not set(TOKEN_ALPHABET) & set("01ilos25zaeu")
    assert len({public_token() for _ in range(1000)}) == 1000
