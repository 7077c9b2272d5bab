"""Issuers as whoever declares them sees them."""

from __future__ import annotations

from congvu.common.actor import Actor
from congvu.domains.documents import policies
from congvu.domains.documents.issuers import issuer_view
from congvu.domains.documents.models import Family, Issuer
from congvu.domains.documents.types import IssuerView

# What a form offers, by key.
FAMILIES = dict(Family.choices)
SERIES = dict(Issuer.Series.choices)


def declared(actor: Actor) -> tuple[IssuerView, ...]:
    """Every issuer, for whoever declares them. Raises Forbidden. One statement."""
    policies.may_set_issuers(actor)
    return tuple(issuer_view(row) for row in Issuer.objects.order_by("unit", "id"))
