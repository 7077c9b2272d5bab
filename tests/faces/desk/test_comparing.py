"""Two versions of a draft on one screen: insertions and deletions in words, side by side, only for its readers."""

from __future__ import annotations

import pytest

from congvu.domains.documents import services
from congvu.domains.documents.types import Piece
from congvu.faces.desk.outgoing.comparing import rows
from tests.domains.documents.conftest import office  # noqa: F401
from tests.faces.desk.pages import text
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db
HERE = "/lam-viec/van-ban-di/"


def test_rows_end_where_both_versions_end_a_line():
    found = rows(
        (Piece("same", "Một\nHai "), Piece("removed", "cũ\nBa"), Piece("added", "mới"), Piece("same", "\nBốn"))
    )
    assert [[(p.kind, p.text) for p in row.pieces] for row in found] == [
        [("same", "Một")], [("same", "Hai "), ("removed", "cũ\nBa"), ("added", "mới")], [("same", "Bốn")],
    ]  # fmt: skip
    assert [row.changed for row in found] == [False, True, False]
    assert ([p.text for p in found[1].left], [p.text for p in found[1].right]) == (["Hai ", "cũ\nBa"], ["Hai ", "mới"])


def test_the_screen_says_what_was_added_and_removed(desk, office):  # noqa: F811
    draft = office.draft(content=office.content("Biên chế được giao 32 người."))
    alone = desk("chuyenmon").get(f"{HERE}{draft}/")
    assert "So sánh các bản" not in text(alone)
    content = office.content("Biên chế được giao 34 người.")
    services.save_draft(office.official, draft, subject="báo cáo biên chế năm 2026", content=content)
    assert "So sánh các bản" in text(desk("chuyenmon").get(f"{HERE}{draft}/"))
    page = desk("chuyenmon").get(f"{HERE}{draft}/so-sanh")
    assert "Từ bản 1 đến bản 2: 1 chỗ thêm, 1 chỗ bỏ." in text(page)
    assert "[bỏ: 32 hết phần bỏ] [thêm: 34 hết phần thêm]" in " ".join(text(page).split())
    assert faults(page) == []
    two = desk("chutich").get(f"{HERE}{draft}/so-sanh?tu=1&den=2&kieu=hai")
    assert ('role="table"' in two.content.decode(), faults(two)) == (True, [])
    same = desk("chuyenmon").get(f"{HERE}{draft}/so-sanh?tu=2&den=2")
    assert "Bản 2 và bản 2 không khác nhau về nội dung." in text(same)
    assert desk("chuyenmon").get(f"{HERE}{draft}/so-sanh?tu=1&den=7").status_code == 404
    assert desk("motcua").get(f"{HERE}{draft}/so-sanh").status_code == 404
