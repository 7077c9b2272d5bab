"""One POST of a page: nothing typed is lost, buttons need no script, new questions are shown first."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from congvu.engines.forms import services
from congvu.engines.forms.render import page
from congvu.engines.forms.types import Command

from .samples import BIRTH, BUSINESS, FORMS, TODAY, check, post

CHILD = "nguoi-duoc-khai-sinh"


def parse(key, page_key, before=None, files=None, **values):
    return services.parse(FORMS[key], page_key, post(**values), files, before=before or {}, today=TODAY)


def test_clean_and_raw_values_side_by_side():
    parsed = parse(
        "khai-sinh",
        CHILD,
        _shown="child_name child_dob child_sex",
        child_name="  An   Nhiên ",
        child_dob__d="5",
        child_dob__m="21",
        child_dob__y="2026",
    )
    assert parsed.values == {
        "child_name": "AN NHIÊN",
        "child_dob": {"raw": {"d": "5", "m": "21", "y": "2026"}},
        "child_sex": None,
    }
    assert services.merge({"child_sex": "nu", "phone": "0900000147"}, parsed.values) == {
        "phone": "0900000147",
        "child_name": "AN NHIÊN",
        "child_dob": {"raw": {"d": "5", "m": "21", "y": "2026"}},
    }


def test_raw_value_is_checked_again_and_shown_as_typed():
    long = "A" * 10_000
    parsed = parse("khai-sinh", CHILD, _shown="child_name", child_name=long)
    assert parsed.values == {"child_name": {"raw": long}}
    problems = check(
        "khai-sinh",
        {**BIRTH, "relation": "Khac", "relation_other": "Bác", "kin_instead": True} | parsed.values,
        page=CHILD,
    ).problems
    assert [(problem.field, problem.message) for problem in problems] == [
        ("child_name", "Họ, chữ đệm và tên: dài 10000 ký tự, nhiều nhất 100; hãy ghi ngắn lại")
    ]
    view = page(FORMS["khai-sinh"], CHILD, parsed.values, problems, today=TODAY)
    assert next(field for group in view.groups for field in group.fields if field.name == "child_name").value == long


def test_null_characters_never_reach_the_store():
    parsed = parse("khai-sinh", CHILD, _shown="child_name", child_name="An\x00 Nhiên 1")
    assert parsed.values == {"child_name": {"raw": "An Nhiên 1"}}


def test_a_field_that_was_not_on_the_page_stays():
    parsed = parse("khai-sinh", CHILD, before=BIRTH, _shown="child_name", _locked="child_dob", child_name="An Nhiên")
    assert set(parsed.values) == {"child_name"}


def test_new_answers_reveal_questions_and_the_page_stays():
    shown = ["acting", "agent_kin"][0]
    parsed = parse("khai-sinh", "nguoi-yeu-cau", _shown=f"{shown} relation", acting="other", relation="Khac")
    assert {"agent_kin", "relation_other", "kin_instead"} <= set(parsed.revealed)
    assert parsed.stay
    assert parsed.command == Command("next")


def test_nothing_new_goes_on():
    form = FORMS["khai-sinh"]
    view = page(form, "ket-qua", BIRTH, today=TODAY)
    parsed = parse(
        "khai-sinh",
        "ket-qua",
        before=BIRTH,
        _shown=view.shown,
        want_copies="1",
        copies="2",
        delivery="online",
        pledge="1",
    )
    assert parsed.revealed == ()
    assert not parsed.stay
    assert parsed.values == {"want_copies": True, "copies": 2, "delivery": "online", "pledge": True}


@pytest.mark.parametrize(
    ("button", "command"),
    [
        ({"_add": "lines"}, Command("add", "lines")),
        ({"_remove": "lines:0"}, Command("remove", "lines", 0)),
        ({"_edit": "owner_name"}, Command("edit", "owner_name")),
        ({"_refresh": "office_address"}, Command("refresh", "office_address")),
        ({"_drop": "paper_x:zz"}, Command("drop", "paper_x")),
        ({"_save": ""}, Command("save")),
    ],
)
def test_buttons(button, command):
    assert parse("ho-kinh-doanh", "nganh-nghe", **button).command == command


ROWS = {
    "_shown": "lines",
    "lines__rows": "2",
    "lines__0__name": "Bán lẻ lương thực",
    "lines__0__code": "4721",
    "lines__0__main": "1",
    "lines__1__name": "Bán lẻ vải",
    "lines__1__code": "47",
}


def test_rows_are_read_in_order_with_raw_boxes():
    parsed = parse("ho-kinh-doanh", "nganh-nghe", **ROWS)
    assert parsed.values["lines"] == [
        {"name": "Bán lẻ lương thực", "code": "4721", "main": True},
        {"name": "Bán lẻ vải", "code": {"raw": "47"}},
    ]
    problems = check("ho-kinh-doanh", BUSINESS | parsed.values).problems
    assert [(problem.field, problem.message) for problem in problems] == [
        ("lines.1.code", "Mã ngành: gồm 4 chữ số theo hệ thống ngành kinh tế Việt Nam, ví dụ 4711")
    ]


def test_add_and_remove_rows_keep_what_was_typed():
    added = parse("ho-kinh-doanh", "nganh-nghe", _add="lines", **ROWS)
    assert [row.get("name") for row in added.values["lines"]] == ["Bán lẻ lương thực", "Bán lẻ vải", None]
    assert added.stay
    removed = parse("ho-kinh-doanh", "nganh-nghe", _remove="lines:0", **ROWS)
    assert [row.get("name") for row in removed.values["lines"]] == ["Bán lẻ vải"]
    far = parse("ho-kinh-doanh", "nganh-nghe", _remove="lines:999", **ROWS)
    assert len(far.values["lines"]) == 2


def test_empty_rows_do_not_count():
    lines = [BUSINESS["lines"][0], {}]
    assert check("ho-kinh-doanh", {**BUSINESS, "lines": lines}).values["lines"] == [BUSINESS["lines"][0]]


@pytest.mark.parametrize("count", ["999999", "-1", "x", "９"])
def test_a_forged_row_count_is_bounded(count):
    parsed = parse("ho-kinh-doanh", "nganh-nghe", _shown="lines", lines__rows=count)
    assert len(parsed.values["lines"]) <= 30


def test_files_come_apart_from_values_and_a_dropped_one_goes():
    scan = SimpleUploadedFile("giay.jpg", b"x")
    files = MultiValueDict({"paper_chung_sinh": [scan], "elsewhere": [scan]})
    parsed = parse(
        "khai-sinh", "giay-to", before=BIRTH, files=files, _shown="birth_proof paper_chung_sinh", birth_proof="giay"
    )
    assert parsed.uploads == (("paper_chung_sinh", scan),)
    assert parsed.values == {"birth_proof": "giay"}
    dropped = parse(
        "khai-sinh", "giay-to", before=BIRTH, _drop="paper_chung_sinh:0", _shown="birth_proof", birth_proof="giay"
    )
    assert "paper_chung_sinh" not in services.merge(BIRTH, dropped.values)


def test_no_such_page():
    with pytest.raises(KeyError):
        parse("khai-sinh", "trang-khac")


@pytest.mark.parametrize("lines", ["x", {"name": "x"}, ["x"]])
def test_rows_of_another_shape_are_refused(lines):
    (problem,) = check("ho-kinh-doanh", {**BUSINESS, "lines": lines}).problems
    assert (problem.field, problem.message) == ("lines", "Ngành: ghi từng dòng")


def test_a_row_asks_for_its_own_missing_answers():
    lines = [{"code": "4721", "main": True}]
    (problem,) = check("ho-kinh-doanh", {**BUSINESS, "lines": lines}).problems
    assert (problem.field, problem.message) == ("lines.0.name", "Ghi tên ngành")


def test_an_address_in_a_row_keeps_its_province_while_communes_are_shown():
    typed = {
        "_shown": "founder members",
        "_refresh": "members.0.permanent",
        "founder": "ho_gia_dinh",
        "members__rows": "1",
        "members__0__name": "Lê Quang Vinh",
        "members__0__permanent__province": "99",
    }
    parsed = parse("ho-kinh-doanh", "thanh-vien", **typed)
    assert parsed.stay
    address = parsed.values["members"][0]["permanent"]
    assert address == {"raw": {"country": "VN", "province": "99", "commune": "", "detail": ""}}
    view = page(FORMS["ho-kinh-doanh"], "thanh-vien", parsed.values, today=TODAY)
    (member,) = next(field for group in view.groups for field in group.fields if field.name == "members").rows
    communes = next(field for field in member.fields if field.name == "members.0.permanent").boxes["commune"].options
    assert "Xã Yên Khê" in communes
