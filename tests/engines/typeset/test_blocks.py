"""Structured text: JSON there and back, numbers and letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.engines.typeset.counting import POINT_LETTERS, numbered, point_letter, roman
from congvu.engines.typeset.errors import BlocksInvalid
from congvu.engines.typeset.types import (
    Article,
    Block,
    Cell,
    Clause,
    Dashes,
    Division,
    Heading,
    Paragraph,
    Picture,
    Point,
    Run,
    Table,
    blocks_from_json,
    blocks_to_json,
    plain,
)
from tests.engines.typeset import documents

KEYS = st.sampled_from(["type", "text", "rows", "items", "title", "bold", "number", "side", "x"])
NAMES = st.sampled_from(["paragraph", "table", "point", "dashes", "article"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner | NAMES, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", documents.ALL)
def test_every_sample_comes_back_as_it_was(name):
    body = documents.ALL[name].body
    assert blocks_from_json(blocks_to_json(body)) == body


def test_json_is_short_and_plain():
    assert blocks_to_json([Paragraph(plain("Chào")), Point((Run("a"), Run("b", bold=True)))]) == [
        {"type": "paragraph", "text": "Chào"},
        {"type": "point", "text": [{"text": "a"}, {"text": "b", "bold": True}]},
    ]
    table = Table(rows=((Cell(plain("x"), colspan=2),),), widths=(1, 2.5))
    assert table.to_json() == {"type": "table", "rows": [[{"text": "x", "colspan": 2}]], "widths": [1, 2.5]}
    assert Block.from_json(table.to_json()) == table


@pytest.mark.parametrize(
    ("data", "field", "code"),
    [
        ([{"type": "script"}], "1", "type"),
        (["x"], "1", "type"),
        ([{"type": ["a"]}], "1", "type"),
        ([{"type": "paragraph"}], "1.text", "required"),
        ([{"type": "paragraph", "text": 5}], "1.text", "type"),
        ([{"type": "paragraph", "text": [{"text": "a", "href": "x"}]}], "1.text.1.href", "unknown"),
        ([{"type": "paragraph", "text": "a", "side": "up"}], "1.side", "type"),
        ([{"type": "table", "rows": [[{"colspan": True}]]}], "1.rows.1.1.colspan", "type"),
        ([{"type": "picture", "key": "a", "alt": "b", "width_mm": -1}], "1.width_mm", "type"),
        ([{"type": "paragraph", "text": "x" * 100_001}], "1.text.1.text", "type"),
    ],
)
def test_wrong_json_is_refused_by_place(data, field, code):
    with pytest.raises(BlocksInvalid) as refused:
        blocks_from_json(data)
    assert [(p.field, p.code) for p in refused.value.problems] == [(field, code)]


@given(JSON)
def test_strange_json_never_breaks(data):
    try:
        made = blocks_from_json(data)
    except BlocksInvalid:
        return
    assert blocks_from_json(blocks_to_json(made)) == made


def test_text_comes_in_as_nfc():
    made = blocks_from_json([{"type": "heading", "text": "Quye\u0302\u0301t"}])
    assert made == (Heading("Quyết"),)


def test_points_follow_the_vietnamese_alphabet():
    letters = [point_letter(n) for n in range(1, 25)]
    assert letters == [*"abcdđeghiklmnopqrstuvxy", "aa"]
    assert not set("fjwzăâêôơư") & set(POINT_LETTERS)


@pytest.mark.parametrize(
    ("number", "printed"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1994, "MCMXCIV")]
)
def test_roman(number, printed):
    assert roman(number) == printed


def test_roman_of_nothing():
    with pytest.raises(ValueError):
        roman(0)


def test_counting_starts_anew_where_it_should():
    body = (
        Division("chapter", "A"), Division("section", "A1"), Article(), Clause(), Point(()), Point(()), Clause(),
        Point(()), Article(), Clause(), Division("chapter", "B"), Division("section", "B1"),
        Division("subsection", "x"), Article(), Division("section", "B2"), Division("subsection", "y"),
        Paragraph(()), Dashes(()), Picture("k", "a"),
    )  # fmt: skip
    assert [number for number, _block in numbered(body)] == [
        "I", "1", "1", "1", "a", "b", "2", "a", "2", "1", "II", "1", "1", "3", "2", "1", "", "", "",
    ]  # fmt: skip


def test_numbers_given_by_hand_hold_and_carry_on():
    body = (
        Article(number="5a"),
        Article(),
        Division("chapter", number="IV"),
        Division("chapter"),
        Point((), "d"),
        Point(()),
    )
    assert [number for number, _block in numbered(body)] == ["5a", "6", "IV", "V", "d", "đ"]
