"""The form of a copy: which lawful way, of which pages, who signs, for whom; and its fields as values."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.common.text import clean
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import CopyInput, CopySource
from congvu.faces.desk.posted import whole
from congvu.faces.desk.signing.authentication import AGENCY, authentication
from congvu.faces.desk.uploads import kept, uploaded
from congvu.ground.ui.types import Option

_RANGE = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")
ELECTRONIC = "electronic"
MOST_PAGES = 500
# Where the act's refusals stand on the form.
FIELDS = {"form": "way", "to": "way", "key": "certificate"}


def read(request: HttpRequest) -> CopyInput:
    """The fields as a value. Raises Invalid for pages that cannot be read and for files that cannot be taken."""
    post = request.POST
    form, _sign, to = post.get("way", "").partition(":")
    return CopyInput(
        form, to, file=uploaded(request, "file"), pages=pages_of(post.get("pages", "")),
        signer_position=whole(post, "signer"),
        recipients=tuple(line for line in map(clean, post.get("recipients", "").splitlines()) if line),
    )  # fmt: skip


def pages_of(text: str) -> tuple[int, ...]:
    """``2, 4-6`` as 2, 4, 5, 6. Raises Invalid."""
    found: list[int] = []
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 0 < first <= last or last - first >= MOST_PAGES:
            message = _("Ghi số trang như 2, 4-6.")
            raise Invalid(message, problems=(Problem("pages", message, "pages"),))
        found += range(first, last + 1)
    return tuple(found[:MOST_PAGES])


def at_fields(refusal: Refusal) -> dict[str, str]:
    """The act's problems by the fields of this form."""
    return {FIELDS.get(problem.field, problem.field): problem.message for problem in refusal.problems}


def placed(refusal: Refusal) -> Refusal:
    """The same refusal, its problems at the fields of this form, so that links lead there."""
    if isinstance(refusal, Invalid):
        moved = tuple(replace(one, field=FIELDS.get(one.field, one.field)) for one in refusal.problems)
        return Invalid(refusal.message, problems=moved, code=refusal.code)
    return refusal


def context(
    request: HttpRequest, actor: Actor, source: CopySource, fields: QueryDict, refusal: Refusal | None
) -> dict[str, Any]:  # fmt: skip
    """What the form offers: only ways that the decree knows."""
    problems = at_fields(refusal) if refusal else {}
    way = fields.get("way", ":".join(source.ways[0][:2]))
    ways = [Option(f"{form}:{to}", label, checked=f"{form}:{to}" == way) for form, to, label in source.ways]
    seats = {who.position_id: ", ".join([*who.names, who.title]) for who in documents.signers(documents.book_of(actor))}
    return {
        "source": source, "ways": ways, "typed": fields, "problems": problems, "kept": kept(request).get("file"),
        "extracts": any(form == "TrS" for form, _to, _label in source.ways),
        "electronic": any(to == ELECTRONIC for _form, to, _label in source.ways),
        "signers": [Option(str(key), label, checked=fields.get("signer") == str(key)) for key, label in seats.items()],
        "auth": authentication(actor, AGENCY, fields, problems),
    }  # fmt: skip
