"""What is wrong with a typed day or figure, in words that name the field and are true."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from congvu.common.errors import Conflict, Invalid, Problem, Refusal
from congvu.faces.desk.incoming.fields import day_of, figure


@pytest.mark.parametrize(
    ("typed", "words"),
    [("31/02/2026", "không có ngày 31/02/2026."), ("31022026", "không có ngày 31/02/2026."),
     ("1/13/26", "không có ngày 1/13/2026."), ("mai", "ghi ngày như 17/11/2026.")],
)  # fmt: skip
def test_a_day_that_is_none_is_told_with_its_field(typed, words):
    with pytest.raises(Invalid) as refused:
        day_of(typed, "issued_on", "Ngày văn bản")
    assert refused.value.problems == (Problem("issued_on", f"Ngày văn bản: {words}", "date"),)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("ba", "ghi bằng chữ số."), ("-3", "không được âm."), ("99999999999999", "tối đa 6 chữ số."),
     ("1000000", "tối đa 6 chữ số."), ("--3", "ghi bằng chữ số."), ("-", "ghi bằng chữ số.")],
)  # fmt: skip
def test_a_figure_that_is_none_is_told_with_its_field(typed, words):
    with pytest.raises(Invalid) as refused:
        figure(typed, "pages", "Số trang")
    assert refused.value.problems == (Problem("pages", f"Số trang: {words}", "number"),)
    assert figure("999999", "pages", "Số trang") == 999_999


def test_without_a_label_the_words_begin_a_sentence():
    with pytest.raises(Invalid) as refused:
        figure("-3", "pages")
    assert refused.value.message == "Không được âm."


def drawn(refusal: Refusal) -> str:
    return render_to_string("desk/_refusal.html", {"refusal": refusal, "prefix": "lam-"})


def test_one_problem_is_said_once_and_counted_above():
    words = "Chọn nơi nhận trong danh sách."
    page = drawn(Invalid(words, problems=(Problem("to", words, "unknown"),)))
    assert page.count(words) == 1
    assert "Còn 1 chỗ cần sửa</h2>" in page


def test_words_that_say_more_than_the_lines_stay_above_them():
    page = drawn(Invalid("Chưa gửi được.", problems=(Problem("to", "Chọn nơi nhận.", "unknown"),)))
    assert "Chưa gửi được.</h2>" in page
    assert "cần sửa" not in page
    assert "Đã đổi.</h2>" in drawn(Conflict("Đã đổi."))


def test_a_document_that_is_not_there_is_no_dossier_and_leads_back_to_the_desk(desk, world):
    page = desk("vanthu").get("/lam-viec/van-ban-den/01890000-0000-7000-8000-000000000000/")
    assert page.status_code == 404
    assert "Nội dung này không có, hoặc không thuộc phạm vi được xem." in page.content.decode()
    assert 'href="/lam-viec/">Về trang đầu' in page.content.decode()
    assert "data-back" in page.content.decode()
