"""What the section on annexes of a document's page shows, and which of its forms stands open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import AnnexView, OutgoingView, VersionView
from congvu.faces.desk.held import typed
from congvu.faces.desk.posted import uuid_or_none, whole_of
from congvu.faces.desk.uploads import kept
from congvu.ground.ui.types import Option

ADD, ARRANGE = "them-phu-luc", "sap-xep-phu-luc"
VERBS = (ADD, ARRANGE)
SEALED, ALONG = "ky-so", "gui-kem"
WAYS = (
    (
        SEALED,
        gettext_lazy("Phụ lục của văn bản"),
        gettext_lazy("PDF, hoặc .docx để trình bày thành phụ lục; cơ quan ký số ở góc trên bên phải trang đầu."),
    ),
    (
        ALONG,
        gettext_lazy("Gửi kèm nguyên tệp, không ký số"),
        gettext_lazy("Bảng tính, biểu mẫu để điền, ảnh: .xlsx, .docx, .xml, .jpg, .png."),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One file with the tag that says how it stands, and its fields in the form of order and titles."""

    annex: AnnexView
    words: str
    tag: str
    place: str
    title: str
    out: bool
    error: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed about one file: its title, and whether it is to be taken out."""

    file: UUID
    title: str
    out: bool


def arranged(post: QueryDict) -> list[Wanted]:
    """The files of the form in the order of the numbers typed; those without one stay where they stand."""
    files = [found for text in post.getlist("annex") if (found := uuid_or_none(text)) is not None]
    numbered = [(whole_of(post.get(f"place-{file}", "")) or n, n, file) for n, file in enumerate(files, start=1)]
    return [
        Wanted(file, post.get(f"title-{file}", ""), post.get(f"out-{file}") == "1")
        for _place, _n, file in sorted(numbered, key=lambda row: row[:2])
    ]


def parts(
    request: HttpRequest, view: OutgoingView, version: VersionView | None, verb: str, refusal: Refusal | None
) -> dict[str, Any]:
    """The files of the version shown, and for whom the draft waits the forms."""
    annexes = documents.annexes_of(view, version.content if version is not None else None)
    may = "edit" in view.abilities and (version is None or version.n == view.current.n)
    opened = verb if may and verb in VERBS else ""
    if not annexes and not may:
        return {}
    fields = typed(request) if opened else QueryDict()
    problems = {p.field: p.message for p in refusal.problems} if refusal and opened else {}
    way = fields.get("annex_way", SEALED)
    return {"annexing": {
        "lines": [_line(one, n, fields, problems) for n, one in enumerate(annexes, start=1)],
        "may": may, "open": opened, "typed": fields, "problems": problems, "kept": kept(request).get("annex_file"),
        "ways": [Option(key, str(label), hint=str(hint), checked=key == way) for key, label, hint in WAYS],
    }}  # fmt: skip


def _line(one: AnnexView, n: int, fields: QueryDict, problems: dict[str, str]) -> Line:
    words, tag = _("Gửi kèm, không ký số"), "line"
    if one.sealed:
        words, tag = (_("Cơ quan đã ký số"), "ok") if one.signed else (_("Cơ quan ký số khi phát hành"), "info")
    key = one.kept
    return Line(
        one, words, tag, fields.get(f"place-{key}", str(n)), fields.get(f"title-{key}", one.title),
        fields.get(f"out-{key}") == "1", problems.get(f"title-{key}", ""),
    )  # fmt: skip
