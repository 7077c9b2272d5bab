"""Names of a PDF read in one piece and decoded once.

pyHanko reads a name letter by letter and decodes it letter by letter, every time a file is opened, though all files
use the same few hundred names. Here the end of a name is looked for at once; a name that is longer than a piece, ends
with the file or holds what no name may hold is left to pyHanko's own reading.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import IO, Any

from pyhanko.pdf_utils import generic, misc

_slowly: Any = generic.NameObject.read_from_stream
PIECE, MOST = 64, 4096
_END = re.compile(b"[" + re.escape(misc.PDF_WHITESPACE + misc.PDF_DELIMITERS) + b"]")


@lru_cache(maxsize=MOST)
def decoded(name: bytes) -> str:
    """The letters of a name without its stroke, as pyHanko decodes them. Raises PdfReadError for what is no name."""
    return str(generic._decode_name(name))


def read(stream: IO[bytes]) -> Any:
    """As pyHanko's function of the same task, with the same results, the stream behind the name."""
    start = stream.tell()
    piece = stream.read(PIECE)
    end = _END.search(piece, 1)
    if end is None or piece[:1] != b"/":
        stream.seek(start)
        return _slowly(stream)
    stream.seek(start + end.start())
    # Each a new object: a file notes on its objects where they belong.
    return generic.NameObject(decoded(piece[1 : end.start()]))


generic.NameObject.read_from_stream = staticmethod(read)  # type: ignore[method-assign]
