"""Vietnamese text: normal form, fold, order of letters and of people."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.common.text import clean, fold, name_key, sort_key, words_asked


def test_fold_drops_marks_and_bars():
    assert fold("Đường Nguyễn Ái Quốc") == "duong nguyen ai quoc"
    assert fold(unicodedata.normalize("NFD", "Thủy Xuân Tiên")) == "thuy xuan tien"


def test_clean_removes_control_characters_and_keeps_lines():
    assert clean("  Nguyễn\x00  Văn\u0007 A\r\nThôn Đoài ") == "Nguyễn Văn A\nThôn Đoài"


@given(st.text())
def test_clean_is_stable_and_nfc(text):
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\x00" not in once


def test_letters_come_in_vietnamese_order():
    words = ["ơ", "o", "ô", "đ", "d", "ă", "a", "â", "ư", "u", "ê", "e"]
    assert sorted(words, key=sort_key) == ["a", "ă", "â", "d", "đ", "e", "ê", "o", "ô", "ơ", "u", "ư"]


def test_tones_follow_ngang_huyen_hoi_nga_sac_nang():
    assert sorted(["mạ", "mã", "mả", "má", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@pytest.mark.parametrize(
    ("people", "ordered"),
    [(["Trần Văn Bình", "Nguyễn Thị An", "Lê Văn Bình"], ["Nguyễn Thị An", "Lê Văn Bình", "Trần Văn Bình"])],
)
def test_people_are_ordered_by_given_name(people, ordered):
    assert sorted(people, key=name_key) == ordered


@pytest.mark.parametrize("question", ['Sở "Nội', "“Sở” «Nội»", ' sở  nội " '])
def test_quotation_marks_are_not_looked_for(question):
    assert words_asked(question) == ["so", "noi"]


def test_no_more_than_eight_words_are_looked_for():
    assert words_asked("một hai ba bốn năm sáu bảy tám chín") == ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam"]
