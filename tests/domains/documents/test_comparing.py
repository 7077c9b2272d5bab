"""Two versions of a draft side by side: every word added and removed, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.common.errors import NotFound
from congvu.domains.documents import selectors, services
from congvu.domains.documents.comparing import compare
from tests.domains.documents.office import Office


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in compare(before, after)]


def test_words_added_and_removed():
    assert told("Giao Phòng Kinh tế chủ trì.", "Giao Văn phòng chủ trì, báo cáo.") == [
        ("same", "Giao "), ("removed", "Phòng Kinh tế "), ("added", "Văn phòng "), ("same", "chủ "),
        ("removed", "trì."), ("added", "trì, báo cáo."),
    ]  # fmt: skip
    assert told("", "Mới") == [("added", "Mới")]
    assert told("Cũ", "") == [("removed", "Cũ")]
    assert told("Như cũ", "Như cũ") == [("same", "Như cũ")]


@given(st.text(alphabet="aà b\n.", max_size=40), st.text(alphabet="aà b\n.", max_size=40))
def test_both_texts_can_be_read_back(before: str, after: str):
    pieces = told(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after


@pytest.mark.django_db
def test_versions_of_a_draft(office: Office, django_assert_num_queries):
    record, official = office.draft(), office.official
    content = office.content("Nội dung báo cáo đã sửa.", addressees=["Sở Nội vụ"])
    services.save_draft(official, record, subject="báo cáo biên chế năm 2027", content=content)
    with django_assert_num_queries(2):
        pieces = selectors.changes(official, record, before=1, after=2)
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [
        ("removed", "2026"), ("added", "2027"), ("removed", "cáo."), ("added", "cáo đã sửa."),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        selectors.changes(official, record, before=1, after=3)
    with pytest.raises(NotFound):
        selectors.changes(office.world.staff("vanhoa"), record, before=1, after=2)
