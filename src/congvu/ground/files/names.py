"""File names as people gave them, made harmless."""

from __future__ import annotations

import re
import unicodedata

from congvu.common.text import clean

LONGEST = 150
LONGEST_EXTENSION = 10
_FORBIDDEN = re.compile(r'[<>:"|?*\n]')


def clean_name(name: str) -> str:
    """The last part of the path, NFC, without control, direction and reserved signs; short, keeping its extension.

    Never empty and never starting with a dot, so it can be offered for saving on any system.
    """
    last = re.split(r"[/\\]", clean(name))[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in ("Cf", "Co", "Cn"))
    tidy = _FORBIDDEN.sub("_", visible).strip(" .")
    stem, dot, extension = tidy.rpartition(".")
    if not dot or len(extension) > LONGEST_EXTENSION:
        return tidy[:LONGEST].strip() or "tep"
    return f"{stem[: LONGEST - len(extension) - 1].strip(' .') or 'tep'}.{extension}"


def extension(name: str) -> str:
    """The extension in lower case without its dot, or an empty string."""
    return name.rpartition(".")[2].lower() if "." in name else ""
