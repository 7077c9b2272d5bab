"""The applicant's side after filing: answer a supplement, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, Problem, Refusal
from congvu.common.text import clean
from congvu.domains.dossiers import services as filing
from congvu.domains.dossiers.types import DossierView, PaperLine, SupplementView
from congvu.faces.portal import status, uploads, words
from congvu.faces.portal.people import signed_in
from congvu.faces.portal.shell import page
from congvu.faces.portal.views.tracking import own_dossier
from congvu.ground.files import selectors as filed

TEXT_LIMIT = 2000
MOST_FILES = 10


def _home(view: DossierView) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal-track", kwargs={"token": view.token}))


@dataclass(slots=True)
class _Sent:
    """What the form for one request holds: text and, for each paper asked for, the files already taken in."""

    text: str
    files: dict[int, list[dict[str, Any]]]
    problems: list[Problem]

    def papers(self, supplement: SupplementView) -> tuple[PaperLine, ...]:
        return tuple(
            PaperLine(name=supplement.items[number][:300], plain=1, file=UUID(file["id"]))
            for number, kept in sorted(self.files.items())
            for file in kept
        )


@signed_in
def supplement(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Send what was asked for. Files taken in stay when another one is refused. Audience citizen.

    Answering twice (a double press, another device) leads back to the dossier, which says what it is doing now.
    """
    view = own_dossier(actor, token)
    asked = status.open_supplement(view)
    if asked is None or "answer_supplement" not in view.abilities:
        messages.info(request, _("Không còn yêu cầu bổ sung nào đang chờ; hồ sơ đang ở bước ghi dưới đây."))
        return _home(view)
    if request.method != "POST":
        return _ask(request, view, asked, _Sent("", {}, []))
    sent = _read(request, actor, asked)
    if sent.problems or "remove" in request.POST:
        return _ask(request, view, asked, sent, status_code=422 if sent.problems else 200)
    try:
        filing.answer_supplement(actor, view.id, papers=sent.papers(asked), note_text=sent.text)
    except Invalid as refusal:
        sent.problems.extend(Problem("file-0", problem.message) for problem in refusal.problems)
        return _ask(request, view, asked, sent, status_code=422)
    except Conflict as refusal:
        messages.warning(request, refusal.message)
        return _home(view)
    messages.success(request, _("Đã gửi bổ sung. Ngày hẹn trả mới ghi ở dưới."))
    return _home(view)


def _read(request: HttpRequest, actor: Actor, asked: SupplementView) -> _Sent:
    """The text, the files kept from an earlier try, and those sent now."""
    sent = _Sent(clean(request.POST.get("note", ""))[:TEXT_LIMIT], _kept(request, actor, asked), [])
    for number in range(len(asked.items)):
        for file in request.FILES.getlist(f"file-{number}")[:MOST_FILES]:
            try:
                file_id, name, size = uploads.take_one(actor, file)
            except Refusal as refusal:
                sent.problems.append(Problem(f"file-{number}", f"{file.name}: {refusal.message}"))
                continue
            sent.files.setdefault(number, []).append({"id": file_id, "name": name, "size": size})
    return sent


def _kept(request: HttpRequest, actor: Actor, asked: SupplementView) -> dict[int, list[dict[str, Any]]]:
    """Files of earlier tries, as hidden fields name them; only the actor's own uploads that hang on nothing count."""
    named: dict[UUID, int] = {}
    for entry in request.POST.getlist("kept"):
        number, _colon, text = entry.partition(":")
        file_id = _uuid(text)
        if file_id is not None and number.isdecimal() and len(number) < 4 and int(number) < len(asked.items):
            named[file_id] = int(number)
    named.pop(_uuid(request.POST.get("remove", "")), None)  # type: ignore[arg-type]
    found: dict[int, list[dict[str, Any]]] = {}
    for file_id, info in filed.own_uploads(actor, named).items():
        if info.record_id is None:
            found.setdefault(named[file_id], []).append({"id": str(file_id), "name": info.name, "size": info.size})
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _ask(
    request: HttpRequest, view: DossierView, asked: SupplementView, sent: _Sent, *, status_code: int = 200
) -> HttpResponse:
    errors = {problem.field: problem.message for problem in sent.problems}
    context = {
        "view": view,
        "title": words.dossier_title(view.title, view.applicant.full_name),
        "asked": asked,
        "until": status.when(asked.answer_by),
        "items": [
            {"number": n, "name": name, "files": sent.files.get(n, []), "error": errors.get(f"file-{n}", "")}
            for n, name in enumerate(asked.items)
        ],
        "text": sent.text,
        "problems": _first_of_each(sent.problems),
    }
    return page(request, "supplement", context, status=status_code)


def _first_of_each(problems: Sequence[Problem]) -> list[Problem]:
    return list({(problem.field, problem.message): problem for problem in problems}.values())


@signed_in
def withdraw(request: HttpRequest, actor: Actor, token: str) -> HttpResponse:
    """Take the dossier back, with a reason. Audience citizen."""
    view = own_dossier(actor, token)
    if "withdraw" not in view.abilities:
        messages.info(request, _("Hồ sơ này không còn rút được; trạng thái ghi dưới đây."))
        return _home(view)
    text = request.POST.get("reason", "")
    if request.method != "POST":
        return _withdraw_page(request, view, text, [])
    try:
        filing.withdraw(actor, view.id, reason=clean(text)[:TEXT_LIMIT])
    except Invalid as refusal:
        return _withdraw_page(request, view, text, list(refusal.problems))
    except Conflict as refusal:
        messages.warning(request, refusal.message)
        return _home(view)
    messages.success(request, _("Đã rút hồ sơ."))
    return _home(view)


def _withdraw_page(request: HttpRequest, view: DossierView, text: str, problems: list[Problem]) -> HttpResponse:
    context = {
        "view": view,
        "title": words.dossier_title(view.title, view.applicant.full_name),
        "text": text,
        "problems": problems,
        "error": problems[0].message if problems else "",
    }
    return page(request, "withdraw", context, status=422 if problems else 200)
