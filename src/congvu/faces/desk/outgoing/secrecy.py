"""Marks of secrecy read in a draft, as its page shows them, and the form that says of one that it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import OutgoingView, SecretMark, VersionView
from congvu.faces.desk.held import typed

DENY = "khong-phai-dau-mat"


@dataclass(frozen=True, slots=True)
class Line:
    """One mark with what is said of it, and the field in which somebody says that it is none."""

    mark: SecretMark
    words: str
    typed: str
    error: str


def parts(
    request: HttpRequest, view: OutgoingView, version: VersionView | None, verb: str, refusal: Refusal | None
) -> dict[str, Any]:
    """What was read in the version shown; for whom the draft waits the forms. ``gone`` are files destroyed since."""
    found = documents.secrecy_of(view, version)
    may = view.item is not None and (version is None or version.n == view.current.n)
    refused = refusal if verb == DENY else None
    fields = typed(request) if refused else QueryDict()
    problems = {p.field: p.message for p in refused.problems} if refused else {}
    lines = [
        Line(one, _said(one), fields.get(f"reason-{one.about}", ""), problems.get(f"reason-{one.about}", ""))
        for one in found.marks
    ]
    return {"secrecy": {
        "standing": [line for line in lines if not line.mark.denied_by],
        "denied": [line for line in lines if line.mark.denied_by],
        "reading": found.reading, "unread": found.unread, "gone": found.gone, "may": may,
    }}  # fmt: skip


def _said(one: SecretMark) -> str:
    if not one.label:
        return _("Phần chữ của dự thảo: dấu %(mark)s") % {"mark": one.mark}
    return _("%(label)s: dấu %(mark)s") % {"label": one.label, "mark": one.mark}
