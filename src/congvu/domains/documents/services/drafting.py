"""Drafts: opening one, every version kept, initials bound to a version, sending back, dropping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import SYSTEM, Actor
from congvu.common.errors import Invalid, Problem
from congvu.common.text import clean
from congvu.common.zones import local_date, utc_now
from congvu.domains.documents import flow, paper, policies
from congvu.domains.documents.annex_types import annexes_in, with_annexes
from congvu.domains.documents.authorised import require_authorised
from congvu.domains.documents.capacity import check as check_capacity
from congvu.domains.documents.capacity import proposed
from congvu.domains.documents.errors import Secret, TextChanged, WrongState
from congvu.domains.documents.issuers import book_of, issuer, issuer_view, kind, kind_view, kinds, symbol
from congvu.domains.documents.models import Approval, Kind, Link, Outgoing, OutState, Version
from congvu.domains.documents.policies import OUTGOING
from congvu.domains.documents.secrecy import require_clear
from congvu.domains.documents.services import consulted, correcting
from congvu.domains.documents.services.naming import book_posts, full_code
from congvu.domains.documents.services.picturing import hang_pictures, with_pictures
from congvu.domains.documents.services.steps import require_state
from congvu.domains.documents.types import DraftInput, DraftSettings, IssuerView, KindView
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow import services as workflow
from congvu.engines.workflow.types import Assignee, ItemView
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records
from congvu.ground.records.services import Record

ABOUT = {flow.CONTENT: Approval.About.CONTENT, flow.LAYOUT: Approval.About.LAYOUT}
NEXT_STATE = {
    flow.DRAFT: OutState.DRAFTING, flow.CONTENT: OutState.REVIEWING, flow.LAYOUT: OutState.REVIEWING,
    flow.SIGN: OutState.SIGNING, flow.ISSUE: OutState.ISSUING,
}  # fmt: skip


@act("document.draft", policy=policies.may_draft, label="Tạo dự thảo văn bản")
def draft(actor: Actor, given: DraftInput, *, key: str) -> UUID:
    """Open a draft with its first version and start its way to signature. ``key`` makes a repeat harmless.

    Raises Invalid naming each field, Secret when a level of secrecy was chosen, NoIssuer, KeyReused.
    """
    before = records.recall(actor, key, repr(given))
    if before is not None:
        note(repeat_of=before)
        return UUID(before)
    by, what = issuer(given.issuer) if given.issuer else book_of(actor), kind(given.kind)
    content = with_pictures(actor, _checked(given, by, what), given.content, {})
    correcting.check(actor, given, by, what)
    unit, post = _drafting_post(actor)
    record = records.open_record(
        kind=OUTGOING, title=clean(given.subject), unit=by.unit_id, state=OutState.DRAFTING, opened_at=utc_now(),
        readers=[f"p:{actor.position_id}"],
    )  # fmt: skip
    row = Outgoing.objects.create(
        record=record, issuer_id=by.id, kind=Kind.objects.get(key=what.key), drafting_unit_id=unit,
        drafter_id=post, drafter_name=actor.name, priority=given.priority, reply_by=given.reply_by,
        symbol=symbol(by, what, unit_id=unit, year=local_date(utc_now()).year),
        **_signing(by, given, what.key),
    )  # fmt: skip
    hang_pictures(actor, record.id, content, {})
    keep_version(actor, record, row, given.subject, content)
    _link_reply(actor, record, given.reply_to)
    correcting.link(record, given)
    _start(actor, record, row)
    records.remember(actor, key, str(record.id))
    note(record=record.id, kind=what.key, issuer=by.key)
    return record.id


def _checked(given: DraftInput, by: IssuerView, what: KindView) -> dict[str, Any]:
    if given.secrecy:
        message = _("Văn bản mật không được soạn thảo trên hệ thống này.")
        raise Secret(message, problems=(Problem("secrecy", message, "secret"),))
    _check_subject(given.subject)
    if what.key not in {kind.key for kind in kinds(by.family)}:
        message = _("Loại văn bản này không thuộc hệ thống của cơ quan ban hành.")
        raise Invalid(message, problems=(Problem("kind", message, "family"),))
    _check_addressed(given.content, what)
    return paper.tidy(given.content)


def _check_addressed(content: Mapping[str, Any], what: KindView) -> None:
    if content.get("addressees") and not what.addressed:
        message = _("Loại văn bản này không ghi “Kính gửi”; chỉ ghi ở “Nơi nhận”.")
        raise Invalid(message, problems=(Problem("addressees", message, "not_addressed"),))


def _check_subject(subject: str) -> None:
    if not clean(subject) or len(clean(subject)) > 500:
        message = _("Ghi trích yếu nội dung văn bản, tối đa 500 ký tự.")
        raise Invalid(message, problems=(Problem("subject", message, "missing"),))


def _drafting_post(actor: Actor) -> tuple[int, int]:
    if actor.unit_id is None or actor.position_id is None:
        raise WrongState(_("Tài khoản này chưa được phân công vào vị trí nào nên chưa soạn thảo được."))
    return actor.unit_id, actor.position_id


def _signing(by: IssuerView, given: DraftInput | DraftSettings, what: str) -> dict[str, Any]:
    """Who is to sign, in which capacity; the head of the agency where the drafter names nobody. TUQ. only under an
    authorisation in force for this kind."""
    leaders = orgs.positions(by.unit_id, "chair")
    position = orgs.position(given.signer_position) if given.signer_position else (leaders[0] if leaders else None)
    if position is None:
        return {"signer_id": None, "capacity": ""}
    capacity = proposed(by, position) if given.capacity is None else given.capacity
    check_capacity(by, position, capacity)
    if capacity == Outgoing.Capacity.AUTHORISED:
        require_authorised(by.id, position.id, what)
    return {"signer_id": position.id, "capacity": capacity}


def _link_reply(actor: Actor, record: Record, target: UUID | None) -> None:
    """A reply points at the document it answers, which the drafter must be able to read."""
    if target is not None:
        policies.may_read(actor, target)
        Link.objects.get_or_create(
            source=record, target_id=target, relation=Link.Relation.REPLY, defaults={"at": utc_now()}
        )


def _start(actor: Actor, record: Record, row: Outgoing) -> None:
    """The office's process runs in the units of the agency; the first step is the drafter's own."""
    process = workflow.ensure_process(flow.KEY, flow.TITLE, flow.STEPS)
    there = orgs.tree()
    places = {"section": row.drafting_unit_id, "authority": row.issuer.unit_id}
    places["office"] = there.places(row.issuer.unit_id).get("office", row.issuer.unit_id)
    workflow.start(
        process, record.id, places=places, actor=actor, held=record, assign=Assignee(row.drafter_id, actor.name)
    )
    records.change(record, add_readers=_posts_on_the_way(row.issuer.unit_id, row.drafting_unit_id, places["office"]))
    workflow.retitle(record.id, code=full_code(row), title=record.title)


def _posts_on_the_way(agency: int, section: int, office: int) -> list[str]:
    """Leaders and records clerks of the agency, heads of the drafting unit and of the office: nobody else reads it."""
    heads = [post for unit in {section, office} for post in orgs.positions(unit)]
    return [*book_posts(agency), *(f"p:{post.id}" for post in heads if set(post.roles) & {"head", "center_head"})]


@act("document.save_draft", policy=policies.may_edit, label="Sửa dự thảo văn bản")
def save_draft(
    actor: Actor, document_id: UUID, *, subject: str, content: Mapping[str, Any], settings: DraftSettings | None = None,
    comment: str = "", base: int | None = None, version: int | None = None,
) -> int:  # fmt: skip
    """A new version of the draft by whom it waits for, or who writes it too; the same content again keeps the version.
    Returns its number. ``base`` is the version that was changed: signer and term are for whom the draft waits only.

    Initials on the earlier version hold no more, nor after another signer was chosen: the paper is another. Raises
    Invalid, WrongState once it was signed, TextChanged when somebody saved a version since ``base``, Conflict for a
    stale page: two people's changes are never mixed silently.
    """
    record, row = load(document_id, version=version)
    require_state(record, OutState.DRAFTING, OutState.REVIEWING, OutState.SIGNING)
    _check_subject(subject)
    _check_addressed(content, kind_view(row.kind))
    newest = current(row)
    placed = with_pictures(actor, paper.tidy(content), content, newest.content)
    kept = with_annexes(placed, annexes_in(newest.content))
    if base is not None and base != newest.n:
        raise TextChanged.since(base, newest.n, newest.by)
    resigned = settings is not None and policies.holds_draft(actor, document_id) and _settle(row, settings)
    if newest.digest == paper.digest(subject, kept) and not resigned:
        return newest.n
    hang_pictures(actor, record.id, kept, newest.content)
    made = keep_version(actor, record, row, subject, kept, comment)
    consulted.text_changed(record.id)
    note(record=record.id, version=made.n, comment=clean(comment)[:200])
    return made.n


def _settle(row: Outgoing, given: DraftSettings) -> bool:
    """Signer, urgency and term as chosen; whether the signature block is another now."""
    before = (row.signer_id, row.capacity)
    for name, value in _signing(issuer_view(row.issuer), given, row.kind.key).items():
        setattr(row, name, value)
    row.priority, row.reply_by = given.priority, given.reply_by
    row.save(update_fields=["signer", "capacity", "priority", "reply_by"])
    return before != (row.signer_id, row.capacity)


def load(document_id: UUID, *, version: int | None = None) -> tuple[Record, Outgoing]:
    """The locked record and its outgoing document."""
    record = records.lock(document_id, version=version)
    return record, Outgoing.objects.select_related("issuer", "kind").get(record_id=document_id)


def current(row: Outgoing) -> Version:
    """The newest version of a draft."""
    return Version.objects.get(outgoing=row, n=row.version)


def keep_version(
    actor: Actor, record: Record, row: Outgoing, subject: str, content: dict[str, Any], comment: str = ""
) -> Version:
    """The next version of a draft. Step of an act."""
    row.version += 1
    row.save(update_fields=["version"])
    words = clean(subject)
    made = Version.objects.create(
        outgoing=row, n=row.version, subject=words, content=content, digest=paper.digest(words, content),
        note=clean(comment)[:500], at=utc_now(), by=actor.name, by_position=actor.position_title,
        on_behalf_of=actor.on_behalf_of,
    )  # fmt: skip
    records.change(record, title=words, search=f"{row.symbol} {row.drafter_name}")
    workflow.retitle(record.id, code=full_code(row), title=words)
    return made


@act("document.submit", policy=policies.may_work_on, label="Trình dự thảo")
def submit(actor: Actor, item_id: UUID, *, comment: str = "", version: int | None = None) -> None:
    """The drafter presents the draft to the head of the unit. Raises WrongState at another step, Invalid when the
    document cannot be set in its layout yet, Secret for a mark of secrecy in it."""
    record, row, item = at_step(item_id, flow.DRAFT, version=version)
    _fit_to_go_on(row)
    _go_on(actor, record, row, item, comment)


@act("document.endorse", policy=policies.may_work_on, label="Ký nháy dự thảo")
def endorse(actor: Actor, item_id: UUID, *, comment: str = "", version: int | None = None) -> None:
    """Initials for content (head of the drafting unit) or layout (the office), bound to the version read
    (NĐ 30/2020 Điều 12). Raises WrongState at another step, Conflict when a newer version was written meanwhile."""
    record, row, item = at_step(item_id, *ABOUT, version=version)
    _fit_to_go_on(row)
    Approval.objects.get_or_create(
        version=current(row), about=ABOUT[item.node],
        defaults={
            "at": utc_now(), "by": actor.name, "by_position": actor.position_title, "on_behalf_of": actor.on_behalf_of,
        },
    )  # fmt: skip
    _go_on(actor, record, row, item, comment)


def _fit_to_go_on(row: Outgoing) -> None:
    """Raises Secret for a mark of secrecy in it, Invalid for what the typesetter would not set."""
    require_clear(current(row))
    settable(row)


def settable(row: Outgoing) -> None:
    """Whether the typesetter would set the newest version. Raises Invalid (PaperIncomplete, BlocksInvalid)."""
    from congvu.domains.documents.renditions import require_settable

    require_settable(row, current(row))


def at_step(item_id: UUID, *steps: str, version: int | None) -> tuple[Record, Outgoing, ItemView]:
    """The step that waits, with its locked document. Raises WrongState when another step is asked for."""
    item = work.look(SYSTEM, item_id)
    record, row = load(item.record_id, version=version)
    if item.node not in steps:
        raise WrongState(_("Văn bản đang ở bước “%(step)s” nên không làm được việc này.") % {"step": item.name})
    return record, row, item


def _go_on(actor: Actor, record: Record, row: Outgoing, item: ItemView, comment: str) -> None:
    """Finish the step; the step of signing waits for the named signer."""
    assign = None
    if item.node == flow.LAYOUT and row.signer_id is not None:
        people = orgs.holders_of(row.signer_id)
        assign = Assignee(row.signer_id, people[0].name if people else orgs.position(row.signer_id).title)
    workflow.complete(item.id, actor=actor, note=clean(comment)[:2000], assign=assign)
    follow(record)
    note(record=record.id, step=item.name, version=row.version, comment=clean(comment)[:200])


def follow(record: Record) -> None:
    """The record's state follows the step that waits now."""
    waiting = [item for item in work.open_items(record.id) if item.node in NEXT_STATE]
    if waiting:
        records.change(record, state=NEXT_STATE[waiting[0].node])
        if waiting[0].node == flow.ISSUE:
            consulted.end_with_draft(record.id)


