"""Once a day: whose certificate ends soon is told, at each of the distances of the figure once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from congvu.common.zones import local, local_date, utc_now
from congvu.engines.signing import figures, selectors
from congvu.engines.signing.types import CertificateView, HolderKind
from congvu.ground.notifications import services as notifications
from congvu.ground.orgs import selectors as orgs


@app.periodic(cron="20 0 * * *")
@app.task(name="signing.warn_ending", queueing_lock="signing.warn_ending", pass_context=False)
def warn_ending(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Tell holders and records clerks at 7:20 (00:20 UTC); the notification's key lets each distance be told once."""
    now = utc_now()
    distances = sorted(figures.warn_days(local_date(now)))
    for view in selectors.ending(timedelta(days=distances[-1]), now=now):
        left = (local_date(view.valid_to) - local_date(now)).days
        reached = next((days for days in distances if left <= days), None)
        if reached is not None:
            with transaction.atomic():
                _tell(view, left, reached)


def _tell(view: CertificateView, left: int, reached: int) -> None:
    context = {"name": view.name, "due": f"{local(view.valid_to):%d/%m/%Y}", "count": str(left)}
    key = f"certificate:{view.id}:{reached}"
    users = {view.user_id if view.holder_kind is HolderKind.PERSON else view.custodian_id} - {None}
    for user in users:
        notifications.notify(user=user, kind="certificate_ending", context=context, key=key)
    there = orgs.tree()
    if there.get(view.unit_id) is None:
        return
    top = there.agency_of(view.unit_id).id
    for unit in sorted(there.subtree(top)):
        clerks = orgs.positions(unit, "registrar") if there.agency_of(unit).id == top else []
        for clerk in clerks:
            notifications.notify(position=clerk.id, kind="certificate_ending", context=context, key=key)
