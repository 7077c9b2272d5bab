"""Acts on one incoming document from its page or the inbox: each verb parses its fields and calls one service."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem, Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.faces.desk.incoming import fields as read
from congvu.faces.desk.incoming import slip
from congvu.faces.desk.incoming.views import document_page
from congvu.faces.desk.posted import back_to, item_of, whole
from congvu.faces.desk.requests import acts as requests
from congvu.faces.desk.shell import actor_of, staff_only
from congvu.journeys import document_calendar, document_tasks

Call = Callable[[Actor, UUID, QueryDict], object]


def _register(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.register_arrived(
        actor, document, read.forwarding(post), version=whole(post, "version"), another=post.get("another") == "1",
        **read.envelope(post),
    )  # fmt: skip


def _direct(actor: Actor, document: UUID, post: QueryDict) -> None:
    agency = documents.incoming(actor, document).book.unit_id
    given, places = slip.read(post, agency)
    try:
        if post.get("tracked") == "1":
            document_tasks.direct_as_task(
                actor, document, given, output=post.get("output", ""), opinion=slip.opinion(post),
                task_code=post.get("task_code", ""), version=whole(post, "version"),
            )  # fmt: skip
        else:
            services.direct(actor, document, given, opinion=slip.opinion(post), version=whole(post, "version"))
    except Invalid as refusal:
        raise slip.placed(refusal, places) from refusal


def _hand_on(actor: Actor, document: UUID, post: QueryDict) -> None:
    item = item_of(document, post)
    given, places = slip.read(post, documents.incoming(actor, document).book.unit_id)
    try:
        services.hand_on(actor, item, given, opinion=slip.opinion(post), version=whole(post, "version"))
    except Invalid as refusal:
        raise slip.placed(refusal, places) from refusal


def _finish(actor: Actor, document: UUID, post: QueryDict) -> None:
    services.finish(actor, item_of(document, post), result=post.get("result", ""), version=whole(post, "version"))


def _reopen(actor: Actor, document: UUID, post: QueryDict) -> None:
    unit = documents.incoming(actor, document).book.unit_id
    due, open_end = slip.term_of(post, 0, unit)
    if due is None and not open_end:
        message = _("Chọn thời hạn, hoặc “Không thời hạn”.")
        raise Invalid(message, problems=(Problem("term-0", message, "missing"),))
    services.reopen(actor, document, reason=post.get("reason", ""), due_at=due, version=whole(post, "version"))


def _invite(actor: Actor, document: UUID, _post: QueryDict) -> None:
    document_calendar.put_into_calendar(actor, document)


# What each verb of the address calls, and what the page says when it is done.
ACTS: dict[str, tuple[Call, Promise]] = {
    "vao-so": (_register, gettext_lazy("Đã vào sổ.")),
    "tra-lai": (
        lambda a, d, p: services.send_back(a, d, reason=p.get("reason", ""), version=whole(p, "version")),
        gettext_lazy("Đã trả lại nơi gửi. Nơi gửi nhận được lý do."),
    ),
    "chi-dao": (_direct, gettext_lazy("Đã chuyển xử lý theo ý kiến chỉ đạo.")),
    "phan-cong": (_hand_on, gettext_lazy("Đã phân công trong đơn vị.")),
    "bat-dau": (lambda a, d, p: services.begin_work(a, item_of(d, p)), gettext_lazy("Đã bắt đầu xử lý.")),
    "hoan-thanh": (_finish, gettext_lazy("Đã hoàn thành phần việc của văn bản.")),
    "mo-lai": (_reopen, gettext_lazy("Đã mở lại văn bản.")),
    "y-kien": (
        lambda a, d, p: services.speak(a, d, text=p.get("text", "")), gettext_lazy("Đã ghi ý kiến.")
    ),
    "vao-lich": (_invite, gettext_lazy("Đã đưa vào lịch công tác; thời gian, địa điểm đọc từ giấy mời.")),
    **requests.INCOMING,
}  # fmt: skip
# After these the next document is wanted, not this one again.
TO_LIST = {"vao-so": "cho-vao-so", "tra-lai": "cho-vao-so"}


@require_POST
@staff_only
def act_on(request: HttpRequest, document_id: UUID, verb: str) -> HttpResponseBase:
    """One act on the document; refused, the page comes back with the form open and what was typed."""
    if verb not in ACTS:
        raise Http404
    call, words = ACTS[verb]
    actor = actor_of(request)
    try:
        call(actor, document_id, request.POST)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        if verb == "vao-lich":
            messages.warning(request, refusal.message)
            return redirect(f"{reverse('desk_calendar_new')}?tu={document_id}")
        return document_page(request, document_id, open_act=verb, refusal=refusal)
    messages.success(request, _told(actor, document_id, verb) or str(words))
    return redirect(_next(request, document_id, verb))


def _told(actor: Actor, document: UUID, verb: str) -> str:
    """The number that was taken, where one was."""
    if verb != "vao-so":
        return ""
    row = documents.incoming(actor, document).row
    words = {"number": row.arrival_number, "code": row.code or row.title}
    return _("Đã vào sổ %(code)s, số đến %(number)s.") % words


def _next(request: HttpRequest, document: UUID, verb: str) -> str:
    if verb in TO_LIST:
        return back_to(request, f"{reverse('desk_incoming')}?loc={TO_LIST[verb]}")
    return back_to(request, reverse("desk_incoming_document", args=[document]))
