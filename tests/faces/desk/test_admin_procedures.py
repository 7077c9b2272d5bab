"""Thủ tục: the list by what runs, the page of one, and its forms."""

from __future__ import annotations

import pytest

from congvu.common.actor import SYSTEM
from congvu.domains.procedures import selectors, services
from congvu.domains.procedures.models import ProcedureVersion
from tests.faces.desk.pages import errors, text

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/thu-tuc"
HERE = f"{LIST}/1.001612"


@pytest.fixture
def admin(world, desk):
    services.import_rows(SYSTEM, services.shipped_rows(), dry_run=False)
    return desk("quantri")


def row(n: int, name: str, role: str, place: str, hours: str = "1", kind: str = "", order: str = "") -> dict[str, str]:
    values = {"order": order or str(n), "name": name, "role": role, "place": place, "hours": hours, "kind": kind}
    return {f"s{n}-{key}": value for key, value in values.items()}


def seen(world) -> str:
    return str(selectors.procedure("1.001612", world.today).version_id)


def test_the_list_counts_filters_finds_and_pages(admin):
    page = text(admin.get(LIST))
    assert "Tất cả 360" in page
    assert "Chạy được, bước riêng 75" in page
    assert "Chạy được, mẫu bảy bước 117" in page
    assert "Chưa chạy được 168" in page
    codes, after = [], ""
    while True:
        found = admin.get(LIST, {"loc": "blocked", "sau": after}).context["found"]
        codes += [line.code for line in found.rows]
        if not (after := found.after):
            break
    assert (len(codes), len(set(codes))) == (168, 168)
    assert all(line.blocks for line in found.rows)
    assert [line.code for line in admin.get(LIST, {"q": "1.001612"}).context["found"].rows] == ["1.001612"]
    assert "khai sinh" in text(admin.get(LIST, {"q": "dang ky khai sinh"})).lower()


def test_statements_do_not_grow_with_the_list(admin, django_assert_num_queries):
    with django_assert_num_queries(2):
        selectors.admin_counts()
        selectors.admin_page(state="blocked", text="dat")


def test_a_missing_limit_is_set_and_the_procedure_runs(admin, world):
    assert "Chưa có thời hạn giải quyết hoặc đơn vị thời gian" in text(admin.get(f"{HERE}/"))
    told = {"value": "3", "unit": "wd", "basis": "Nghị định 168/2025/NĐ-CP", "seen": seen(world)}
    assert admin.post(f"{HERE}/thoi-han", told).status_code == 302
    view = selectors.procedure("1.001612", world.today)
    assert (view.budget, view.steps_origin, view.runnable, view.number) == ("3wd", "template", True, 2)
    page = text(admin.get(f"{HERE}/"))
    assert "Mẫu bảy bước, chưa có quyết định riêng" in page
    assert "Thời hạn do đơn vị nhập, chưa đối chiếu: Nghị định 168/2025/NĐ-CP" in page


def test_a_wrong_limit_names_the_field_and_keeps_what_was_typed(admin, world):
    told = {"value": "ba", "unit": "wd", "basis": "Nghị định 168", "seen": seen(world)}
    answer = admin.post(f"{HERE}/thoi-han", told)
    assert (answer.status_code, [field for field, _ in errors(answer)]) == (422, ["p-budget"])
    assert 'value="ba"' in answer.content.decode()
    assert ">Nghị định 168</textarea>" in answer.content.decode()
    assert selectors.procedure("1.001612", world.today).budget is None


def test_a_page_that_has_grown_old_changes_nothing(admin, world):
    old = seen(world)
    services.set_time(SYSTEM, "1.001612", "5wd", "Căn cứ khác")
    answer = admin.post(f"{HERE}/thoi-han", {"value": "3", "unit": "wd", "basis": "Căn cứ", "seen": old})
    assert (answer.status_code, selectors.procedure("1.001612", world.today).budget) == (409, "5wd")


def test_the_receiving_level_is_set_with_its_basis(admin, world):
    told = {"levels": ["commune", "province"], "basis": "Quyết định 1/QĐ-UBND", "seen": seen(world)}
    assert admin.post(f"{HERE}/cap", told).status_code == 302
    assert selectors.procedure("1.001612", world.today).levels == ("commune", "province")
    answer = admin.post(f"{HERE}/cap", {"basis": "", "seen": seen(world)})
    assert [field for field, _ in errors(answer)] == ["p-levels", "p-basis"]


def test_steps_are_moved_dropped_added_and_published(admin, world):
    services.set_time(SYSTEM, "1.001612", "3wd", "Căn cứ")
    told = {
        "rows": "5", "seen": seen(world),
        **row(1, "Tiếp nhận hồ sơ", "clerk", "center", "2"),
        **row(2, "Ký giấy", "chair", "authority", "4", "approve", order="3"),
        **row(3, "Thẩm định", "specialist", "section", "10,5", order="2"),
        **row(4, "Bước thừa", "head", "section"), "s4-drop": "1",
        **row(5, "Trả kết quả", "clerk", "center", "0", order="9"),
    }  # fmt: skip
    before = ProcedureVersion.objects.count()
    answer = admin.post(f"{HERE}/cac-buoc", {**told, "them": "1"})
    assert "Bước 6" in text(answer)
    assert ProcedureVersion.objects.count() == before
    assert admin.post(f"{HERE}/cac-buoc", told).status_code == 302
    view = selectors.procedure("1.001612", world.today)
    assert [(step.name, str(step.hours)) for step in view.steps] == [
        ("Tiếp nhận hồ sơ", "2.00"), ("Thẩm định", "10.50"), ("Ký giấy", "4.00"), ("Trả kết quả", "0.00"),
    ]  # fmt: skip
    assert (view.steps_origin, view.number) == ("province", 3)


def test_refused_steps_are_named_by_row_and_field_and_nothing_typed_is_lost(admin, world):
    services.set_time(SYSTEM, "1.001612", "3wd", "Căn cứ")
    told = {
        "rows": "3", "seen": seen(world),
        **row(1, "Tiếp nhận hồ sơ", "clerk", "center", "2"),
        **row(2, "Thẩm định", "", "section", "nhiều"),
        **row(3, "Trả kết quả", "clerk", "center", "0"),
    }  # fmt: skip
    answer = admin.post(f"{HERE}/cac-buoc", told)
    assert answer.status_code == 422
    assert errors(answer) == [
        ("s2-role", "Dòng 2: Chọn vai trò xử lý."), ("s2-hours", "Dòng 2: Số giờ phải từ 0 đến 99999."),
    ]  # fmt: skip
    assert 'value="nhiều"' in answer.content.decode()
    assert selectors.procedure("1.001612", world.today).steps_origin == "template"


def test_the_template_and_the_published_steps_can_be_taken_again(admin, world):
    services.set_time(SYSTEM, "1.001612", "3wd", "Căn cứ")
    told = {
        "rows": "2",
        "seen": seen(world),
        **row(1, "Nhận", "clerk", "center"),
        **row(2, "Trả kết quả", "clerk", "center"),
    }
    admin.post(f"{HERE}/cac-buoc", told)
    assert admin.post(f"{HERE}/quy-trinh", {"process": "template", "seen": seen(world)}).status_code == 302
    assert selectors.procedure("1.001612", world.today).steps_origin == "template"
    answer = admin.post(f"{HERE}/quy-trinh", {"process": "source", "seen": seen(world)})
    assert (answer.status_code, errors(answer)[0][1]) == (422, "Nguồn không công bố các bước của thủ tục này.")
