"""Files of one POST: each is taken in on its own, so that one bad file loses neither the others nor what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Problem, Refusal
from congvu.engines.forms import services as forming
from congvu.engines.forms.types import FormDef
from congvu.ground.files import services as files

MEGABYTE = 1024 * 1024
EACH = 10


@dataclass(frozen=True, slots=True)
class Taken:
    """``answers`` with the files that were taken in (fields ``added``); ``problems`` name those that were not."""

    answers: dict[str, Any]
    problems: tuple[Problem, ...]
    added: frozenset[str]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(problem.field for problem in self.problems)


def take_in(actor: Actor, form: FormDef, answers: dict[str, Any], sent: Sequence[tuple[str, Any]]) -> Taken:
    """Upload what was sent for the papers of a page. A refused file becomes a problem beside its paper."""
    limits = {field.key: int(field.params.get("max_mb", EACH)) * MEGABYTE for _page, _group, field in form.fields()}
    problems: list[Problem] = []
    added: set[str] = set()
    for field, file in sent:
        try:
            info = files.upload(actor, name=file.name or "tep", stream=file.file, limit=limits[field])
        except Refusal as refusal:
            problems.append(Problem(field, f"{file.name}: {refusal.message}", refusal.code))
            continue
        answers = forming.add_file(answers, field, {"id": str(info.id), "name": info.name, "size": info.size})
        added.add(field)
    return Taken(answers, tuple(problems), frozenset(added))


def take_one(actor: Actor, file: Any) -> tuple[str, str, int]:
    """One file outside a form (an answer to a supplement): id, name, size. Raises the refusal in words."""
    info = files.upload(actor, name=file.name or _("tệp"), stream=file.file, limit=EACH * MEGABYTE)
    return str(info.id), info.name, info.size
