"""What waits for signature and what became of a batch, as the screens show it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import OutgoingView, SigningRow
from congvu.domains.dossiers import selectors as dossiers
from congvu.engines.signing.types import BatchView, Item, ItemState
from congvu.faces.desk.incoming.rows import PRIORITIES
from congvu.faces.desk.outgoing.rows import facts_of, marks_of
from congvu.ground.audit import selectors as trail
from congvu.ground.orgs import selectors as orgs
from congvu.journeys import dossier_documents as results

# What leaders write again and again when they return a draft; part of the record, so in the language of the record.
PHRASES = (
    "Bổ sung số liệu, căn cứ rồi trình lại.",
    "Sửa thể thức theo ý kiến của Văn phòng.",
    "Xin ý kiến các đơn vị liên quan trước khi trình.",
    "Chưa cần ban hành, lưu lại để theo dõi.",
)
# Batches in which the agency seals: documents and results that are issued by it, and copies.
SEALS, COPIES, RESULT_SEALS = "document_seal", "document_copy", results.SEALS
ISSUING = (SEALS, RESULT_SEALS)
# Where the page of what is signed is, by the kind of its batch; an outgoing document's otherwise.
PLACES = {COPIES: "desk_copy", results.RESULTS: "desk_dossier", RESULT_SEALS: "desk_dossier"}
TAGS = {
    ItemState.SIGNED: ("ok", "check"), ItemState.HELD: ("info", "clock"), ItemState.WAITING: ("info", "clock"),
    ItemState.CHANGED: ("warn", "alert"), ItemState.UNREAD: ("line", ""), ItemState.FAILED: ("bad", "alert"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one kind, or the urgent ones of all kinds on top."""

    label: str
    urgent: bool
    rows: tuple[SigningRow, ...]


def groups_of(rows: Iterable[SigningRow]) -> list[Group]:
    """By urgency, then by kind; the rows come sorted that way."""

    def label(row: SigningRow) -> tuple[bool, str]:
        return (True, str(PRIORITIES[row.priority])) if row.priority else (False, row.kind)

    return [Group(words, urgent, tuple(found)) for (urgent, words), found in groupby(rows, key=label)]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents the button signs, each as ``item:version`` of what was on the screen, and how many are unread.

    ``objected`` are kept out until they are opened, whatever the unit allows; ``unsettled`` are signed, with opinions
    that nobody has settled.
    """

    tokens: tuple[str, ...]
    unread: int
    unread_allowed: bool
    objected: tuple[SigningRow, ...] = ()
    unsettled: tuple[SigningRow, ...] = ()


def choice_of(actor: Actor, rows: Iterable[SigningRow], *, only: Collection[str] | None = None) -> Choice:
    """The read ones; all where the unit allows unread ones to be signed, but those somebody objects to. ``only``: of
    these tokens."""
    listed = list(rows)
    allowed = actor.unit_id is not None and bool(orgs.setting(actor.unit_id, "sign_unread", default=False))
    chosen = [row for row in listed if row.read or (allowed and row.opinions.objected_at is None)]
    chosen = [row for row in chosen if only is None or _token(row) in only]
    return Choice(
        tokens=tuple(_token(row) for row in chosen), unread=sum(not row.read for row in listed),
        unread_allowed=allowed, unsettled=tuple(row for row in chosen if row.opinions.unsettled),
        objected=tuple(row for row in listed if not row.read and row.opinions.objected_at is not None),
    )  # fmt: skip


def _token(row: SigningRow) -> str:
    return f"{row.item}:{row.version}"


def shown_of(actor: Actor, row: SigningRow) -> dict[str, Any]:
    """One document to be read: its facts, what the drafter and others said, who initialled it."""
    view = documents.outgoing(actor, row.id)
    return {
        "row": row, "doc": view, "facts": facts_of(view), "marks": marks_of(view)[:2], "notes": _notes(view),
        "urgency": str(PRIORITIES[row.priority]) if row.priority else "", "phrases": PHRASES, "to": view.returns[0][0],
        "replies": [link for link in view.links if link.relation == "reply" and link.outward],
    }  # fmt: skip


def _notes(view: OutgoingView) -> list[tuple[str, str]]:
    """What was said on the way to the signer: who, and the words; the newest version's own note too."""
    history = trail.trail_of(view.id)
    said = [(line.actor_name, str(line.detail["comment"])) for line in history if line.detail.get("comment")]
    own = [(view.current.by, view.current.note)] if view.current.note else []
    return list(dict.fromkeys([*reversed(said), *own]))


@dataclass(frozen=True, slots=True)
class Result:
    """One document of a batch with its name and what became of it."""

    record: UUID
    code: str
    title: str
    state: ItemState
    label: str
    reason: str
    tag: str
    icon: str
    url: str


def results_of(view: BatchView) -> list[Result]:
    known = dossiers.names_of if PLACES.get(view.kind) == "desk_dossier" else documents.names_of
    names = known([item.record for item in view.items])
    return [_result(item, names.get(item.record, ("", "")), view.kind) for item in view.items]


def _result(item: Item, name: tuple[str, str], kind: str) -> Result:
    tag, icon = TAGS[item.state]
    own = {ItemState.WAITING: _("Chưa ký")}
    if kind in ISSUING:
        own = {
            ItemState.WAITING: _("Chưa đóng dấu"), ItemState.HELD: _("Đang đóng dấu thời gian"),
            ItemState.SIGNED: _("Đã phát hành"), ItemState.FAILED: _("Chưa phát hành được"),
        }  # fmt: skip
    label = own.get(item.state, str(item.state.label))
    code, title = name
    if "name" in item.more:
        # An annex in a file of its own: signed before its document, which is issued when all of them are.
        title = f"{item.more['name']} · {title}"
        label = str(item.state.label) if item.state in (ItemState.SIGNED, ItemState.FAILED) else label
    url = reverse(PLACES.get(kind, "desk_outgoing_document"), args=[item.record])
    return Result(item.record, code, title, item.state, label, item.reason, tag, icon, url)
