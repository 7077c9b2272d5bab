"""Reading pages in tests."""

from __future__ import annotations

import re
from html import unescape


def text(response) -> str:
    """What a reader sees: no tags, entities resolved, blanks folded."""
    plain = re.sub(r"<(script|svg|head)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(plain).split())


def errors(response) -> list[tuple[str, str]]:
    """The lines of the error summary: where each leads, and its words."""
    found = re.search(r'<div class="cv-errsum".*?</div>', response.content.decode(), re.S)
    lines = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', found[0]) if found else []
    return [(field, unescape(words)) for field, words in lines]
