"""Officials hear when somebody else has changed how they sign in."""

from __future__ import annotations

from django.db import transaction

from congvu.ground.accounts.events import SecondFactorReset
from congvu.ground.events.services import consumes
from congvu.ground.notifications import services as notifications


@consumes(SecondFactorReset)
def tell_reset(event: SecondFactorReset) -> None:
    """Once for each reset: who did not ask for it should say so at once."""
    with transaction.atomic():
        key = f"second_factor_reset:{event.user}:{event.number}"
        notifications.notify(user=event.user, kind="second_factor_reset", context={}, key=key)
