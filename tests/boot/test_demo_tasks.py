"""The demo's tasks and rare things: played once through the acts, each list has something."""

from __future__ import annotations

from collections import Counter

from django.utils import timezone

from congvu.boot.demo import arrivals, assigning, issuers
from congvu.domains.tasks import selectors as tasks


def test_every_list_of_tasks_has_some(world):
    issuers.load(world.made, communes=2)
    arrivals.play(world.made, now=timezone.now())
    assert assigning.play(world.made, now=timezone.now()) == 11
    chair, head, official = (world.staff(login) for login in ("chutich", "truongphong", "chuyenmon"))
    rows = tasks.tasks(chair, tasks.Query(), limit=50).rows
    assert Counter(row.state for row in rows) == {"given": 2, "doing": 5, "judging": 1, "returned": 1}
    assert [row.asking for row in rows].count(True) == 1
    assert tasks.counts(head) != {}
    assert tasks.tasks(official, tasks.Query(), limit=50).rows != ()
    assert assigning.play(world.made, now=timezone.now()) == 0
