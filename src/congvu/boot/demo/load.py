"""Loading the demo: the organisation, then some weeks of work played through the real acts."""

from __future__ import annotations

from django.utils import timezone

from congvu.boot.demo import organisation, work
from congvu.common.zones import local_date


def load(*, size: int = 240) -> int:
    """Fill an installation with the invented province unless it is there. Returns how many dossiers were made."""
    now = timezone.now()
    made = organisation.load(local_date(now))
    return work.play(made, now=now, size=size)
