"""The opinions on a draft and what became of each, as a table to print: plain Vietnamese whoever prints it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.common.zones import local
from congvu.domains.documents.selectors.consulting import consultations
from congvu.domains.documents.selectors.outgoing import outgoing
from congvu.domains.documents.types import ConsultationView, ConsultedView
from congvu.engines.typeset.types import Column, RegisterBook

TITLE = "Bảng tổng hợp, tiếp thu, giải trình ý kiến"
COLUMNS = (
    Column("STT", 0.7, "center"), Column("Đơn vị, người cho ý kiến", 2.6), Column("Ý kiến", 1.7),
    Column("Nội dung", 5), Column("Tiếp thu, giải trình", 4.4),
)  # fmt: skip
STANCES = {"agree": "Nhất trí", "remarks": "Nhất trí, có ý kiến", "disagree": "Không nhất trí"}
TAKEN = {"accepted": "Tiếp thu", "explained": "Giải trình"}


def opinion_table(actor: Actor, document_id: UUID) -> RegisterBook:
    """A row for everybody asked, round by round, with what counts of what was said. Raises NotFound without any."""
    view = outgoing(actor, document_id)
    rounds = consultations(actor, document_id)
    if not rounds:
        raise NotFound(_("Dự thảo này chưa xin ý kiến."))
    rows = [_cells(asked, one) for asked in reversed(rounds) for one in asked.consulted]
    return RegisterBook(
        kind="report", agency=view.issuer.name, above=view.issuer.above, title=TITLE, columns=COLUMNS,
        subtitle=(f"Dự thảo {view.kind.name.lower()} (bản {view.current.n}): {view.row.title}",),
        rows=tuple((str(place), *cells) for place, cells in enumerate(rows, 1)),
    )  # fmt: skip


def _cells(asked: ConsultationView, one: ConsultedView) -> tuple[str, str, str, str]:
    said = one.newest
    if said is None:
        return one.name, "Chưa cho ý kiến", "", ""
    about = f" (trên bản {said.version})" if said.version != asked.current else ""
    words = f"{said.text} (có tệp kèm theo)".strip() if said.file else said.text
    took = f"{TAKEN[said.taken]}: {said.words}" if said.taken else ""
    return f"{one.name} ({said.by}, {local(said.at):%d/%m/%Y})", STANCES[said.stance] + about, words, took
