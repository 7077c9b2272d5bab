"""Structured text of an official document: the blocks a draft is made of, and the JSON they are kept as.

Numbers of Điều, khoản, điểm, chương are counted where a block leaves ``number`` empty (``counting``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, cast

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.engines.typeset.errors import BlocksInvalid
from congvu.engines.typeset.types import codec
from congvu.engines.typeset.types.text import Text, plain

Level = Literal["part", "chapter", "section", "subsection"]
Side = Literal["justify", "left", "center", "right"]


class Block:
    """One unit of structured text; each kind is a frozen dataclass below."""

    __slots__ = ()
    kind: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """The block as JSON values: its ``type`` and every field that is not at its default."""
        return {"type": self.kind, **codec.fields_of(self)}

    @staticmethod
    def from_json(data: Any) -> Block:
        """The block of its JSON. Raises BlocksInvalid naming every field that does not fit."""
        return blocks_from_json([data])[0]


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """Ordinary text; a justified one has its first line indented."""

    kind: ClassVar[str] = "paragraph"
    text: Text
    side: Side = "justify"


@dataclass(frozen=True, slots=True)
class Basis(Block):
    """One căn cứ; its closing ";" or "." is set by its place in the row."""

    kind: ClassVar[str] = "basis"
    text: Text


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A centred bold line in the middle of the text, such as QUYẾT ĐỊNH:"""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Division(Block):
    """Phần or Chương (Roman numbers), Mục or Tiểu mục (Arabic); the title stands below in capitals."""

    kind: ClassVar[str] = "division"
    level: Level
    title: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Article(Block):
    """Điều: number and title bold, then text in the same paragraph (decisions) or nothing (khoản follow)."""

    kind: ClassVar[str] = "article"
    title: Text = ()
    text: Text = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Clause(Block):
    """Khoản "1."; a title is bold."""

    kind: ClassVar[str] = "clause"
    text: Text = ()
    title: Text = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Point(Block):
    """Điểm "a)", lettered in the Vietnamese alphabet: a b c d đ e g h i k l m n o p q r s t u v x y."""

    kind: ClassVar[str] = "point"
    text: Text
    number: str = ""


@dataclass(frozen=True, slots=True)
class Dashes(Block):
    """A list with dashes."""

    kind: ClassVar[str] = "dashes"
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``side`` empty: header cells and numbers centred, other text left."""

    text: Text = ()
    colspan: int = 1
    rowspan: int = 1
    side: Literal["", "left", "center", "right"] = ""


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Rows of cells; the first ``header`` rows are bold and repeated on each page.

    ``widths`` are shares of the width, one for each column; empty means equal columns.
    """

    kind: ClassVar[str] = "table"
    rows: tuple[tuple[Cell, ...], ...]
    header: int = 1
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture(Block):
    """A picture by the name under which ``OfficialDocument.pictures`` holds its bytes (PNG or JPEG)."""

    kind: ClassVar[str] = "picture"
    key: str
    alt: str
    width_mm: float = 120.0
    caption: Text = ()


KINDS: Mapping[str, type[Block]] = {
    cls.kind: cls
    for cls in (Paragraph, Basis, Heading, Division, Article, Clause, Point, Dashes, Table, Picture)
}  # fmt: skip


def texts_of(block: Block) -> Sequence[Text]:
    """Every text of a block in reading order."""
    return _TEXTS[type(block)](block)


_TEXTS: Mapping[type[Block], Callable[[Any], Sequence[Text]]] = {
    Paragraph: lambda b: (b.text,),
    Basis: lambda b: (b.text,),
    Heading: lambda b: (plain(b.text),),
    Division: lambda b: (plain(b.title),),
    Article: lambda b: (b.title, b.text),
    Clause: lambda b: (b.title, b.text),
    Point: lambda b: (b.text,),
    Dashes: lambda b: b.items,
    Table: lambda b: tuple(cell.text for row in b.rows for cell in row),
    Picture: lambda b: (b.caption,),
}


def blocks_to_json(body: Sequence[Block]) -> list[dict[str, Any]]:
    """The JSON of a whole text: what a draft's version stores."""
    return [block.to_json() for block in body]


def blocks_from_json(data: Any) -> tuple[Block, ...]:
    """The text of its JSON. Raises BlocksInvalid naming every field that does not fit."""
    if not isinstance(data, list) or len(data) > codec.MOST_ITEMS:
        raise BlocksInvalid(_("Nội dung văn bản không đúng cấu trúc."))
    problems: list[Problem] = []
    made = [_block(item, str(n), problems) for n, item in enumerate(data, 1)]
    if problems:
        raise BlocksInvalid(_("Nội dung văn bản không đúng cấu trúc."), problems=tuple(problems))
    return tuple(cast("list[Block]", made))


def _block(data: Any, path: str, problems: list[Problem]) -> Block | None:
    name = data.get("type") if isinstance(data, dict) else None
    cls = KINDS.get(name) if isinstance(name, str) else None
    if cls is None:
        problems.append(Problem(path, _("Không rõ loại của đoạn này."), "type"))
        return None
    return cast("Block | None", codec.build(cls, {k: v for k, v in data.items() if k != "type"}, path, problems))
