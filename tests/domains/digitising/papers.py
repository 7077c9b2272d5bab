"""Scans for tests: a picture on each page, of a chosen resolution, colour and version."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
from PIL import Image

from congvu.domains.digitising import services
from congvu.domains.digitising.types import HoldingInput, ScanInput
from congvu.ground.files import services as uploads

A4_INCHES = (8.27, 11.69)


def scan(seed: int = 0, *, pages: int = 1, dpi: int = 200, colour: bool = True, version: str = "1.7") -> bytes:
    """So many pages of one picture each; another ``seed`` gives other bytes."""
    size = tuple(round(inch * dpi) for inch in A4_INCHES)
    shown = [Image.new("RGB" if colour else "L", size, (seed * 37 % 256, n * 40, 90) if colour else seed * 37 % 256)
             for n in range(pages)]  # fmt: skip
    out = BytesIO()
    shown[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=shown[1:], quality=20)
    made, again = pikepdf.open(out), BytesIO()
    made.save(again, force_version=version, deterministic_id=True)
    return again.getvalue()


def archive_of(**values) -> HoldingInput:
    given = {
        "title": "Hồ sơ đất đai thôn Nà Lâm", "fonds": "UBND xã Yên Khê", "shelf": "Giá 3", "boxes": 12, "files": 140,
        "pages": 9000, "first_year": 1998, "last_year": 2012, "importance": 3, "condition": "03",
    }  # fmt: skip
    return HoldingInput(**{**given, **values})


def paper(**values) -> ScanInput:
    given = {
        "paper_file": "15.DC", "file_title": "Hồ sơ giao đất năm 2003", "kind": "QĐ", "type_name": "Quyết định",
        "number": "41", "notation": "QĐ-UB", "issued_on": date(2003, 5, 12), "organ_name": "UBND huyện Khê Sơn",
        "subject": "Giao đất ở cho hộ ông Lò Văn Tâm",
    }  # fmt: skip
    return ScanInput(**{**given, **values})


def begun(world, *, holding: int | None = None, login: str = "chuyenmon", pages: int = 100):
    """A batch that a specialist scans from today on."""
    clerk = world.staff("vanthu")
    where = holding or services.add_holding(clerk, world.made.units["xa-yen-khe"], archive_of())
    return services.begin(
        clerk, where, position=world.staff(login).position_id, first=world.today, last=date(2026, 12, 31), pages=pages
    )  # fmt: skip


def taken(world, batch, seed: int = 0, login: str = "chuyenmon", content: bytes | None = None, **values) -> int:
    actor = world.staff(login)
    replaces = values.pop("replaces", None)
    upload = uploads.store(actor, name=f"quet-{seed}.pdf", content=content or scan(seed))
    return services.take(actor, batch, paper(**values), file=upload.id, replaces=replaces)
