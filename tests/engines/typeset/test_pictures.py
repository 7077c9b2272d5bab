"""Pictures in a text: the line that names one, its description, and that it stays on the page."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from congvu.engines.typeset import services
from congvu.engines.typeset.types import Paragraph, Picture, blocks_to_json, plain
from tests.engines.typeset import documents

MM = 72 / 25.4


def image(w: int, h: int, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (w, h), (40, 90, 160)).save(out, kind)
    return out.getvalue()


WORDS = st.text(st.characters(categories=("L", "N", "Zs"), include_characters=".,:()/"), max_size=60).map(
    lambda text: " ".join(text.split())
)


@given(key=st.from_regex(r"\A[a-z0-9-]{1,40}\Z"), caption=WORDS, alt=WORDS, width=st.integers(1, 165))
def test_the_line_of_a_picture_is_read_back(key: str, caption: str, alt: str, width: int):
    one = (Picture(key, alt, float(width), plain(caption)),)
    again = services.read_text(services.write_text(one))
    assert blocks_to_json(again) == blocks_to_json(services.read_text(services.write_text(again)))
    assert [type(block) for block in again] == [Picture]
    assert (again[0].key, again[0].width_mm) == (key, float(width))


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("[hình: so-do]", Picture("so-do", "")),
        ("[Hình: so-do | Sơ đồ thôn]", Picture("so-do", "", caption=plain("Sơ đồ thôn"))),
        ("[hình: a | Sơ đồ | Đường và sông | 80 mm]", Picture("a", "Đường và sông", 80.0, plain("Sơ đồ"))),
        ("[hình: a | Sơ đồ | Đường và sông | 80]", Picture("a", "Đường và sông", 80.0, plain("Sơ đồ"))),
        ("[hình]", None),
        ("[hình: A B]", None),
        ("[hình: a | b | c | 0 mm]", None),
        ("Xem [hình: a] bên", None),
    ],
)
def test_what_is_a_picture_and_what_stays_text(line: str, made: Picture | None):
    (block,) = services.read_text(line)
    assert block == (made if made is not None else Paragraph(plain(line)))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), max_size=80))
def test_no_bracket_breaks_the_reader(text: str):
    services.write_text(services.read_text(f"[hình: {text}]"))


@pytest.mark.parametrize(("w", "h", "width"), [(400, 1600, 165), (2000, 300, 165), (600, 400, 80)])
def test_a_picture_never_leaves_the_margins(w: int, h: int, width: int):
    body = (Paragraph(plain("Sơ đồ dưới đây.")), Picture("a", "Sơ đồ", float(width), plain("Hình 1. Sơ đồ")))
    paper = dataclasses.replace(documents.LETTER, body=body, pictures={"a": image(w, h)})
    found = []
    with pikepdf.open(io.BytesIO(services.set_official(paper).pdf)) as pdf:
        for page in pdf.pages:
            found += placed(page, page.obj, pikepdf.Matrix())
    ((left, low, right, high),) = [box for box in found if box[2] - box[0] > 20 * MM]
    assert (left >= 30 * MM - 0.5, right <= 195 * MM + 0.5, low >= 20 * MM - 0.5, high <= 277 * MM + 0.5) == (True,) * 4
    assert (right - left) / (high - low) == pytest.approx(w / h, rel=0.01)
    assert right - left <= width * MM + 0.5


def placed(content, holder, matrix):
    """The boxes of the raster pictures on a page, in points."""
    stack, found = [], []
    for operands, operator in pikepdf.parse_content_stream(content):
        match str(operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*[float(o) for o in operands]) @ matrix
            case "Do":
                form = holder.Resources.XObject[str(operands[0])]
                if form.get("/Subtype") == "/Image":
                    (x1, y1), (x2, y2) = matrix.transform((0, 0)), matrix.transform((1, 1))
                    found.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
                elif form.get("/Subtype") == "/Form":
                    own = pikepdf.Matrix(*[float(o) for o in form.get("/Matrix", [1, 0, 0, 1, 0, 0])])
                    found += placed(form, form, own @ matrix)
    return found


def test_lint_asks_for_a_description_where_neither_caption_nor_words_say_what_it_shows():
    def codes(picture: Picture) -> list[str]:
        paper = dataclasses.replace(documents.LETTER, body=(picture,), pictures={"a": image(9, 9)})
        return [found.found for found in services.check_draft(paper) if found.code == "picture_alt"]

    assert codes(Picture("a", " ")) == ["a"]
    assert codes(Picture("a", "Sơ đồ")) == []
    assert codes(Picture("a", "", caption=plain("Hình 1. Sơ đồ"))) == []


def test_a_word_file_gives_description_caption_and_width():
    made = Document()
    made.add_paragraph("Vị trí như sau:")
    shape = made.add_picture(io.BytesIO(image(60, 40)), width=Mm(92.4))
    shape._inline.docPr.set("descr", "Bản đồ  thôn Đoài")
    made.add_paragraph("Hình 1. Vị trí trạm bơm")
    made.add_picture(io.BytesIO(image(60, 40, "JPEG")), width=Mm(300))
    made.add_paragraph("Hình thức xử lý: theo quy định.")
    out = io.BytesIO()
    made.save(out)
    read = services.read_word(out.getvalue())
    assert read.body[1:] == (
        Picture("hinh-1", "Bản đồ thôn Đoài", 92.0, plain("Hình 1. Vị trí trạm bơm")),
        Picture("hinh-2", "", 165.0),
        Paragraph(plain("Hình thức xử lý: theo quy định.")),
    )
    assert sorted(read.pictures) == ["hinh-1", "hinh-2"]
