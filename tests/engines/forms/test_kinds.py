"""Each kind of field: what it takes, what it refuses and in which words."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from congvu.engines.forms.kinds import KINDS, Bad
from congvu.engines.forms.types import Choice, Field, Words

from .samples import HOME, TODAY, post

ITEMS = (
    Choice("a", Words("Một", "One")),
    Choice("b", Words("Hai")),
    Choice("old", Words("Cũ"), until=date(2025, 12, 31)),
)


def field(kind, **params):
    return Field("x", kind, Words("Mục"), choices=ITEMS, params=params)


def parse(kind, raw, **params):
    return KINDS[kind].parse(field(kind, **params), raw, TODAY)


@pytest.mark.parametrize(
    ("kind", "raw", "params", "value"),
    [
        ("text", "  Thôn   Đông ", {}, "Thôn Đông"),
        ("text", "a\u200bb\u202ec", {}, "abc"),
        ("text", "hộ kinh doanh", {"upper": True}, "HỘ KINH DOANH"),
        ("textarea", "dòng 1\r\ndòng 2", {}, "dòng 1\ndòng 2"),
        ("name", unicodedata.normalize("NFD", "Nguyễn Thị Thu Hường"), {}, "NGUYỄN THỊ THU HƯỜNG"),
        ("name", "Anne-Marie O'Neil Jr.", {}, "ANNE-MARIE O'NEIL JR."),
        ("name", "H’ Mai", {}, "H’ MAI"),
        ("phone", "0900 000 147", {}, "0900000147"),
        ("phone", "+84 900.000.147", {}, "0900000147"),
        ("phone", "(024) 3900 0147", {}, "02439000147"),
        ("email", "thu.huong@thu.vn", {}, "thu.huong@thu.vn"),
        ("cccd", "099 195 000 147", {}, "099195000147"),
        ("cccd", "099.195.000147", {}, "099195000147"),
        ("number", "12", {}, 12),
        ("number", "1.284", {}, 1284),
        ("number", 3, {}, 3),
        ("money", "8.000.000 đ", {}, 8_000_000),
        ("money", "150 500 000 VNĐ", {}, 150_500_000),
        ("date", {"d": "5", "m": "11", "y": "2026"}, {}, "2026-11-05"),
        ("date", {"d": "5", "m": "11", "y": "26"}, {}, "2026-11-05"),
        ("date", {"d": "5/11/26", "m": "", "y": ""}, {}, "2026-11-05"),
        ("date", {"d": "05112026", "m": "", "y": ""}, {}, "2026-11-05"),
        ("date", "5.11.2026", {}, "2026-11-05"),
        ("date", "2026-11-05", {}, "2026-11-05"),
        ("date", {"d": "7", "m": "6", "y": "95"}, {"max": "today"}, "1995-06-07"),
        ("date", {"d": "29", "m": "2", "y": "2024"}, {}, "2024-02-29"),
        ("date", {"d": "21", "m": "11", "y": "2026"}, {"max": "today"}, "2026-11-21"),
        ("partial_date", "1948", {"max": "today"}, "1948"),
        ("partial_date", "2/3/1995", {}, "1995-03-02"),
        ("partial_date", "2026", {"max": "today"}, "2026"),
        ("choice", "a", {}, "a"),
        ("choices", ["b", "a"], {}, ["a", "b"]),
        ("yesno", "1", {}, True),
        ("yesno", "0", {}, False),
        ("yesno", False, {}, False),
        ("consent", "1", {}, True),
        ("address", {"country": "JP", "detail": "Osaka"}, {"country": True}, {"country": "JP", "detail": "Osaka"}),
        ("file", [{"id": 4, "name": "a.pdf", "x": 1}], {}, [{"id": 4, "name": "a.pdf"}]),
        ("flag", True, {}, True),
    ],
)
def test_taken(kind, raw, params, value):
    assert parse(kind, raw, **params) == value
    assert parse(kind, value, **params) == value
    assert KINDS[kind].text(field(kind, **params), value) is not None


@pytest.mark.parametrize(
    ("kind", "raw", "params", "words"),
    [
        ("text", "a" * 256, {}, "dài 256 ký tự, nhiều nhất 255"),
        ("text", 5, {}, "phải là chữ"),
        ("text", "12", {"pattern": "[0-9]{4}", "pattern_words": "gồm 4 chữ số"}, "gồm 4 chữ số"),
        ("textarea", "a" * 3001, {}, "nhiều nhất 3000"),
        ("textarea", ["a"], {}, "phải là chữ"),
        ("name", "A" * 10_000, {}, "dài 10000 ký tự, nhiều nhất 100; hãy ghi ngắn lại"),
        ("name", "An Nhiên 😀", {}, "bỏ ký tự “😀”"),
        ("name", "An 2", {}, "bỏ ký tự “2”"),
        ("name", "Anne-Marie", {"marks": False}, "bỏ ký tự “-”"),
        ("phone", "0900", {}, "gồm 10 chữ số"),
        ("phone", "090000014x", {}, "gồm 10 chữ số"),
        ("phone", "٠٩٠٠٠٠٠١٤٧", {}, "gồm 10 chữ số"),
        ("email", "hường@thu.vn", {}, "ten@noi.vn"),
        ("email", "a@b", {}, "ten@noi.vn"),
        ("cccd", "09919500014", {}, "thiếu 1 chữ số"),
        ("cccd", "0991950001477", {}, "thừa 1 chữ số"),
        ("cccd", "123456789", {}, "chứng minh nhân dân"),
        ("cccd", "0991950O0147", {}, "ký tự thứ 8 (“O”) không phải chữ số"),
        ("cccd", "09919500014٣", {}, "ký tự thứ 12"),
        ("cccd", "099895000147", {}, "chữ số thứ 4 đến thứ 6 (“895”) cho năm sinh 2395"),
        ("number", "1,5", {}, "không có số lẻ"),
        ("number", "-1", {}, "ghi bằng chữ số"),
        ("number", "²", {}, "ghi bằng chữ số"),
        ("number", "9" * 40, {}, "ghi bằng chữ số"),
        ("number", "0", {"min": 1}, "phải từ 1 trở lên"),
        ("number", "24", {"max": 23}, "nhiều nhất là 23"),
        ("number", True, {}, "ghi bằng chữ số"),
        ("money", "nhiều", {}, "ghi bằng chữ số"),
        ("date", {"d": "5", "m": "21", "y": "2026"}, {}, "tháng phải từ 1 đến 12"),
        ("date", {"d": "32", "m": "1", "y": "2026"}, {}, "ngày phải từ 1 đến 31"),
        ("date", {"d": "29", "m": "2", "y": "2026"}, {}, "tháng 2 năm 2026 chỉ có 28 ngày"),
        ("date", {"d": "5", "m": "", "y": "2026"}, {}, "thiếu tháng"),
        ("date", {"d": "x", "m": "1", "y": "2026"}, {}, "ngày phải là chữ số"),
        ("date", {"d": "1", "m": "1", "y": "926"}, {}, "năm phải có 4 chữ số"),
        ("date", {"d": "1", "m": "1", "y": "0926"}, {}, "năm phải có 4 chữ số"),
        ("date", {"d": "22", "m": "11", "y": "2026"}, {"max": "today"}, "không sau 21/11/2026"),
        ("date", {"d": "1", "m": "1", "y": "1850"}, {"min": "1900-01-01"}, "từ 01/01/1900"),
        ("date", "mai", {}, "ghi đủ ngày, tháng, năm"),
        ("date", 20261105, {}, "tháng phải từ 1 đến 12"),
        ("partial_date", "95", {}, "ghi năm (ví dụ 1995)"),
        ("partial_date", "0099", {}, "năm phải có 4 chữ số"),
        ("partial_date", "2027", {"max": "today"}, "không sau 21/11/2026"),
        ("choice", "z", {}, "chọn một mục có trong danh sách"),
        ("choice", ["a"], {}, "chọn một mục có trong danh sách"),
        ("choice", "old", {}, "chỉ chọn được đến hết ngày 31/12/2025"),
        ("choices", ["a", "z"], {}, "chọn những mục có trong danh sách"),
        ("choices", "a", {}, "chọn những mục có trong danh sách"),
        ("yesno", "maybe", {}, "chọn Có hoặc Không"),
        ("consent", False, {}, "đánh dấu vào ô"),
        ("address", "Thôn Đông", {}, "chọn tỉnh, xã"),
        ("address", {"province": "00"}, {}, "chọn tỉnh, thành phố"),
        ("address", {"province": "99", "commune": "00001"}, {}, "chọn xã, phường, đặc khu của Tỉnh Bình Lam"),
        ("address", {"province": "99", "commune": "99001"}, {"detail": True}, "ghi địa chỉ chi tiết"),
        ("address", {"province": "99", "commune": "99001", "detail": "a" * 301}, {}, "nhiều nhất 300"),
        ("address", {"country": "ZZ", "detail": "x"}, {}, "chọn quốc gia có trong danh sách"),
        ("address", {"country": "JP"}, {}, "ghi địa chỉ ở nước ngoài"),
        ("address", {**HOME}, {"abroad": True}, "chọn quốc gia khác Việt Nam"),
        ("file", "a.pdf", {}, "tải lại tệp này"),
        ("file", [{"name": "a"}], {}, "tải lại tệp này"),
        ("file", [{"id": 1}] * 11, {}, "nhiều nhất 10 tệp"),
        ("flag", "1", {}, "do hệ thống đặt"),
    ],
)
def test_refused_in_words(kind, raw, params, words):
    with pytest.raises(Bad) as refused:
        parse(kind, raw, **params)
    assert words in str(refused.value)


def test_bad_part_names_the_box():
    with pytest.raises(Bad) as refused:
        parse("date", {"d": "5", "m": "21", "y": "2026"})
    assert refused.value.part == "m"
    with pytest.raises(Bad) as refused:
        parse("address", {"province": "99", "commune": ""})
    assert refused.value.part == "commune"


def test_address_keeps_the_names_of_its_day():
    value = parse("address", dict(HOME))
    assert (value["province_name"], value["commune_name"]) == ("Tỉnh Bình Lam", "Xã Yên Khê")
    assert KINDS["address"].text(field("address"), value) == "Thôn Đông, xã Yên Khê, tỉnh Bình Lam"
    abroad = parse("address", {"country": "JP", "detail": "Osaka"}, country=True)
    assert KINDS["address"].text(field("address"), abroad) == "Osaka, Nhật Bản"


@pytest.mark.parametrize(
    ("kind", "data", "raw"),
    [
        ("text", post(x=" a\x00b "), "ab"),
        ("text", post(x="   "), None),
        ("text", post(), None),
        ("textarea", post(x="a\x00\nb"), "a\nb"),
        ("date", post(x__d="5", x__m="11", x__y="2026"), {"d": "5", "m": "11", "y": "2026"}),
        ("date", post(x__d="", x__m="", x__y=""), None),
        ("date", post(x="5/11/2026"), "5/11/2026"),
        ("choices", post(x=["a", "b"]), ["a", "b"]),
        ("choices", post(), None),
        ("consent", post(x="1"), "1"),
        ("consent", post(), None),
        ("address", post(x__province="", x__commune="", x__detail=""), None),
        (
            "address",
            post(x__province="99", x__commune="99001"),
            {"country": "VN", "province": "99", "commune": "99001", "detail": ""},
        ),
        ("file", post(x="a"), None),
    ],
)
def test_read_from_a_post(kind, data, raw):
    assert KINDS[kind].read(field(kind), "x", data) == raw


@pytest.mark.parametrize(
    ("kind", "value", "boxes"),
    [
        ("text", None, {"": ""}),
        ("text", {"raw": "typed"}, {"": "typed"}),
        ("number", {"raw": "1,5"}, {"": "1,5"}),
        ("number", 1284, {"": "1.284"}),
        ("date", "2026-11-05", {"d": "05", "m": "11", "y": "2026"}),
        ("date", {"raw": "mai"}, {"d": "mai", "m": "", "y": ""}),
        ("date", {"raw": {"d": "5", "m": "21", "y": ""}}, {"d": "5", "m": "21", "y": ""}),
        ("yesno", False, {"": "0"}),
        ("yesno", None, {"": ""}),
        ("choice", {"raw": "z"}, {"": "z"}),
        ("choices", ["a"], {"": ["a"]}),
    ],
)
def test_shown_again_as_typed(kind, value, boxes):
    assert KINDS[kind].boxes(field(kind), value) == boxes
