"""Chờ ký: the list on the left, the document on the right; and the page of a batch while it is signed and after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from congvu.common.errors import Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import SigningRow
from congvu.engines.signing import selectors as signatures
from congvu.engines.signing.types import BatchView, ItemState, Provider
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.signing.authentication import AGENCY, PERSON, authentication
from congvu.faces.desk.signing.rows import (
    COPIES,
    ISSUING,
    RESULT_SEALS,
    SEALS,
    choice_of,
    groups_of,
    results_of,
    shown_of,
)

CURRENT = "desk_signing"
# Batches that the agency's key signs; a person's signs the others.
AGENCYS = (SEALS, COPIES, RESULT_SEALS)


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """What waits for this post's signature: the one asked for beside it, else the first that was not read."""
    return list_page(request)


def list_page(request: HttpRequest, *, refusal: Refusal | None = None, wanted: str = "") -> HttpResponse:
    """The page, also after a refused return: then with what was typed and why."""
    actor = actor_of(request)
    rows = documents.to_sign(actor)
    asked = wanted or request.GET.get("xem", "")
    row = _shown(rows, asked)
    choice = choice_of(actor, rows)
    context: dict[str, Any] = {
        "groups": groups_of(rows), "total": len(rows), "choice": choice, "refusal": refusal, "opened": bool(asked),
        "shown": shown_of(actor, row) if row is not None else None, "typed": request.POST,
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
    }  # fmt: skip
    if choice.tokens:
        context |= {
            "auth": authentication(actor, PERSON),
            "sign_words": sign_words(len(choice.tokens), read=not choice.unread_allowed),
        }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/signing/list.html", context, current=CURRENT, status=status)


def sign_words(count: int, *, read: bool) -> str:
    """What the button says: ``Ký 19 văn bản đã xem``, without the last words where unread ones are signed too."""
    seen = ngettext("Ký %(n)s văn bản đã xem", "Ký %(n)s văn bản đã xem", count)
    every = ngettext("Ký %(n)s văn bản", "Ký %(n)s văn bản", count)
    return (seen if read else every) % {"n": count}


def _shown(rows: tuple[SigningRow, ...], asked: str) -> SigningRow | None:
    """The document asked for; else the first unread one; else the first."""
    chosen = next((row for row in rows if str(row.id) == asked), None)
    return chosen or next((row for row in rows if not row.read), rows[0] if rows else None)


def purpose_of(kind: str) -> str:
    """Whose key signs the batches of a kind."""
    return AGENCY if kind in AGENCYS else PERSON


@require_GET
@staff_only
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """What became of each document of an own batch; while a job is at it, the page follows."""
    return batch_page(request, batch_id)


def batch_page(request: HttpRequest, batch_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_of(request)
    view = signatures.batch(actor, batch_id)
    problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
    context = _told(view) | {"refusal": refusal, "problems": problems}
    if context["waiting"]:
        context["auth"] = authentication(actor, purpose_of(view.kind), request.POST, problems)
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/signing/batch.html", context, current=CURRENT, status=status)


@require_GET
@staff_only
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """The part of that page that changes, for the script that asks again."""
    view = signatures.batch(actor_of(request), batch_id)
    return render(request, "desk/signing/_progress.html", _told(view))


def _told(view: BatchView) -> dict[str, Any]:
    results, sealing = results_of(view), view.kind in ISSUING
    signed = [one for one in results if one.state is ItemState.SIGNED]
    held = [one for one in results if one.state is ItemState.HELD]
    waiting = [one for one in results if one.state is ItemState.WAITING]
    aside = [one for one in results if one.state in (ItemState.CHANGED, ItemState.FAILED)]
    unread = [one for one in results if one.state is ItemState.UNREAD]
    words = result_words(len(signed), len(aside), len(held), sealing=sealing)
    return {
        "batch": view, "results": results, "signed": signed, "held": held, "waiting": waiting, "aside": aside,
        "unread": unread, "sealing": sealing, "words": words,
        "local": view.provider is Provider.HELPER,
        "going": bool(held), "most": len(signed) + len(held), "now": held[0] if held else None,
    }  # fmt: skip


def result_words(signed: int, aside: int, held: int, *, sealing: bool) -> str:
    """``18 văn bản đã ký, 1 để lại``."""
    if held:
        count = signed + held
        words = ngettext(
            "Đang hoàn tất %(n)s văn bản: xong %(done)s", "Đang hoàn tất %(n)s văn bản: xong %(done)s", count
        )
        return words % {"n": count, "done": signed}
    by_person = ngettext("%(n)s văn bản đã ký", "%(n)s văn bản đã ký", signed)
    by_agency = ngettext("%(n)s văn bản đã phát hành", "%(n)s văn bản đã phát hành", signed)
    parts = [(by_agency if sealing else by_person) % {"n": signed}]
    if aside:
        parts.append(ngettext("%(n)s văn bản để lại", "%(n)s văn bản để lại", aside) % {"n": aside})
    return ", ".join(parts)
