"""What really stands on a page: texts with font and size, lines and frames, in millimetres from the top left."""

from __future__ import annotations

import html
import io
import re
import subprocess
from dataclasses import dataclass

import pikepdf

ZOOM = 3  # the most that pdftohtml takes
MM = 25.4 / 72


@dataclass(frozen=True)
class Piece:
    """One stretch of text in one font; ``size`` in points, the rest in mm."""

    page: int
    text: str
    x: float
    y: float
    w: float
    size: float
    bold: bool
    italic: bool
    colour: str

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def middle(self) -> float:
        return self.x + self.w / 2


@dataclass(frozen=True)
class Line:
    """A horizontal rule."""

    page: int
    x: float
    y: float
    w: float


def pieces(pdf: bytes) -> list[Piece]:
    """Every text of the file in reading order, as poppler sees it."""
    made = subprocess.run(
        ["pdftohtml", "-xml", "-stdout", "-i", "-zoom", str(ZOOM), "-", "/dev/null"],
        input=pdf, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    fonts = {
        n: (float(size) / ZOOM, colour)
        for n, size, colour in re.findall(r'<fontspec id="(\d+)" size="(-?\d+)" family="[^"]*" color="([^"]*)"', made)
    }
    found = []
    for number, page in enumerate(re.split(r"<page ", made)[1:], 1):
        for top, left, width, font, body in re.findall(
            r'<text top="(-?\d+)" left="(-?\d+)" width="(-?\d+)" height="-?\d+" font="(\d+)">(.*?)</text>', page, re.S
        ):
            size, colour = fonts[font]
            whole = html.unescape(re.sub(r"<[^>]+>", "", body))
            words = whole.strip()
            if words:
                scale = MM / ZOOM
                blanks = (len(whole) - len(whole.rstrip())) * size * 0.25 * MM
                found.append(Piece(
                    number, words, int(left) * scale, int(top) * scale, int(width) * scale - blanks, size,
                    "<b>" in body, "<i>" in body, colour,
                ))  # fmt: skip
    return found


def rules(pdf: bytes) -> list[Line]:
    """Horizontal lines that are stroked on their own, in order of drawing, those of overlays too."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages, 1):
            height = float(page.mediabox[3])
            for start, end in _strokes(page.obj, page, pikepdf.Matrix()):
                if abs(start[1] - end[1]) < 0.01:
                    left, right = sorted((start[0], end[0]))
                    found.append(Line(number, left * MM, (height - start[1]) * MM, (right - left) * MM))
    return found


def _strokes(holder, content, matrix):
    """Start and end of each straight stroke of a page or a form, in the page's points."""
    stack, start, end = [], None, None
    for operands, operator in pikepdf.parse_content_stream(content):
        match str(operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*[float(o) for o in operands]) @ matrix
            case "m":
                start, end = matrix.transform([float(o) for o in operands]), None
            case "l":
                end = matrix.transform([float(o) for o in operands])
            case "S" if start and end:
                yield start, end
            case "Do":
                form = holder.Resources.XObject[str(operands[0])]
                if form.get("/Subtype") == "/Form":
                    own = pikepdf.Matrix(*[float(n) for n in form.get("/Matrix", [1, 0, 0, 1, 0, 0])])
                    yield from _strokes(form, form, own @ matrix)


def frames(pdf: bytes, page: int = 1) -> list[tuple[float, float]]:
    """Width and height in mm of each stroked rectangle (drawn as a closed path of four corners)."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        matrix, stack, points = pikepdf.Matrix(), [], []
        for operands, operator in pikepdf.parse_content_stream(opened.pages[page - 1]):
            match str(operator):
                case "q":
                    stack.append(matrix)
                case "Q":
                    matrix = stack.pop()
                case "cm":
                    matrix = pikepdf.Matrix(*[float(o) for o in operands]) @ matrix
                case "m":
                    points = [matrix.transform([float(o) for o in operands])]
                case "l":
                    points.append(matrix.transform([float(o) for o in operands]))
                case "re":
                    x, y, w, h = (float(o) for o in operands)
                    points = [matrix.transform(p) for p in ((x, y), (x + w, y), (x + w, y + h), (x, y + h))]
                case "S" | "s" if len({round(p[0], 2) for p in points}) == 2 and len(points) >= 4:
                    xs, ys = [p[0] for p in points], [p[1] for p in points]
                    found.append(((max(xs) - min(xs)) * MM, (max(ys) - min(ys)) * MM))
    return found


def one(found: list[Piece], start: str) -> Piece:
    """The one piece that begins so."""
    matching = [p for p in found if p.text == start] or [p for p in found if p.text.startswith(start)]
    assert len(matching) == 1, (start, [p.text for p in found])
    return matching[0]
