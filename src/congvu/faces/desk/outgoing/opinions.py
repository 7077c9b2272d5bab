"""Xin ý kiến dự thảo: asking, answering, taking over or explaining, the lists, and the table to print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from congvu.common.errors import NotFound
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.types import ConsultInput
from congvu.engines.typeset import services as typeset
from congvu.faces.desk.incoming.fields import day_of
from congvu.faces.desk.outgoing.sections import Acts, run
from congvu.faces.desk.outgoing.views import CURRENT, tabs
from congvu.faces.desk.posted import uuid_or_none, whole
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.uploads import uploaded

SIDES = ((documents.OF_ME, gettext_lazy("Hỏi ý kiến tôi")), (documents.BY_ME, gettext_lazy("Tôi xin ý kiến")))


def _ask(request: HttpRequest, document: UUID) -> None:
    post = request.POST
    pairs = (value.partition(":") for value in post.getlist("asked"))
    asked = tuple((int(unit), int(seat) if seat else None) for unit, _sign, seat in pairs if _figures(unit, seat))
    given = ConsultInput(asked, day_of(post.get("due_on", ""), "due_on"), post.get("question", ""))
    services.ask_opinion(actor_of(request), document, given, version=whole(post, "version"))


def _figures(unit: str, seat: str) -> bool:
    """Whether a box names a unit, and a post or none."""
    return all(part.isascii() and part.isdecimal() and len(part) < 16 for part in (unit, seat or "0"))


def _answer(request: HttpRequest, document: UUID) -> None:
    post = request.POST
    one = _of(request, document, "consulted")
    services.give_opinion(
        actor_of(request), one, stance=post.get("stance", ""), text=post.get("said", ""),
        file=uploaded(request, "file"), version=whole(post, "n") or 0,
    )  # fmt: skip


def _settle(request: HttpRequest, document: UUID) -> None:
    post = request.POST
    key = _of(request, document, "opinion")
    services.settle_opinion(actor_of(request), key, taken=post.get("taken", ""), words=post.get("words", ""))


def _close(request: HttpRequest, document: UUID) -> None:
    wanted = uuid_or_none(request.POST.get("round", ""))
    found = next((one for one in documents.consultations(actor_of(request), document) if one.id == wanted), None)
    if found is None:
        raise NotFound(_("Không tìm thấy lượt xin ý kiến này."))
    services.close_consultation(actor_of(request), found.id)


def _of(request: HttpRequest, document: UUID, field: str) -> int:
    """Somebody asked, or an opinion, of this document. Raises NotFound for one of another."""
    rounds = documents.consultations(actor_of(request), document)
    known = {one.id for asked in rounds for one in asked.consulted}
    if field == "opinion":
        known = {said.id for asked in rounds for one in asked.consulted for said in one.opinions}
    wanted = whole(request.POST, field)
    if wanted not in known:
        raise NotFound(_("Không tìm thấy lượt xin ý kiến này."))
    return wanted


def _co_write(request: HttpRequest, document: UUID) -> None:
    chosen = {int(key) for key in request.POST.getlist("co_writers") if _figures(key, "")}
    services.name_co_writers(actor_of(request), document, chosen, version=whole(request.POST, "version"))


ACTS: Acts = {
    "xin-y-kien": (_ask, gettext_lazy("Đã gửi xin ý kiến.")),
    "cho-y-kien": (_answer, gettext_lazy("Đã gửi ý kiến. Có thể cho ý kiến lại đến khi lượt xin ý kiến khép lại.")),
    "tiep-thu": (_settle, gettext_lazy("Đã ghi tiếp thu, giải trình.")),
    "cung-soan": (_co_write, gettext_lazy("Đã ghi người cùng soạn thảo.")),
    "khep-y-kien": (_close, gettext_lazy("Đã khép lượt xin ý kiến.")),
}


@require_POST
@staff_only
def act_on(request: HttpRequest, document_id: UUID, verb: str) -> HttpResponseBase:
    """One act about opinions."""
    return run(request, document_id, verb, ACTS, section="xin-y-kien")


@require_GET
@staff_only
def listing(request: HttpRequest) -> HttpResponseBase:
    """Drafts about which the post was asked, or asks."""
    actor, asked = actor_of(request), request.GET
    side = asked.get("ben", "") if asked.get("ben", "") in dict(SIDES) else documents.OF_ME
    found = documents.consulted_list(actor, side, after=asked.get("sau", ""))
    context: dict[str, Any] = {
        "rows": found.rows, "sides": [(key, label, key == side) for key, label in SIDES], "side": side,
        "tabs": tabs(actor, ""), "asking": True, "to_say": documents.count_consulted(actor).now(),
        "first_url": f"?{urlencode({'ben': side})}" if asked.get("sau") else "",
        "next_url": f"?{urlencode({'ben': side, 'sau': found.next})}" if found.next else "",
    }  # fmt: skip
    return page(request, "desk/outgoing/consulted.html", context, current=CURRENT)


@require_GET
@staff_only
def summary(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The opinions on a draft and what became of each, as a table to print. Raises NotFound without any."""
    actor = actor_of(request)
    book = documents.opinion_table(actor, document_id)
    headers = {"Content-Disposition": 'inline; filename="tong-hop-y-kien.pdf"'}
    return HttpResponse(typeset.set_register(book), content_type="application/pdf", headers=headers)
