"""Plain lines to structured text: Phần, Chương, Mục, Điều, khoản, điểm, căn cứ and dashes by the way they begin.

A line in capitals behind a Roman number ("I. MỤC ĐÍCH") is the bold heading that plans and reports have.
"""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence

from congvu.engines.typeset.counting import DIVISION_WORDS, Counter, numbered
from congvu.engines.typeset.types import (
    Article,
    Basis,
    Block,
    Clause,
    Dashes,
    Division,
    Heading,
    Paragraph,
    Picture,
    Point,
    Run,
    Table,
    Text,
    plain,
    texts_of,
    words,
)

LONGEST_TITLE = 150
_LEVELS = {word.casefold(): level for level, word in DIVISION_WORDS.items()}
_DIVISION = re.compile(
    r"^(phần|chương|mục|tiểu mục)\s+(?:thứ\s+)?([IVXLCivxlc]+|\d{1,3})\s*[.:]?\s*(?:[-–]\s*)?(?P<rest>.*)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^điều\s+(\d{1,4}[a-zđ]?)\s*[.:]\s*", re.IGNORECASE)
_CLAUSE = re.compile(r"^(\d{1,3}[a-zđ]?)\.\s+")
_POINT = re.compile(r"^([a-zđ]{1,2})\)\s+")
_DASH = re.compile(r"^[-–—+•]\s+")
_BASIS = re.compile(r"^(?:căn cứ|theo đề nghị|xét đề nghị|xét tờ trình)\b", re.IGNORECASE)
_PART = re.compile(r"^[IVX]{1,5}\.\s+\S")
# A picture by its key, then caption, description and width in mm; what stands behind the key may be left out.
_PICTURE = re.compile(
    r"^\[h[iì]nh:\s*(?P<key>[a-z0-9-]{1,40})\s*(?:\|(?P<caption>[^|\]]*))?(?:\|(?P<alt>[^|\]]*))?"
    r"(?:\|\s*(?P<width>[1-9]\d{0,2})\s*(?:mm)?\s*)?\]$",
    re.IGNORECASE,
)
# A line that says where a picture sent along is to stand.
HERE = ("[hình]", "[hinh]")
_HEADING = re.compile(r"^(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ)\s*:?$")


def structured(lines: Iterable[Text]) -> tuple[Block, ...]:
    """Blocks of the lines. Numbers that counting gives anyway are not kept, so the text renumbers when it is edited."""
    made: list[Block] = []
    for line in lines:
        trimmed = _trimmed(line)
        if not trimmed:
            continue
        block = _block(trimmed, made)
        joined = _joined(made[-1], block) if made else None
        if joined is not None:
            made[-1] = joined
        else:
            made.append(block)
    return counted(made)


def read_text(text: str) -> tuple[Block, ...]:
    """Blocks of a plain text, one line each."""
    return structured(plain(line) for line in text.splitlines())


def write_text(body: Sequence[Block]) -> str:
    """The text that ``read_text`` reads back; tables become lines with bars, pictures a line in
    brackets that names them: ``[hình: hinh-1 | caption | description | 120 mm]``."""
    return "\n".join(line for number, block in numbered(body) for line in _written(number, block) if line.strip())


def placed(body: Sequence[Block], picture: Picture) -> tuple[Block, ...]:
    """The text with a picture where a line says [hình], else at its end."""
    for n, block in enumerate(body):
        if isinstance(block, Paragraph) and words(block.text).strip().casefold() in HERE:
            return (*body[:n], picture, *body[n + 1 :])
    return (*body, picture)


