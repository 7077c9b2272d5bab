"""Finding a procedure by what people type: code, legal name with or without marks, everyday words, misspellings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from congvu.common.text import clean, nfc
from congvu.domains.procedures.data import codes_meant, plain
from congvu.domains.procedures.models import ProcedureVersion
from congvu.domains.procedures.reading import RowRefused, base_code
from congvu.domains.procedures.types import ProcedureCard
from congvu.domains.procedures.views import CARD_FIELDS, card

QUERY_LIMIT = 200
NEAREST = 3
# Below this word similarity a name is not the misspelt one, only the nearest.
TYPO_FLOOR = 0.5
_CODE_START = re.compile(r"[1-9]\.\d{1,6}")
_BARE_CODE = re.compile(r"[1-9]\d{6}")


class Query:
    """One search, prepared: cleaned, folded, with the codes its words stand for."""

    def __init__(self, typed: str) -> None:
        self.text = clean(typed)[:QUERY_LIMIT].casefold()
        self.folded = plain(self.text).removeprefix("thu tuc ")
        self.marked = nfc(self.text) != self.folded
        self.meant = tuple(codes_meant(self.folded))
        self.words = [word for word in self.folded.split() if len(word) > 1]

    @property
    def code_start(self) -> str:
        """The beginning of a code if that is what was typed, in any of the forms codes come in."""
        if _BARE_CODE.fullmatch(self.text):
            return f"{self.text[0]}.{self.text[1:]}"
        if _CODE_START.fullmatch(self.text):
            return self.text
        try:
            return base_code(self.text)
        except RowRefused:
            return ""


def hits(among: QuerySet[ProcedureVersion], query: Query, limit: int) -> list[ProcedureCard]:
    """Procedures that hold what was typed, ranked: code; everyday words, exact marks; the phrase; all words."""
    ranks: list[tuple[Q, int]] = []
    if query.code_start:
        ranks += [(Q(procedure__code__startswith=query.code_start), 0)]
    if query.marked:
        ranks += [(Q(name__icontains=query.text), 1)]
    ranks += [(Q(procedure__code__in=query.meant), 1)] if query.meant else []
    ranks += [(Q(folded__contains=query.folded), 2)]
    if query.words:
        every = Q()
        for word in query.words:
            every &= Q(folded__contains=word)
        ranks += [(every, 3)]
    matched = Q()
    for condition, _rank in ranks:
        matched |= condition
    rank = Case(*(When(condition, then=Value(rank)) for condition, rank in ranks), output_field=IntegerField())
    order: list[Case | str] = [rank]
    order += [_place_in(query.meant)] if query.meant else []
    order += ["procedure__code"] if query.code_start else ["-likeness", "sort", "id"]
    rows = among.filter(matched).annotate(likeness=TrigramSimilarity("folded", query.folded)).order_by(*order)
    return [card(row, row["likeness"]) for row in rows.values(*CARD_FIELDS, "likeness")[:limit]]


def _place_in(codes: Sequence[str]) -> Case:
    """The place of the code among those that the everyday words stand for; the others after them."""
    places = [When(procedure__code=code, then=Value(place)) for place, code in enumerate(codes)]
    return Case(*places, default=Value(len(codes)), output_field=IntegerField())


def likely(among: QuerySet[ProcedureVersion], query: Query, limit: int) -> list[ProcedureCard]:
    """Procedures whose names are most like what was typed, letter by letter; the likeness is the score."""
    rows = among.annotate(
        likeness=TrigramWordSimilarity(query.folded, "folded"), whole=TrigramSimilarity("folded", query.folded)
    ).order_by("-likeness", "-whole", "sort", "id")
    return [card(row, row["likeness"]) for row in rows.values(*CARD_FIELDS, "likeness")[:limit]]
