"""Contents of every kind, made in memory, and people to file them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
from django.utils import timezone
from openpyxl import Workbook
from PIL import Image

from congvu.common.actor import Actor, ActorKind
from congvu.ground.orgs.models import Unit
from congvu.ground.records import services as records
from congvu.ground.records.models import Record

LAN = Actor(kind=ActorKind.CITIZEN, name="Vũ Thị Lan", user_id=11, subject_id=101)
QUAY = Actor(kind=ActorKind.CITIZEN, name="Lường Thế Quẫy", user_id=12, subject_id=102)
HOA = Actor(
    kind=ActorKind.STAFF, name="Phạm Thị Hoa", user_id=21, position_id=301, unit_id=1, unit_ids=frozenset({1}),
    roles=frozenset({"clerk"}),
)  # fmt: skip
TUNG = Actor(kind=ActorKind.STAFF, name="Mai Thế Tùng", user_id=22, position_id=302, unit_id=2, unit_ids=frozenset({2}))


def pdf(text: str = "a", **save: object) -> bytes:
    out, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    document.docinfo["/Title"] = text
    document.save(out, **({"deterministic_id": True} | save))
    return out.getvalue()


def scripted_pdf() -> bytes:
    out, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.save(out)
    return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def immense_png() -> bytes:
    """A few bytes that claim 60,000 × 60,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))

    head = struct.pack("!IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def docx(extra: dict[str, bytes] | None = None, main: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, "<w/>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(*cells: str) -> bytes:
    """A workbook with these cells in its first column."""
    made, out = Workbook(), io.BytesIO()
    for text in cells:
        made.active.append([text])
    made.save(out)
    return out.getvalue()


def heic() -> bytes:
    return struct.pack("!I", 24) + b"ftypheic" + b"\0\0\0\0mif1heic" + b"\0" * 40


def record(readers: list[str], confidentiality: int = 0) -> Record:
    """A record of unit 1; the readers are its only readers."""
    unit = Unit.objects.get_or_create(id=1, defaults={"key": "x"})[0]
    row = records.open_record(
        kind="dossier", title="Xác nhận tình trạng hôn nhân", unit=unit.id, state="processing", readers=readers,
        opened_at=timezone.now(),
    )  # fmt: skip
    return records.change(row, confidentiality=confidentiality)
