"""Two people on one version of a draft: the second sees what changed, loses nothing, and may put his text on top."""

from __future__ import annotations

import pytest

from congvu.domains.documents import selectors
from congvu.domains.documents.models import Version
from tests.domains.documents.conftest import office  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_outgoing import fields
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db
HERE = "/lam-viec/van-ban-di/"


def test_nothing_typed_is_lost_and_the_other_version_is_shown(desk, office):  # noqa: F811
    draft = office.draft(content=office.content("Biên chế 32 người.", addressees=["Sở Nội vụ"]))
    page = desk("chuyenmon").get(f"{HERE}{draft}/?lam=cung-soan")
    assert ("Cùng sửa dự thảo khi đang soạn" in text(page), faults(page)) == (True, [])
    chosen = {"co_writers": office.clerk.position_id}
    assert desk("chuyenmon").post(f"{HERE}{draft}/du-thao/cung-soan", chosen).status_code == 302
    assert office.clerk.name in text(desk("chutich").get(f"{HERE}{draft}/"))
    own = {"addressees": "Sở Nội vụ", "recipients": "Như trên\nLưu: VT, KT"}
    first = desk("vanthu").post(f"{HERE}{draft}/sua", fields(text="Biên chế 34 người.", base=1, **own))
    assert first.status_code == 302, errors(first)
    clash = desk("chuyenmon").post(f"{HERE}{draft}/sua", fields(text="Biên chế 36 người.", base=1, **own))
    assert (clash.status_code, Version.objects.count()) == (409, 2)
    assert ("Biên chế 36 người.</textarea>" in clash.content.decode(), faults(clash)) == (True, [])
    assert "[bỏ: 32 hết phần bỏ] [thêm: 34 hết phần thêm]" in text(clash)
    assert "Lưu phần của tôi chồng lên bản 2" in text(clash)
    on_top = desk("chuyenmon").post(f"{HERE}{draft}/sua", fields(text="Biên chế 36 người.", base="2", **own))
    assert on_top.status_code == 302, errors(on_top)
    assert selectors.outgoing(office.clerk, draft).current.n == 3


def test_refused_co_writers_are_told_at_the_list(desk, office):  # noqa: F811
    draft = office.draft()
    own = {"co_writers": office.official.position_id}
    refused = desk("chuyenmon").post(f"{HERE}{draft}/du-thao/cung-soan", own)
    assert errors(refused) == [("lam-co_writers", "Người soạn thảo không phải chọn chính mình.")]
    assert desk("chutich").post(f"{HERE}{draft}/du-thao/cung-soan", own).status_code == 403
