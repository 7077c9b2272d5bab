"""Reading: forms by key, procedure and date, their pages, summaries, papers and what is not verified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from congvu.common.errors import NotFound
from congvu.engines.forms import definition, places
from congvu.engines.forms.conditions import holds
from congvu.engines.forms.models import FormVersion
from congvu.engines.forms.render import page
from congvu.engines.forms.state import open_pages, readable, resolve
from congvu.engines.forms.summary import summary
from congvu.engines.forms.types import Answers, ClerkCheck, FormDef, Note, Paper

__all__ = [
    "clerk_checks",
    "communes",
    "covered",
    "form",
    "form_for",
    "form_version",
    "json_schema",
    "open_pages",
    "page",
    "page_of",
    "papers",
    "provinces",
    "summary",
    "unverified",
    "version_id",
]

communes = places.communes
provinces = places.provinces


def _valid(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def version_id(key: str, on: date) -> int:
    """The newest version of a form valid on the day. Raises NotFound."""
    found = _newest(Q(key=key) & _valid(on))
    if found is None:
        raise NotFound(_("Không có biểu mẫu này trong ngày đã chọn."))
    return found


def _newest(where: Q) -> int | None:
    return FormVersion.objects.filter(where).order_by("-version").values_list("pk", flat=True).first()


def form(key: str, *, on: date) -> FormDef | None:
    """The form valid on the day, or None."""
    found = _newest(Q(key=key) & _valid(on))
    return None if found is None else form_version(found)


def covered(on: date) -> frozenset[str]:
    """Codes of the procedures that have a form of their own on the day. One statement."""
    lists = FormVersion.objects.filter(_valid(on)).values_list("procedures", flat=True)
    return frozenset(code for codes in lists for code in codes)


def form_for(procedure_code: str, *, on: date) -> FormDef | None:
    """The form written for a procedure, valid on the day; None where only the general form fits."""
    found = _newest(Q(procedures__contains=[procedure_code]) & _valid(on))
    return None if found is None else form_version(found)


@lru_cache(maxsize=64)
def form_version(version: int) -> FormDef:
    """The form of a version id, valid or not: answers are read with the version they were given to. Raises NotFound."""
    stored = FormVersion.objects.filter(pk=version).values_list("definition", flat=True).first()
    if stored is None:
        raise NotFound(_("Không có bản biểu mẫu này."))
    return definition.build(stored, version_id=version)


def json_schema(version: int) -> dict[str, Any]:
    """The published JSON Schema 2020-12 of a version. Raises NotFound."""
    stored: dict[str, Any] | None = FormVersion.objects.filter(pk=version).values_list("schema", flat=True).first()
    if stored is None:
        raise NotFound(_("Không có bản biểu mẫu này."))
    return stored


def page_of(form: FormDef, field: str) -> str | None:
    """The page of a field or of a box of a row ("members.0.name"), for links from problems."""
    key = field.split(".")[0]
    return next((page.key for page, _group, item in form.fields() if item.key == key), None)


def papers(form: FormDef, answers: Answers | None = None) -> tuple[Paper, ...]:
    """The papers of the form; with answers, only those that apply to them."""
    if answers is None:
        return form.papers
    live = resolve(form, readable(answers)).live
    return tuple(paper for paper in form.papers if holds(paper.show_if, live))


def clerk_checks(form: FormDef, answers: Mapping[str, Any]) -> tuple[ClerkCheck, ...]:
    """What a person has to compare with registers for these answers."""
    live = resolve(form, readable(answers)).live
    return tuple(check for check in form.clerk_checks if holds(check.when, live))


def unverified(form: FormDef) -> tuple[Note, ...]:
    """What nobody has compared with its legal source ("chưa đối chiếu"), each with that source."""
    fields = [item for _page, _group, field in form.fields() for item in (field, *field.fields) if field.kind != "file"]
    found = [Note(f"field:{item.key}", str(item.label), item.basis) for item in fields if item.mark == "M"]
    found += [Note(f"rule:{rule.key}", str(rule.message), rule.basis) for rule in form.rules if rule.mark == "M"]
    found += [Note(f"paper:{paper.key}", str(paper.label), paper.basis) for paper in form.papers if paper.mark == "M"]
    found += [Note(f"check:{item.key}", str(item.text), item.basis) for item in form.clerk_checks if item.mark == "M"]
    return (*found, *form.unverified)
