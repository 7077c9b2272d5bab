"""What an authority sets itself: a time limit, its own steps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.domains.procedures import selectors, services
from congvu.domains.procedures.models import ProcedureVersion
from congvu.domains.procedures.types import StepInput
from congvu.ground.audit.models import Entry
from tests.domains.procedures.samples import ADMIN, CLERK, make_row
from tests.marks import refuses

pytestmark = pytest.mark.django_db
DAY = date(2100, 1, 1)
BASIS = "Nghị định 168/2025/NĐ-CP"
STEPS = [
    StepInput("Tiếp nhận hồ sơ", "clerk", "center", Decimal(2)),
    StepInput("Xác minh tại chỗ", "specialist", "section", Decimal("10.5"), public_name="Xác minh"),
    StepInput("Ký giấy", "chair", "authority", Decimal(4), kind="approve"),
    StepInput("Trả kết quả", "clerk", "center", Decimal(0)),
]


def test_a_missing_limit_is_set_flagged_and_makes_it_run(catalogue):
    before = selectors.procedure("1.001612", DAY)
    assert (before.budget, before.runnable) == (None, False)
    version_id = services.set_time(ADMIN, "1.001612", "3wd", BASIS)
    after = selectors.procedure("1.001612", DAY)
    assert (after.version_id, after.number) == (version_id, 2)
    assert (after.budget, after.steps_origin, after.runnable, after.time_basis) == ("3wd", "template", True, BASIS)
    assert sum(step.hours for step in after.steps) == 24
    flag = next(flag for flag in after.unverified if flag.field == "time")
    assert flag.reason == f"Thời hạn do đơn vị nhập, chưa đối chiếu: {BASIS}"
    detail = Entry.objects.get(verb="procedures.set_time").detail
    assert (detail["code"], detail["before"], detail["budget"]) == ("1.001612", None, "3wd")


def test_own_settings_survive_the_next_import(catalogue):
    services.set_time(ADMIN, "1.001612", "3wd", BASIS)
    services.set_steps(ADMIN, "3.000527", STEPS)
    report = services.import_rows(ADMIN, services.shipped_rows())
    assert (report.create, report.update, report.same) == (0, 0, 360)
    assert report.runnable == 194
    assert selectors.procedure("1.001612", DAY).budget == "3wd"
    assert selectors.procedure("3.000527", DAY).steps_origin == "province"


def test_a_limit_that_filled_a_gap_gives_way_to_the_source():
    services.import_rows(ADMIN, [make_row(time=None)])
    services.set_time(ADMIN, "1.999001", "5wd", BASIS)
    report = services.import_rows(ADMIN, [make_row()])
    assert (report.update, selectors.procedure("1.999001", DAY).budget) == (1, "3wd")


def test_a_limit_that_shortens_the_source_stays():
    services.import_rows(ADMIN, [make_row()])
    services.set_time(ADMIN, "1.999001", "2wd", BASIS, False)
    report = services.import_rows(ADMIN, [make_row()])
    view = selectors.procedure("1.999001", DAY)
    assert (report.same, view.budget, view.unverified) == (1, "2wd", ())


def test_setting_the_same_again_opens_no_version(catalogue):
    first = services.set_time(ADMIN, "1.001612", "3wd", BASIS)
    assert services.set_time(ADMIN, "1.001612", " 3WD ", BASIS) == first
    assert ProcedureVersion.objects.filter(procedure__code="1.001612").count() == 2


@pytest.mark.parametrize(("budget", "basis"), [("3", BASIS), ("0wd", BASIS), ("mai", BASIS), ("3wd", " ")])
def test_a_bad_limit_changes_nothing(catalogue, budget, basis):
    with pytest.raises(Invalid):
        services.set_time(ADMIN, "1.001612", budget, basis)
    assert ProcedureVersion.objects.filter(procedure__code="1.001612").count() == 1
    assert not Entry.objects.filter(verb="procedures.set_time").exists()


def test_own_steps_replace_the_process(catalogue):
    services.set_steps(ADMIN, "3.000527", STEPS)
    view = selectors.procedure("3.000527", DAY)
    assert (view.steps_origin, view.runnable) == ("province", True)
    assert [(s.key, s.kind, s.role, s.hours, s.public_name) for s in view.steps] == [
        ("s01", "receive", "clerk", Decimal(2), "Tiếp nhận hồ sơ"),
        ("s02", "appraise", "specialist", Decimal("10.5"), "Xác minh"),
        ("s03", "approve", "chair", Decimal(4), "Ký duyệt"),
        ("s04", "return", "clerk", Decimal(0), "Trả kết quả"),
    ]
    assert [step.key for step in selectors.steps_of(view.version_id)] == ["s01", "s02", "s03", "s04"]


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "steps"),
        (STEPS[:1], "steps"),
        (STEPS[1:], "steps"),
        ([*STEPS[:3], *STEPS[2:]], "steps"),
        ([STEPS[0], StepInput("", "clerk", "center", None), STEPS[-1]], "dòng 2"),
        ([STEPS[0], StepInput("Bước", "ai", "center", None, kind="other"), STEPS[-1]], "dòng 2"),
        ([STEPS[0], StepInput("Bước", "clerk", "đâu", None, kind="other"), STEPS[-1]], "dòng 2"),
        ([STEPS[0], StepInput("Bước", "clerk", "center", Decimal(-1), kind="other"), STEPS[-1]], "dòng 2"),
        ([STEPS[0], StepInput("Bước", "clerk", "center", None, kind="gì"), STEPS[-1]], "dòng 2"),
    ],
)
def test_bad_steps_name_the_row_and_change_nothing(catalogue, rows, field):
    with pytest.raises(Invalid) as refusal:
        services.set_steps(ADMIN, "3.000527", rows)
    assert {problem.field for problem in refusal.value.problems} == {field}
    assert ProcedureVersion.objects.filter(procedure__code="3.000527").count() == 1


@refuses("procedures.set_time", "procedures.set_steps")
def test_only_an_administrator_sets(catalogue):
    with pytest.raises(Forbidden):
        services.set_time(CLERK, "1.001612", "3wd", BASIS)
    with pytest.raises(Forbidden):
        services.set_steps(CLERK, "3.000527", STEPS)
    assert ProcedureVersion.objects.count() == 360


def test_an_unknown_procedure_is_told(catalogue):
    with pytest.raises(NotFound):
        services.set_time(ADMIN, "9.999999", "3wd", BASIS)
    with pytest.raises(NotFound):
        selectors.procedure("9.999999", DAY)
    with pytest.raises(NotFound):
        selectors.version(0)
    with pytest.raises(NotFound):
        selectors.steps_of(0)
    with pytest.raises(NotFound):
        selectors.procedure("1.001612", date(2020, 1, 1))


def test_history_is_newest_first(catalogue):
    services.set_time(ADMIN, "1.001612", "3wd", BASIS)
    assert [(view.number, view.budget) for view in selectors.versions("1.001612")] == [(2, "3wd"), (1, None)]
