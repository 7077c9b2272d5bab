"""The demo's work files and digitising: every list of theirs has records."""

from __future__ import annotations

from collections import Counter

from django.utils import timezone

from congvu.boot.demo import filing
from congvu.domains.digitising import selectors as digitising
from congvu.domains.workfiles import selectors as workfiles


def test_every_list_has_records(world):
    assert filing.play(world.made, now=timezone.now()) == 5
    clerk, official, chief = world.staff("vanthu"), world.staff("chuyenmon"), world.staff("chanhvp")
    rows = workfiles.files(clerk).rows
    assert Counter(row.state for row in rows) == {"open": 4, "closed": 1, "submitted": 1, "archived": 1}
    assert [len(workfiles.unkept(official)), [one.count for one in workfiles.groups(clerk)]] == [1, [6, 1]]
    assert [row.state for row in digitising.batches(clerk)] == ["scanning", "checking", "accepted"]
    assert [row.priority.level for row in digitising.backlog(clerk)] == ["high", "middle", "middle", "low"]
    assert (digitising.to_do(official), digitising.to_do(chief)) == (1, 2)
    assert filing.play(world.made, now=timezone.now()) == 0
