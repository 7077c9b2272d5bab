"""Numbers of the parts of a text: Roman, Arabic and the letters of the Vietnamese alphabet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from congvu.engines.typeset.types import Article, Block, Clause, Division, Point

# NĐ 30/2020, PL I: points follow the Vietnamese alphabet; ă â ê ô ơ ư take no turn, and there is no f j w z.
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
DIVISION_WORDS = {"part": "Phần", "chapter": "Chương", "section": "Mục", "subsection": "Tiểu mục"}
_BELOW = {"part": (), "chapter": ("section", "subsection"), "section": ("subsection",), "subsection": ()}


def roman(number: int) -> str:
    """4 → IV. Raises ValueError below 1."""
    if number < 1:
        raise ValueError(number)
    made = ""
    for value, sign in _ROMAN:
        made += sign * (number // value)
        number %= value
    return made


def point_letter(number: int) -> str:
    """1 → a, 5 → đ, 24 → aa: after y the letters double."""
    turn, place = divmod(number - 1, len(POINT_LETTERS))
    return POINT_LETTERS[place] * (turn + 1)


class Counter:
    """Walks through a text and says the number of each part; a number given by hand sets the count where it can."""

    def __init__(self) -> None:
        self._articles = self._clauses = self._points = 0
        self._divisions = dict.fromkeys(DIVISION_WORDS, 0)

    def number(self, block: Block) -> str:
        """The printed number of the block, empty for blocks that have none."""
        match block:
            case Division(level=level, number=given):
                return self._division(level, given)
            case Article(number=given):
                self._clauses = self._points = 0
                self._articles = _leading(given) or self._articles + 1
                return given or str(self._articles)
            case Clause(number=given):
                self._points = 0
                self._clauses = _leading(given) or self._clauses + 1
                return given or str(self._clauses)
            case Point(number=given):
                self._points = _place(given) or self._points + 1
                return given or point_letter(self._points)
        return ""

    def _division(self, level: str, given: str) -> str:
        for below in _BELOW[level]:
            self._divisions[below] = 0
        self._clauses = self._points = 0
        count = _leading(given) or _from_roman(given) or self._divisions[level] + 1
        self._divisions[level] = count
        return given or (roman(count) if level in ("part", "chapter") else str(count))


def numbered(body: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Every block with its printed number."""
    counter = Counter()
    for block in body:
        yield counter.number(block), block


def _leading(given: str) -> int:
    digits = given[: len(given) - len(given.lstrip("0123456789"))]
    return int(digits[:6] or 0)


def _place(given: str) -> int:
    return POINT_LETTERS.find(given) + 1 if len(given) == 1 else 0


def _from_roman(given: str) -> int:
    values = {sign: value for value, sign in _ROMAN if len(sign) == 1}
    if not given or set(given) - values.keys():
        return 0
    found = [values[sign] for sign in given]
    pairs = zip(found, [*found[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
