"""The acting post in the top bar, and the sign that work waits in another one."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.domains.documents.types import Forwarding
from congvu.engines.workflow.models import Seat
from tests.domains.documents.conftest import office  # noqa: F401

INBOX = "/lam-viec/"
ELSEWHERE = 'title="Có việc chờ ở vị trí khác"'


def bar(client) -> str:
    """The closed switcher as it is read on screen."""
    page = client.get(INBOX).content.decode()
    return re.sub(r"<[^>]+>", " ", re.search(r'<summary class="d-unit".*?</summary>', page, re.S)[0])


def test_the_bar_names_the_post_and_whom_one_stands_in_for(desk, world):
    chair = world.made.positions["xa-yen-khe:chair:1"]
    assert "thay" not in bar(desk("phochutich"))
    assert "thay Lương Trọng Hùng" in " ".join(bar(desk("phochutich", chair)).split())


def test_work_in_another_post_shows_in_the_closed_switcher(desk, office):  # noqa: F811
    """Work of the role that both posts have waits here as well, so it is no sign; work of the other post is one."""
    chair = office.world.made.positions["xa-yen-khe:chair:1"]
    own, other = desk("phochutich"), desk("phochutich", chair)
    office.world.go_to(office.world.take_in("2.000908").record_id, "approve")
    assert ELSEWHERE not in own.get(INBOX).content.decode()
    office.register(Forwarding(leader=chair))
    assert list(Seat.objects.filter(item__record_kind="doc_in").values_list("key", flat=True)) == [f"p:{chair}"]
    assert 'class="d-badge" title="Có việc chờ ở vị trí khác">1</span>' in own.get(INBOX).content.decode()
    assert "1 việc chờ ở vị trí khác" in own.get(INBOX).content.decode()
    assert ELSEWHERE not in other.get(INBOX).content.decode()


def test_other_posts_cost_no_statement(desk, world):
    client = desk("phochutich")
    client.get(INBOX)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(INBOX)
    counted = [one["sql"] for one in asked if "AS counted" in one["sql"]]
    assert len(counted) == 1
    assert counted[0].count("unnest") >= 2
