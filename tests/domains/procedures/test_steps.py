"""From published roles and hours to steps that run; the seven-step template."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.domains.procedures import selectors
from congvu.domains.procedures.steps import find_rule, read_process
from congvu.domains.procedures.template import distribute, misfit, seven_steps, working_hours
from congvu.engines.workflow import selectors as workflow
from congvu.engines.workflow.services import ensure_process

DAY = date(2100, 1, 1)


def table(code):
    view = selectors.procedure(code, DAY)
    return [(s.kind, s.role, s.place, None if s.hours is None else float(s.hours)) for s in view.steps]


@pytest.mark.django_db
def test_copy_from_the_register_has_its_published_steps_and_a_return(catalogue):
    view = selectors.procedure("2.000908", DAY)
    assert (view.steps_origin, view.runnable) == ("own", True)
    assert table("2.000908") == [
        ("receive", "clerk", "center", 2),
        ("appraise", "specialist", "section", 3),
        ("approve", "chair", "authority", 2),
        ("issue", "registrar", "office", 1),
        ("return", "clerk", "center", 0),
    ]
    assert [step.added for step in view.steps] == [False, False, False, False, True]


@pytest.mark.django_db
def test_commune_process_with_reception_for_a_department(catalogue):
    assert table("1.004944") == [
        ("receive", "clerk", "center", 4),
        ("assign", "head", "section", 4),
        ("appraise", "specialist", "section", 16),
        ("review", "head", "section", 4),
        ("approve", "chair", "authority", 8),
        ("issue", "registrar", "office", 4),
        ("return", "clerk", "center", 0),
    ]


@pytest.mark.django_db
def test_commune_then_department_has_one_approval_and_one_number(catalogue):
    assert table("2.001661") == [
        ("receive", "clerk", "center", 2),
        ("assign", "head", "section", 2),
        ("appraise", "specialist", "section", 8),
        ("review", "head", "section", 8),
        ("review", "chair", "authority", 2),
        ("other", "registrar", "office", 2),
        ("assign", "head", "dept_section", 4),
        ("appraise", "specialist", "dept_section", 20),
        ("review", "head", "dept_section", 4),
        ("approve", "chair", "dept", 8),
        ("issue", "registrar", "dept_office", 4),
        ("return", "clerk", "center", 0),
    ]


@pytest.mark.django_db
def test_the_tax_office_runs_on_its_own_clock(catalogue):
    steps = selectors.procedure("1.012753", DAY).steps
    tax = next(step for step in steps if step.role_text == "Cơ quan thuế")
    assert (tax.kind, tax.role, tax.place, tax.hours, tax.pause) == ("consult", "clerk", "external", None, True)
    assert tax.public_name == "Cơ quan thuế xác định nghĩa vụ tài chính"
    land = next(step for step in steps if step.role_text == "Chi nhánh Văn phòng đăng ký đất đai")
    assert (land.place, land.hours, land.pause) == ("external", Decimal(16), False)


@pytest.mark.django_db
def test_swapped_columns_are_put_right_and_told(catalogue):
    step = next(s for s in selectors.procedure("1.014445", DAY).steps if s.place == "province")
    assert (step.name, step.role_text, step.role) == ("Ký duyệt hồ sơ", "Lãnh đạo UBND tỉnh", "chair")
    told = [line.reason for line in catalogue.warnings if line.code == "1.014445"]
    assert told == ["bước “Ký duyệt hồ sơ”: cột tên bước và vai trò đảo nhau trong nguồn, đã đổi lại"]


@pytest.mark.django_db
def test_an_unknown_role_makes_a_draft_that_cannot_start(catalogue):
    view = selectors.procedure("3.000527", DAY)
    assert [step.role for step in view.steps][1:-1] == [None] * 6
    assert view.why_not == "Có bước mà vai trò trong nguồn chưa khớp vị trí nào"


@pytest.mark.django_db
def test_every_runnable_process_begins_with_reception_and_ends_with_return(catalogue):
    report = selectors.runnable_report()
    assert (report.total, len(report.own), len(report.template), report.runnable) == (360, 75, 117, 192)
    for code in (*report.own, *report.template):
        kinds = [step.kind for step in selectors.procedure(code, DAY).steps]
        assert (kinds[0], kinds[-1], kinds.count("receive"), kinds.count("return")) == ("receive", "return", 1, 1), code
        assert kinds.count("approve") <= 1, code
        assert kinds.count("issue") == kinds.count("approve"), code


@pytest.mark.django_db
def test_the_report_says_why_the_others_cannot(catalogue):
    report = selectors.runnable_report()
    sizes = {reason: len(codes) for reason, codes in report.blocked.items()}
    assert sizes["Chưa có thời hạn giải quyết hoặc đơn vị thời gian"] == 69
    assert sizes["Có bước mà vai trò trong nguồn chưa khớp vị trí nào"] == 7
    assert sizes["Tên trong nguồn là tên một quyết định công bố, không phải tên thủ tục"] == 6
    blocked = {code for codes in report.blocked.values() for code in codes}
    assert len(blocked) == 360 - 192
    assert "1.004194" in report.blocked["Cơ quan giải quyết là công an, không phải UBND cấp xã"]
    assert "1.014432" in report.places["province"]


@pytest.mark.parametrize(
    ("role", "step", "expected"),
    [
        ("Bộ phận Một cửa", "", ("clerk", "either")),
        ("Trung tâm Phục vụ hành chính công (cấp tỉnh)", "", ("clerk", "dept_center")),
        ("Trung tâm Phục vụ hành chính công (cấp xã)", "", ("clerk", "center")),
        ("Văn phòng ĐKĐĐ hoặc Chi nhánh Văn phòng ĐKĐĐ", "", ("clerk", "external")),
        ("Cơ quan có chức năng quản lý đất đai cấp xã", "", ("specialist", "section")),
        ("Ủy ban nhân dân cấp xã", "Tiếp nhận, kiểm tra", ("clerk", "center")),
        ("Ủy ban nhân dân cấp xã", "Ban hành Thông báo", ("chair", "authority")),
        ("Ủy ban nhân dân cấp xã", "Thẩm tra, xác minh", ("specialist", "section")),
        ("Lãnh đạo phòng Quản lý Văn hóa và Gia đình (QLVH&GĐ)", "", ("head", "dept_section")),
        ("Lãnh đạo phòng Văn hóa", "", ("head", "section")),
        ("Văn thư Văn phòng UBND tỉnh", "", ("registrar", "province_office")),
        ("Bộ phận Văn thư Sở Y tế", "", ("registrar", "dept_office")),
        ("Văn thư UBND xã, phường", "", ("registrar", "office")),
        ("Sở Nông nghiệp và Môi trường; Phòng QL Đất đai", "Ký Giấy chứng nhận", ("chair", "dept")),
        ("HĐND tỉnh", "", ("clerk", "external")),
        ("Trụ sở tiếp công dân tỉnh", "", None),
        ("Người hướng dẫn thực hành", "", None),
        ("Ông Ba", "", None),
        ("", "", None),
    ],
)
def test_role_map(role, step, expected):
    rule = find_rule(role, step)
    assert (rule and (rule.role, rule.place)) == expected


def test_missing_reception_and_return_are_added_without_hours():
    raw = [{"name": "Ký duyệt", "role": "Lãnh đạo Sở", "hours": Decimal(4)}]
    steps, warnings = read_process(raw, ["province"])
    assert [(s["kind"], s["place"], s["hours"], s["added"]) for s in steps] == [
        ("receive", "dept_center", "0", True),
        ("approve", "dept", "4", False),
        ("issue", "dept_office", "0", True),
        ("return", "dept_center", "0", True),
    ]
    assert warnings == []


@pytest.mark.parametrize(
    ("budget", "hours"),
    [
        ("sd", ["1", "1", "3", "1", "1", "1", "0"]),
        ("1wd", ["1", "1", "3", "1", "1", "1", "0"]),
        ("2wd", ["2", "2", "6", "2", "2", "2", "0"]),
        ("3wd", ["3", "2.25", "9.5", "3.5", "3.5", "2.25", "0"]),
        ("5wd", ["4", "4", "16", "6", "6", "4", "0"]),
        ("10wd", ["4", "4", "55.5", "6.25", "6.25", "4", "0"]),
    ],
)
def test_template_hours(budget, hours):
    steps = seven_steps(budget)
    assert [step["kind"] for step in steps] == ["receive", "assign", "appraise", "review", "approve", "issue", "return"]
    assert sum(Decimal(step["hours"]) for step in steps) == working_hours(budget)
    assert [step["hours"] for step in steps] == hours


@given(st.decimals(min_value=1, max_value=4000, places=2))
def test_template_hours_add_up_and_none_is_negative(total):
    hours = distribute(total)
    assert sum(hours.values()) == total
    assert min(hours.values()) >= 0
    assert hours["return"] == 0


def test_calendar_days_are_planned_as_five_of_seven():
    assert [working_hours(b) for b in ("15d", "1d", "4h", "8wh", "sd")] == [80, 8, 4, 8, 8]


@pytest.mark.parametrize(
    ("field", "agency", "level", "reason"),
    [
        ("Hộ tịch", "", "Cấp xã", ""),
        ("Chứng thực", "Tổ chức hành nghề công chứng", "Cấp xã, Cơ quan khác", ""),
        ("Hộ tịch", "Cơ quan quản lý cơ sở dữ liệu hộ tịch điện tử", "Cấp tỉnh, Cấp xã", ""),
        ("Cư trú", "Công an cấp Xã", "Cấp xã", "Cơ quan giải quyết là công an, không phải UBND cấp xã"),
        (
            "Cầu",
            "Sở Xây dựng",
            "Cấp tỉnh, Cấp xã",
            "Cơ quan giải quyết là cấp tỉnh trở lên, chưa có quy trình riêng",
        ),
        ("Đất đai", "", "Cấp tỉnh", "Thuộc cấp tỉnh, chưa có quy trình riêng"),
        ("Tiếp công dân", "", "Cấp xã", "Xử lý theo quy trình đơn thư, không qua quy trình một cửa"),
        ("Hạ tầng kỹ thuật", "", "Cấp tỉnh, Cấp xã", "Nhiều cấp cùng giải quyết, chưa có quy trình riêng"),
    ],
)
def test_the_template_is_offered_only_where_a_commune_decides(field, agency, level, reason):
    assert misfit({"name": "Cấp giấy", "field": field, "agency": agency, "level": level}) == reason


@pytest.mark.django_db
def test_every_runnable_process_compiles_in_the_workflow_engine(catalogue):
    report = selectors.runnable_report()
    for code in (*report.own, *report.template):
        view = selectors.procedure(code, DAY)
        steps = selectors.steps_of(view.version_id)
        assert [step.name for step in steps] == [step.name for step in view.steps]
        definition = workflow.definition(ensure_process(f"tthc:{code}", view.name, steps))
        assert (definition.errors, definition.runnable) == ((), True), code


@pytest.mark.django_db
def test_steps_are_read_in_one_statement(catalogue, django_assert_num_queries):
    version_id = selectors.procedure("2.000908", DAY).version_id
    with django_assert_num_queries(1):
        steps = selectors.steps_of(version_id)
    assert [(step.key, step.kind, step.place) for step in steps][2] == ("s03", "approve", "authority")
