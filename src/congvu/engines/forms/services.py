"""Writing and checking: publish versions, read a POST, check answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.zones import local, local_date, utc_now
from congvu.engines.forms import checking, definition, parsing, places, prefilling, selectors
from congvu.engines.forms.errors import VersionTaken
from congvu.engines.forms.kinds import FormData
from congvu.engines.forms.models import FormVersion
from congvu.engines.forms.policies import may_publish
from congvu.engines.forms.schema import json_schema
from congvu.engines.forms.types import Answers, CheckResult, FormDef, Paper, PaperNeed, Parsed, Prefill, Words
from congvu.ground.audit.services import act, note

_SHOWN_GROUPS = ("xuất trình",)


@act("forms.publish", policy=may_publish, label="Ban hành biểu mẫu điện tử")
def publish(_actor: Actor, source: Mapping[str, Any]) -> int:
    """Publish one definition and give its version id; the same content again gives the same id.

    Raises BadDefinition when it contradicts itself, VersionTaken when the version stands with other content.
    """
    version, created = publish_step(source)
    note(form=version.key, version=version.version, sha256=version.sha256, created=created)
    return version.pk


def publish_step(source: Mapping[str, Any]) -> tuple[FormVersion, bool]:
    """The step of ``publish`` without its act."""
    expanded = definition.expand(dict(source))
    form = definition.build(expanded)
    sha256 = hashlib.sha256(orjson.dumps(expanded, option=orjson.OPT_SORT_KEYS)).hexdigest()
    version, created = FormVersion.objects.get_or_create(
        key=form.key,
        version=form.version,
        defaults={
            "sha256": sha256,
            "title": form.title.vi,
            "procedures": list(form.procedures),
            "definition": expanded,
            "schema": json_schema(form),
            "valid_from": form.valid_from,
            "valid_to": form.valid_to,
            "published_at": timezone.now(),
        },
    )
    if version.sha256 != sha256:
        words = _("Biểu mẫu %(key)s bản %(version)s đã ban hành với nội dung khác; hãy đặt số bản mới.")
        raise VersionTaken(words % {"key": form.key, "version": form.version})
    return version, created


@act("forms.load_shipped", policy=may_publish, label="Nạp biểu mẫu đi kèm chương trình")
def load_shipped(_actor: Actor) -> dict[str, int]:
    """Publish every form that comes with the program; key → version id. Safe to repeat."""
    versions = [publish_step(source)[0] for source in definition.shipped()]
    note(forms={version.key: version.version for version in versions})
    return {version.key: version.pk for version in versions}


def parse(
    form: FormDef,
    page: str,
    data: FormData,
    files: FormData | None = None,
    *,
    before: Answers | None = None,
    today: date | None = None,
) -> Parsed:
    """Read one POST of a page (see ``types.Parsed``); keep it with ``merge``. Raises KeyError for no such page."""
    return parsing.parse(form, page, data, files, before or {}, today or local_date(utc_now()))


def merge(before: Answers, values: Answers) -> dict[str, Any]:
    """The answers after a page; values of None are removed."""
    return parsing.merge(before, values)


def add_file(answers: Answers, field: str, file: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with one more uploaded file (``id``, ``name``, ``size``) on a paper."""
    kept = {key: file[key] for key in ("id", "name", "size") if key in file}
    return {**answers, field: [*answers.get(field, ()), kept]}


def check(
    form: FormDef | int,
    answers: Answers,
    *,
    page: str | None = None,
    today: date | None = None,
    facts: Mapping[str, Any] | None = None,
) -> CheckResult:
    """Check answers against the form (or the version of that id): one page, or all of it before submission.

    ``CheckResult.values`` are clean, without hidden answers. ``facts`` are values known from registers
    (``married_on_record``, ``death_on_record``, ``mothers_other_births`` …); rules about unknown ones stay silent.
    """
    known = form if isinstance(form, FormDef) else selectors.form_version(form)
    moment = local(utc_now())
    clock = {"clock": f"{moment:%H:%M}"} if today in (None, moment.date()) else {}
    return checking.check(known, answers, page=page, today=today or moment.date(), facts={**clock, **(facts or {})})


def prefill(
    form: FormDef,
    subject: Mapping[str, Any],
    *,
    source: str = "VNeID",
    sources: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Prefill:
    """Answers known of the subject, each with its source."""
    day = today or local_date(utc_now())
    return prefilling.prefill(form, subject, source=source, sources=sources, today=day)


def generic_form(papers: Sequence[PaperNeed], *, title: str = "", on: date | None = None) -> FormDef:
    """The general form (applicant, request) with the papers a procedure lists.

    Paper keys follow the order of the list, so the same procedure version gives the same form.
    Raises NotFound while the general form is not published.
    """
    base = selectors.form_version(selectors.version_id("generic", on or local_date(utc_now())))
    listed = tuple(_paper(number, need) for number, need in enumerate(papers, start=1))
    uploads = tuple(definition.upload(paper) for paper in listed if paper.handing == "submit")
    pages = tuple(
        replace(
            page,
            groups=tuple(replace(group, fields=uploads) if group.key == "uploads" else group for group in page.groups),
        )
        for page in base.pages
    )
    return replace(base, pages=pages, papers=listed, title=Words(title) if title else base.title)


def _paper(number: int, need: PaperNeed) -> Paper:
    shown = any(word in need.group for word in _SHOWN_GROUPS)
    return Paper(
        key=str(number),
        label=Words(need.name),
        handing="show" if shown else "submit",
        originals=need.originals,
        copies=need.copies,
        basis=_("Danh mục thành phần hồ sơ của thủ tục"),
    )


register_places = places.register