@act("document.send_back", policy=policies.may_work_on, label="Trả lại dự thảo")
def send_back_draft(actor: Actor, item_id: UUID, *, to: str, reason: str, version: int | None = None) -> None:
    """Return a draft to an earlier step with what has to change. Comments go to the head of the drafting unit, who
    passes them to the drafter (NĐ 30/2020 Điều 10). Raises Invalid without a reason, or for a step that is not one of
    ``flow.RETURNS``; WrongState once signed."""
    if not clean(reason):
        problem = Problem("reason", _("Ghi rõ cần sửa điều gì."), "missing")
        raise Invalid(_("Chưa ghi lý do trả lại."), problems=(problem,))
    record, _row, item = at_step(item_id, flow.CONTENT, flow.LAYOUT, flow.SIGN, version=version)
    if to not in flow.RETURNS[item.node]:
        message = _("Ý kiến được gửi người đứng đầu đơn vị soạn thảo, người này chuyển cho người soạn.")
        raise Invalid(message, problems=(Problem("to", message, "not_before"),))
    workflow.send_back(item_id, to=to, actor=actor, reason=clean(reason))
    follow(record)
    note(record=record.id, step=item.name, to=to, reason=clean(reason)[:200])


@act("document.drop", policy=policies.may_drop, label="Bỏ dự thảo")
def drop(_actor: Actor, document_id: UUID, *, reason: str, version: int | None = None) -> None:
    """A draft that is not needed; every version stays. Raises Invalid without a reason, WrongState once signed."""
    if not clean(reason):
        raise Invalid(_("Chưa ghi lý do."), problems=(Problem("reason", _("Ghi vì sao bỏ dự thảo."), "missing"),))
    record, _row = load(document_id, version=version)
    require_state(record, OutState.DRAFTING, OutState.REVIEWING)
    consulted.end_with_draft(record.id)
    workflow.cancel_for(record.id)
    records.change(record, state=OutState.DROPPED, closed_at=utc_now())
    note(record=record.id, reason=clean(reason)[:200])
