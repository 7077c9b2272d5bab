"""Kinds of documents nobody has compared with the text they come from: the administrator sees them until then."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from congvu.common.digest import fingerprint
from congvu.domains.documents.models import Family, Kind
from congvu.ground.law.services import to_compare
from congvu.ground.law.types import Item


@to_compare("document_kind", label=gettext_lazy("Loại văn bản của Đảng"))
def party_kinds() -> Iterable[Item]:
    for row in Kind.objects.filter(family=Family.PARTY).order_by("order"):
        words = f"{row.name}: {row.abbreviation}"
        yield Item(f"{row.key}/{fingerprint(words)}", words, row.basis, str(Family.PARTY.label))
