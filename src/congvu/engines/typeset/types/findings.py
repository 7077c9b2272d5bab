"""What the lint found in a draft."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that departs from NĐ 30/2020. ``place`` is a field ("subject", "bases.2", "body.5") counted from 1.

    ``found`` is the stretch, ``instead`` what should stand there, ``proposal`` the whole text of the place with
    everything found in it set right; both are empty where only a person can decide.
    """

    place: str
    code: str
    words: str
    found: str = ""
    instead: str = ""
    proposal: str = ""
