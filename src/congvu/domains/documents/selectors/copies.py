"""Copies: of one document, and the book of copies of a year."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from congvu.common.actor import Actor
from congvu.domains.documents.issuers import shown_number
from congvu.domains.documents.models import Copy
from congvu.domains.documents.types import CopyView
from congvu.ground.records.selectors import visible_ids


def copies_of(actor: Actor, source_id: UUID) -> tuple[CopyView, ...]:
    """The copies of a document that the actor may read, oldest first. One statement."""
    return tuple(_view(row) for row in _readable(actor).filter(source=source_id).order_by("year", "number"))


def copy_book(actor: Actor, issuer_id: int, *, year: int) -> tuple[CopyView, ...]:
    """The book of copies of a year in order of numbers: sao y, sao lục and trích sao share it. One statement."""
    return tuple(_view(row) for row in _readable(actor).filter(issuer=issuer_id, year=year).order_by("number"))


def _readable(actor: Actor) -> QuerySet[Copy]:
    return Copy.objects.filter(record__in=visible_ids(actor)).select_related("record")


def _view(row: Copy) -> CopyView:
    return CopyView(
        id=row.pk, source=row.source_id, code=f"{shown_number(row.number)}/{row.symbol}", form=row.form,
        form_label=str(Copy.Form(row.form).label), origin=row.origin, medium=row.medium,
        medium_label=str(Copy.Medium(row.medium).label), title=row.record.title, made_on=row.made_on,
        made_by=row.made_by, signer=row.signer_name, recipients=tuple(row.recipients), content=row.content,
        pages=row.pages,
    )  # fmt: skip
