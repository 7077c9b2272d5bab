"""Who may do what to a document. Each policy has the parameters of its act and raises, or says nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import Forbidden, NotFound, Refusal
from congvu.domains.documents.issuers import book_of
from congvu.domains.documents.models import (
    AccessChange,
    Consultation,
    Consulted,
    CoWriter,
    DraftOpinion,
    Incoming,
    Outgoing,
    OutState,
    Request,
)
from congvu.engines.workflow import selectors as work
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.selectors import get_visible, visible_to

INCOMING, OUTGOING = "doc_in", "doc_out"
LEADERS = ("chair", "center_head")
HEADS = ("chair", "head", "center_head")
# Steps that ask for words about a document, not for the document itself.
ASIDE = frozenset({"consult"})


def allows(policy: Callable[..., None], actor: Actor, *args: Any, **given: Any) -> bool:
    """Whether a policy lets the actor pass."""
    try:
        policy(actor, *args, **given)
    except Refusal:
        return False
    return True


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
    get_visible(actor, document_id, kind=(INCOMING, OUTGOING))
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ được ghi ý kiến."))


def may_set_issuers(actor: Actor, *_args: Any, **_given: Any) -> None:
    """Administrators in office, and the system itself."""
    if actor.kind is ActorKind.SYSTEM or (actor.kind is ActorKind.STAFF and actor.has_role("admin")):
        return
    raise Forbidden(_("Chỉ người quản trị được khai báo cơ quan ban hành văn bản."))


def may_draft(actor: Actor, *_args: Any, **_given: Any) -> None:
    """Every official of an agency may begin a draft; who approves and signs is the process's matter."""
    if actor.kind is not ActorKind.STAFF or actor.position_id is None:
        raise Forbidden(_("Chỉ cán bộ đang giữ vị trí công tác được soạn thảo văn bản."))


def holds_draft(actor: Actor, document_id: UUID) -> bool:
    """Whether a step of the draft's own way waits for the actor: an opinion asked on it is none."""
    return actor.kind is ActorKind.SYSTEM or bool(work.kinds_held(actor, document_id) - ASIDE)


