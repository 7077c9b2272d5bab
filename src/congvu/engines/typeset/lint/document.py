"""The rules over a whole document: what stands in each box and what belongs there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from congvu.engines.typeset.counting import POINT_LETTERS
from congvu.engines.typeset.lint.rules import RULES
from congvu.engines.typeset.types import (
    Annex,
    Block,
    Finding,
    Heading,
    OfficialDocument,
    Picture,
    Point,
    Text,
    texts_of,
    words,
)

MOST_ROUNDS = 8
# Kinds with "Kính gửi" besides công văn: those that go up to a superior (documents.md §1.11, box 9a).
WITH_ADDRESSEES = ("tờ trình", "báo cáo")
WITH_SUBJECT = ("letter", "named", "decision", "decision_indirect", "resolution")
# Abbreviations of PL III, mục I; công văn and thư công have none.
ABBREVIATIONS = {
    "nghị quyết": "NQ", "quyết định": "QĐ", "chỉ thị": "CT", "quy chế": "QC", "quy định": "QyĐ", "thông cáo": "TC",
    "thông báo": "TB", "hướng dẫn": "HD", "chương trình": "CTr", "kế hoạch": "KH", "phương án": "PA", "đề án": "ĐA",
    "dự án": "DA", "báo cáo": "BC", "biên bản": "BB", "tờ trình": "TTr", "hợp đồng": "HĐ", "công điện": "CĐ",
    "bản ghi nhớ": "BGN", "bản thỏa thuận": "BTT", "giấy ủy quyền": "GUQ", "giấy mời": "GM", "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP", "phiếu gửi": "PG", "phiếu chuyển": "PC", "phiếu báo": "PB",
}  # fmt: skip
_ACADEMIC = re.compile(r"^(?:(?:PGS|GS|TS|ThS|CN|KS|BS|NGƯT|NGND)\.?\s*)+(?=\S)")
_YEAR = re.compile(r"(?:^|/)(?:19|20)[0-9]{2}/")


def _fixed(text: str) -> str:
    """The text with every rule applied until none finds anything; empty when that does not come to an end."""
    for _round in range(MOST_ROUNDS):
        before = text
        for rule in RULES:
            for hit in reversed(list(rule.hits(text))):
                text = text[: hit.start] + hit.instead + text[hit.end :]
        if text == before:
            return text
    return ""


def lint_text(text: str, place: str = "") -> tuple[Finding, ...]:
    """Findings in one text, in the order of the rules."""
    found = [(rule, hit) for rule in RULES for hit in rule.hits(text)]
    proposal = _fixed(text) if found else ""
    return tuple(
        Finding(place, rule.code, str(rule.words), text[hit.start : hit.end], hit.instead, proposal)
        for rule, hit in found
    )


def lint(document: OfficialDocument) -> tuple[Finding, ...]:
    """Everything in a draft that departs from NĐ 30/2020, box by box from the top."""
    return (
        *_symbol(document),
        *_subject(document),
        *_addressees(document),
        *_bases(document.bases),
        *_body(document.body, "body"),
        *(f for n, annex in enumerate(document.annexes, 1) for f in _annex(annex, n)),
        *_annexes_mentioned(document),
        *_closing(document),
    )


def _symbol(document: OfficialDocument) -> Iterator[Finding]:
    """Faults of the symbol; each proposal is the symbol with all of them set right."""
    if document.family == "party" or not document.symbol:
        return
    wanted = ABBREVIATIONS.get(document.title.casefold().strip(), "")
    steps: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("symbol_blank", _("Giữa các nhóm chữ của ký hiệu không có khoảng trắng."), lambda s: re.sub(r"\s+", "", s)),
        (
            "symbol_year",
            _("Ký hiệu văn bản hành chính không có năm; chỉ văn bản quy phạm pháp luật có."),
            lambda s: _YEAR.sub("", s),
        ),
        ("symbol_cv", _("Công văn không có chữ viết tắt tên loại: ký hiệu không có “CV”."), _without_cv),
        (
            "symbol_kind",
            _("Ký hiệu bắt đầu bằng chữ viết tắt tên loại “%(short)s”.") % {"short": wanted},
            lambda s: _with_kind(s, wanted),
        ),
    )
    right, found = document.symbol, []
    for code, explained, fixed in steps:
        if fixed(right) != right:
            found.append((code, explained))
            right = fixed(right)
    for code, explained in found:
        yield Finding("symbol", code, explained, document.symbol, right, right)


def _without_cv(symbol: str) -> str:
    groups = [group for group in re.split(r"[-/]", symbol) if group]
    kept = [group for group in groups if group.upper() != "CV"]
    return "-".join(kept) if kept and len(kept) < len(groups) else symbol


def _with_kind(symbol: str, wanted: str) -> str:
    groups = [group for group in re.split(r"[-/]", symbol) if group]
    if not wanted or not groups or groups[0] == wanted:
        return symbol
    other = groups[0].casefold() in {short.casefold() for short in ABBREVIATIONS.values()}
    rest = groups[1:] if other and len(groups) > 1 else groups
    # "CV" is no abbreviation of anything, so it is not carried along.
    return "-".join([wanted, *(group for group in rest if group.upper() != "CV")])


def _subject(document: OfficialDocument) -> Iterator[Finding]:
    def shaped(text: str) -> str:
        bare = re.sub(r"^(?:\s*V/v:?\s*)+", "", text) if document.layout == "letter" else text
        return bare.rstrip(" .;,")

    text, right = document.subject, _settled(document.subject, shaped)
    if not shaped(text) and document.layout in WITH_SUBJECT:
        yield Finding("subject", "subject_missing", _("Văn bản chưa có trích yếu."))
    elif shaped(text) != text:
        yield Finding(
            "subject",
            "subject_form",
            _("Trích yếu không có dấu câu ở cuối; “V/v” được in tự động."),
            text,
            right,
            right,
        )
    yield from (replace(f, proposal=right) for f in lint_text(text, "subject"))


def _settled(text: str, shaped: Callable[[str], str]) -> str:
    """The text in its shape with every rule applied; empty when the two never agree."""
    for _round in range(MOST_ROUNDS):
        after = _fixed(shaped(text))
        if not after or after == text:
            return after
        text = after
    return ""


def _addressees(document: OfficialDocument) -> Iterator[Finding]:
    allowed = document.layout in ("letter", "telegram") or (
        document.layout in ("named", "copy") and document.title.casefold().strip() in WITH_ADDRESSEES
    )
    if document.addressees and not allowed:
        yield Finding(
            "addressees", "addressees", _("“Kính gửi” chỉ có ở công văn và ở tờ trình, báo cáo gửi cấp trên."),
            document.addressees[0],
        )  # fmt: skip
    if not document.addressees and document.layout in ("letter", "telegram"):
        yield Finding("addressees", "addressees_missing", _("Chưa có nơi gửi."))
    for n, line in enumerate(document.addressees, 1):
        yield from lint_text(line, f"addressees.{n}")


def _bases(bases: Sequence[Text]) -> Iterator[Finding]:
    for n, basis in enumerate(bases, 1):
        mark = "." if n == len(bases) else ";"

        def shaped(text: str, mark: str = mark) -> str:
            return text.rstrip(" ;,.\n") + mark if text.strip(" ;,.\n") else ""

        text = words(basis)
        right = _settled(text, shaped)
        if text and text != shaped(text):
            yield Finding(
                f"bases.{n}", "basis_end", _("Mỗi căn cứ kết thúc bằng dấu chấm phẩy, căn cứ cuối bằng dấu chấm."),
                text[-20:], shaped(text)[-20:], right,
            )  # fmt: skip
        yield from (replace(f, proposal=right) for f in lint_text(text, f"bases.{n}"))


def _body(body: Sequence[Block], place: str) -> Iterator[Finding]:
    for n, block in enumerate(body, 1):
        here = f"{place}.{n}"
        if isinstance(block, Point) and block.number and set(block.number) - set(POINT_LETTERS):
            yield Finding(
                here,
                "point_letter",
                _("Điểm được đặt theo bảng chữ cái tiếng Việt: a, b, c, d, đ, e, g…"),
                block.number,
            )
        if isinstance(block, Picture) and not (block.alt.strip() or words(block.caption).strip()):
            yield Finding(
                here, "picture_alt", _("Hình chưa có chú thích hay mô tả cho người dùng trình đọc màn hình."),
                block.key,
            )  # fmt: skip
        if isinstance(block, Heading):
            continue
        for text in texts_of(block):
            yield from lint_text(words(text), here)


def _annex(annex: Annex, n: int) -> Iterator[Finding]:
    yield from lint_text(annex.title, f"annexes.{n}.title")
    yield from _body(annex.body, f"annexes.{n}.body")


def _annexes_mentioned(document: OfficialDocument) -> Iterator[Finding]:
    if not document.annexes:
        return
    whole = " ".join(words(text) for block in document.body for text in texts_of(block)).casefold()
    if "phụ lục" not in whole and "kèm theo" not in whole:
        yield Finding(
            "annexes", "annex_mention", _("Văn bản có phụ lục thì trong nội dung phải có chỉ dẫn về phụ lục đó.")
        )


def _closing(document: OfficialDocument) -> Iterator[Finding]:
    name = _ACADEMIC.sub("", document.signer.name)
    if name != document.signer.name:
        yield Finding(
            "signer.name", "academic_title", _("Trước họ tên người ký không ghi học hàm, học vị."),
            document.signer.name, name, name,
        )  # fmt: skip
    if document.family in ("administrative", "council"):
        yield from _capacity(document.signer.authority)
        filed = [line for line in document.recipients if line.lstrip("- ").startswith("Lưu")]
        if not filed and document.layout not in ("attached", "annex", "copy"):
            yield Finding("recipients", "recipients_filed", _("Nơi nhận chưa có dòng “Lưu: VT”."), "", "Lưu: VT.")


def _capacity(authority: str) -> Iterator[Finding]:
    right = re.sub(
        r"(?m)^(TM|KT|TL|TUQ|Q)(?:[/.]|\s)+(?=\S)", r"\1. ", re.sub(r"(?m)^([TK])/([MTL])\b", r"\1\2", authority)
    )
    if right != authority:
        yield Finding(
            "signer.authority", "capacity", _("Quyền hạn ký ghi tắt có dấu chấm: TM., KT., TL., TUQ., Q."), authority,
            right, right,
        )  # fmt: skip
