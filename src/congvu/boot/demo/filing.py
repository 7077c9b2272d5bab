"""Work files and the digitising programme of the first commune, played through the acts while the clock is moved back.

Every list has something: an issued list of files, files being made, closed, handed to the archive and accepted, one
with a Word file; a backlog of paper, batches being scanned, checked and filed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import UUID

import time_machine
from PIL import Image, ImageDraw

from congvu.boot.demo.arrivals import HOME, holder, sample
from congvu.boot.demo.organisation import Organisation
from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import local_date
from congvu.domains.digitising import selectors as paper
from congvu.domains.digitising import services as digitising
from congvu.domains.digitising.types import HoldingInput, ScanInput
from congvu.domains.workfiles import selectors as filed
from congvu.domains.workfiles import services as workfiles
from congvu.domains.workfiles.types import Described, LineInput, NewFile
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import Issuer, OfficialDocument, Signer
from congvu.ground.files import services as files
from congvu.journeys import digitising_workfiles as journey

BACK = timedelta(days=50)
HEADINGS: tuple[tuple[str, str, str, tuple[tuple[str, int | None], ...]], ...] = (
    ("Lãnh đạo, chỉ đạo chung", "TH", "vp", (
        ("Kế hoạch, báo cáo công tác hằng tháng của UBND xã năm 2026", 20),
        ("Hồ sơ hội nghị giao ban của Chủ tịch UBND xã năm 2026", 10),
    )),
    ("Kinh tế, đất đai, xây dựng", "KT", "kt", (
        ("Hồ sơ rà soát quỹ đất công ích do xã quản lý", None),
        ("Hồ sơ phòng, chống thiên tai năm 2026", 20),
        ("Hồ sơ đầu tư công năm 2026", 50),
    )),
    ("Văn hóa, xã hội", "VX", "vh", (
        ("Hồ sơ phong trào toàn dân đoàn kết năm 2026", 10),
        ("Hồ sơ kiểm kê di tích trên địa bàn xã", None),
    )),
)  # fmt: skip
LETTERS = (
    ("Công văn", "CV", "214", "UBND-KT", "V/v báo cáo thiệt hại do mưa lũ"),
    ("Kế hoạch", "KH", "61", "KH-UBND", "Trực phòng, chống thiên tai mùa mưa lũ"),
    ("Báo cáo", "BC", "188", "BC-UBND", "Tình hình khắc phục hậu quả thiên tai"),
)
BACKLOG = (
    HoldingInput("Hồ sơ đất đai thôn Nà Lâm", "UBND xã Yên Khê", 9000, 1998, 2012, 3, "03", "Giá 3", 12, 140),
    HoldingInput("Quyết định về hộ tịch", "UBND xã Yên Khê", 5200, 1989, 2015, 3, "02", "Giá 1", 8, 64),
    HoldingInput("Hồ sơ chính sách người có công", "UBND xã Yên Khê", 3100, 2005, 2024, 2, "01", "Giá 2", 5, 88),
    HoldingInput("Công văn đi, đến trước năm 2000", "UBND xã Khê Thượng", 12000, 1976, 1999, 1, "02", "Giá 7", 20, 210),
)  # fmt: skip


def play(made: Organisation, *, now: datetime) -> int:
    """Play the files and the programme unless there are some. Returns how many files were opened."""
    clerk = holder(made, f"{HOME}-vp", "registrar")
    if filed.catalogues(clerk):
        return 0
    stage = _Stage(made, now, clerk, holder(made, HOME, "chair"), sample(now))
    stage.catalogue()
    opened = stage.files()
    stage.programme()
    return opened


@dataclass(slots=True)
class _Stage:
    """Who acts, and the sheet that stands for every document."""

    made: Organisation
    now: datetime
    clerk: Actor
    chair: Actor
    paper: bytes

    def catalogue(self) -> None:
        """The list of this year: drafted, approved, issued."""
        agency = self.made.units[HOME]
        with time_machine.travel(self.now - BACK, tick=True):
            year = local_date(self.now).year
            listed = workfiles.draft(self.clerk, agency, year)
            for title, symbol, unit, lines in HEADINGS:
                heading = workfiles.add_heading(self.clerk, listed, title=title, symbol=symbol)
                for name, years in lines:
                    line = LineInput(name, self.made.units[f"{HOME}-{unit}"], years, permanent=years is None)
                    workfiles.add_line(self.clerk, heading, line)
            workfiles.approve(self.chair, listed)
            workfiles.issue(self.clerk, listed, decision=f"Quyết định số 02/QĐ-UBND ngày 05/01/{year}")

    def files(self) -> int:
        """One file for each of the first lines, in the states a file goes through."""
        official, head = holder(self.made, f"{HOME}-kt", "specialist"), holder(self.made, f"{HOME}-kt", "head")
        lines = filed.free_lines(official)
        made = [
            self._file(actor, line.id, days, end)
            for (actor, days, end), line in zip(
                ((official, 40, "archived"), (official, 30, "submitted"), (head, 25, "closed"), (official, 12, "open"),
                 (self.clerk, 9, "open")),
                lines, strict=False,
            )
        ]  # fmt: skip
        with time_machine.travel(self.now - timedelta(days=3), tick=True):
            word = files.store(official, name="De-cuong-bao-cao.docx", content=_word())
            described = Described("Đề cương báo cáo tổng kết", type="BC", type_name="Báo cáo", pages=1)
            workfiles.add(official, made[3], None, described, attached=[word.id])
            workfiles.set_level(official, made[3], level="02", reason="Có số liệu của hộ gia đình")
        return len(made)

    def _file(self, actor: Actor, line: int, days: int, end: str) -> UUID:
        start = self.now - timedelta(days=days)
        with time_machine.travel(start, tick=True):
            file = workfiles.open_file(actor, NewFile(line=line))
        for place, (name, kind, number, notation, subject) in enumerate(LETTERS):
            with time_machine.travel(start + timedelta(days=1 + place), tick=True):
                kept = files.store(actor, name=f"{number}-{kind}.pdf", content=self.paper)
                one = Described(
                    subject, direction="out", type=kind, type_name=name, number=number, notation=notation, pages=1,
                    issued_on=local_date(start) + timedelta(days=1 + place), organ_name="UBND xã Yên Khê",
                    signer_position="Chủ tịch", signer_name=self.chair.name,
                )  # fmt: skip
                workfiles.add(actor, file, None, one, attached=[kept.id])
        if end != "open":
            with time_machine.travel(start + timedelta(days=6), tick=True):
                workfiles.close(actor, file)
        if end in ("submitted", "archived"):
            with time_machine.travel(start + timedelta(days=8), tick=True):
                workfiles.pack(SYSTEM, workfiles.submit(actor, file))
        if end == "archived":
            with time_machine.travel(start + timedelta(days=10), tick=True):
                workfiles.answer(self.clerk, file, accepted=True)
        return file

    def programme(self) -> None:
        """The backlog, one batch filed, one that is being checked, one just begun."""
        agency, scanner = self.made.units[HOME], holder(self.made, f"{HOME}-kt", "specialist")
        chief = holder(self.made, f"{HOME}-vp", "head")
        with time_machine.travel(self.now - BACK, tick=True):
            for given in BACKLOG:
                digitising.add_holding(self.clerk, agency, given)
        held = paper.backlog(self.clerk)
        land, births = "Hồ sơ giao đất ở năm 2003", "Hồ sơ cải chính hộ tịch năm"
        scans = (("15.DC", land, 41), ("15.DC", land, 42), ("16.DC", "Hồ sơ thu hồi đất năm 2003", 57))
        done = self._batch(held[0].id, scanner, 30, 400, scans)
        scans = (("03.HT", f"{births} 1995", 3), ("04.HT", f"{births} 1996", 4), ("05.HT", f"{births} 1997", 5))
        checked = self._batch(held[1].id, scanner, 12, 300, scans)
        self._batch(held[2].id, scanner, 2, 500, ())
        with time_machine.travel(self.now - timedelta(days=20), tick=True):
            digitising.draw(self.clerk, done, percent=50)
            for one in paper.batch(chief, done).scans:
                if one.drawn:
                    digitising.check(chief, one.id, passed=True)
            journey.accept(self.clerk, done, years=70)
        with time_machine.travel(self.now - timedelta(days=2), tick=True):
            digitising.draw(self.clerk, checked, percent=100)
            first = paper.batch(chief, checked).scans[0]
            digitising.check(chief, first.id, passed=False, reason="Mờ góc dưới bên phải, không đọc được ngày.")

    def _batch(
        self, holding: int, scanner: Actor, days: int, pages: int, scans: tuple[tuple[str, str, int], ...]
    ) -> UUID:
        start = self.now - timedelta(days=days)
        today = local_date(start)
        with time_machine.travel(start, tick=True):
            batch = digitising.begin(
                self.clerk, holding, position=scanner.position_id or 0, first=today, last=today + timedelta(days=30),
                pages=pages,
            )  # fmt: skip
        with time_machine.travel(start + timedelta(days=1), tick=True):
            for file, title, number in scans:
                kept = files.store(scanner, name=f"quet-{number}.pdf", content=_scan(number))
                given = ScanInput(
                    file, title, "QĐ", "Quyết định", f"Quyết định trong {title.lower()}", number=str(number),
                    notation="QĐ-UB", issued_on=date(int(title[-4:]), 5, 12), organ_name="UBND huyện Khê Sơn",
                )  # fmt: skip
                digitising.take(scanner, batch, given, file=kept.id)
        return batch


def _scan(number: int) -> bytes:
    """A page as a scanner gives it at 200 dpi: lines that stand for writing, no word of anybody."""
    sheet, out = Image.new("RGB", (1654, 2339), (246, 241, 228)), BytesIO()
    pen = ImageDraw.Draw(sheet)
    for place in range(24):
        pen.line((240, 400 + 70 * place, 1440 - (place * number * 53) % 500, 400 + 70 * place), (70, 66, 60), 7)
    pen.ellipse((960, 1900, 1240, 2180), outline=(196, 44, 40), width=10)
    sheet.save(out, "PDF", resolution=200, quality=30)
    return out.getvalue()


def _word() -> bytes:
    """An outline in Word, which is no format to keep."""
    return typeset.write_word(
        OfficialDocument(
            kind="BC", layout="named", issuer=Issuer("Ủy ban nhân dân xã Yên Khê"), place="Yên Khê", symbol="BC-UBND",
            number="", on=None, title="Báo cáo", subject="Đề cương báo cáo tổng kết", body=(), signer=Signer("", ""),
        )
    )  # fmt: skip
