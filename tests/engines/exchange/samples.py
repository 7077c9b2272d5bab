"""Letters, reports and files of invented agencies."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import pikepdf

from congvu.common.zones import VN
from congvu.engines.exchange.types import Attachment, Letter, Party, Signer, Staff, StatusReport

TODAY = date(2026, 11, 19)
OURS = Party("H99.24.1", "UBND xã Yên Khê", "UBND tỉnh Bình Lam")
THEIRS = Party("000.00.17.H98", "Sở Xây dựng tỉnh Thanh Sơn", "UBND tỉnh Thanh Sơn", "Số 5 đường Trung Tâm")


def pdf(signatures: int = 0, *, timestamps: int = 0) -> bytes:
    """A small PDF with so many signed fields; what they hold is no real signature."""
    made = pikepdf.new()
    made.add_blank_page()
    fields = []
    for number in range(signatures + timestamps):
        kind = "/Sig" if number < signatures else "/DocTimeStamp"
        value = pikepdf.Dictionary(
            Type=pikepdf.Name(kind), ByteRange=pikepdf.Array([0, 1, 2, 3]), Contents=pikepdf.String(b"\0" * 8)
        )
        fields.append(made.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name("/Sig"), T=f"s{number}", V=value)))
    fields.append(made.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name("/Sig"), T="empty")))
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def letter(**values) -> Letter:
    given = {
        "sender": THEIRS, "to": (OURS,), "number": "15", "notation": "SXD-QLN", "promulgated": date(2026, 11, 18),
        "subject": "V/v rà soát nhà ở trên địa bàn xã", "type_name": "Công văn", "place": "Thanh Sơn",
        "signer": Signer("KT. GIÁM ĐỐC", "Phó Giám đốc", "Đỗ Văn Mẫu"),
        "staff": Staff("Văn phòng Sở", "Lý Thị Mẫu", "0900000147", "mau@thanhson.example"),
        "attachments": (Attachment("cong-van-15.pdf"),),
    }  # fmt: skip
    return Letter(**given | values)


def report(status: str = "03", **values) -> StatusReport:
    given = {
        "sender": OURS, "to": THEIRS.id, "document_id": "000.00.17.H98,2026/11/18,15/SXD-QLN", "code": "15/SXD-QLN",
        "promulgated": date(2026, 11, 18), "description": "Đã vào sổ",
        "at": datetime(2026, 11, 19, 9, 30, 5, tzinfo=VN),
    }  # fmt: skip
    return StatusReport(status=status, **given | values)


def away(letter: Letter) -> Letter:
    """The same from us to them."""
    return replace(letter, sender=OURS, to=(THEIRS,), document_id="")
