"""Copies: of one document, and the book of copies of a year."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.common.symbols import written
from congvu.domains.documents.issuers import shown_number
from congvu.domains.documents.models import Copy
from congvu.domains.documents.policies import INCOMING, OUTGOING
from congvu.domains.documents.services.copying import COPY, LAWFUL, MADE, origin_of
from congvu.domains.documents.types import CopySource, CopyView
from congvu.ground.records.selectors import get_visible, visible_ids


def copies_of(actor: Actor, source_id: UUID) -> tuple[CopyView, ...]:
    """The copies of a document that the actor may read, oldest first. One statement."""
    return tuple(_view(row) for row in _readable(actor).filter(source=source_id).order_by("year", "number"))


def copy_of(actor: Actor, copy_id: UUID) -> CopyView:
    """One copy. One statement. Raises NotFound, whether it is missing or hidden."""
    row = _readable(actor).filter(record=copy_id).first()
    if row is None:
        raise NotFound(_("Không tìm thấy bản sao này."))
    return _view(row)


def copy_source(actor: Actor, source_id: UUID) -> CopySource:
    """What a copy would be made of, with the lawful ways only. Raises NotFound, WrongState for what is not copied."""
    record = get_visible(actor, source_id, kind=(INCOMING, OUTGOING, COPY))
    medium, is_true_copy, code = origin_of(record)
    forms = (Copy.Form.RELAY,) if is_true_copy else (Copy.Form.TRUE, Copy.Form.EXTRACT)
    ways = tuple(
        (form.value, to.value, f"{form.label}: {to.label}")
        for form in forms
        for to in Copy.Medium
        if (medium, to) in LAWFUL[form]
    )
    return CopySource(record.id, record.kind, code, record.title, medium, ways)


def copy_book(actor: Actor, issuer_id: int, *, year: int) -> tuple[CopyView, ...]:
    """The book of copies of a year in order of numbers: sao y, sao lục and trích sao share it. One statement."""
    return tuple(_view(row) for row in _readable(actor).filter(issuer=issuer_id, year=year).order_by("number"))


def _readable(actor: Actor) -> QuerySet[Copy]:
    return Copy.objects.filter(record__in=visible_ids(actor)).select_related("record")


def _view(row: Copy) -> CopyView:
    return CopyView(
        id=row.pk, source=row.source_id, code=written(shown_number(row.number), row.symbol), form=row.form,
        form_label=str(Copy.Form(row.form).label), origin=row.origin, medium=row.medium,
        medium_label=str(Copy.Medium(row.medium).label), title=row.record.title, made_on=row.made_on,
        made_by=row.made_by, signer=row.signer_name, recipients=tuple(row.recipients), content=row.content,
        pages=row.pages, sealed=row.record.state == MADE,
    )  # fmt: skip
