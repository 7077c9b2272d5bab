"""The form behind an application: the one written for the procedure, else the general one with its papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from congvu.domains.dossiers.types import PaperLine
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.forms import selectors as forms
from congvu.engines.forms import services as forming
from congvu.engines.forms.types import FormDef, PaperNeed

GENERAL = "generic"


def form_for(procedure: ProcedureView, on: date) -> FormDef:
    """The form to begin a new application with. Raises NotFound when not even the general form is published."""
    return forms.form_for(procedure.code, on=on) or _general(procedure, on)


def form_of(procedure: ProcedureView, form_version: int | None, on: date) -> FormDef:
    """The form an application was begun with; the general one is completed from the procedure version's papers."""
    if form_version is None:
        return _general(procedure, on)
    form = forms.form_version(form_version)
    return _general(procedure, on) if form.key == GENERAL else form


def _general(procedure: ProcedureView, on: date) -> FormDef:
    """Applicant, request and the papers of the procedure; declarations are what the form itself makes."""
    needed = [
        PaperNeed(paper.name, paper.original, paper.copy, paper.group)
        for paper in procedure.papers
        if paper.kind != "instruction" and not paper.declaration
    ]
    return forming.generic_form(needed, title=procedure.name, on=on)


def uploaded_papers(form: FormDef, answers: Mapping[str, Any]) -> tuple[PaperLine, ...]:
    """One paper for each uploaded file, under the label of the field that asked for it."""
    lines = []
    for _page, _group, field in form.fields():
        if field.kind == "file":
            lines += [PaperLine(field.label.vi, file=UUID(file["id"])) for file in answers.get(field.key) or ()]
    return tuple(lines)
