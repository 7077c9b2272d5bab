"""Cursors of lists: what was written is read back, anything else is refused in words."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.errors import Invalid

KEY = UUID("01a1f1a3-b440-7923-9858-f476b48fab7f")


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)), st.uuids())
def test_what_was_written_is_read_back(moment, key):
    assert read_cursor(write_cursor(moment, key)) == (moment, key)


@pytest.mark.parametrize(
    "text",
    ["", "x", "_", f"2026-11-19T09:30:00_{KEY}", "2026-11-19T09:30:00+07:00_x", f"9999-99-99_{KEY}", f"\0_{KEY}"],
)
def test_what_is_no_cursor_is_refused_in_words(text):
    with pytest.raises(Invalid) as refused:
        read_cursor(text)
    assert [problem.field for problem in refused.value.problems] == ["after"]
