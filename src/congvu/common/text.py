"""Vietnamese text: one normal form in, one fold for searching, one order for names."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def nfc(value: str) -> str:
    """The value in NFC, the only form that is stored."""
    return unicodedata.normalize("NFC", value)


def clean(value: str) -> str:
    """NFC, without control characters (line breaks stay), runs of blanks folded, ends trimmed."""
    kept = (c for c in nfc(value).replace("\r\n", "\n") if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return _SPACES.sub(" ", "".join(kept)).strip()


def fold(value: str) -> str:
    """Lower case without tone and vowel marks, đ as d: what searching compares."""
    decomposed = unicodedata.normalize("NFD", value.casefold().replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def words_asked(question: str) -> list[str]:
    """The words somebody looks for, folded, eight at most; quotation marks around them are not looked for."""
    return fold(clean(question)).translate(_QUOTES).split()[:8]


def sort_key(value: str) -> tuple[tuple[int, int], ...]:
    """Vietnamese alphabetical order: letters first, then tones (ngang huyền hỏi ngã sắc nặng)."""
    letters = []
    for char in nfc(value.casefold()):
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((_TONES[c] for c in decomposed if c in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
        place = _ALPHABET.find(base) if base else -1
        letters.append((place + 1000 if place >= 0 else ord(base[0]) if base else 0, tone))
    return tuple(letters)


def name_key(full_name: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Order of people: by given name (the last word), then the words before it."""
    words = full_name.split()
    return tuple(sort_key(word) for word in words[-1:] + words[:-1])
