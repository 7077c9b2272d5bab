"""What an authority chooses: the level that receives, and which process runs."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.procedures import selectors, services
from congvu.domains.procedures.models import ProcedureVersion
from tests.domains.procedures.samples import ADMIN, CLERK, make_row
from tests.domains.procedures.test_editing import STEPS
from tests.marks import refuses

pytestmark = pytest.mark.django_db
DAY, CODE = date(2100, 1, 1), "1.999001"
PUBLISHED = [
    {"order": 1, "name": "Tiếp nhận hồ sơ", "role": "Công chức một cửa", "hours": 2},
    {"order": 2, "name": "Thẩm định", "role": "Công chức chuyên môn", "hours": 18},
    {"order": 3, "name": "Trả kết quả", "role": "Công chức một cửa", "hours": 0},
]


def now():
    return selectors.procedure(CODE, DAY)


def same_after_import(row) -> bool:
    report = services.import_rows(ADMIN, [row])
    return (report.create, report.update, report.same) == (0, 0, 1)


def test_levels_are_set_flagged_and_survive_imports():
    services.import_rows(ADMIN, [make_row()])
    services.set_levels(ADMIN, CODE, ["province", "commune"], "Quyết định 1/QĐ-UBND")
    assert now().levels == ("commune", "province")
    assert [(f.field, f.reason) for f in now().unverified] == [
        ("levels", "Cấp tiếp nhận do đơn vị nhập, chưa đối chiếu: Quyết định 1/QĐ-UBND")
    ]
    assert same_after_import(make_row())


def test_the_authority_goes_from_published_steps_to_its_own_to_the_template_and_back():
    source = make_row(steps=PUBLISHED)
    services.import_rows(ADMIN, [source])
    published = now().steps
    assert now().steps_origin == "own"
    services.set_steps(ADMIN, CODE, STEPS)
    assert (now().steps_origin, now().steps[1].name) == ("province", "Xác minh tại chỗ")
    services.choose_process(ADMIN, CODE, "template")
    assert (now().steps_origin, len(now().steps)) == ("template", 7)
    assert same_after_import(source)
    services.choose_process(ADMIN, CODE, "source")
    assert (now().steps_origin, now().steps, now().number) == ("own", published, 4)
    assert same_after_import(source)


@refuses("procedures.set_levels", "procedures.choose_process")
def test_refusals_move_nothing():
    services.import_rows(
        ADMIN, [make_row(name="Thủ tục lạ của Công an cấp xã", field="Công an"), make_row(code="1.999002", time=None)]
    )
    seen = now().version_id
    for fields, levels, basis in ((["levels"], [], "Căn cứ"), (["levels", "basis"], ["moon"], " ")):
        with pytest.raises(Invalid) as refused:
            services.set_levels(ADMIN, CODE, levels, basis)
        assert [problem.field for problem in refused.value.problems] == fields
    for choice, code in (("source", CODE), ("moon", CODE), ("template", "1.999002")):
        with pytest.raises(Invalid) as refused:
            services.choose_process(ADMIN, code, choice)
        assert refused.value.problems[0].field == "process"
    for act in (lambda who, code, at: services.set_levels(who, code, ["commune"], "Căn cứ", seen=at),
                lambda who, code, at: services.choose_process(who, code, "template", seen=at)):  # fmt: skip
        with pytest.raises(Forbidden):
            act(CLERK, CODE, seen)
        with pytest.raises(NotFound):
            act(ADMIN, "9.999999", seen)
        with pytest.raises(Conflict):
            act(ADMIN, CODE, seen + 1)
    assert ProcedureVersion.objects.count() == 2
