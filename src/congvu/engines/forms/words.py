"""Numbers and dates written in Vietnamese words, as declarations carry them."""

from __future__ import annotations

from datetime import date

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")


def _below_hundred(number: int, *, after_hundreds: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if number == 0:
        return []
    if tens == 0:
        return ["linh", _DIGITS[ones]] if after_hundreds else [_DIGITS[ones]]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return words


def _below_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    if not hundreds and not full:
        return _below_hundred(rest, after_hundreds=False)
    return [_DIGITS[hundreds], "trăm", *_below_hundred(rest, after_hundreds=True)]


def _below_milliard(number: int, *, full: bool) -> list[str]:
    words: list[str] = []
    for power in (2, 1, 0):
        part, number = divmod(number, 1000**power)
        if part:
            words += _below_thousand(part, full=full or bool(words))
            words += [_SCALES[power]] if power else []
    return words


def number_in_words(number: int) -> str:
    """A whole number ≥ 0 in words: 1505000 → "một triệu năm trăm linh năm nghìn". Raises ValueError below zero."""
    if number < 0:
        raise ValueError("negative")
    if number == 0:
        return _DIGITS[0]
    milliards, rest = divmod(number, 10**9)
    words: list[str] = []
    if milliards:
        words = [*number_in_words(milliards).split(), "tỷ"]
    words += _below_milliard(rest, full=bool(words)) if rest else []
    return " ".join(words)


def date_in_words(day: date) -> str:
    """5/11/2026 → "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu"; month 4 is "tư"."""
    month = "tư" if day.month == 4 else number_in_words(day.month)
    return f"ngày {number_in_words(day.day)} tháng {month} năm {number_in_words(day.year)}"


def sentence(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]
