"""Hexadecimal strings are read as pyHanko reads them, in one piece."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.misc import PdfError

from congvu.engines.signing.pdf import hexadecimal

TEXTS = st.one_of(
    st.binary(max_size=300).map(lambda content: content.hex().encode()),
    st.text("0123456789abcdefABCDEF \n%g<", max_size=40).map(str.encode),
)


def outcome(read, content: bytes):
    stream = io.BytesIO(content)
    try:
        found = read(stream)
    except PdfError as fault:
        return str(fault)
    return type(found), found, stream.tell()


@settings(deadline=None)
@given(TEXTS, st.sampled_from([b">", b">/Next", b"", b" > x"]))
def test_the_same_as_digit_by_digit(text, end):
    content = b"<" + text + end
    assert outcome(hexadecimal.read, content) == outcome(hexadecimal._slowly, content)


def test_a_long_one():
    content = b"<" + b"a7" * 70_000 + b">/Next"
    assert outcome(hexadecimal.read, content) == outcome(hexadecimal._slowly, content)


@pytest.mark.parametrize(("content", "found"), [(b"<>", b""), (b"<4A4>", b"J@"), (b"<FE FF 00 41>", b"\xfe\xff\x00A")])
def test_known_ones(content, found):
    assert hexadecimal.read(io.BytesIO(content)).original_bytes == found
