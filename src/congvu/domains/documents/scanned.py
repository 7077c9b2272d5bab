"""What a scanned page says of its document, read from its text: proposals that a records clerk confirms. Pure.

The text is what a reader of scans gives: lines from top to bottom, columns side by side with wide gaps between them
(layout of NĐ 30/2020 Phụ lục I). Nothing is certain; what is not found stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from congvu.common.text import clean, fold, nfc

NUMBER = re.compile(r"^so\s*[:.;]?\s*(\d{1,6}[a-z]?)?\s*[/|]\s*([^\s]{1,30})")
DAY = re.compile(r",\s*ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})")
ABOUT = re.compile(r"^v\s*/\s*v\b[:.]?\s*")
MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam")
AGENCY = (
    "uy ban", "hoi dong", "so", "bo", "van phong", "phong", "trung tam", "dang uy", "cong ty", "cuc", "chi cuc", "ban",
    "tram", "truong", "cong an", "tong cuc", "thanh tra", "hoi", "tinh uy", "doan", "toa an", "vien", "lien doan",
    "quy", "ngan hang", "tap doan", "hop tac xa", "benh vien", "mat tran", "uy ban nhan dan",
)  # fmt: skip
STOPS = (
    "can cu", "kinh gui", "thuc hien", "thi hanh", "xet", "theo", "noi nhan", "dieu 1", "tai", "hoi ", "hom nay",
    "so:",
)  # fmt: skip
TITLES = (
    "chu tich", "pho ", "giam doc", "tong giam doc", "chanh", "truong", "bo truong", "thu truong", "chu toa", "bi thu",
    "hieu truong", "cuc truong", "vien truong", "tram truong", "q. ", "tong ", "thu tuong", "nguoi dung dau",
)  # fmt: skip
MARKS = {"khan": 1, "thuong khan": 2, "hoa toc": 3}
SECRETS = {"mat": 1, "toi mat": 2, "tuyet mat": 3}
HEAD_LINES, SUBJECT_LINES, PLACE_WORDS = 30, 5, ("tinh", "xa", "phuong", "thanh pho", "dac khu", "thi tran", "huyen")
NAME = re.compile(r"^[^\W\d_]+(?:\s+[^\W\d_]+){1,5}$")
GAP = re.compile(r"\s{2,}|\t")


@dataclass(frozen=True, slots=True)
class Scanned:
    """Proposals. ``secrecy`` above 0 is a mark that was found: such a paper does not belong here."""

    number: str = ""
    symbol: str = ""
    issued_on: date | None = None
    kind_name: str = ""
    subject: str = ""
    sender: str = ""
    signer: str = ""
    signer_position: str = ""
    priority: int = 0
    secrecy: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words on one line."""

    line: int
    text: str

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def capital(self) -> bool:
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def read_scanned(text: str, *, kinds: Iterable[str], senders: Iterable[str] = ()) -> Scanned:
    """Proposals from the text of the first and last page. ``kinds`` are the names of kinds, ``senders`` known ones."""
    pieces = _pieces(text)
    number, symbol, at = _number(pieces)
    kind, place = _kind(pieces, kinds, symbol)
    signer, position = _signer(pieces)
    return Scanned(
        number=number, symbol=symbol, issued_on=_day(pieces), kind_name=kind, subject=_subject(pieces, place)[:500],
        sender=_sender(pieces[:at], senders)[:200], signer=signer[:50], signer_position=position[:100],
        priority=_mark(pieces, MARKS), secrecy=_mark(pieces, SECRETS),
    )  # fmt: skip


def _pieces(text: str) -> list[Piece]:
    found = []
    for line, words in enumerate(nfc(text).replace("\f", "\n").splitlines()):
        found += [Piece(line, part) for raw in GAP.split(words) if (part := clean(raw).strip("_-—–=|* "))]
    return [piece for piece in found if not any(motto in piece.folded for motto in MOTTO)]


