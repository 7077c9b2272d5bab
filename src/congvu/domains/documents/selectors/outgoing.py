"""Reading outgoing documents: lists, the book, one in full. Every function goes through ``visible_to``."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.counting import Counting, reusable, totals
from congvu.common.cursors import read_cursor, write_cursor
from congvu.common.errors import Invalid, NotFound, Problem
from congvu.common.text import words_asked
from congvu.domains.documents import flow, paper, policies
from congvu.domains.documents.issuers import issuer_view, kind_view
from congvu.domains.documents.models import Outgoing, OutState, Recipient, Version
from congvu.domains.documents.renditions import WATERMARK, expected_signer, set_version
from congvu.domains.documents.selectors.incoming import links, opinions
from congvu.domains.documents.selectors.requests import after_issue
from congvu.domains.documents.services.naming import full_code
from congvu.domains.documents.services.signing import AGENCY, PERSON
from congvu.domains.documents.types import OutgoingPage, OutgoingRow, OutgoingView, RecipientView, VersionView
from congvu.engines.signing import selectors as signatures
from congvu.engines.signing.types import ItemState, LatestSignature
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Finding
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from congvu.ground.records.selectors import get_visible, newest, standing, visible_to

PAGE = 30
OUT_VIEWS = {
    "du-thao": (OutState.DRAFTING,),
    "dang-trinh": (OutState.REVIEWING,),
    "cho-ky": (OutState.SIGNING,),
    "cho-phat-hanh": (OutState.ISSUING,),
    "da-phat-hanh": (OutState.ISSUED, OutState.RECALLED),
}
VERBS = {
    flow.DRAFT: ("submit", "edit"), flow.CONTENT: ("endorse", "edit", "send_back"),
    flow.LAYOUT: ("endorse", "edit", "send_back"), flow.SIGN: ("sign", "edit", "send_back"),
    flow.ISSUE: ("number", "issue"),
}  # fmt: skip
# Whose signature a step waits for, by the name of its field; and how one looks that has not become good yet.
SIGNATURES = {flow.SIGN: PERSON, flow.ISSUE: AGENCY}
UNFINISHED = (ItemState.HELD, ItemState.FAILED, ItemState.CHANGED)


@dataclass(frozen=True, slots=True)
class OutgoingQuery:
    """What a list is narrowed to. ``text`` looks in number, symbol, names and subject, without marks."""

    view: str = ""
    text: str = ""


def outgoing_list(actor: Actor, query: OutgoingQuery, *, after: str = "", limit: int = PAGE) -> OutgoingPage:
    """Documents the actor may read, the newest first. One statement, a short range of an index however long the table.
    Raises Invalid for a broken cursor."""
    if query.view and query.view not in OUT_VIEWS:
        message = _("Không có danh sách này.")
        raise Invalid(message, problems=(Problem("view", message, "unknown"),))
    records = visible_to(actor).filter(kind=policies.OUTGOING)
    for word in words_asked(query.text):
        records = records.filter(folded__contains=word)
    states = OUT_VIEWS[query.view] if query.view else ()
    keys = newest(records, limit + 1, states=states, before=read_cursor(after) if after else None)
    rows = Outgoing.objects.filter(record__in=keys).select_related("record", "issuer", "kind")
    found = list(rows.order_by("-record__opened_at", "-record_id")[: limit + 1])
    shown = found[:limit]
    more = write_cursor(shown[-1].record.opened_at, shown[-1].record_id) if len(found) > limit else ""
    return OutgoingPage(tuple(row_of(row) for row in shown), more)


def outgoing(actor: Actor, document_id: UUID) -> OutgoingView:
    """One document with its versions, recipients and links. Raises NotFound, whether it is missing or hidden."""
    record = get_visible(actor, document_id, kind=policies.OUTGOING)
    row = Outgoing.objects.select_related("record", "issuer", "kind").get(record_id=document_id)
    versions = tuple(_version(v) for v in row.versions.prefetch_related("approvals").order_by("-n"))
    waiting = next((item for item in work.open_items(document_id, actor) if item.node in VERBS), None)
    mine = waiting if waiting is not None and waiting.may_work else None
    latest = _latest(document_id, waiting.node) if waiting is not None else None
    free = mine.node if mine is not None and (latest is None or latest.state is not ItemState.HELD) else ""
    block = expected_signer(row)
    return OutgoingView(
        row=row_of(row), record_version=record.version, issuer=issuer_view(row.issuer), kind=kind_view(row.kind),
        capacity=row.capacity, signer_position=row.signer_id, reply_by=row.reply_by, original=row.original,
        current=versions[0], versions=versions, recipients=_recipients(row), links=links(actor, document_id),
        opinions=opinions(document_id), signer=" ".join(f"{block.authority} {block.title}".split()),
        signed_at=row.signed_at, issued_at=row.issued_at, step=waiting.node if waiting else "",
        step_name=waiting.name if waiting else "", holder=waiting.assignee if waiting else "",
        item=mine.id if mine else None, returns=_returns(waiting) if mine and waiting else (),
        abilities=_abilities(actor, row, free), latest=latest,
    )  # fmt: skip


def _latest(document_id: UUID, node: str) -> LatestSignature | None:
    """The newest signature of the step that waits: held until its time stamp comes, or not good."""
    if node not in SIGNATURES:
        return None
    found = signatures.latest([document_id]).get(document_id)
    return found if found is not None and found.field == SIGNATURES[node] and found.state in UNFINISHED else None


def _returns(item: ItemView) -> tuple[tuple[str, str], ...]:
    names = {step.key: step.name for step in flow.STEPS}
    return tuple((node, names[node]) for node in flow.RETURNS.get(item.node, ()))


@reusable
def count_out(actor: Actor, view: str) -> Counting:
    """How many documents stand in a view."""
    return standing(actor, policies.OUTGOING, OUT_VIEWS[view])


def counts_out(actor: Actor) -> dict[str, int]:
    """How many documents stand in each view but the issued ones, to 1,001 at most. One statement for all."""
    open_views = [view for view, states in OUT_VIEWS.items() if OutState.ISSUED not in states]
    return totals({view: count_out(actor, view) for view in open_views})


def draft_pdf(actor: Actor, document_id: UUID, *, n: int | None = None) -> bytes:
    """A version for the eye, with its watermark; never the file to be signed. Raises NotFound, PaperIncomplete."""
    row, version = _newest(actor, document_id)
    if n is not None and n != version.n:
        earlier = Version.objects.filter(outgoing=row, n=n).first()
        if earlier is None:
            raise NotFound(_("Dự thảo không có bản này."))
        version = earlier
    return set_version(row, version, watermark=WATERMARK).pdf


def draft_word(actor: Actor, document_id: UUID) -> bytes:
    """The newest version as an editable .docx. Raises NotFound."""
    row, version = _newest(actor, document_id)
    return typeset.write_word(paper.official(row, version, signer=expected_signer(row)))


def draft_findings(actor: Actor, document_id: UUID) -> tuple[Finding, ...]:
    """What the newest version departs from in layout and capitals (NĐ 30/2020 Phụ lục I, II). Raises NotFound."""
    row, version = _newest(actor, document_id)
    return typeset.check_draft(paper.official(row, version, signer=expected_signer(row)))


def _newest(actor: Actor, document_id: UUID) -> tuple[Outgoing, Version]:
    get_visible(actor, document_id, kind=policies.OUTGOING)
    row = Outgoing.objects.select_related("issuer", "kind").get(record_id=document_id)
    return row, Version.objects.get(outgoing=row, n=row.version)


def row_of(row: Outgoing) -> OutgoingRow:
    record = row.record
    return OutgoingRow(
        id=record.id, code=full_code(row), kind=row.kind.name, title=record.title,
        issuer=" ".join(row.issuer.lines), drafter=row.drafter_name, signer=row.signer_name, issued_on=row.issued_on,
        opened_at=record.opened_at, priority=row.priority, state=record.state,
        state_label=str(OutState(record.state).label),
    )  # fmt: skip


def _version(row: Version) -> VersionView:
    initials = {approval.about: approval.by for approval in row.approvals.all()}
    return VersionView(row.n, row.subject, row.content, row.digest, row.note, row.at, row.by, row.by_position, initials)


def _recipients(row: Outgoing) -> tuple[RecipientView, ...]:
    return tuple(
        RecipientView(r.way, str(Recipient.Way(r.way).label), r.name, r.code, r.state, r.state_words, r.state_at)
        for r in row.recipients.order_by("id")
    )


def _abilities(actor: Actor, row: Outgoing, node: str) -> frozenset[str]:
    found = set(VERBS.get(node, ()))
    if row.drafter_id == actor.position_id and row.record.state in (OutState.DRAFTING, OutState.REVIEWING):
        found.add("drop")
    if not found and row.record.state == OutState.DRAFTING and policies.co_writes(actor, row.record_id):
        found.add("edit")
    return frozenset(found | after_issue(actor, row))


def signed_as(document_id: UUID) -> tuple[str, str]:
    """The signer's title and capacity line, as a message names them. For journeys."""
    row = Outgoing.objects.select_related("issuer", "kind").get(record_id=document_id)
    block = expected_signer(row)
    return block.title, block.authority.replace("\n", ", ")


def pages_of(document_id: UUID) -> int | None:
    """The number of pages of the signed file."""
    return Outgoing.objects.values_list("pages", flat=True).get(record_id=document_id)
