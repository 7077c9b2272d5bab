"""Who may do what to a document. Each policy has the parameters of its act and raises, or says nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden
from congvu.domains.documents.issuers import book_of
from congvu.domains.documents.models import Incoming
from congvu.engines.workflow import selectors as work
from congvu.ground.records.selectors import get_visible

INCOMING, OUTGOING = "doc_in", "doc_out"
LEADERS = ("chair", "center_head")
HEADS = ("chair", "head", "center_head")


def require_registrar(actor: Actor) -> None:
    if actor.kind is not ActorKind.STAFF or not actor.has_role("registrar"):
        raise Forbidden(_("Chỉ văn thư cơ quan được làm việc này."))


def may_register(actor: Actor, *_args: Any, **_given: Any) -> None:
    """The records clerk, in the books of the own agency (NĐ 30/2020 Điều 22)."""
    require_registrar(actor)


def only_system(actor: Actor, *_args: Any, **_given: Any) -> None:
    if actor.kind is not ActorKind.SYSTEM:
        raise Forbidden(_("Việc này do hệ thống thực hiện."))


def may_keep_arrival(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """The records clerk of the agency in whose book the document stands, or is to stand."""
    require_registrar(actor)
    get_visible(actor, document_id, kind=INCOMING)
    book = Incoming.objects.values_list("book_id", flat=True).get(record_id=document_id)
    if book_of(actor).id != book:
        raise Forbidden(_("Văn bản này thuộc sổ của cơ quan khác."))


def may_direct(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """A leader of the agency in whose book the document stands (NĐ 30/2020 Điều 23 khoản 2)."""
    get_visible(actor, document_id, kind=INCOMING)
    if actor.kind is not ActorKind.STAFF or not actor.has_role(*LEADERS):
        raise Forbidden(_("Chỉ lãnh đạo cơ quan được cho ý kiến chỉ đạo."))
    book = Incoming.objects.values_list("book_id", flat=True).get(record_id=document_id)
    if book_of(actor).id != book:
        raise Forbidden(_("Văn bản này thuộc sổ của cơ quan khác."))


def may_work_on(actor: Actor, item_id: UUID, *_args: Any, **_given: Any) -> None:
    """The item waits for the acting post."""
    work.item(actor, item_id)


def may_speak(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """Everybody who may read a document may say something about it."""
    get_visible(actor, document_id, kind=INCOMING)
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ được ghi ý kiến."))


def may_set_issuers(actor: Actor, *_args: Any, **_given: Any) -> None:
    """Administrators in office, and the system itself."""
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ người quản trị được khai báo cơ quan ban hành văn bản."))