def counted(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks without the numbers that counting gives anyway."""
    made, counter = [], Counter()
    for block in blocks:
        number = getattr(block, "number", "")
        if number and isinstance(block, Division | Article | Clause | Point):
            bare = dataclasses.replace(block, number="")
            if copy.copy(counter).number(bare) == number:
                block = bare
        counter.number(block)
        made.append(block)
    return tuple(made)


def _block(line: Text, before: Sequence[Block]) -> Block:
    whole = words(line)
    if found := _PICTURE.match(whole):
        return _picture(found)
    if found := _DIVISION.match(whole):
        return _division(found)
    if found := _ARTICLE.match(whole):
        return _article(found[1], _cut(line, found.end()))
    if found := _CLAUSE.match(whole):
        return _clause(found[1], _cut(line, found.end()))
    if found := _POINT.match(whole):
        return Point(_cut(line, found.end()), found[1])
    if found := _DASH.match(whole):
        return Dashes((_cut(line, found.end()),))
    if _HEADING.match(whole):
        return Heading(whole if whole.endswith(":") else f"{whole}:")
    if _PART.match(whole) and whole == whole.upper() and len(whole) <= LONGEST_TITLE:
        return Paragraph((Run(whole, bold=True),))
    if _BASIS.match(whole) and all(isinstance(block, Basis | Paragraph) for block in before):
        return Basis(tuple(dataclasses.replace(run, italic=False) for run in line))
    return Paragraph(line)


def _joined(last: Block, block: Block) -> Block | None:
    """One block of two that belong together: dashes of one list, a division and its title in capitals below."""
    if isinstance(last, Dashes) and isinstance(block, Dashes):
        return Dashes(last.items + block.items)
    if isinstance(last, Division) and not last.title and isinstance(block, Paragraph):
        title = words(block.text)
        if title == title.upper() and len(title) <= LONGEST_TITLE * 2:
            return dataclasses.replace(last, title=_sentence(title))
    return None


def _division(found: re.Match[str]) -> Division:
    level = _LEVELS[found[1].casefold()]
    title = found["rest"].strip()
    return Division(level, _sentence(title) if title == title.upper() else title, found[2].upper())  # type: ignore[arg-type]


def _picture(found: re.Match[str]) -> Picture:
    caption, alt = (found["caption"] or "").strip(), (found["alt"] or "").strip()
    key, width = found["key"].lower(), found["width"]
    return Picture(key, alt, float(width), plain(caption)) if width else Picture(key, alt, caption=plain(caption))


def _sentence(title: str) -> str:
    """Titles are printed in capitals; kept as a sentence they can be printed otherwise."""
    return title[:1] + title[1:].lower()


def _article(number: str, rest: Text) -> Article:
    title, text = _titled(rest)
    if title:
        return Article(title, text, number)
    whole = words(rest).rstrip()
    ends = whole.endswith((".", ";", ":", ",", "./."))
    return Article((), rest, number) if ends or len(whole) > LONGEST_TITLE else Article(rest, (), number)


def _clause(number: str, rest: Text) -> Clause:
    title, text = _titled(rest)
    return Clause(text, title, number)


def _titled(rest: Text) -> tuple[Text, Text]:
    """The bold beginning and what follows it."""
    count = next((n for n, run in enumerate(rest) if not run.bold), len(rest))
    title = tuple(dataclasses.replace(run, bold=False) for run in rest[:count])
    return _trimmed(title), _trimmed(rest[count:])


def _cut(line: Text, at: int) -> Text:
    """The line without its first ``at`` characters."""
    kept = []
    for run in line:
        if at < len(run.text):
            kept.append(dataclasses.replace(run, text=run.text[at:]))
        at = max(0, at - len(run.text))
    return tuple(kept)


def _trimmed(line: Text) -> Text:
    """The line without blanks at its ends and without empty runs; neighbours of one style become one run."""
    made: list[Run] = []
    for run in line:
        if made and (made[-1].bold, made[-1].italic) == (run.bold, run.italic):
            made[-1] = dataclasses.replace(run, text=made[-1].text + run.text)
        elif run.text:
            made.append(run)
    if made:
        made[0] = dataclasses.replace(made[0], text=made[0].text.lstrip())
        made[-1] = dataclasses.replace(made[-1], text=made[-1].text.rstrip())
    kept = tuple(run for run in made if run.text)
    return kept if len(kept) == len(made) else _trimmed(kept)


def _written(number: str, block: Block) -> Sequence[str]:
    match block:
        case Division(level=level, title=title):
            return (f"{DIVISION_WORDS[level]} {number}", title.upper())
        case Article(title=title, text=text):
            return (f"Điều {number}. {' '.join(filter(None, (words(title), words(text))))}",)
        case Clause(title=title, text=text):
            return (f"{number}. {' '.join(filter(None, (words(title), words(text))))}",)
        case Point(text=text):
            return (f"{number}) {words(text)}",)
        case Dashes(items=items):
            return [f"- {words(item)}" for item in items]
        case Picture(key=key, alt=alt, width_mm=width, caption=caption):
            return (f"[hình: {key} | {words(caption)} | {alt} | {width:.0f} mm]",)
        case Table(rows=rows):
            return [" | ".join(words(cell.text).replace("\n", " ") for cell in row) for row in rows]
    one: Callable[[Text], str] = words
    return [one(text) for text in texts_of(block)]
