"""Registers, lists and slips: from their values to printed pages and to sheets (.xlsx)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.engines.typeset.compiler import compiled
from congvu.engines.typeset.encode import text
from congvu.engines.typeset.errors import PaperIncomplete
from congvu.engines.typeset.types import (
    BOOKS,
    BookForm,
    Dashes,
    Direction,
    DirectionSlip,
    Group,
    HandOver,
    Issuer,
    OfficialDocument,
    Paragraph,
    Party,
    RegisterBook,
    Run,
    Signer,
    plain,
)

DOTS = "........"
PERMANENT = "vĩnh viễn"


def form_of(book: RegisterBook) -> BookForm:
    """The columns of a book; a report brings its own. Raises PaperIncomplete when rows and columns do not match."""
    form = BOOKS.get(book.kind) or BookForm(book.title, book.columns, cover=False, landscape=True, basis="")
    wide = len(form.columns)
    wrong = [n for n, row in enumerate(book.rows, 1) if not isinstance(row, Group) and len(row) != wide]
    if wrong or not wide:
        words = _("Dòng này cần đúng %(count)d cột.") % {"count": wide}
        problems = tuple(Problem(f"rows.{n}", words, "columns") for n in wrong[:20])
        raise PaperIncomplete(_("Các dòng của sổ không khớp với các cột."), problems=problems)
    return form


def printed(book: RegisterBook) -> bytes:
    """The book as PDF/A: A4, cover (registers), heading repeated on each page, wide margin for binding."""
    form = form_of(book)
    title = text(book.title or form.title)
    return compiled("registers/book", {
        "document_title": " ".join(filter(None, (title, str(book.year or ""), text(book.agency)))).replace("\n", " "),
        "keywords": [book.kind], "agency": text(book.agency), "above": [text(line) for line in book.above],
        "title": title, "subtitle": [text(line) for line in book.subtitle], "landscape": form.landscape,
        "columns": [{"label": c.label, "share": c.share, "side": c.side} for c in form.columns],
        "cover": _cover(book) if form.cover else None,
        "rows": [_row(row) for row in book.rows], "closing": [text(line) for line in closing(book)],
    })  # fmt: skip


def closing(book: RegisterBook) -> tuple[str, ...]:
    """Lines under the table; danh mục hồ sơ counts its files by retention."""
    if book.kind != "file_list" or book.closing:
        return book.closing
    terms = [row[2].strip().casefold() for row in book.rows if not isinstance(row, Group)]
    forever = sum(term == PERMANENT for term in terms)
    return (
        f"Bản Danh mục hồ sơ này có {len(terms)} hồ sơ, bao gồm:",
        f"{forever} hồ sơ bảo quản vĩnh viễn;",
        f"{len(terms) - forever} hồ sơ bảo quản có thời hạn.",
    )


def _cover(book: RegisterBook) -> dict[str, str]:
    return {
        "year": str(book.year or DOTS), "first_day": _day(book.first_day), "last_day": _day(book.last_day),
        "first_number": text(book.first_number) or DOTS, "last_number": text(book.last_number) or DOTS,
        "volume": text(book.volume) or DOTS,
    }  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else DOTS


def _row(row: Sequence[str] | Group) -> Any:
    if isinstance(row, Group):
        return {"number": text(row.number), "title": text(row.title), "level": row.level}
    return [text(value) for value in row]


def slip(paper: DirectionSlip) -> bytes:
    """Phiếu giải quyết văn bản đến."""
    return compiled("registers/slip", {
        "document_title": f"Phiếu giải quyết văn bản đến số {text(paper.arrival)}", "keywords": ["direction_slip"],
        "agency": text(paper.agency), "above": [text(line) for line in paper.above], "arrival": text(paper.arrival),
        "document": [[text(label), text(value)] for label, value in paper.document],
        "leader": _directions(paper.leader), "leader_words": text(paper.leader_words),
        "leader_signed": text(paper.leader_signed), "unit": _directions(paper.unit),
        "unit_words": text(paper.unit_words), "unit_signed": text(paper.unit_signed),
        "proposal": text(paper.proposal), "proposal_signed": text(paper.proposal_signed),
    })  # fmt: skip


def _directions(entries: Sequence[Direction]) -> list[dict[str, str]]:
    return [{"to": text(e.to), "role": text(e.role), "due": text(e.due), "words": text(e.words)} for e in entries]


def hand_over_document(paper: HandOver) -> OfficialDocument:
    """The minutes of a hand-over as an official document with the signatures of both sides."""
    body = (
        Paragraph(plain("Chúng tôi gồm:")),
        *_party("BÊN GIAO", paper.giver),
        *_party("BÊN NHẬN", paper.taker),
        Paragraph(plain("Thống nhất lập biên bản giao nhận tài liệu với những nội dung như sau:")),
        Paragraph(plain(f"1. Tên khối tài liệu giao nộp: {paper.holdings}")),
        Paragraph(plain(f"2. Thời gian của hồ sơ, tài liệu: {paper.period}")),
        Paragraph(plain("3. Số lượng tài liệu:")),
        Paragraph(plain("a) Đối với hồ sơ, tài liệu giấy:")),
        Dashes((
            plain(f"Tổng số hộp (cặp): {paper.boxes}"),
            plain(f"Tổng số hồ sơ (đơn vị bảo quản): {paper.paper_files}. Quy ra mét giá: {paper.shelf_metres} mét"),
        )),
        Paragraph(plain("b) Đối với hồ sơ, tài liệu điện tử:")),
        Dashes((
            plain(f"Tổng số hồ sơ: {paper.electronic_files}"), plain(f"Tổng số tệp tin trong hồ sơ: {paper.items}"),
        )),
        Paragraph(plain(f"4. Tình trạng tài liệu giao nộp: {paper.condition}")),
        Paragraph(plain("5. Mục lục hồ sơ, tài liệu nộp lưu kèm theo.")),
        Paragraph(plain("Biên bản này được lập thành hai bản; bên giao giữ một bản, bên nhận giữ một bản.")),
    )  # fmt: skip
    return OfficialDocument(
        kind="hand_over", layout="named", issuer=Issuer(paper.agency, above=paper.above), place=paper.place,
        symbol=paper.symbol, number=paper.number, on=paper.on, electronic=False, title="Biên bản",
        subject="Về việc giao nhận hồ sơ, tài liệu", bases=tuple(plain(basis) for basis in paper.bases), body=body,
        secretary=Signer("Đại diện bên giao", paper.giver.person),
        signer=Signer("Đại diện bên nhận", paper.taker.person),
    )  # fmt: skip


def _party(label: str, party: Party) -> tuple[Paragraph, ...]:
    return (
        Paragraph((Run(f"{label}: ", bold=True), Run(party.unit))),
        Paragraph(plain(f"Ông (bà): {party.person}")),
        Paragraph(plain(f"Chức vụ công tác: {party.position}")),
    )
