"""Lists of what is over: two states in one list, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from congvu.common.errors import Invalid
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import InState
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
