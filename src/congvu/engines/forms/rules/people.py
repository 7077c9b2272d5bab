"""Rules about names, numbers and papers of people."""

from __future__ import annotations

from datetime import date

from congvu.common.text import fold, nfc
from congvu.engines.forms import cccd, places
from congvu.engines.forms.conditions import is_empty
from congvu.engines.forms.dates import earliest
from congvu.engines.forms.rules.registry import Broken, Context, rule

NEW_CARD = date(2024, 7, 1)
_SHAPES = {"can_cuoc": (12,), "cccd": (12,), "cmnd": (9, 12)}


def _plain(name: str) -> str:
    return " ".join(nfc(name).casefold().split())


@rule("surname_of", "name", "any")
def surname_of(context: Context) -> Broken:
    """The name begins with the first word of one of the other names."""
    name, others = context.value("name"), context.values("any")
    if is_empty(name) or not others:
        return None
    surnames = {_plain(other).split()[0] for other in others}
    return None if _plain(name).split()[0] in surnames else {}


@rule("number_place", "number")
def number_place(context: Context) -> Broken:
    """The first three digits of a personal number are a known province or country; only ever a warning."""
    number = context.value("number")
    if is_empty(number):
        return None
    facts = cccd.facts(number, places.prefixes())
    return None if facts.known_place else {"prefix": facts.prefix}


@rule("number_agrees", "number", "birth", "sex")
def number_agrees(context: Context) -> Broken:
    """Year of birth and sex in a personal number are those declared; ``sex_is`` stands for a sex that is not asked."""
    number = context.value("number")
    if is_empty(number):
        return None
    facts = cccd.facts(number)
    birth, sex = (context.value(name) if name in context.params else None for name in ("birth", "sex"))
    sex = context.params.get("sex_is", sex)
    wrong_year = isinstance(birth, str) and earliest(birth).year != facts.birth_year
    wrong_sex = not is_empty(sex) and sex != facts.sex
    if not wrong_year and not wrong_sex:
        return None
    return {"sex": {"nam": "nam", "nu": "nữ"}[facts.sex], "year": str(facts.birth_year)}


@rule("card_kind", "type", "issued_on", "issued_by")
def card_kind(context: Context) -> Broken:
    """A card issued from 1/7/2024 by Bộ Công an is a Thẻ Căn cước, not a Thẻ căn cước công dân."""
    kind, day, office = context.value("type"), context.value("issued_on"), context.value("issued_by")
    if kind != "cccd" or is_empty(day) or is_empty(office):
        return None
    return {} if date.fromisoformat(day) >= NEW_CARD and fold(office).strip() == "bo cong an" else None


@rule("paper_number", "type", "number")
def paper_number(context: Context) -> Broken:
    """Cards have 12 digits, old identity papers 9 or 12; a passport has letters and digits."""
    kind, number = context.value("type"), context.value("number")
    if is_empty(kind) or is_empty(number):
        return None
    compact = "".join(number.split())
    if kind in _SHAPES:
        return None if compact.isdecimal() and len(compact) in _SHAPES[kind] else {}
    if kind == "ho_chieu":
        return None if compact.isalnum() and compact.isascii() and 5 <= len(compact) <= 15 else {}
    return None


@rule("no_card_before", "birth", "number")
def no_card_before(context: Context) -> Broken:
    """Nobody under ``years`` has the number of a card."""
    birth, number = context.value("birth"), context.value("number")
    if is_empty(birth) or is_empty(number):
        return None
    born = earliest(birth)
    born_limit = context.today.year - context.params["years"]
    under = (born.year, born.month, born.day) > (born_limit, context.today.month, context.today.day)
    return {} if under else None


@rule("not_words", "field")
def not_words(context: Context) -> Broken:
    """The text holds none of ``words``: whole words, case ignored, with their marks or typed without any."""
    value = context.value("field")
    if is_empty(value):
        return None
    text = f" {_plain(value)} "
    unmarked = text == fold(text)
    for word in context.params["words"]:
        if f" {word} " in text or (unmarked and f" {fold(word)} " in text):
            return {"word": word}
    return None


@rule("not_containing", "field")
def not_containing(context: Context) -> Broken:
    """The text holds none of ``parts`` anywhere (marks, case and blanks ignored)."""
    value = context.value("field")
    if is_empty(value):
        return None
    text = "".join(fold(value).split())
    found = next((part for part in context.params["parts"] if part in text), None)
    return {"part": found} if found else None


@rule("begins_with", "field")
def begins_with(context: Context) -> Broken:
    value = context.value("field")
    return None if is_empty(value) or _plain(value).startswith(_plain(context.params["words"])) else {}
