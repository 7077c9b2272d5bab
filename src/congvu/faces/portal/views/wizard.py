"""One page of an application at a time, saved whenever it is posted, right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, NotFound, Problem
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as filing
from congvu.engines.forms import render as rendering
from congvu.engines.forms import selectors as forms
from congvu.engines.forms import services as forming
from congvu.engines.forms.types import Parsed
from congvu.faces.portal import kept, uploads
from congvu.faces.portal.drafting import CHECK, Drafting, known, open_draft
from congvu.faces.portal.people import citizen, signed_in, to_sign_in
from congvu.faces.portal.shell import page
from congvu.ground.ui import formats


@signed_in
@require_safe
def resume(_request: HttpRequest, actor: Actor, code: str, draft_id: UUID) -> HttpResponse:
    """Go on where the draft stands; a submitted one leads to its dossier. Audience citizen."""
    work = open_draft(actor, code, draft_id)
    return already_sent(actor, work) or HttpResponseRedirect(work.url(work.first_open()))


@require_http_methods(["GET", "HEAD", "POST"])
def wizard_page(request: HttpRequest, code: str, draft_id: UUID, key: str) -> HttpResponse:
    """Show or save one page. Audience citizen; what is posted after the session ended is kept over the sign-in."""
    actor = citizen(request)
    if actor is None:
        if request.method == "POST" and not kept.keep(request, draft_id, key):
            messages.warning(
                request, _("Phiên làm việc đã hết và trang vừa gửi quá dài để giữ lại. Các trang trước vẫn còn.")
            )
        return to_sign_in(request, request.path if request.method == "POST" else "")
    work = open_draft(actor, code, draft_id)
    sent = already_sent(actor, work)
    if sent is not None:
        return sent
    if key not in {item.key for item in work.form.pages}:
        raise NotFound(_("Biểu mẫu không có trang này. Hãy mở lại bản kê khai từ danh sách."))
    if request.method == "POST":
        return _post(request, actor, work, key, request.POST, request.FILES)
    held = kept.take(request, draft_id, key)
    if held is not None:
        return _restore(request, actor, work, key, *held)
    return _show(request, actor, work, key, work.draft.values)


def already_sent(actor: Actor, work: Drafting) -> HttpResponse | None:
    """Back or another tab after sending: lead to the dossier, never to a second one."""
    if work.draft.submitted_as is None:
        return None
    sent = dossiers.dossier(actor, work.draft.submitted_as)
    return HttpResponseRedirect(reverse("portal-sent", kwargs={"token": sent.token}))


def _restore(
    request: HttpRequest, actor: Actor, work: Drafting, key: str, body: QueryDict, files_lost: bool
) -> HttpResponse:
    """After signing in again: what was typed before is saved as it was and shown."""
    parsed = forming.parse(work.form, key, body, before=work.draft.values, today=work.today)
    filing.save_draft(actor, work.draft.id, values=parsed.values, page=key, done=False)
    told = _("Phiên trước đã hết sau 30 phút. Những gì vừa điền vẫn còn đây.")
    if files_lost:
        told += " " + _("Tệp chọn ở lần gửi đó chưa lưu được, hãy chọn lại.")
    messages.info(request, told)
    return HttpResponseRedirect(work.url(key))


def _post(
    request: HttpRequest, actor: Actor, work: Drafting, key: str, data: QueryDict, files: MultiValueDict[str, Any]
) -> HttpResponse:
    parsed = forming.parse(work.form, key, data, files, before=work.draft.values, today=work.today)
    if _stale(work, data, parsed):
        return _conflict(request, actor, work, key, parsed)
    taken = uploads.take_in(actor, work.form, forming.merge(work.draft.values, parsed.values), parsed.uploads)
    checked = forming.check(work.form, taken.answers, page=key, today=work.today)
    problems = (*taken.problems, *(p for p in checked.problems if p.field not in taken.fields))
    done = not problems and parsed.command.name == "next" and not parsed.revealed
    changed = {name: taken.answers.get(name) for name in {*parsed.values, *taken.fields, *taken.added}}
    try:
        filing.save_draft(actor, work.draft.id, values=changed, page=key, done=done, version=work.draft.version)
    except Conflict:
        fresh = _fresh(actor, work)
        return already_sent(actor, fresh) or _conflict(request, actor, fresh, key, parsed)
    return _answer(request, actor, work, key, parsed, taken, problems)


def _answer(
    request: HttpRequest,
    actor: Actor,
    work: Drafting,
    key: str,
    parsed: Parsed,
    taken: uploads.Taken,
    problems: Sequence[Problem],
) -> HttpResponse:
    """Where the saved page leads: later, the same page again, its errors, or on."""
    command = parsed.command
    told = _worth_telling(parsed, taken, problems)
    if told:
        edited = frozenset(str(request.POST.get("_shown", "")).split())
        note, fresh = _more_questions() if parsed.revealed else "", _fresh(actor, work)
        return _show(request, actor, fresh, key, taken.answers, told, edited=edited, note=note, status=422)
    if command.name == "save":
        messages.success(
            request, _("Đã lưu lúc %(at)s. Bản kê khai được giữ 30 ngày.") % {"at": formats.clock(timezone.now())}
        )
        return HttpResponseRedirect(reverse("portal-drafts"))
    if parsed.stay:
        return HttpResponseRedirect(_same_page(request, work, key, parsed))
    fresh = _fresh(actor, work)
    return HttpResponseRedirect(fresh.url(CHECK if request.POST.get("from") == CHECK else fresh.after(key)))


def _worth_telling(parsed: Parsed, taken: uploads.Taken, problems: Sequence[Problem]) -> Sequence[Problem]:
    """The errors to show: all of them on "continue", but none beside a question the person has not seen yet."""
    if parsed.command.name == "next":
        return [problem for problem in problems if problem.field.split(".")[0] not in parsed.revealed]
    return problems if taken.problems else ()


def _more_questions() -> str:
    return _("Câu trả lời vừa rồi mở thêm câu hỏi ở trang này.")


def _fresh(actor: Actor, work: Drafting) -> Drafting:
    return open_draft(actor, work.procedure.code, work.draft.id)


def _same_page(request: HttpRequest, work: Drafting, key: str, parsed: Parsed) -> str:
    """The page again, opened at what the button was for.

    ``sua`` unlocks a known answer, ``them`` tells of new questions.
    """
    command, query = parsed.command, []
    if command.name == "edit":
        query.append(f"sua={command.target}")
    if command.name == "next" and parsed.revealed:
        query.append("them=1")
    if request.POST.get("from") == CHECK:
        query.append(f"tu={CHECK}")
    target = command.target or (parsed.revealed[0] if parsed.revealed else "")
    anchor = f"#f-{target.replace('.', '-')}" if target else ""
    return work.url(key) + (f"?{'&'.join(query)}" if query else "") + anchor


def _stale(work: Drafting, data: QueryDict, parsed: Parsed) -> bool:
    """Another tab saved since this page was shown, and what is posted differs from what is kept.

    The same content again (a double click, Back and forth) is no conflict.
    """
    if str(data.get("version", work.draft.version)) == str(work.draft.version):
        return False
    kept_now = forming.merge(work.draft.values, {})
    return bool(parsed.uploads) or forming.merge(work.draft.values, parsed.values) != kept_now


def _conflict(request: HttpRequest, actor: Actor, work: Drafting, key: str, parsed: Parsed) -> HttpResponse:
    """Nothing is saved; what was typed stands on the page, and pressing again takes it."""
    told = _(
        "Bản kê khai vừa được lưu ở một cửa sổ khác. Nội dung bạn vừa điền vẫn còn trên trang này nhưng chưa lưu; "
        "bấm Tiếp tục lần nữa để lưu nội dung đang thấy."
    )
    if parsed.uploads:
        told += " " + _("Tệp vừa chọn cần chọn lại.")
    answers = forming.merge(work.draft.values, parsed.values)
    return _show(request, actor, work, key, answers, note=told, status=409)


def _show(
    request: HttpRequest,
    actor: Actor,
    work: Drafting,
    key: str,
    answers: dict[str, Any],
    problems: Sequence[Problem] = (),
    *,
    edited: frozenset[str] = frozenset(),
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    view = rendering.page(
        work.form,
        key,
        answers,
        problems,
        known(work.form, actor.subject_id, work.today),
        edited=edited | frozenset(request.GET.getlist("sua")),
        communes_url=reverse("portal-communes"),
        today=work.today,
    )
    context = {
        "work": work,
        "page": view,
        "marks": _marks(view.step, view.steps + 1) if view.steps_fixed else [],
        "of": view.steps + 1 if view.steps_fixed else 0,
        "saved": formats.clock(work.draft.saved_at) if work.draft.version > 1 else "",
        "back": work.url(view.previous) if view.previous else _start_url(work),
        "from_check": CHECK in (request.GET.get("tu"), request.POST.get("from")),
        "note": note or (_more_questions() if "them" in request.GET else ""),
        "tasks": _tasks(work, key),
    }
    response = page(request, "wizard", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _start_url(work: Drafting) -> str:
    return reverse("portal-procedure", kwargs={"code": work.procedure.code})


def _marks(at: int, of: int) -> list[str]:
    return ["done"] * (at - 1) + ["now"] + [""] * (of - at)


def _tasks(work: Drafting, key: str) -> list[dict[str, Any]]:
    """The pages of the form with how far each is."""
    return [
        {"title": str(item.title), "now": item.key == key, "done": item.key in work.draft.pages_done}
        for item in forms.open_pages(work.form, work.draft.values)
    ]
