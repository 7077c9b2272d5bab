"""Signature and seal pictures of the demonstration, drawn here and marked as such. No real seal is ever shipped."""

from __future__ import annotations

import math
import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from congvu.engines.typeset.fonts import free_directory

BLUE = (27, 63, 160, 255)
RED = (206, 16, 22, 255)
_LARGER = 2


def signature(name: str) -> bytes:
    """A blue scribble on nothing, always the same for a name: PNG, 900 × 440 pixels."""
    dice = random.Random(name)  # noqa: S311 - a drawing, no secret
    width, height = 900 * _LARGER, 440 * _LARGER
    image = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    x, base, points = width * 0.08, height * 0.55, []
    for _turn in range(5 + len(name) % 4):
        reach, lift = dice.uniform(0.09, 0.16) * width, dice.uniform(0.15, 0.42) * height
        for step in range(60):
            angle = step / 60 * 2 * math.pi
            points.append((x + reach * step / 60 + reach * 0.35 * math.sin(angle), base - lift * math.sin(angle) * 0.9))
        x += reach * 0.82
    points += [(x + t * 9, base + height * 0.25 - t * 6 * _LARGER * 0.9) for t in range(40)]
    draw.line(points, fill=BLUE, width=9 * _LARGER, joint="curve")
    draw.line([(width * 0.1, height * 0.86), (width * 0.82, height * 0.72)], fill=BLUE, width=6 * _LARGER)
    return _png(image.crop(image.getbbox()))


def seal(around: str, inside: str = "BẢN TRÌNH DIỄN") -> bytes:
    """A red round seal with a text along its edge, openly marked as a demonstration: PNG, 720 pixels wide."""
    side = 720 * _LARGER
    image, middle = Image.new("RGBA", (side, side), (255, 255, 255, 0)), side / 2
    draw = ImageDraw.Draw(image)
    for radius, width in ((0.49, 14), (0.455, 5), (0.30, 6)):
        r = side * radius
        draw.ellipse([middle - r, middle - r, middle + r, middle + r], outline=RED, width=width * _LARGER)
    _along(image, f"{around.upper()} ★ KHÔNG CÓ GIÁ TRỊ PHÁP LÝ ★ ", side * 0.375)
    draw.polygon([_at(middle, side * (0.15 if n % 2 == 0 else 0.06), n * 36 - 90) for n in range(10)], fill=RED)
    font = _font(34 * _LARGER)
    draw.text((middle, side * 0.70), inside, font=font, fill=RED, anchor="mm")
    return _png(image)


def _at(middle: float, radius: float, degrees: float) -> tuple[float, float]:
    turn = math.radians(degrees)
    return middle + radius * math.cos(turn), middle + radius * math.sin(turn)


def _along(image: Image.Image, words: str, radius: float) -> None:
    """Letters along the circle, first one on the left, all upright to the middle."""
    size = int(min(54 * _LARGER, 2 * math.pi * radius / len(words) * 1.25))
    font = _font(size)
    for n, letter in enumerate(words):
        degrees = 180 + 360 * n / len(words)
        tile = Image.new("RGBA", (size * 2, size * 2), (255, 255, 255, 0))
        drawn = letter if letter != "★" else "•"
        ImageDraw.Draw(tile).text((size, size), drawn, font=font, fill=RED, anchor="mm")
        x, y = _at(image.width / 2, radius, degrees)
        image.alpha_composite(
            tile.rotate(-(degrees + 90), resample=Image.Resampling.BICUBIC), (int(x - size), int(y - size))
        )


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(free_directory() / "texgyretermes-bold.otf"), size)


def _png(image: Image.Image) -> bytes:
    """Each pixel the mean of those it was drawn with: few colours, so it is small in every document that carries it."""
    small = image.resize((image.width // _LARGER, image.height // _LARGER), Image.Resampling.BOX)
    out = BytesIO()
    small.save(out, "PNG")
    return out.getvalue()
