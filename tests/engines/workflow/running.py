"""Starting, drawing and doing, as the tests of running processes need it."""

from __future__ import annotations

from congvu.engines.workflow import services
from congvu.engines.workflow.models import Instance, Seat, Timer, Token, WorkItem
from congvu.ground.events.models import Event
from tests.engines.workflow.drawing import file, process


def begin(office, definition, record=None, **variables):
    record = record or office.record()
    return record, services.start(
        definition, record.id, places=office.places, variables=variables, actor=office.clerk
    )  # fmt: skip


def draw(*body, key="ve", roots=""):
    found = services.publish_definition(key, title="Vẽ", bpmn=file(process(*body), roots=roots))
    assert found.errors == []
    return found.id


def waiting(record) -> list[str]:
    return sorted(WorkItem.objects.filter(record=record.id, state="open").values_list("node", flat=True))


def open_one(record, node=None):
    items = WorkItem.objects.filter(record=record.id, state="open")
    return (items.get(node=node) if node else items.get()).id


def do(record, node, by, outcome="next", **variables):
    return services.complete(open_one(record, node), outcome, actor=by, variables=variables)


def everything():
    models = (Instance, Token, WorkItem, Seat, Timer, Event)
    return [list(m.objects.order_by("pk").values()) if m is not Seat else
            sorted(map(str, Seat.objects.values_list("item", "key"))) for m in models]  # fmt: skip
