"""Once a day: whose certificate ends soon is told, at each of the distances of the figure once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congvu.common.actor import Actor
from congvu.common.zones import local, local_date, utc_now
from congvu.engines.signing import figures, selectors, services
from congvu.engines.signing.services import batches
from congvu.engines.signing.types import CertificateView, HolderKind, Outcome
from congvu.ground.notifications import services as notifications
from congvu.ground.orgs import selectors as orgs

# What another try may mend: nobody answered. A person who declined, or a wrong code, is not asked again.
AGAIN = {"timestamp_unavailable", "device_gone"}
HELD_FOR = timedelta(days=7)


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


@app.task(name="signing.run_batch", queue="default", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def run_batch(batch: str, ask: bool = False) -> None:
    """Finish a batch; with ``ask`` a remote key signs first what waits. A time stamp or a service that is away is tried
    again; what the person or the register refuses is not."""
    batch_id = UUID(batch)
    actor = batches.signer_of(batch_id)
    outcome = _asked(actor, batch_id) if ask else services.finish_batch(actor, batch_id)
    if outcome.code in AGAIN:
        raise RuntimeError(f"batch {batch} stopped: {outcome.code}")


def _asked(actor: Actor, batch_id: UUID) -> Outcome:
    session = services.open_session(actor, selectors.certificate_of_batch(actor, batch_id))
    try:
        return services.run_batch(actor, batch_id, session)
    finally:
        session.close()


@app.periodic(cron="*/10 * * * *")
@app.task(name="signing.finish_held", queueing_lock="signing.finish_held", pass_context=False)
def finish_held(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Documents whose time stamp did not come, or whose job died with its process, are taken up again."""
    for batch_id in batches.held_batches(utc_now() - HELD_FOR):
        batches.defer(batch_id)


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
