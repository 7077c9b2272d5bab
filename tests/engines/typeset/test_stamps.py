"""Looks of signatures, fields and marks: size in mm, size of letters, words, transparency."""

from __future__ import annotations

import io
from datetime import date, datetime

import pikepdf
import pytest
from PIL import Image

from congvu.common.zones import VN
from congvu.engines.typeset import services
from congvu.engines.typeset.errors import PaperIncomplete
from tests.engines.typeset import measure

AT = datetime(2026, 11, 21, 9, 30, 15, tzinfo=VN)


def size(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        box = opened.pages[0].mediabox
        return round(float(box[2]) * measure.MM, 1), round(float(box[3]) * measure.MM, 1)


def test_signature_is_blue_transparent_and_fits():
    image = services.demo_signature("Lục Thị Sương")
    assert image == services.demo_signature("Lục Thị Sương")
    opened = Image.open(io.BytesIO(image))
    red, _green, blue, _alpha = max(opened.getcolors(10**6), key=lambda c: c[0] * c[1][3])[1]
    assert opened.mode == "RGBA"
    assert opened.getpixel((0, 0))[3] == 0
    assert blue > red
    pdf = services.draw_stamp("person", picture=image, w=45, h=22)
    assert size(pdf) == (45, 22)
    assert b"/SMask" in pdf


def test_seal_is_red_of_true_size_and_says_that_it_is_a_demonstration():
    opened = Image.open(io.BytesIO(services.demo_seal("UBND xã Yên Khê")))
    assert opened.size == (720, 720)
    red, _green, blue, _alpha = max(opened.getcolors(10**6), key=lambda c: c[0] * c[1][3])[1]
    assert red > 150 > blue
    assert size(services.draw_stamp("agency", picture=services.demo_seal("UBND xã Yên Khê"), w=36, h=36)) == (36, 36)


def test_corner_of_a_separate_annex_is_text_of_ten_points_with_the_zone_of_time():
    pdf = services.draw_stamp("annex_corner", text="15/QĐ-UBND", at=AT, w=80, h=12)
    found = measure.pieces(pdf)
    assert [p.text for p in found] == ["15/QĐ-UBND", "2026-11-21T09:30:15+07:00"]
    assert {(p.size, p.bold, p.italic, p.colour) for p in found} == {(10, False, False, "#000000")}
    assert all(p.right == pytest.approx(80, abs=0.5) for p in found)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.pages[0].get_images()


def test_corner_of_an_electronic_copy():
    pdf = services.draw_stamp("copy_corner", form="SL", agency="Ủy ban nhân dân xã Yên Khê", at=AT, w=80, h=12)
    assert [p.text for p in measure.pieces(pdf)] == [
        "Sao lục",
        "Ủy ban nhân dân xã Yên Khê",
        "2026-11-21T09:30:15+07:00",
    ]


def test_corner_without_time_is_refused():
    with pytest.raises(PaperIncomplete) as refused:
        services.draw_stamp("annex_corner", text="15/QĐ-UBND", w=80, h=12)
    assert [p.field for p in refused.value.problems] == ["at"]


def test_fields_keep_size_and_are_never_wider_than_their_blank():
    number = measure.pieces(services.draw_stamp("text", text="15", w=12, h=6.42))
    assert [(p.text, p.size, p.italic) for p in number] == [("15", 13, False)]
    assert number[0].right == pytest.approx(12, abs=0.3)
    day = measure.pieces(
        services.draw_stamp("text", text="ngày 22 tháng 12 năm 2026", italic=True, side="left", w=52.1, h=6.42)
    )
    assert [(p.text, p.size, p.italic) for p in day] == [("ngày 22 tháng 12 năm 2026", 13, True)]
    wide = measure.pieces(services.draw_stamp("text", text="1234567890", w=12, h=6.42))
    assert wide[0].w <= 12.3


def test_initials_are_blue():
    found = measure.pieces(services.draw_stamp("initials", text="Hoa", w=14, h=7))
    assert [(p.text, p.colour) for p in found] == [("Hoa", "#1b3fa0")]


def test_arrival_mark_is_fifty_by_thirty_five():
    pdf = services.draw_arrival("UBND xã Mường Sơn", "128", date(2026, 3, 6), forwarded="Phòng Kinh tế", file="01.VP")
    assert size(pdf) == (50, 35)
    words = " ".join(p.text for p in measure.pieces(pdf))
    for part in (
        "UBND XÃ MƯỜNG SƠN",
        "ĐẾN",
        "Số:",
        "128",
        "06/03/2026",
        "Chuyển:",
        "Phòng Kinh tế",
        "Số và ký hiệu HS:",
    ):
        assert part in words


@pytest.mark.parametrize("bad", [b"", b"%PDF", b"\x89PNG\r\n\x1a\n"])
def test_broken_picture_is_refused(bad):
    with pytest.raises(PaperIncomplete, match="hình"):
        services.draw_stamp("agency", picture=bad, w=36, h=36)
