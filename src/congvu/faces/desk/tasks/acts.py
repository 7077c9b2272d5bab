"""Acts on one task from its page: each verb parses its fields, calls one service and comes back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.tasks import selectors as tasks
from congvu.domains.tasks import services
from congvu.domains.tasks.types import Amendment
from congvu.faces.desk.posted import uuid_or_none, whole
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.faces.desk.tasks.forms import holder, typed_term
from congvu.faces.desk.tasks.views import task_page
from congvu.faces.desk.uploads import uploaded

Call = Callable[[Actor, UUID, HttpRequest], object]


def _text(request: HttpRequest, name: str = "text") -> str:
    return request.POST.get(name, "").strip()


def _files(request: HttpRequest) -> list[UUID]:
    file = uploaded(request, "file")
    return [file] if file else []


def _percent(request: HttpRequest) -> int:
    """The progress typed. Raises Invalid for what is no number."""
    text = _text(request, "percent").removesuffix("%").strip()
    if text.isascii() and text.isdecimal() and len(text) <= 4:
        return int(text)
    message = _("Ghi tiến độ bằng số từ 0 đến 99.")
    raise Invalid(message, problems=(Problem("percent", message, "number"),))


def _report(actor: Actor, task: UUID, request: HttpRequest) -> None:
    services.report(actor, task, text=_text(request), percent=_percent(request), attached=_files(request))


def _finish(actor: Actor, task: UUID, request: HttpRequest) -> None:
    result = uuid_or_none(_text(request, "result"))
    services.finish(actor, task, text=_text(request), attached=_files(request), result=result)


def _contribute(actor: Actor, task: UUID, request: HttpRequest) -> None:
    done = request.POST.get("done") == "1"
    services.contribute(actor, task, text=_text(request), attached=_files(request), done=done)


def _comment(actor: Actor, task: UUID, request: HttpRequest) -> None:
    services.comment(actor, task, text=_text(request), attached=_files(request))


def _ask(actor: Actor, task: UUID, request: HttpRequest) -> None:
    until, _none = typed_term(request.POST, tasks.task(actor, task).owner.unit_id)
    services.ask_extension(actor, task, until=until, reason=_text(request, "reason"))


def _answer(actor: Actor, task: UUID, request: HttpRequest) -> None:
    granted = _text(request, "granted") == "1"
    until = typed_term(request.POST, tasks.task(actor, task).owner.unit_id)[0] if granted else None
    services.answer_extension(actor, task, granted=granted, until=until, answer=_text(request, "answer"))


def _reject(actor: Actor, task: UUID, request: HttpRequest) -> None:
    redo = _text(request, "redo") != "0"
    due = typed_term(request.POST, tasks.task(actor, task).owner.unit_id)[0] if redo else None
    services.reject(
        actor, task, reason=_text(request, "reason"), redo=redo, due=due, version=whole(request.POST, "version")
    )


def _amend(actor: Actor, task: UUID, request: HttpRequest) -> None:
    due, no_term = typed_term(request.POST, tasks.task(actor, task).owner.unit_id)
    change = Amendment(
        title=_text(request, "title"), output=_text(request, "output"), content=_text(request, "content"), due=due,
        no_term=no_term, task_code=_text(request, "task_code"),
    )  # fmt: skip
    services.amend(actor, task, change, version=whole(request.POST, "version"))


def _hand_on(actor: Actor, task: UUID, request: HttpRequest) -> None:
    services.hand_on(actor, task, to=holder(_text(request, "to"), "to"), text=_text(request))


def _give_again(actor: Actor, task: UUID, request: HttpRequest) -> None:
    services.give_again(actor, task, to=holder(_text(request, "to"), "to"), text=_text(request))


# What each verb of the address calls, and what the page says when it is done.
ACTS: dict[str, tuple[Call, Promise]] = {
    "bat-dau": (lambda a, t, _r: services.start(a, t), gettext_lazy("Đã bắt đầu thực hiện.")),
    "tien-do": (_report, gettext_lazy("Đã gửi báo cáo tiến độ.")),
    "hoan-thanh": (_finish, gettext_lazy("Đã báo cáo hoàn thành. Người giao sẽ đánh giá.")),
    "phoi-hop": (_contribute, gettext_lazy("Đã gửi phần phối hợp.")),
    "trao-doi": (_comment, gettext_lazy("Đã gửi.")),
    "gia-han": (_ask, gettext_lazy("Đã gửi đề nghị gia hạn. Hạn cũ giữ nguyên đến khi được trả lời.")),
    "tra-loi-gia-han": (_answer, gettext_lazy("Đã trả lời đề nghị gia hạn.")),
    "tra-lai": (
        lambda a, t, r: services.send_back(a, t, reason=_text(r, "reason")),
        gettext_lazy("Đã trả lại nhiệm vụ."),
    ),
    "phan-cong": (_hand_on, gettext_lazy("Đã phân công.")),
    "giao-lai": (_give_again, gettext_lazy("Đã giao lại nhiệm vụ.")),
    "dat": (
        lambda a, t, r: services.accept(a, t, comment=_text(r), version=whole(r.POST, "version")),
        gettext_lazy("Đã đánh giá đạt."),
    ),
    "khong-dat": (_reject, gettext_lazy("Đã đánh giá không đạt.")),
    "sua": (_amend, gettext_lazy("Đã sửa nhiệm vụ.")),
    "huy": (lambda a, t, r: services.cancel(a, t, reason=_text(r, "reason")), gettext_lazy("Đã hủy nhiệm vụ.")),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, task_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the task; refused, the page comes back with the form open and what was typed."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    try:
        call(actor_of(request), task_id, request)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return task_page(request, task_id, open_act=verb, refusal=refusal)
    messages.success(request, str(words))
    return redirect(reverse("desk_task", args=[task_id]))
