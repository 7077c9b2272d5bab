"""What happens to logins, for journeys to act on."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.ground.events.services import event


@event("accounts.second_factor_reset")
@dataclass(frozen=True, slots=True)
class SecondFactorReset:
    """Somebody else took away the second factor of this login; ``number`` tells resets of one login apart."""

    user: int
    number: int