def may_deny_mark(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """Whoever the draft waits for answers for what is in it; co-writers do not."""
    get_visible(actor, document_id, kind=OUTGOING)
    if actor.kind is not ActorKind.STAFF or not holds_draft(actor, document_id):
        raise Forbidden(_("Chỉ người đang giữ dự thảo xác nhận được."))


def co_writes(actor: Actor, document_id: UUID) -> bool:
    """Whether the actor's post was named to write a draft that is being drafted. One statement."""
    rows = CoWriter.objects.filter(outgoing=document_id, position=actor.position_id or 0, ended_at=None)
    return rows.filter(outgoing__record__state=OutState.DRAFTING).exists()


def may_name_co_writers(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """The drafter chooses who writes with him."""
    get_visible(actor, document_id, kind=OUTGOING)
    drafter = Outgoing.objects.values_list("drafter_id", flat=True).get(record_id=document_id)
    if actor.kind is not ActorKind.STAFF or actor.position_id != drafter:
        raise Forbidden(_("Chỉ người soạn thảo được chọn người cùng soạn thảo."))


def may_edit(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """Whoever the draft waits for now, and while it is drafted who writes it with the drafter; nobody edits behind
    somebody's back."""
    get_visible(actor, document_id, kind=OUTGOING)
    if not holds_draft(actor, document_id) and not co_writes(actor, document_id):
        raise Forbidden(_("Dự thảo đang ở người khác. Chỉ người đang giữ dự thảo được sửa."))


def may_drop(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """The drafter, while nobody has signed."""
    get_visible(actor, document_id, kind=OUTGOING)
    drafter = Outgoing.objects.values_list("drafter_id", flat=True).get(record_id=document_id)
    if actor.position_id != drafter:
        raise Forbidden(_("Chỉ người soạn thảo được bỏ dự thảo này."))


def may_recall(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """A leader or a records clerk of the agency that issued the document."""
    get_visible(actor, document_id, kind=OUTGOING)
    if actor.kind is not ActorKind.STAFF or not actor.has_role("registrar", *LEADERS):
        raise Forbidden(_("Chỉ lãnh đạo hoặc văn thư cơ quan ban hành được làm việc này."))
    by = Outgoing.objects.values_list("issuer__unit_id", flat=True).get(record_id=document_id)
    if book_of(actor).unit_id != by:
        raise Forbidden(_("Văn bản này do cơ quan khác ban hành."))


def may_copy(actor: Actor, source_id: UUID, *_args: Any, **_given: Any) -> None:
    """The records clerk, of what the post may read: the agency answers for its copies (NĐ 30/2020 Điều 27)."""
    require_registrar(actor)
    if not visible_to(actor).filter(id=source_id, kind__in=(INCOMING, OUTGOING, "doc_copy")).exists():
        raise NotFound(_("Không tìm thấy văn bản này."))


def may_note_return(actor: Actor, request_id: UUID, *_args: Any, **_given: Any) -> None:
    """Whoever may recall the document the request is about."""
    may_recall(actor, _record_of(request_id))


def clerk_keys(agency: int) -> frozenset[str]:
    """The reader keys of the posts of records clerks inside an agency."""
    units = orgs.subtree(agency)
    return frozenset(f"p:{post.id}" for unit in units for post in orgs.positions(unit, "registrar"))


def may_answer(actor: Actor, request_id: UUID, *_args: Any, **_given: Any) -> None:
    """The records clerk of the agency in whose book the document stands."""
    may_keep_arrival(actor, _record_of(request_id))


def _record_of(request_id: UUID) -> UUID:
    record = Request.objects.filter(id=request_id).values_list("record_id", flat=True).first()
    if record is None:
        raise NotFound(_("Không tìm thấy đề nghị này."))
    return record


def may_keep_books(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """The records clerk of the agency that issued the document: what left its office by post, what was lent out."""
    require_registrar(actor)
    get_visible(actor, document_id, kind=OUTGOING)
    keeper = Outgoing.objects.values_list("issuer__unit_id", flat=True).get(record_id=document_id)
    if book_of(actor).unit_id != keeper:
        raise Forbidden(_("Văn bản này thuộc sổ của cơ quan khác."))


def may_open_books(actor: Actor, *_args: Any, **_given: Any) -> None:
    """A book shows every document of the agency: its records clerks and leaders open and print it."""
    if actor.kind is not ActorKind.STAFF or not actor.has_role("registrar", *LEADERS):
        raise Forbidden(_("Chỉ văn thư và lãnh đạo cơ quan xem, in được sổ."))


def may_keep_searches(actor: Actor, *_args: Any, **_given: Any) -> None:
    """Officials keep searches of their own; they belong to the person, whatever the post."""
    if actor.kind is not ActorKind.STAFF or actor.user_id is None:
        raise Forbidden(_("Chỉ cán bộ lưu được điều kiện tìm kiếm."))


def may_export(actor: Actor, *_args: Any, **_given: Any) -> None:
    """Whoever may read a list on the screen may take it along; that it was taken along is written down."""
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ tải được danh sách này."))


def may_read(actor: Actor, document_id: UUID) -> None:
    """Raises NotFound, whether the document is missing or hidden."""
    get_visible(actor, document_id, kind=(INCOMING, OUTGOING))


def may_read_draft(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """Whoever may read an outgoing document says that it was read."""
    get_visible(actor, document_id, kind=OUTGOING)
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ đánh dấu đã xem văn bản trình ký."))


def may_keep_picture(actor: Actor, *_args: Any, **given: Any) -> None:
    """An official's own signature picture; the agency's seal is kept by its records clerk; the program for the demo."""
    if actor.kind is ActorKind.SYSTEM:
        return
    own = actor.user_id is not None and given.get("user") == actor.user_id and given.get("issuer") is None
    seal = given.get("issuer") is not None and actor.has_role("registrar") and book_of(actor).id == given["issuer"]
    if actor.kind is not ActorKind.STAFF or not (own or seal):
        raise Forbidden(_("Chỉ đặt được ảnh chữ ký của mình; văn thư đặt ảnh con dấu của cơ quan."))


def agency_of_record(document_id: UUID) -> int:
    """The agency in whose book a document stands, or in whose name it is issued. Raises NotFound."""
    for model, path in ((Incoming, "book__unit_id"), (Outgoing, "issuer__unit_id")):
        agency = model._default_manager.filter(record_id=document_id).values_list(path, flat=True).first()
        if agency is not None:
            return int(agency)
    raise NotFound(_("Không tìm thấy văn bản này."))


def may_share(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """Leaders, heads of units and records clerks of the agency, for what they may read themselves."""
    may_read(actor, document_id)
    own = actor.unit_id is not None and orgs.agency_of(actor.unit_id).id == agency_of_record(document_id)
    if actor.kind is not ActorKind.STAFF or not own or not actor.has_role(*HEADS, "registrar"):
        raise Forbidden(_("Chỉ lãnh đạo, người đứng đầu đơn vị, văn thư cơ quan được cho người khác xem văn bản."))


def may_settle_access(actor: Actor, change_id: int, *_args: Any, **_given: Any) -> None:
    """A leader of the agency whose document it is."""
    agency = AccessChange.objects.filter(pk=change_id).values_list("agency_id", flat=True).first()
    own = actor.unit_id is not None and orgs.agency_of(actor.unit_id).id == agency
    if actor.kind is not ActorKind.STAFF or not own or not actor.has_role(*LEADERS):
        raise Forbidden(_("Chỉ lãnh đạo cơ quan xác nhận thay đổi quyền xem văn bản."))


def may_print(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """Officials print what they may read."""
    may_read(actor, document_id)
    if actor.kind is not ActorKind.STAFF:
        raise Forbidden(_("Chỉ cán bộ được in văn bản."))


def may_consult(actor: Actor, document_id: UUID, *_args: Any, **_given: Any) -> None:
    """The drafter, whoever the draft waits for, and the head of the drafting unit, who directs the drafter."""
    get_visible(actor, document_id, kind=OUTGOING)
    drafter, unit = Outgoing.objects.values_list("drafter_id", "drafting_unit_id").get(record_id=document_id)
    directs = actor.unit_id == unit and actor.has_role(*HEADS)
    if actor.kind is not ActorKind.STAFF or not (
        actor.position_id == drafter or directs or holds_draft(actor, document_id)
    ):
        raise Forbidden(_("Chỉ người soạn thảo và người đang giữ, chỉ đạo dự thảo được xin ý kiến."))


def may_give_opinion(actor: Actor, consulted_id: int, *_args: Any, **_given: Any) -> None:
    """Who was asked; for a unit, its head."""
    row = Consulted.objects.filter(id=consulted_id).values_list("keys", "consultation__outgoing_id").first()
    if row is None:
        raise NotFound(_("Không tìm thấy lượt xin ý kiến này."))
    get_visible(actor, row[1], kind=OUTGOING)
    if actor.kind is not ActorKind.STAFF or set(row[0]).isdisjoint(actor.work_keys):
        raise Forbidden(_("Ý kiến do người được hỏi, hoặc người đứng đầu đơn vị được hỏi, cho."))


def may_settle_opinion(actor: Actor, opinion_id: int, *_args: Any, **_given: Any) -> None:
    """Whoever may ask about the draft answers for what becomes of the opinions."""
    path = "consulted__consultation__outgoing_id"
    record = DraftOpinion.objects.filter(id=opinion_id).values_list(path, flat=True).first()
    if record is None:
        raise NotFound(_("Không tìm thấy ý kiến này."))
    may_consult(actor, record)


def may_close_consultation(actor: Actor, consultation_id: UUID, *_args: Any, **_given: Any) -> None:
    """Whoever may ask about the draft."""
    record = Consultation.objects.filter(id=consultation_id).values_list("outgoing_id", flat=True).first()
    if record is None:
        raise NotFound(_("Không tìm thấy lượt xin ý kiến này."))
    may_consult(actor, record)


def may_authorise(actor: Actor, *_args: Any, **_given: Any) -> None:
    """Leaders and records clerks of the agency keep its authorisations to sign."""
    if actor.kind is not ActorKind.STAFF or not actor.has_role("registrar", *LEADERS):
        raise Forbidden(_("Chỉ lãnh đạo, văn thư cơ quan ghi văn bản ủy quyền ký."))
