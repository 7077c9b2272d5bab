"""Lists of what is over: two states in one list, page by page."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from congvu.common.actor import SYSTEM
from congvu.common.errors import Invalid
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Incoming, InState
from congvu.domains.documents.types import Forwarding, RequestInput
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office

pytestmark = pytest.mark.django_db


def test_what_was_sent_back_or_recalled_stands_in_one_list_by_arrival(office: Office, django_assert_num_queries):
    made, start = [], timezone.now()
    for n in range(5):
        with time_machine.travel(start + timedelta(minutes=n), tick=False):
            made.append(office.register(number=str(n)).record_id)
    for n, key in enumerate(made[:4]):
        services.send_back(office.clerk, key, reason="Gửi nhầm cơ quan")
        if n % 2:
            Record.objects.filter(id=key).update(state=InState.RECALLED)
    query = selectors.IncomingQuery(view="tra-lai")
    clerk = office.clerk
    first = selectors.incoming_list(clerk, query, limit=3)
    with django_assert_num_queries(3):
        second = selectors.incoming_list(clerk, query, after=first.next, limit=3)
    assert [row.id for row in (*first.rows, *second.rows)] == made[3::-1]
    assert second.next == ""
    assert selectors.incoming_list(office.world.staff("chuyenmon"), query).rows == ()


def test_open_work_has_the_urgent_first_page_by_page(office: Office, django_assert_num_queries):
    """The same order as sorting all of them: urgency, then arrival, then the record where both are equal."""
    start = timezone.now()
    for n, (priority, minute) in enumerate([(0, 3), (1, 0), (0, 3), (2, 1), (1, 4), (0, 1), (1, 4)]):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            office.register(number=str(n), priority=priority)
    rows = Incoming.objects.order_by("-priority", "-arrived_at", "-record_id").values_list("pk", flat=True)
    query, found, after = selectors.IncomingQuery(view="cho-chi-dao", urgent_first=True), [], ""
    clerk = office.clerk
    selectors.incoming_list(clerk, query)
    for size in (3, 3, 1):
        with django_assert_num_queries(3):
            page = selectors.incoming_list(clerk, query, after=after, limit=3)
        assert len(page.rows) == size
        found, after = [*found, *(row.id for row in page.rows)], page.next
    assert (found, after) == (list(rows), "")


def test_the_record_is_as_urgent_as_its_document_says(office: Office):
    """Lists go by the record: what the clerk corrects and what the sender updates moves the document in them."""

    def kept() -> tuple[int, int]:
        row = Incoming.objects.select_related("record").get(record_id=document)
        return row.priority, row.record.urgency

    document = services.receive(SYSTEM, "xa-yen-khe", office.letter(channel="exchange", priority=1))
    assert kept() == (1, 1)
    services.register_arrived(office.clerk, document, Forwarding(), priority=3)
    assert kept() == (3, 3)
    for given, then in (
        (RequestInput("update", "Cập nhật độ khẩn", "Sở Nội vụ", uuid4(), changes={"priority": 2}), 2),
        (RequestInput("recall", "Ban hành nhầm", "Sở Nội vụ", uuid4()), 0),
    ):
        services.agree(office.clerk, services.note_request(SYSTEM, document, given))
        assert kept() == (then, then)


@pytest.mark.parametrize(
    ("read", "query"),
    [
        (selectors.incoming_list, selectors.IncomingQuery(view="khong-co")),
        (selectors.outgoing_list, selectors.OutgoingQuery(view="khong-co")),
    ],
)
def test_a_list_that_is_none_is_refused(office: Office, read, query):
    with pytest.raises(Invalid):
        read(office.clerk, query)
