"""From the counter's form to an ``Intake``, and back to rows for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from congvu.domains.dossiers.types import Intake, PaperLine, Person
from congvu.domains.procedures.types import Paper, ProcedureView
from congvu.faces.desk.uploads import uploaded
from congvu.ground.files.types import FileInfo

KINDS = (
    ("person", gettext_lazy("Cá nhân")),
    ("enterprise", gettext_lazy("Doanh nghiệp, hợp tác xã")),
    ("organisation", gettext_lazy("Tổ chức khác")),
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the paper table. ``number`` names its fields; ``paper`` is None for an extra line."""

    number: int
    name: str
    hint: str
    show: bool
    ticked: bool
    originals: str
    plain: str
    error: str = ""
    kept: FileInfo | None = None


def paper_rows(
    procedure: ProcedureView, typed: Mapping[str, str], problems: Mapping[str, str], held: Mapping[str, FileInfo]
) -> list[PaperRow]:
    """The procedure's papers (instructions left out), with what was typed, refused and kept before."""
    listed = [paper for paper in procedure.papers if paper.kind != "instruction" and paper.channel != "online"]
    rows = [_row(number, paper, typed) for number, paper in enumerate(listed)]
    names = [f"paper-{row.number}-file" for row in rows]
    return [
        replace(row, error=problems.get(name, ""), kept=held.get(name)) for row, name in zip(rows, names, strict=True)
    ]


def _row(number: int, paper: Paper, typed: Mapping[str, str]) -> PaperRow:
    show = paper.kind == "show"
    return PaperRow(
        number=number, name=paper.name, hint=paper.group, show=show,
        ticked=bool(typed.get(f"paper-{number}")),
        originals=typed.get(f"paper-{number}-originals", "0" if show else str(paper.original or 0)),
        plain=typed.get(f"paper-{number}-plain", "0" if show else str(paper.copy or 0)),
    )  # fmt: skip


def intake_of(request: HttpRequest) -> Intake:
    """The form as typed. Raises Invalid only for files; the act checks the rest."""
    post = request.POST
    return Intake(
        procedure_code=post.get("procedure", ""), applicant=_person(post, "applicant"),
        agent=_person(post, "agent") if post.get("agent.full_name", "").strip() else None,
        papers=tuple(_papers(request)), request=post.get("request", ""),
        channel=3 if post.get("channel") == "3" else 1, result_channel=post.get("result_channel", "counter"),
        copies=_number(post.get("copies", "1").strip() or "1"),
    )  # fmt: skip


def kind_of(post: Mapping[str, str]) -> str:
    """The applicant's kind as chosen; a person where nothing was."""
    chosen = post.get("applicant.kind", "")
    return chosen if chosen in dict(KINDS) else "person"


def _person(post: Mapping[str, str], prefix: str) -> Person:
    """A person by the personal number, anybody else by the tax code; the other number was typed before the choice."""
    fields = ("full_name", "phone", "email", "address", "authorisation")
    kind = kind_of(post) if prefix == "applicant" else "person"
    number = "personal_id" if kind == "person" else "tax_code"
    typed = {name: post.get(f"{prefix}.{name}", "") for name in (*fields, number)}
    return Person(kind=kind, **typed)


def _papers(request: HttpRequest) -> list[PaperLine]:
    lines = []
    for number in range(min(_number(request.POST.get("papers", "0")), 200)):
        if request.POST.get(f"paper-{number}"):
            lines.append(_line(request, number))
    return lines


def _line(request: HttpRequest, number: int) -> PaperLine:
    post = request.POST
    return PaperLine(
        name=post.get(f"paper-{number}-name", "")[:500], shown=post.get(f"paper-{number}-show") == "1",
        originals=_number(post.get(f"paper-{number}-originals", "0")),
        plain=_number(post.get(f"paper-{number}-plain", "0")),
        file=uploaded(request, f"paper-{number}-file"),
    )  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
