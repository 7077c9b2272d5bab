"""The block of a copy of a scan: on the page itself where the foot of the last page is free (NĐ 30/2020 Phụ lục I phần
II), else on a page of its own; positions in millimetres from the PDF."""

from __future__ import annotations

import io
import shutil

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from congvu.engines.typeset import copies, foot, services
from tests.engines.typeset import documents, measure
from tests.engines.typeset.test_layout import near, one

pytestmark = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler")
PER_MM, MM = 8, 72 / 25.4


def picture(until: float, *, foot_at: float = 0, shadow: bool = False, specks: bool = False) -> Image.Image:
    """A scanned A4 page, slightly grey, with lines of text down to ``until`` mm."""
    page = Image.new("L", (210 * PER_MM, 297 * PER_MM), 238)
    drawn, font = ImageDraw.Draw(page), ImageFont.load_default(4 * PER_MM)
    lines = [y for y in range(20, 297, 8) if y + 5 <= until]
    for y in [*lines, until - 5] if until else []:
        drawn.text((30 * PER_MM, y * PER_MM), "Noi dung van ban duoc sao y ban chinh", fill=40, font=font)
    if until:
        drawn.rectangle((30 * PER_MM, (until - 1) * PER_MM, 150 * PER_MM, until * PER_MM), fill=40)
    if foot_at:
        drawn.text((100 * PER_MM, foot_at * PER_MM), "Trang 1/1", fill=90, font=font)
    if shadow:
        drawn.rectangle((0, 0, 4 * PER_MM, 297 * PER_MM), fill=20)
        drawn.rectangle((0, 292 * PER_MM, 210 * PER_MM, 297 * PER_MM), fill=20)
    for n in range(20 if specks else 0):
        x, y = (40 + n * 7) * PER_MM, (180 + n * 4) * PER_MM
        drawn.rectangle((x, y, x + 2, y + 2), fill=0)
    return page


def scan(until: float, *, turned: int = 0, cut: float = 0, size: tuple[float, float] = (210, 297), **drawn) -> bytes:
    """The page as a PDF, kept turned so that it is shown upright; ``cut`` mm lie outside what is shown on each side."""
    page = picture(until, **drawn)
    if size != (210, 297):
        page = page.resize((round(size[0] * PER_MM), round(size[1] * PER_MM)))
    packed = io.BytesIO()
    page.rotate(turned, expand=True).save(packed, "JPEG", quality=80)
    wide, high = (page.height, page.width) if turned in (90, 270) else (page.width, page.height)
    w, h = wide / PER_MM * MM, high / PER_MM * MM
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(w + 2 * cut * MM, h + 2 * cut * MM))
        shown = made.pages[0].obj
        drawn_ = pikepdf.Stream(made, packed.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
                                Width=wide, Height=high, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
                                Filter=pikepdf.Name.DCTDecode)  # fmt: skip
        shown.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=drawn_))
        shown.Contents = made.make_stream(f"q {w} 0 0 {h} {cut * MM} {cut * MM} cm /P Do Q".encode())
        if cut:
            shown.CropBox = pikepdf.Array([cut * MM, cut * MM, w + cut * MM, h + cut * MM])
        if turned:
            shown.Rotate = turned
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def line_of(pdf: bytes, above: float = 297) -> measure.Line:
    (found,) = (rule for rule in measure.rules(pdf) if near(rule.w, 165, 0.1) and rule.y < above)
    return found


