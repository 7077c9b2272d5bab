"""Hexadecimal strings of a PDF read in one piece.

A signature stands in its file as tens of thousands of hexadecimal digits, and pyHanko reads each digit by itself, every
time the file is opened: a fifth of what signing costs. Digits alone are read at once here; whatever else stands between
the brackets (blanks, comments, nonsense) is left to pyHanko's own reading.
"""

from __future__ import annotations

import binascii
from typing import IO, Any

from pyhanko.pdf_utils import generic

_slowly = generic.read_hex_string_from_stream
FIRST, MORE = 128, 1 << 16


def read(stream: IO[bytes]) -> Any:
    """As pyHanko's function of the same task, with the same results, the stream behind the closing bracket."""
    start = stream.tell()
    pieces, size = [stream.read(1)[:0]], FIRST
    while chunk := stream.read(size):
        end, size = chunk.find(b">"), MORE
        if end >= 0:
            pieces.append(chunk[:end])
            stream.seek(end + 1 - len(chunk), 1)
            break
        pieces.append(chunk)
    else:
        stream.seek(start)
        return _slowly(stream)
    digits = b"".join(pieces)
    try:
        return generic.pdf_string(binascii.unhexlify(digits + b"0" * (len(digits) % 2)))
    except binascii.Error:
        stream.seek(start)
        return _slowly(stream)


generic.read_hex_string_from_stream = read
