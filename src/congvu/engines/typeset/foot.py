"""Where the writing ends on a page that was not set here: a scan, a file of another program. Seen, not computed.

The page is drawn small by poppler, where the host has it, and looked at. A shadow along the edges of a scan and single
specks are no writing; everything else is, so that nothing is ever printed over.
"""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

from PIL import Image

SECONDS = 15
# A pixel is half a millimetre; one cell of paper is two by two of them.
DPI, PER_MM = 50.8, 2
CELL = 2
STEP_MM = CELL / PER_MM
# Writing below this is no text but the foot of the sheet: box 13, a page number.
FOOT_MM = 262.0
# Scanners leave shadows and torn corners here.
EDGE_MM = 6
# A cell holds writing when it is darker than the paper by this much of 255; a letter of 10 points makes 60 to 120.
DARKER = 26
# Writing makes several dark cells in a row; fewer than these are specks.
LEAST_CELLS = 2


def free_strip(pdf: bytes, *, page: int) -> tuple[float, float] | None:
    """Where the text of a page ends, and where what stands in its foot begins (addresses of the sender, a page number),
    in mm from the top of what people see; 0 for an empty page, the lower edge for an empty foot.

    None where it cannot be seen: without poppler, or when it does not finish.
    """
    picture = drawn(pdf, page=page)
    return None if picture is None else _strip(picture)


def drawn(pdf: bytes, *, page: int) -> Image.Image | None:
    """A page as people see it, in greys, two pixels to the millimetre; None where nothing draws it."""
    program = shutil.which("pdftoppm")
    if program is None:
        return None
    command = [program, "-r", str(DPI), "-gray", "-cropbox", "-f", str(page), "-l", str(page), "-singlefile", "-"]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=SECONDS, check=True)
        return Image.open(BytesIO(done.stdout), formats=["PPM"])
    except (OSError, subprocess.SubprocessError):
        return None


def _strip(picture: Image.Image) -> tuple[float, float]:
    written = _written(picture)
    text = [low for low in written if low <= FOOT_MM]
    foot = [low - STEP_MM for low in written if low > FOOT_MM]
    return max(text, default=0.0), min(foot, default=picture.height / PER_MM)


def _written(picture: Image.Image) -> list[float]:
    """The lower edge of each row of cells that holds writing, in mm from the top."""
    edge = EDGE_MM * PER_MM
    cells = picture.crop((edge, 0, picture.width - edge, picture.height - edge)).reduce(CELL)
    across, down = cells.size
    grey = cells.tobytes()
    paper = sorted(grey)[len(grey) * 3 // 4]
    rows = (grey[row * across : (row + 1) * across] for row in range(down))
    dark = (sum(paper - value > DARKER for value in row) for row in rows)
    return [(n + 1) * STEP_MM for n, count in enumerate(dark) if count >= LEAST_CELLS]
