"""Frequent words are found by looking through the newest, and page by page it is what the indexes would have found."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
import time_machine

from congvu.common.actor import Actor
from congvu.common.zones import VN
from congvu.domains.documents import selectors
from congvu.domains.documents.selectors import FindQuery, finding
from congvu.ground.records import services as records
from congvu.ground.records.models import Record
from tests.domains.documents.office import Office

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 21, 8, tzinfo=VN)
# In the order of time: incoming or a draft, the subject, the words of its file.
LINES = (
    ("in", "về biên chế", "trồng rừng"), ("out", "biên chế", "trồng rừng"), ("out", "cây xanh", "rừng"),
    ("in", "về biên chế", "trồng cây"), ("in", "về cây xanh", "rừng"), ("in", "về biên chế", "rừng"),
    ("in", "về biên chế", "trồng rừng"), ("out", "biên chế", ""), ("in", "về biên chế", ""),
)  # fmt: skip


@pytest.fixture
def filled(office: Office) -> Office:
    for n, (side, subject, words) in enumerate(LINES):
        # Two of one moment on both sides.
        with time_machine.travel(START + timedelta(hours=min(n, 7)), tick=False):
            record = office.register(number=str(n), subject=subject).record_id if side == "in" else office.draft(
                subject=subject
            )  # fmt: skip
        records.keep_words(record, words)
        Record.objects.filter(id=record).update(readers=[f"p:{office.clerk.position_id}"], code=str(n))
    return office


def _expected(words: str, content: str, scope: str) -> list[UUID]:
    kinds = {"": ("doc_in", "doc_out"), "in": ("doc_in",), "out": ("doc_out",)}[scope]
    rows = Record.objects.filter(kind__in=kinds).order_by("-opened_at", "-id")
    return [row.id for row in rows if words in row.folded and content in LINES[int(row.code)][2]]


def _pages(actor: Actor, query: FindQuery, size: int) -> list[UUID]:
    found, after = [], ""
    while True:
        page = selectors.find(actor, query, after=after, limit=size)
        found += [row.id for row in page.rows]
        after = page.next
        if not after:
            return found


ASKED = (("biên chế", ""), ("", "rừng"), ("biên chế", "rừng"), ("", '"trồng rừng"'), ("biên chế", "không có"))


@pytest.mark.parametrize(
    ("few", "enough", "most"),
    [(True, 0, 1), (False, 0, 1), (False, 1, 1), (False, 1, 3), (False, 2, 4), (False, 3, 50)],
)
def test_every_page_is_what_the_indexes_find(
    filled: Office, monkeypatch: pytest.MonkeyPatch, few: bool, enough: int, most: int
):  # fmt: skip
    clerk = filled.clerk
    monkeypatch.setattr(finding.records.Frequency, "enough", lambda *_asked: enough)
    monkeypatch.setattr(finding.records.Frequency, "few", few)
    monkeypatch.setattr(finding.records, "MOST", most)
    for scope, (text, content), size in product(("", "in", "out"), ASKED, (2, 20)):
        found = _pages(clerk, FindQuery(text=text, content=content, scope=scope), size)
        assert found == _expected("bien che" if text else "", content.strip('"'), scope), (scope, text, content, size)
