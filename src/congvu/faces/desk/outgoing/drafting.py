"""Soạn thảo: choosing a kind, the form of a draft, and saving it as a new version."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Refusal
from congvu.domains.documents import selectors as documents
from congvu.domains.documents import services
from congvu.domains.documents.errors import TextChanged
from congvu.domains.documents.types import DraftInput, DraftSettings, IssuerView, KindView, OutgoingView
from congvu.faces.desk.held import typed
from congvu.faces.desk.incoming.fields import choice, day_of
from congvu.faces.desk.outgoing import content as texts
from congvu.faces.desk.outgoing.comparing import rows
from congvu.faces.desk.outgoing.content import offered
from congvu.faces.desk.outgoing.views import CURRENT
from congvu.faces.desk.posted import uuid_or_none, whole, whole_of
from congvu.faces.desk.requests.forms import set_right_notice, sets_right
from congvu.faces.desk.shell import actor_of, page, staff_only
from congvu.faces.desk.uploads import kept

# Kinds that an office writes every day stand in front of the others.
USUAL = ("CV", "QD", "BC", "TTR", "KH", "TB", "GM")


@require_http_methods(["GET", "POST"])
@staff_only
def new(request: HttpRequest) -> HttpResponseBase:
    """First the kind, then the form with the lines its layout has. Refused, it comes back with what was typed."""
    actor = actor_of(request)
    by = _issuer(actor, request)
    source = uuid_or_none(request.POST.get("reply_to") or request.GET.get("tra-loi", ""))
    given = request.POST.get("kind") or request.GET.get("loai", "")
    known = {kind.key: kind for kind in documents.kinds(by.family)}
    what = known.get(given) or (known.get("CV") if source and not given else None)
    if what is None:
        return _choose(request, by, tuple(known.values()))
    if request.method == "GET":
        fields = typed(request) or texts.begin(
            actor, by, what, reply_to=source, like=uuid_or_none(request.GET.get("tu", ""))
        )
        return _page(request, actor, by, what, fields)
    post = request.POST
    try:
        read = texts.read(request, what)
        document = services.draft(
            actor,
            DraftInput(
                kind=what.key, subject=post.get("subject", ""), content=read.content, reply_to=source, issuer=by.key,
                secrecy=choice(post, "secrecy", 3), **_settings(post), **sets_right(request),
            ),
            key=post.get("key", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, actor, by, what, post, refusal=refusal)
    return _saved(request, document, read.notes, _("Đã lưu dự thảo."))


@require_http_methods(["GET", "POST"])
@staff_only
def edit(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The newest version in the form; saving makes the next one."""
    actor = actor_of(request)
    view = documents.outgoing(actor, document_id)
    if "edit" not in view.abilities:
        raise Forbidden(_("Dự thảo đang ở người khác. Chỉ người đang giữ dự thảo được sửa."))
    if request.method == "GET":
        fields = typed(request) or texts.fields_of(view)
        return _page(request, actor, view.issuer, view.kind, fields, view=view)
    post = request.POST
    try:
        read = texts.read(request, view.kind, before=view.current.content)
        n = services.save_draft(
            actor, document_id, subject=post.get("subject", ""), content=read.content,
            settings=DraftSettings(**_settings(post)), comment=post.get("comment", ""), base=whole(post, "base"),
            version=whole(post, "version"),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(
            request, actor, view.issuer, view.kind, post, view=view, refusal=refusal,
            clash=_clash(actor, view, whole(post, "base")) if isinstance(refusal, TextChanged) else None,
        )  # fmt: skip
    words = _("Không có gì thay đổi.") if n == view.current.n else _("Đã lưu bản %(n)s.") % {"n": n}
    return _saved(request, document_id, read.notes, words)


def _clash(actor: Actor, view: OutgoingView, base: int | None) -> dict[str, Any]:
    """What was saved since the version that was being changed, to be read before the own text is put on top."""
    changed = documents.changes(actor, view.id, before=base or 1, after=view.current.n)
    return {"rows": [row for row in rows(changed) if row.changed], "base": base, "newest": view.current}


def _saved(request: HttpRequest, document: UUID, notes: tuple[str, ...], words: str) -> HttpResponse:
    messages.success(request, words)
    for note in notes:
        messages.warning(request, note)
    return redirect(reverse("desk_outgoing_document", args=[document]))


def _settings(post: QueryDict) -> dict[str, Any]:
    signer, named, capacity = post.get("signer", "").partition(":")
    return {
        "signer_position": whole_of(signer),
        "capacity": capacity if named else None, "priority": choice(post, "priority", 3),
        "reply_by": day_of(post.get("reply_by", ""), "reply_by"),
    }  # fmt: skip


def _issuer(actor: Actor, request: HttpRequest) -> IssuerView:
    """The issuer asked for among those of the post's agency; else the agency itself. Raises NoIssuer."""
    first = documents.book_of(actor)
    asked = request.POST.get("issuer") or request.GET.get("co-quan", "")
    return next((by for by in documents.issuers_of(first.unit_id) if by.key == asked), first)


def _choose(request: HttpRequest, by: IssuerView, kinds: tuple[KindView, ...]) -> HttpResponse:
    usual = [kind for key in USUAL for kind in kinds if kind.key == key]
    context = {
        "usual": usual, "others": [kind for kind in kinds if kind not in usual], "by": by,
        "issuers": documents.issuers_of(by.unit_id),
        "kept": f"&tra-loi={request.GET['tra-loi']}" if uuid_or_none(request.GET.get("tra-loi", "")) else "",
    }  # fmt: skip
    return page(request, "desk/outgoing/choose.html", context, current=CURRENT)


def _page(
    request: HttpRequest, actor: Actor, by: IssuerView, what: KindView, fields: QueryDict, *,
    view: OutgoingView | None = None, refusal: Refusal | None = None, clash: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "typed": fields,
        "key": fields.get("key") or uuid4().hex,
        "doc": view,
        "kind": what,
        "by": by,
        "refusal": refusal,
        "clash": clash,
        "kept": kept(request),
        "problems": {problem.field: problem.message for problem in refusal.problems} if refusal else {},
        **offered(actor, by, what, fields),
        **set_right_notice(actor, request),
    }
    status = refusal.status if refusal is not None else 200
    return page(request, "desk/outgoing/draft.html", context, current=CURRENT, status=status)
