"""The corner of a file set elsewhere: where the agency's text stands on pages of every size, cut and turn."""

from __future__ import annotations

import io
import subprocess
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.common.zones import VN
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.errors import FileRefused

MM = 72 / 25.4
AT = datetime(2026, 11, 19, 9, 30, 5, tzinfo=VN)


def made(w: float, h: float, *, turned: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """One blank page of w × h mm; ``crop`` cuts left, bottom, right, top by so many mm."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(w * MM, h * MM))
        page = pdf.pages[0]
        if turned:
            page.obj["/Rotate"] = turned
        if crop:
            left, bottom, right, top = (side * MM for side in crop)
            page.cropbox = [left, bottom, w * MM - right, h * MM - top]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("pdf", "zone"),
    [
        (made(210, 297), (115, 6, 80, 12)),
        (made(297, 210), (202, 6, 80, 12)),
        # A landscape table on an upright sheet that is shown turned clockwise: the corner lies at the sheet's top left.
        (made(210, 297, turned=90), (6, 15, 12, 80)),
        (made(210, 297, turned=180), (15, 279, 80, 12)),
        (made(210, 297, turned=270), (192, 202, 12, 80)),
        (made(230, 317, crop=(10, 10, 10, 10)), (125, 16, 80, 12)),
        (made(230, 317, turned=90, crop=(5, 10, 15, 10)), (11, 25, 12, 80)),
        (made(70, 100), (0, 6, 55, 12)),
    ],
)
def test_the_corner_in_millimetres_of_the_sheet(pdf, zone):
    found = typeset.annex_corner(pdf).zone
    assert (found.x, found.y, found.w, found.h) == pytest.approx(zone, abs=0.02)


@given(
    w=st.floats(60, 900), h=st.floats(60, 900), turned=st.sampled_from([0, 90, 180, 270]),
    cut=st.tuples(*[st.floats(0, 2)] * 4),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_the_corner_never_leaves_what_is_shown(w, h, turned, cut):
    found = typeset.annex_corner(made(w, h, turned=turned, crop=cut)).zone
    left, bottom, right, top = cut
    assert (left - 0.05 <= found.x, found.x + found.w <= w - right + 0.05) == (True, True)
    assert (top - 0.05 <= found.y, found.y + found.h <= h - bottom + 0.05) == (True, True)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_mark_reads_upright_in_the_upper_right_corner_of_the_page_as_it_is_shown(turned: int, tmp_path: Path):
    pdf = made(210, 297, turned=turned)
    corner = typeset.annex_corner(pdf)
    mark = typeset.draw_annex_corner(corner, text="05/QĐ-UBND", at=AT)
    zone = corner.zone
    with pikepdf.open(io.BytesIO(pdf)) as page, pikepdf.open(io.BytesIO(mark)) as drawn:
        low = (297 - zone.y - zone.h) * MM
        place = pikepdf.Rectangle(zone.x * MM, low, (zone.x + zone.w) * MM, low + zone.h * MM)
        assert [float(side) for side in drawn.pages[0].mediabox[2:]] == pytest.approx(
            [zone.w * MM, zone.h * MM], abs=0.2
        )
        # Not ``add_overlay``: it turns what it lays over a turned page, and the mark is turned already.
        form = page.copy_foreign(drawn.pages[0].as_form_xobject())
        page.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(M=form))
        page.pages[0].Contents = page.make_stream(f"q 1 0 0 1 {place.llx} {place.lly} cm /M Do Q".encode())
        page.save(tmp_path / "shown.pdf")
    said = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "shown.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    wide = 297 if turned in (90, 270) else 210
    word = next(line for line in said.splitlines() if "05/QĐ-UBND" in line)
    x = float(word.split('xMax="')[1].split('"')[0]) / MM
    y = float(word.split('yMin="')[1].split('"')[0]) / MM
    assert (round(x), 5 < y < 19) == (wide - 15, True)


def test_what_cannot_carry_a_signature_is_refused_in_words():
    with pytest.raises(FileRefused, match="quá nhỏ"):
        typeset.annex_corner(made(50, 50))
    with pytest.raises(FileRefused, match="hỏng"):
        typeset.annex_corner(b"%PDF-1.7 nothing")
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(made(210, 297))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(FileRefused, match="mật khẩu"):
        typeset.annex_corner(locked.getvalue())


@given(st.binary(max_size=400), st.integers(0, 60), st.integers(0, 255))
@settings(max_examples=80, deadline=None)
def test_broken_bytes_are_refused_never_a_fault(tail: bytes, at: int, byte: int):
    whole = bytearray(made(210, 297))
    whole[-at - 1] = byte
    for broken in (bytes(whole), bytes(whole[: len(whole) // 2]) + tail):
        try:
            corner = typeset.annex_corner(broken)
        except FileRefused:
            continue
        assert corner.zone.w > 0
