"""Chưa đối chiếu and Tham số: what a refusal says, what is kept, what an act leaves on the page."""

from __future__ import annotations

import pytest

from congvu.common.actor import SYSTEM
from congvu.engines.forms import services as forms
from congvu.ground.law import selectors as law
from congvu.ground.law.models import Comparison, Figure
from tests.faces.desk.pages import errors, text

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/doi-chieu"


def mark():
    forms.load_shipped(SYSTEM)
    return next(v.item for v in law.items("form", part="khai-sinh") if "reg_kind" in v.item.key)


def test_a_mark_shows_its_text_is_compared_and_taken_back(world, desk):
    item, client = mark(), desk("quantri")
    shown = text(client.get(f"{LIST}?loai=form&phan=khai-sinh"))
    assert item.basis in shown
    assert "Tờ khai đăng ký khai sinh" in shown
    told = {"loai": "form", "muc": item.key, "phan": "khai-sinh", "ve": f"{LIST}?loai=form&phan=khai-sinh"}
    answer = client.post(f"{LIST}/ghi", {**told, "against": "Phụ lục 1 Thông tư 01/2022/TT-BTP"})
    assert answer.url == f"{LIST}?loai=form&phan=khai-sinh"
    done = text(client.get(f"{LIST}?loai=form&phan=khai-sinh&loc=da"))
    assert "Trịnh Quốc Khoa đối chiếu lúc 9:30 ngày 19/11/2026 với: Phụ lục 1 Thông tư 01/2022/TT-BTP" in done
    client.post(f"{LIST}/rut", {**told, "reason": "Nhầm bản"})
    assert Comparison.objects.get(kind="form").withdrawn_reason == "Nhầm bản"
    assert item.label in text(client.get(f"{LIST}?loai=form&phan=khai-sinh"))


def test_a_refused_comparison_keeps_the_list_where_it_was(world, desk):
    item = mark()
    told = {"loai": "form", "muc": item.key, "phan": "khai-sinh", "against": " "}
    answer = desk("quantri").post(f"{LIST}/ghi", told)
    assert answer.status_code == 422
    assert errors(answer) == [("m-against", "Ghi văn bản và điều khoản đã đối chiếu, tối đa 500 ký tự.")]
    assert 'id="m-against"' in answer.content.decode()
    assert not Comparison.objects.filter(kind="form").exists()


def test_every_kind_has_its_list_and_paging_reaches_the_end(world, desk):
    forms.load_shipped(SYSTEM)
    client = desk("quantri")
    for kind in law.kinds():
        seen, after = 0, ""
        while True:
            answer = client.get(LIST, {"loai": kind.key, "sau": after})
            seen += len(answer.context["groups"]) and sum(len(rows) for _w, rows in answer.context["groups"])
            if not (after := answer.context["next"]):
                break
        assert seen == sum(view.compared is None for view in law.items(kind.key))


def test_a_figure_gets_a_new_value_from_a_day_on(world, desk):
    client = desk("quantri")
    told = {"value": "2wd", "valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2027",
            "legal_basis": "Điều 5 Nghị định 9/2026/NĐ-CP"}  # fmt: skip
    assert client.post("/quan-tri/tham-so/supplement_within", told).url == "/quan-tri/tham-so#supplement_within"
    shown = text(client.get("/quan-tri/tham-so"))
    assert "2 ngày làm việc 01/01/2027 – Điều 5 Nghị định 9/2026/NĐ-CP Trịnh Quốc Khoa sắp áp dụng" in shown
    assert "3 ngày làm việc 21/06/2018 31/12/2026" in shown


def test_a_refused_figure_names_the_fields_and_keeps_what_was_typed(world, desk):
    told = {"value": "ba ngày", "valid_from_day": "31", "valid_from_month": "2", "valid_from_year": "2027",
            "legal_basis": "Điều 5"}  # fmt: skip
    before = Figure.objects.count()
    answer = desk("quantri").post("/quan-tri/tham-so/supplement_within", told)
    assert (answer.status_code, [field for field, _ in errors(answer)]) == (422, ["f-value", "f-valid_from"])
    page = answer.content.decode()
    assert all(f'value="{typed}"' in page for typed in ("ba ngày", "31", "2027"))
    assert ">Điều 5</textarea>" in page
    assert Figure.objects.count() == before
