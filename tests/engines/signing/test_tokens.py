"""Names of a PDF are read as pyHanko reads them, in one piece."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfError

from congvu.engines.signing.pdf import tokens

NAMES = st.one_of(
    st.text("ABCabc019#+-._", max_size=12).map(str.encode), st.binary(max_size=6), st.binary(min_size=60, max_size=70)
)
ENDS = [b"", b" 1", b"/Next", b"[0]", b">>", b"\n", b"\r\n", b"\x00", b"(a)", b"%c", b"{"]


def outcome(read, content: bytes, at: int = 0):
    stream = io.BytesIO(content)
    stream.seek(at)
    try:
        found = read(stream)
    except PdfError as fault:
        return str(fault)
    return type(found), found, stream.tell()


@settings(deadline=None)
@given(NAMES, st.sampled_from(ENDS), st.sampled_from([b"/", b"", b"<", b"//"]))
def test_the_same_as_letter_by_letter(name, end, stroke):
    content = b"<<" + stroke + name + end
    for _time in range(2):
        assert outcome(tokens.read, content, 2) == outcome(tokens._slowly, content, 2)


@pytest.mark.parametrize(
    ("content", "found", "end"),
    [
        (b"/Type/Page", "/Type", 5), (b"/A#20B 1", "/A B", 6), (b"/ 1", "/", 1),
        (b"/" + b"x" * 99 + b" ", "/" + "x" * 99, 100),
    ],
)  # fmt: skip
def test_known_ones(content, found, end):
    stream = io.BytesIO(content)
    assert (tokens.read(stream), stream.tell()) == (found, end)


def test_each_is_an_object_of_its_own():
    """A file notes on its objects where they belong."""
    first, second = (tokens.read(io.BytesIO(b"/Type ")) for _time in range(2))
    first.container_ref = "one file"
    assert (first == second, first is second, second.container_ref) == (True, False, None)