@pytest.mark.parametrize(
    "given",
    [
        {}, {"shadow": True}, {"specks": True}, {"turned": 90}, {"turned": 180}, {"turned": 270}, {"cut": 12},
        {"turned": 90, "cut": 9}, {"size": (209.2, 296.1)}, {"foot_at": 270},
    ],
    ids=str,
)  # fmt: skip
def test_the_block_stands_five_millimetres_under_the_writing_of_a_scan(given):
    sheet = services.set_copy(scan(150, **given), documents.COPY_MARK)
    assert sheet.pages == 1
    line, found = line_of(sheet.pdf), measure.pieces(sheet.pdf)
    assert near(line.y, 155, 1.6), line
    assert near(line.x, 30, 0.1)
    assert line.y < one(found, "SAO Y").y < one(found, "Đàm Quốc Vượng").y < 275
    title, name, person = one(found, "CHÁNH VĂN PHÒNG"), one(found, "Đàm Quốc Vượng"), sheet.zones["person"]
    assert (person.page, title.y < person.y < person.y + person.h < name.y) == (1, True)
    with pikepdf.open(io.BytesIO(sheet.pdf)) as opened:
        (page,) = opened.pages
        assert [round(float(side) / MM, 1) for side in page.mediabox] == [0, 0, 210, 297]
        assert "/Rotate" not in page.obj


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_scan_keeps_its_place_and_scale_under_the_block(turned):
    """What people see of the page is the same before and after, down to where the writing ends."""
    before, after = scan(150, turned=turned), services.set_copy(scan(150, turned=turned), documents.COPY_MARK).pdf
    first, second = (foot.drawn(pdf, page=1) for pdf in (before, after))
    assert first is not None
    assert second is not None
    high = 152 * foot.PER_MM
    pairs = zip(
        first.crop((0, 0, first.width, high)).tobytes(), second.crop((0, 0, first.width, high)).tobytes(), strict=True
    )
    assert sum(abs(a - b) > 60 for a, b in pairs) < 400


@pytest.mark.parametrize(
    "given", [{"until": 230}, {"until": 190, "foot_at": 263}, {"until": 120, "size": (216, 279)}], ids=str
)
def test_without_a_free_foot_the_block_takes_a_page_of_its_own(given):
    original = scan(**given)
    sheet = services.set_copy(original, documents.COPY_MARK)
    assert (sheet.pages, sheet.zones["person"].page) == (2, 2)
    assert one(measure.pieces(sheet.pdf), "SAO Y").page == 2
    with pikepdf.open(io.BytesIO(sheet.pdf)) as opened, pikepdf.open(io.BytesIO(original)) as before:
        assert list(opened.pages[0].mediabox) == list(before.pages[0].mediabox)


def test_the_longest_text_that_leaves_room_ends_where_the_block_still_ends_above_the_margin():
    """From 150 mm down in steps of 10: once there is no room there is none below either, and the block never passes
    275 mm."""
    pages = []
    for until in range(150, 231, 10):
        sheet = services.set_copy(scan(until), documents.COPY_MARK)
        pages.append(sheet.pages)
        lowest = max(piece.y for piece in measure.pieces(sheet.pdf))
        assert sheet.pages == 2 or lowest < copies.LOWEST_MM
    assert (pages[0], pages[-1], sorted(pages)) == (1, 2, pages)


def test_several_pages_only_the_last_is_looked_at_and_an_empty_one_takes_the_block_at_its_top():
    with pikepdf.open(io.BytesIO(scan(260))) as first, pikepdf.open(io.BytesIO(scan(90))) as second:
        first.pages.append(second.pages[0])
        out = io.BytesIO()
        first.save(out)
    sheet = services.set_copy(out.getvalue(), documents.COPY_MARK)
    assert (sheet.pages, line_of(sheet.pdf).page, near(line_of(sheet.pdf).y, 95, 1.6)) == (2, 2, True)
    empty = services.set_copy(scan(0), documents.COPY_MARK)
    assert (empty.pages, near(line_of(empty.pdf).y, 20, 1)) == (1, True)


def test_where_nothing_draws_pages_the_block_takes_a_page_of_its_own(monkeypatch):
    monkeypatch.setattr(foot.shutil, "which", lambda _name: None)
    assert services.set_copy(scan(100), documents.COPY_MARK).pages == 2


def test_the_address_of_the_sender_in_the_foot_of_a_letter_stays_below_the_block(letter):
    """Box 13 of a one-page letter, set here and brought as a file of another house: 5 mm under the name of its signer,
    above the line of the address."""
    sheet = services.set_copy(letter.pdf, documents.COPY_MARK)
    found = measure.pieces(sheet.pdf)
    name, line = one(found, "Lục Thị Sương"), line_of(sheet.pdf, above=270)
    assert (sheet.pages, 5 < line.y - name.y < 12) == (1, True)
    assert one(found, "Đàm Quốc Vượng").y + 5 < one(found, "Số 12 đường Chợ Mới").y
