"""A recalled document ends no task; those on it are told, and who gave it ends it with one action."""

from __future__ import annotations

from uuid import uuid4

import pytest

from congvu.boot.demo import issuers
from congvu.common.actor import SYSTEM
from congvu.domains.documents import services as documents
from congvu.domains.documents.types import RequestInput
from congvu.domains.tasks import selectors as tasks
from congvu.ground.events.services import deliver_pending
from congvu.ground.notifications.models import Message
from congvu.journeys import document_tasks
from tests.domains.documents.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(world) -> Office:
    issuers.load(world.made, communes=1)
    return Office(world)


def settle() -> None:
    while deliver_pending():
        pass


def tracked(office: Office):
    record = office.register().record_id
    return record, document_tasks.direct_as_task(
        office.chair, record, [office.lead(), office.support()], output="Báo cáo", opinion="Tham mưu"
    )


def asked(office: Office, record):
    given = RequestInput("recall", message=uuid4(), reason="Ban hành nhầm", by="Sở Nội vụ")
    return documents.note_request(SYSTEM, record, given)


def told() -> set[str]:
    return set(Message.objects.filter(kind="task_source_recalled").values_list("recipient", flat=True))


def test_an_agreed_recall_is_told_to_all_on_the_task_and_ends_nothing(office):
    record, task = tracked(office)
    documents.agree(office.clerk, asked(office, record))
    settle()
    view = tasks.task(office.chair, task)
    assert (view.state, view.source is not None and view.source.state) == ("given", "recalled")
    parts = [view.owner, view.assigner, *view.supports]
    assert told() == {f"p:{part.position_id}" for part in parts}
    settle()
    assert Message.objects.filter(kind="task_source_recalled").count() == 3


def test_a_refused_recall_tells_nobody(office):
    record, _task = tracked(office)
    documents.refuse_request(office.clerk, asked(office, record), reason="Đã thi hành xong")
    settle()
    assert told() == set()


def test_a_task_that_ended_is_not_told_of(office):
    from congvu.domains.tasks import services

    record, task = tracked(office)
    services.cancel(office.chair, task, reason="Không cần nữa")
    documents.agree(office.clerk, asked(office, record))
    settle()
    assert told() == set()
