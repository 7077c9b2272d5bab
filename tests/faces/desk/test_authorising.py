"""Ủy quyền ký on the desk: kept by leaders and records clerks, refused with what was typed, ended."""

from __future__ import annotations

import pytest

from congvu.domains.documents.models import Authorisation
from tests.domains.documents.conftest import office  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db
HERE = "/lam-viec/uy-quyen-ky/"


def test_an_authorisation_is_kept_used_and_ended(desk, office):  # noqa: F811
    holder = office.world.staff("truongphong").position_id
    given = {
        "giver": office.position(":chair:1"), "holder": holder, "number": "15/GUQ-UBND", "kinds": ["CV"],
        "matters": "Ký công văn đôn đốc.", "valid_from": "01/11/2026", "valid_to": "",
    }  # fmt: skip
    refused = desk("vanthu").post(HERE, given)
    assert errors(refused) == [("lam-valid_to", "Ủy quyền phải có thời hạn: ghi ngày kết thúc.")]
    assert ("Ký công văn đôn đốc.</textarea>" in refused.content.decode(), faults(refused)) == (True, [])
    assert desk("vanthu").post(HERE, {**given, "valid_to": "31/12/2026"}).status_code == 302
    page = desk("chutich").get(HERE)
    assert [words in text(page) for words in ("15/GUQ-UBND", "Đang có hiệu lực", "Công văn")] == [True] * 3
    assert faults(page) == []
    form = desk("chuyenmon").get("/lam-viec/van-ban-di/soan?loai=CV")
    assert f'value="{holder}:TUQ."' in form.content.decode()
    key = Authorisation.objects.get().id
    assert desk("chutich").post(f"{HERE}{key}/cham-dut").status_code == 302
    assert "Đã chấm dứt" in text(desk("vanthu").get(HERE))
    assert desk("vanthu").post(f"{HERE}{key}/cham-dut").status_code == 409
    assert desk("chuyenmon").get(HERE).status_code == 403
