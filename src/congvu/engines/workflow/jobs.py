"""Automatic steps and timers: each one act of the system actor, in a transaction of its own."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congvu.common.actor import SYSTEM, Actor
from congvu.common.errors import Refusal
from congvu.engines.workflow import store
from congvu.engines.workflow.library import SERVICES
from congvu.engines.workflow.models import Timer, Token
from congvu.engines.workflow.policies import only_system
from congvu.engines.workflow.services import run
from congvu.ground.audit.services import act, note

BATCH = 500


@act("workflow.timer", policy=only_system, label="Đến giờ hẹn của quy trình")
def fire(_actor: Actor, /, instance: UUID, token: UUID, node: str) -> bool:
    """One timer of a process is due. False if it no longer matters."""
    fired = run.fire_timer(instance, token, node)
    note(instance=str(instance), node=node, fired=fired)
    return fired


@act("workflow.service", policy=only_system, label="Chạy bước tự động của quy trình")
def serve(_actor: Actor, /, instance: UUID, token: UUID) -> bool:
    """Run the registered service a token waits on, then go on; both or neither. False if it no longer waits there."""
    row = store.lock_instance(instance)
    node_id = Token.objects.filter(id=token, instance=instance).values_list("node", flat=True).first()
    node = store.graph_of(row.definition).nodes.get(node_id or "")
    note(record=row.record, instance=str(instance), node=node_id or "")
    if node is None or node.kind != "service":
        return False
    return run.finish_service(instance, token, SERVICES[node.service](row.record, dict(row.variables)) or {})


@app.task(name=run.SERVICE_JOB, queue="workflow", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
def run_service(instance: str, token: str) -> None:
    serve(SYSTEM, UUID(instance), UUID(token))


def fire_due() -> int:
    """Fire the timers that are due, the oldest first, and say how many. One that cannot fire keeps the reason."""
    due = Timer.objects.filter(state=Timer.State.WAITING, due_at__lte=timezone.now()).order_by("due_at", "id")
    count = 0
    for timer in due[:BATCH]:
        try:
            fired = fire(SYSTEM, timer.instance_id, timer.token, timer.node)
            count += fired
            Timer.objects.filter(id=timer.id).delete()
        except Refusal as refusal:
            Timer.objects.filter(id=timer.id).update(state=Timer.State.FAILED, failure=refusal.message)
    return count


@app.periodic(cron="* * * * *")
@app.task(name="workflow.fire_timers", queue="workflow", queueing_lock="workflow.fire_timers")
def fire_timers(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate passes it
    fire_due()
