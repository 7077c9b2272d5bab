"""The text of a document as its template reads it: numbered, punctuated, with the last lines held to the signature."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.engines.typeset.counting import DIVISION_WORDS, numbered
from congvu.engines.typeset.encode import glyphs, text
from congvu.engines.typeset.errors import PaperIncomplete
from congvu.engines.typeset.types import (
    Article,
    Basis,
    Block,
    Cell,
    Clause,
    Dashes,
    Division,
    Heading,
    Paragraph,
    Picture,
    Point,
    Table,
    Text,
    texts_of,
    words,
)

SIGNS_IN_LINE = 75
MOST_KEPT_LINES = 14
LINES_WITH_SIGNATURE = 2
KEPT_LINES = 3


def runs(value: Text) -> list[dict[str, Any]]:
    """Runs with printable characters."""
    return [{"t": glyphs(run.text), "b": run.bold, "i": run.italic} for run in value if run.text]


def closed(bases: Sequence[Text]) -> list[Text]:
    """Căn cứ with ";" after each and "." after the last."""
    kept = [basis for basis in bases if words(basis).strip()]
    return [ended(basis, ";" if n < len(kept) else ".") for n, basis in enumerate(kept, 1)]


def ended(value: Text, mark: str) -> Text:
    """The text with its closing punctuation replaced by ``mark``."""
    if not value:
        return value
    last = value[-1]
    stem = last.text.rstrip(" ;,./\n")
    return (*value[:-1], dataclasses.replace(last, text=stem + mark)) if stem else ended(value[:-1], mark)


def _with_ending(body: Sequence[Block], mark: str) -> list[Block]:
    """The body with "./." at its very end; a table or a picture takes none."""
    if not body or not mark:
        return list(body)
    last = body[-1]
    match last:
        case Paragraph(text=value) | Point(text=value):
            last = dataclasses.replace(last, text=ended(value, mark))
        case Article(text=value) | Clause(text=value) if value:
            last = dataclasses.replace(last, text=ended(value, mark))
        case Article(title=value) | Clause(title=value):
            last = dataclasses.replace(last, title=ended(value, mark))
        case Dashes(items=items) if items:
            last = Dashes((*items[:-1], ended(items[-1], mark)))
    return [*body[:-1], last]


def _bases_closed(body: Sequence[Block]) -> list[Block]:
    made: list[Block] = []
    for n, block in enumerate(body):
        if isinstance(block, Basis):
            more = n + 1 < len(body) and isinstance(body[n + 1], Basis)
            block = Basis(ended(block.text, ";" if more else "."))
        made.append(block)
    return made


def body_data(body: Sequence[Block], *, ending: str, heading_wanted: bool = False) -> list[dict[str, Any]]:
    """Blocks as the template reads them. ``heading_wanted``: the layout's own middle heading is written unless
    the text has it already. Raises PaperIncomplete for a table whose cells do not fit together."""
    whole = _bases_closed(_with_ending(body, ending))
    made = [_data(number, block) for number, block in numbered(whole)]
    for block in _tail(made):
        block["keep"] = True
    if heading_wanted and not any(isinstance(block, Heading) for block in body):
        before = next((n for n, block in enumerate(whole) if not isinstance(block, Basis)), len(whole))
        made.insert(before, {"type": "middle"})
    return made


def _tail(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last blocks that together are two lines or more and go with the signature."""
    kept, count = [], 0
    for block in reversed(made):
        if block["lines"] > MOST_KEPT_LINES or count >= LINES_WITH_SIGNATURE:
            break
        kept.append(block)
        count += block["lines"]
    return kept


