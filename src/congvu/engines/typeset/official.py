"""From an official document to the data its template reads, and from the set page to a sheet with zones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.common.page import Zone
from congvu.engines.typeset.body import body_data, broken, closed, cut, ending_rows, probed, runs
from congvu.engines.typeset.compiler import placed
from congvu.engines.typeset.counting import roman
from congvu.engines.typeset.encode import long_date, text
from congvu.engines.typeset.errors import PaperIncomplete
from congvu.engines.typeset.pictures import drawn
from congvu.engines.typeset.types import (
    COPY_FORMS,
    PARTICULARS,
    URGENCY,
    Annex,
    CopyMark,
    Issuer,
    OfficialDocument,
    Picture,
    Sheet,
    Signer,
)

# Where a long name of an agency may break, best place first: before the place it governs.
PLACE_WORDS = re.compile(r"\s(?=(?:xã|phường|đặc khu|tỉnh|thành phố|thị trấn|huyện|quận|thị xã)\s)", re.IGNORECASE)
LONGEST_LINE = 21
MIDDLE_HEADINGS = {"resolution": "QUYẾT NGHỊ:", "decision": "QUYẾT ĐỊNH:", "decision_indirect": "QUYẾT ĐỊNH:"}


def sheet(document: OfficialDocument, watermark: str = "") -> Sheet:
    """The main file: the document, the annexes that are not files of their own, and the copy block."""
    _complete(document)
    inside = [(n, annex) for n, annex in _annexes(document) if not annex.separate]
    data = {**data_of(document, watermark), "annexes": [_annex(document, n, annex) for n, annex in inside]}
    return _set(data)


def annex_sheets(document: OfficialDocument, watermark: str = "") -> tuple[Sheet, ...]:
    """The annexes that are files of their own, in order, each with its ``corner``."""
    _complete(document)
    apart = [(n, annex) for n, annex in _annexes(document) if annex.separate]
    shared = {**data_of(document, watermark), "body": [], "bases": [], "contact": ""}
    return tuple(
        _set({
            **shared, "layout": "annex", "copy": None, "landscape": annex.landscape,
            "annexes": [_annex(document, n, annex)],
            "document_title": text(annex.title) or shared["document_title"],
        })
        for n, annex in apart
    )  # fmt: skip


def copy_page(mark: CopyMark) -> Sheet:
    """A page that holds nothing but the block of a copy at its top; zones ``copy_person`` and ``copy_end``."""
    alone = OfficialDocument(
        kind=mark.form, layout="copy", issuer=mark.issuer, symbol=mark.symbol, place=mark.place, signer=mark.signer,
        electronic=False, title=COPY_FORMS[mark.form], copy=mark,
    )  # fmt: skip
    return _set({**data_of(alone), "layout": "copy_block", "annexes": []})


def _set(data: Mapping[str, Any]) -> Sheet:
    pdf, zones = placed("official/document", {**data, "body": ending_rows(data["body"]) or data["body"]})
    if _left_behind(zones):
        pdf, zones = placed("official/document", {**data, "body": broken(data["body"])})
    elif _alone(zones) and (marked := probed(data["body"])) is not None:
        _pdf, found = placed("official/document", {**data, "body": marked})
        count = len(marked[-1]["runs"])
        where = [(found[f"word{n}"].page, found[f"word{n}"].y) for n in range(count)]
        pdf, zones = placed("official/document", {**data, "body": cut(marked, where)})
    inner = ("closing", "body_end", "last")
    shown = {name: zone for name, zone in zones.items() if name not in inner and not name.startswith("word")}
    return Sheet(pdf, zones["last"].page, shown)


def _left_behind(zones: Mapping[str, Zone]) -> bool:
    """Whether the first of the last rows of a closing table stands on an earlier page than the signature."""
    return "word0" in zones and "closing" in zones and zones["word0"].page < zones["closing"].page


def _alone(zones: Mapping[str, Zone]) -> bool:
    """Whether nothing of the text stands on the page of the signature."""
    return "closing" in zones and "body_end" in zones and zones["closing"].page > zones["body_end"].page


def _complete(document: OfficialDocument) -> None:
    """Raises PaperIncomplete naming what the layout cannot do without."""
    problems = [
        Problem(f"particulars.{field.key}", _("Thiếu giá trị."), "required")
        for field in PARTICULARS.get(document.layout, ())
        if field.required and not document.particulars.get(field.key)
    ]
    bodies = [document.body, *(annex.body for annex in document.annexes)]
    missing = {b.key for body in bodies for b in body if isinstance(b, Picture)} - document.pictures.keys()
    problems += [Problem(f"pictures.{key}", _("Thiếu tệp hình."), "required") for key in sorted(missing)]
    if problems:
        raise PaperIncomplete(_("Chưa đủ dữ liệu để in giấy này."), problems=tuple(problems))


def data_of(document: OfficialDocument, watermark: str = "") -> dict[str, Any]:
    """What every layout reads; the annexes are added by whoever sets them."""
    title = text(" ".join(filter(None, (document.title, document.subject)))) or text(document.kind)
    return {
        "layout": document.layout,
        "family": document.family,
        "electronic": document.electronic,
        "landscape": document.landscape,
        "size": document.size,
        "seal_mm": document.seal_mm,
        "watermark": text(watermark),
        "document_title": title,
        "keywords": [document.kind],
        "issuer": _issuer(document.issuer),
        "issuer_name": text(document.issuer.name),
        **_numbered(document.number, document.symbol, document.family, document.on),
        "place": text(document.place),
        "title": text(document.title),
        "subject": text(document.subject),
        "authority": text(document.authority),
        "addressees": _listed(document.addressees, alone=""),
        "bases": [runs(basis) for basis in closed(document.bases)],
        "heading": MIDDLE_HEADINGS.get(document.layout, ""),
        "body": body_data(document.body, ending=document.ending, heading_wanted=document.layout in MIDDLE_HEADINGS),
        "particulars": {key: text(value) for key, value in document.particulars.items()},
        "signer": _signer(document.signer),
        "secretary": _signer(document.secretary) if document.secretary else None,
        "recipients": _listed(document.recipients),
        "urgency": URGENCY.get(document.marks.urgency),
        "secrecy": text(document.marks.secrecy),
        "circulation": [text(mark) for mark in document.marks.circulation],
        "drafter": _drafter(document),
        "contact": text(document.contact),
        "copy": _copy(document.copy) if document.copy else None,
        **_pictures(document.pictures),
    }


def _pictures(pictures: Mapping[str, bytes]) -> dict[str, Any]:
    """The pictures, and their heights over their widths, by which the template keeps them on the page."""
    made = {key: drawn(f"pictures.{key}", data) for key, data in pictures.items()}
    return {
        "pictures": {key: one.svg for key, one in made.items()},
        "ratios": {key: one.ratio for key, one in made.items()},
    }


def printed_number(number: str) -> str:
    """Numbers below 10 take a zero in front: "5" → "05", "15a" stays."""
    number = text(number)
    return f"0{number}" if len(number) == 1 and number.isdigit() else number


def _numbered(number: str, symbol: str, family: str, on: date | None) -> dict[str, Any]:
    party = family == "party"
    return {
        "number": printed_number(number),
        "number_label": "Số" if party else "Số:",
        "symbol": ("-" if party else "/") + text(symbol).lstrip("/-"),
        "date": long_date(on) if on else "",
    }


def _issuer(issuer: Issuer) -> dict[str, Any]:
    return {
        "above": [line for part in issuer.above for line in lines(part)],
        "name": lines(issuer.name),
        "heading": text(issuer.heading),
    }


def lines(name: str) -> list[str]:
    """A name of an agency in lines of similar length, broken before the place it governs when it is long."""
    made = []
    for part in text(name).split("\n"):
        cuts = [m.start() for m in PLACE_WORDS.finditer(part)] or [m.start() for m in re.finditer(r"\s", part)]
        if len(part) <= LONGEST_LINE or not cuts:
            made.append(part)
            continue
        cut = min(cuts, key=lambda at: abs(2 * at - len(part)))
        made += [part[:cut], part[cut + 1 :]]
    return [line for line in made if line]


def _listed(items: Sequence[str], alone: str = ".") -> list[str]:
    """Entries with ";" after each and "." after the last; a single one ends with ``alone``."""
    found = [text(item).rstrip(" ;.,") for item in items]
    found = [item for item in found if item]
    if len(found) == 1:
        return [found[0] + alone]
    return [item + (";" if n < len(found) else ".") for n, item in enumerate(found, 1)]


def _signer(signer: Signer) -> dict[str, Any]:
    return {
        "authority": text(signer.authority).split("\n") if signer.authority else [],
        "title": text(signer.title).split("\n") if signer.title else [],
        "name": text(signer.name),
    }


def _drafter(document: OfficialDocument) -> str:
    if document.drafter is None:
        return ""
    copies = f"({document.drafter.copies:02d})" if document.drafter.copies else ""
    return f"{text(document.drafter.initials)}.{copies}"


def _annexes(document: OfficialDocument) -> Iterable[tuple[str, Annex]]:
    """Annexes with their Roman numbers, which they only carry when there are two or more."""
    real = [annex for annex in document.annexes if not annex.kind_name]
    count = 0
    for annex in document.annexes:
        count += not annex.kind_name
        wanted = len(real) > 1 and not annex.kind_name
        yield annex.number or (roman(count) if wanted else ""), annex


def _annex(document: OfficialDocument, number: str, annex: Annex) -> dict[str, Any]:
    return {
        "label": f"Phụ lục {number}".strip(),
        "kind_name": text(annex.kind_name),
        "title": text(annex.title),
        "landscape": annex.landscape,
        "reference": _reference(document),
        "body": body_data(annex.body, ending=""),
    }


def _reference(document: OfficialDocument) -> str:
    """Full on paper; an electronic document leaves number and date blank (documents.md §1.12)."""
    gap = "\u00a0" * 10
    known = not document.electronic
    number = printed_number(document.number) if known and document.number else gap
    day = long_date(document.on) if known and document.on else f"ngày{gap}tháng{gap}năm{gap}"
    kind = text(document.title) or "Văn bản"
    joint = "-" if document.family == "party" else "/"
    symbol = text(document.symbol)
    return f"(Kèm theo {kind} số {number}{joint}{symbol} {day} của {text(document.issuer.name)})".replace("\n", " ")


def _copy(mark: CopyMark) -> dict[str, Any]:
    return {
        "form": COPY_FORMS[mark.form],
        "issuer": _issuer(mark.issuer),
        **_numbered(mark.number, mark.symbol, "administrative", mark.on),
        "place": text(mark.place),
        "signer": _signer(mark.signer),
        "recipients": _listed(mark.recipients),
    }
