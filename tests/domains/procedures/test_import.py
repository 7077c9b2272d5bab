"""Importing the catalogue. The figures come from a separate count over the source file and are typed by hand."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from congvu.common.actor import SYSTEM
from congvu.common.errors import Forbidden, Invalid
from congvu.domains.procedures import selectors, services
from congvu.domains.procedures.models import Field, Procedure, ProcedureVersion
from congvu.ground.audit.models import Entry
from tests.domains.procedures.samples import ADMIN, CLERK, make_row
from tests.marks import refuses

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def counts(report):
    return report.create, report.update, report.same, len(report.refused)


@time_machine.travel("2026-11-21 09:00+07:00", tick=False)
def test_360_are_created_then_the_same():
    first = services.import_rows(ADMIN, services.shipped_rows())
    assert counts(first) == (360, 0, 0, 0)
    # 83 have steps: 7 with a role that is nobody's, 1 without a time limit. 165 fit the template, 48 lack a limit.
    assert (first.runnable_own, first.runnable_template, first.runnable) == (75, 117, 192)
    assert (Procedure.objects.count(), ProcedureVersion.objects.count(), Field.objects.count()) == (360, 360, 70)
    entry = Entry.objects.get(verb="procedures.import")
    assert (entry.actor_name, entry.detail["create"]) == ("Lò Thị Mây", 360)

    second = services.import_rows(SYSTEM, services.shipped_rows())
    assert counts(second) == (0, 0, 360, 0)
    assert ProcedureVersion.objects.count() == 360
    assert second.runnable == 192


def test_dry_run_says_the_same_and_writes_nothing():
    report = services.import_rows(ADMIN, services.shipped_rows(), dry_run=True)
    assert counts(report) == (360, 0, 0, 0)
    assert (report.dry_run, report.runnable) == (True, 192)
    assert not Procedure.objects.exists()
    assert not Field.objects.exists()
    assert not Entry.objects.exists()


def test_a_changed_row_closes_the_version_and_opens_the_next():
    with time_machine.travel("2026-11-20 09:00+07:00", tick=False):
        services.import_rows(ADMIN, [make_row(), make_row(code="1.999002")])
    with time_machine.travel("2026-11-21 00:30+07:00", tick=False):
        report = services.import_rows(ADMIN, [make_row(name="Đăng ký mái che"), make_row(code="1.999002")])
    assert counts(report) == (0, 1, 1, 0)
    old, new = ProcedureVersion.objects.filter(procedure__code="1.999001").order_by("number")
    assert (old.valid_from, old.valid_to, old.name) == (date(2026, 11, 20), date(2026, 11, 20), make_row()["name"])
    assert (new.valid_from, new.valid_to, new.number, new.name) == (DAY, None, 2, "Đăng ký mái che")
    assert selectors.procedure("1.999001", date(2026, 11, 20)).version_id == old.id
    assert selectors.procedure("1.999001", DAY).version_id == new.id
    assert selectors.version(old.id).name == "Thủ tục đăng ký mái che di động"


@time_machine.travel("2026-11-21 09:00+07:00", tick=False)
def test_two_changes_on_one_day_leave_one_version_in_force():
    services.import_rows(ADMIN, [make_row()])
    services.import_rows(ADMIN, [make_row(name="Lần hai")])
    first, second = ProcedureVersion.objects.order_by("number")
    assert (first.valid_from, first.valid_to) == (DAY, date(2026, 11, 20))
    assert selectors.procedure("1.999001", DAY).version_id == second.id


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1.999001", "không phải một thủ tục"),
        ({}, "code: phải là chữ"),
        ({"xin": "chào"}, "code: phải là chữ"),
        (make_row(code="12345"), "không phải mã thủ tục"),
        (make_row(code="0.999001"), "không phải mã thủ tục"),
        (make_row(code="1.9990011"), "không phải mã thủ tục"),
        (make_row(name="  "), "name: còn trống"),
        (make_row(name=None), "name: phải là chữ"),
        (make_row(name="x" * 10_000), "name: dài 10000 ký tự"),
        (make_row(field=7), "field: phải là chữ"),
        (make_row(time="3 ngày"), "time: phải là một mục"),
        (make_row(time={"value": True, "unit": "ngày"}), "time.value: phải là số"),
        (make_row(time={"value": -1, "unit": "ngày"}), "time.value: phải là số"),
        (make_row(time={"value": float("nan"), "unit": "ngày"}), "time.value: phải là số"),
        (make_row(time={"value": 10**400, "unit": "ngày"}), "time.value: phải là số"),
        (make_row(papers="Đơn"), "papers: phải là danh sách"),
        (make_row(papers=[{"name": "Đơn", "original": 1.5}]), "papers[0].original: phải là số nguyên"),
        (make_row(papers=[{"name": "Đơn"}] * 501), "papers: 501 mục, tối đa 500"),
        (make_row(steps=[{"name": "Bước", "role": 3}]), "role: phải là chữ"),
        (make_row(steps=[{"name": "Bước", "hours": 1e9}]), "steps[0].hours: phải là số từ 0 đến 99999"),
        (make_row(legal=[1]), "legal: phải là danh sách chữ"),
    ],
)
def test_a_row_that_is_no_procedure_is_refused_and_the_others_go_in(row, words):
    report = services.import_rows(ADMIN, [row, make_row(code="1.999002")])
    assert counts(report) == (1, 0, 0, 1)
    assert words in report.refused[0].reason
    assert list(Procedure.objects.values_list("code", flat=True)) == ["1.999002"]


def test_a_code_twice_in_one_file_is_refused_with_the_first_row():
    report = services.import_rows(ADMIN, [make_row(), make_row(code="1.999.001.H42", name="Khác")])
    assert counts(report) == (1, 0, 0, 1)
    assert report.refused[0].reason == "code: trùng mã với dòng 1 của tệp"
    assert ProcedureVersion.objects.get().name == make_row()["name"]


@pytest.mark.parametrize(
    "typed", ["1.999001.000.00.00.H13", "1.999001.H05", "1.999.001.H42", "1.999.001", " 1.999001 ", "1.999001.02"]
)
def test_codes_are_joined_on_their_eight_characters(typed):
    services.import_rows(ADMIN, [make_row(code=typed)])
    version = ProcedureVersion.objects.select_related("procedure").get()
    assert (version.procedure.code, version.portal_code) == ("1.999001", typed.strip())


@pytest.mark.parametrize(
    ("time", "budget"),
    [
        ({"value": 3, "unit": "ngày làm việc"}, "3wd"),
        ({"value": 30, "unit": "ngày"}, "30d"),
        ({"value": 27.0, "unit": "Ngày"}, "27d"),
        ({"value": 12, "unit": "giờ"}, "12h"),
        ({"value": 8, "unit": "giờ làm việc"}, "8wh"),
        ({"value": 1, "unit": "trong ngày"}, "sd"),
        ({"value": 9.5, "unit": "ngày làm việc"}, "76wh"),
        ({"value": 1, "unit": None}, None),
        ({"value": None, "unit": "ngày"}, None),
        ({"value": 0, "unit": "ngày"}, None),
        ({"value": 2, "unit": "tuần"}, None),
        ({"value": 2.5, "unit": "ngày"}, None),
        (None, None),
    ],
)
def test_a_unit_is_never_guessed(time, budget):
    report = services.import_rows(ADMIN, [make_row(time=time)])
    view = selectors.procedure("1.999001", date(2100, 1, 1))
    assert view.budget == budget
    assert view.runnable is (budget is not None)
    assert len(report.warnings) == (budget is None)


def test_text_is_stored_in_nfc_without_control_characters():
    services.import_rows(ADMIN, [make_row(name="Ca\u0302\u0301p \x00 gia\u0302\u0301y 🙂", field="Ca\u0302y")])
    version = ProcedureVersion.objects.select_related("field").get()
    assert (version.name, version.field.name) == ("Cấp giấy 🙂", "Cây")


def test_a_field_is_known_by_its_synonyms():
    services.import_rows(ADMIN, [make_row(field="Hộ kinh doanh"), make_row(code="1.999002", field="ho kinh DOANH")])
    assert Field.objects.get().name == "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)"


@refuses("procedures.import")
def test_only_an_administrator_imports():
    for dry_run in (True, False):
        with pytest.raises(Forbidden):
            services.import_rows(CLERK, [make_row()], dry_run=dry_run)
    assert not Procedure.objects.exists()
    assert not Entry.objects.exists()


def test_a_list_that_is_too_long_is_refused():
    with pytest.raises(Invalid, match="quá dài"):
        services.import_rows(ADMIN, [None] * 20_001)


def test_progress_is_told():
    heard = []
    services.import_rows(ADMIN, [make_row(), {}], progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