def probed(made: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """For a signature that still stands alone: the last paragraph with a mark at each word; None where none helps."""
    if not made or made[-1]["type"] not in ("paragraph", "article", "clause", "point"):
        return None
    count, marked = 0, []
    for run in made[-1]["runs"]:
        for word in re.findall(r"\s*\S+\s*", run["t"]):
            marked.append({**run, "t": word, "m": count})
            count += 1
    return [*made[:-1], {**made[-1], "runs": marked}]


def ending_rows(made: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """For a text that ends with a table: the table with a mark in each of the rows that go with the signature,
    ``word0`` the first; None for any other text."""
    if not made or made[-1]["type"] != "table":
        return None
    rows, first = made[-1]["rows"], _first_kept(made[-1])
    marked = [_marked(row, n) for n, row in enumerate(rows[first:])]
    return [*made[:-1], {**made[-1], "rows": [*rows[:first], *marked]}]


def broken(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The text with its closing table broken before the rows that go with the signature; its header is repeated there,
    as at any other end of a page."""
    table, first = made[-1], _first_kept(made[-1])
    heads, rows = table["rows"][: table["header"]], table["rows"]
    before = [{**table, "rows": rows[:first], "keep": False}] if first > len(heads) else []
    return [*made[:-1], *before, {"type": "break"}, {**table, "rows": [*heads, *rows[first:]], "keep": True}]


def _first_kept(table: dict[str, Any]) -> int:
    """The first of the last rows; never in the middle of cells that reach over several rows."""
    first = max(int(table["header"]), len(table["rows"]) - LINES_WITH_SIGNATURE)
    for n in range(first - 1, table["header"] - 1, -1):
        if any(n + cell["rowspan"] > first for cell in table["rows"][n]):
            first = n
    return first


def _marked(row: list[dict[str, Any]], n: int) -> list[dict[str, Any]]:
    mark = {"t": "", "b": False, "i": False, "m": n}
    return [{**cell, "runs": [mark, *cell["runs"]]} if place == 0 else cell for place, cell in enumerate(row)]


def cut(made: list[dict[str, Any]], lines: Sequence[tuple[float, ...]]) -> list[dict[str, Any]]:
    """The probed text with its last three lines apart; ``lines`` says for each word on which line it stands."""
    starts = sorted(set(lines))
    if len(starts) <= KEPT_LINES:
        return made
    first = list(lines).index(starts[-KEPT_LINES])
    runs = [{key: value for key, value in run.items() if key != "m"} for run in made[-1]["runs"]]
    return [*made[:-1], {**made[-1], "runs": runs[:first], "cut": runs[first:]}]


def _lines(block: Block) -> int:
    if isinstance(block, Table):
        return len(block.rows)
    if isinstance(block, Picture):
        return LINES_WITH_SIGNATURE
    return sum(max(1, -(-len(words(value)) // SIGNS_IN_LINE)) for value in texts_of(block) if value)


def _data(number: str, block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"type": block.kind, "lines": _lines(block), "keep": False}
    match block:
        case Paragraph(text=value, side=side):
            return {**data, "runs": runs(value), "side": side}
        case Basis(text=value):
            return {**data, "runs": runs(value)}
        case Heading(text=value):
            return {**data, "text": text(value)}
        case Division(level=level, title=title):
            return {**data, "label": f"{DIVISION_WORDS[level]} {text(number)}", "title": text(title)}
        case Article(title=title, text=value):
            return {**data, "label": f"Điều {text(number)}.", "title": runs(title), "runs": runs(value)}
        case Clause(title=title, text=value):
            return {**data, "label": f"{text(number)}.", "title": runs(title), "runs": runs(value)}
        case Point(text=value):
            return {**data, "label": f"{text(number)})", "title": [], "runs": runs(value)}
        case Dashes(items=items):
            return {**data, "items": [runs(item) for item in items if item]}
        case Picture(key=key, alt=alt, width_mm=width, caption=caption):
            return {
                **data,
                "key": key,
                "alt": text(alt or words(caption)) or "Hình",
                "width": min(width, 240),
                "caption": runs(caption),
            }
        case Table():
            return {**data, **_table(block)}
    raise TypeError(type(block))


def _table(table: Table) -> dict[str, Any]:
    columns = _columns(table)
    widths = list(table.widths) if len(table.widths) == columns else [1.0] * columns
    return {
        "widths": widths,
        "header": min(table.header, max(len(table.rows) - 1, 0)),
        "rows": [[_cell(cell, n < table.header) for cell in row] for n, row in enumerate(table.rows)],
    }


def _cell(cell: Cell, head: bool) -> dict[str, Any]:
    content = words(cell.text).strip()
    short = head or (len(content) <= 12 and content.replace(".", "").replace(",", "").replace("%", "").isdigit())
    return {
        "runs": runs(cell.text), "colspan": cell.colspan, "rowspan": cell.rowspan,
        "side": cell.side or ("center" if short else "left"),
    }  # fmt: skip


def _columns(table: Table) -> int:
    """How many columns the rows have, spans counted. Raises PaperIncomplete when they differ."""
    taken: dict[int, int] = {}
    sizes = set()
    for n, row in enumerate(table.rows):
        sizes.add(sum(cell.colspan for cell in row) + taken.get(n, 0))
        for cell in row:
            if cell.colspan < 1 or cell.rowspan < 1 or n + cell.rowspan > len(table.rows):
                sizes |= {-1, 0}
            for below in range(n + 1, n + cell.rowspan):
                taken[below] = taken.get(below, 0) + cell.colspan
    if len(sizes) != 1 or sizes == {0}:
        problem = Problem("body", _("Các dòng của bảng không cùng số cột."), "table")
        raise PaperIncomplete(_("Có bảng không dựng được."), problems=(problem,))
    return sizes.pop()


def text_of(body: Sequence[Block]) -> str:
    """All words of a text, a line for each part; for search and comparison."""
    return "\n".join(words(value) for block in body for value in texts_of(block) if value)