def _number(pieces: Sequence[Piece]) -> tuple[str, str, int]:
    """Number, symbol and where they stand; the head of the page where there is no such line."""
    for place, piece in enumerate(pieces[:HEAD_LINES]):
        joined = piece.text
        if piece.folded in ("so:", "so") and place + 1 < len(pieces) and pieces[place + 1].line == piece.line:
            joined = f"{joined} {pieces[place + 1].text}"
        found = NUMBER.match(fold(joined))
        if found:
            tail = joined[joined.index("/") + 1 :].split()[0] if "/" in joined else ""
            return (found[1] or "").lstrip("0") or (found[1] or ""), tail.strip(".,;:")[:30], place
    return "", "", min(4, len(pieces))


def _day(pieces: Sequence[Piece]) -> date | None:
    for piece in pieces[:HEAD_LINES]:
        found = DAY.search(piece.folded)
        if found:
            try:
                return date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                return None
    return None


def _kind(pieces: Sequence[Piece], kinds: Iterable[str], symbol: str) -> tuple[str, int]:
    """The name of the kind and where the subject begins; a letter is told by its "V/v" or by its symbol."""
    names = {fold(name): name for name in kinds}
    for place, piece in enumerate(pieces[:HEAD_LINES]):
        if ABOUT.match(piece.folded):
            return names.get("cong van", "Công văn"), place
        if piece.capital and piece.folded in names:
            return names[piece.folded], place + 1
    first = fold(symbol).partition("-")[0]
    return (names.get("cong van", "") if symbol and first in ("ubnd", "hdnd") else ""), -1


def _subject(pieces: Sequence[Piece], place: int) -> str:
    """The lines of the trích yếu: one below the other without a gap, until the text begins."""
    if not 0 <= place < len(pieces):
        return ""
    column = ABOUT.match(pieces[place].folded) is not None
    if not column and pieces[place].folded.startswith((*STOPS, "uy ban", "hoi dong")):
        return ""
    lines, last = [pieces[place].text], pieces[place].line
    for piece in pieces[place + 1 :]:
        if piece.line == last and column:
            continue
        if piece.line > last + 1 or len(lines) >= SUBJECT_LINES or piece.capital or piece.folded.startswith(STOPS):
            break
        lines.append(piece.text)
        last = piece.line
    first = pieces[place].text
    if column:
        found = ABOUT.match(pieces[place].folded)
        lines[0] = first[found.end() :] if found else first
    subject = " ".join(lines).strip(" .:")
    return f"V/v {subject}" if column and subject else subject


def _sender(pieces: Sequence[Piece], known: Iterable[str]) -> str:
    """The lower of the agencies at the head: each begins with the word of an agency and goes on below."""
    groups: list[list[str]] = []
    for piece in pieces:
        if not piece.capital or DAY.search(piece.folded):
            continue
        begins = any(piece.folded == word or piece.folded.startswith(f"{word} ") for word in AGENCY)
        if begins or not groups:
            groups.append([piece.text])
        else:
            groups[-1].append(piece.text)
    if not groups:
        return ""
    name = " ".join(groups[-1])
    found = next((sender for sender in known if fold(sender) == fold(name)), "")
    return found or _sentence(name)


def _sentence(name: str) -> str:
    """SỞ XÂY DỰNG TỈNH THANH SƠN → Sở xây dựng tỉnh Thanh Sơn; the clerk mends what only a person can know."""
    words = name.lower().split()
    if not words:
        return ""
    last = max((n for n, word in enumerate(words) if fold(word) in PLACE_WORDS), default=len(words))
    named = [word.capitalize() if n > last else word for n, word in enumerate(words)]
    return " ".join([named[0].capitalize(), *named[1:]]).replace("hđnd", "HĐND").replace("ubnd", "UBND")


def _signer(pieces: Sequence[Piece]) -> tuple[str, str]:
    """The last name below a title in capitals: the name is set in small letters, the title is not."""
    title = ""
    found = ("", "")
    for piece in pieces[len(pieces) // 3 :]:
        if piece.capital and piece.folded.startswith(TITLES):
            title = piece.text
        elif title and _is_name(piece.text):
            found = (piece.text, title.capitalize())
    return found


def _is_name(text: str) -> bool:
    words = text.split()
    return NAME.match(text) is not None and 2 <= len(words) <= 6 and all(word[0].isupper() for word in words)


def _mark(pieces: Sequence[Piece], marks: dict[str, int]) -> int:
    """The highest mark that stands alone in capitals, as stamps do."""
    return max((marks[piece.folded] for piece in pieces if piece.capital and piece.folded in marks), default=0)
