"""What every page owes its reader: a title, one main heading, and no id twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

import lxml.html


def faults(response: Any) -> list[str]:
    """What is wrong with the shape of the page, in words; nothing for a good one."""
    page = lxml.html.fromstring(response.content.decode())
    title, headings = page.findtext(".//title") or "", page.xpath("//h1")
    twice = [name for name, count in Counter(page.xpath("//@id")).items() if count > 1]
    found = [] if title.strip(" |\n") else ["no title"]
    found += [] if len(headings) == 1 else [f"{len(headings)} main headings"]
    return found + [f"id {name} twice" for name in twice]
