"""One official document of each layout; all people and places are invented."""

from __future__ import annotations

import dataclasses
from datetime import date

from congvu.engines.typeset.types import (
    Annex,
    Article,
    Basis,
    Block,
    Cell,
    Clause,
    CopyMark,
    Dashes,
    Division,
    Drafter,
    Heading,
    Issuer,
    Marks,
    OfficialDocument,
    Paragraph,
    Point,
    Run,
    Signer,
    Table,
    plain,
)

UBND = Issuer("Ủy ban nhân dân xã Yên Khê", above=())
OFFICE = Issuer("Văn phòng HĐND và UBND", above=("Ủy ban nhân dân xã Yên Khê",))
CHAIR = Signer(title="Chủ tịch", name="Nghiêm Hữu Lẫm")
DEPUTY = Signer(title="Phó Chủ tịch", name="Lục Thị Sương", authority="TM. Ủy ban nhân dân\nKT. Chủ tịch")
ON = date(2026, 3, 5)
SHARED = {"place": "Yên Khê", "issuer": UBND}


def paragraph(words: str) -> Paragraph:
    return Paragraph(plain(words))


def cells(*words: str) -> tuple[Cell, ...]:
    return tuple(Cell(plain(word)) for word in words)


BASES = (
    plain("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"),
    plain("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"),
    plain("Theo đề nghị của Chánh Văn phòng HĐND và UBND xã"),
)
DECISION_BODY: tuple[Block, ...] = (
    Article(text=plain("Ban hành kèm theo Quyết định này Danh mục hồ sơ năm 2026 của Ủy ban nhân dân xã Yên Khê.")),
    Article(text=plain("Quyết định này có hiệu lực kể từ ngày ký.")),
    Article(
        text=plain(
            "Chánh Văn phòng HĐND và UBND, Trưởng các phòng chuyên môn và các cá nhân có liên quan chịu trách nhiệm "
            "thi hành Quyết định này"
        )
    ),
)
TABLE = Table(
    rows=(
        cells("TT", "Nội dung công việc", "Đơn vị chủ trì", "Số lượng"),
        cells("1", "Rà soát hồ sơ tồn của năm trước", "Văn phòng HĐND và UBND", "1.250"),
        cells("2", "Số hóa, kiểm tra chất lượng", "Phòng Văn hóa - Xã hội", "840"),
        (Cell(plain("Tổng cộng"), colspan=3), Cell(plain("2.090"))),
    ),
    widths=(1, 5, 4, 2),
)
DECISION = OfficialDocument(
    **SHARED, kind="quyet-dinh", layout="decision", symbol="QĐ-UBND", title="Quyết định",
    subject="Về việc ban hành Danh mục hồ sơ năm 2026 của Ủy ban nhân dân xã Yên Khê",
    authority="Chủ tịch Ủy ban nhân dân xã Yên Khê", bases=BASES, body=DECISION_BODY, signer=CHAIR,
    recipients=("Như Điều 3", "Đảng ủy, HĐND xã", "Lưu: VT, VP(03)"), drafter=Drafter("TMQ", 3),
    annexes=(Annex(title="Danh mục hồ sơ năm 2026", body=(TABLE,)),),
)  # fmt: skip
RESOLUTION = OfficialDocument(
    issuer=Issuer("Hội đồng nhân dân xã Yên Khê"), place="Yên Khê", family="council", kind="nghi-quyet",
    layout="resolution", symbol="NQ-HĐND", electronic=False, number="7", on=ON, title="Nghị quyết",
    subject="Về dự toán thu, chi ngân sách xã năm 2026",
    authority="Hội đồng nhân dân xã Yên Khê\nkhóa XXI, kỳ họp thứ ba", bases=BASES[:2],
    body=(
        Article(plain("Phê duyệt dự toán thu, chi ngân sách xã năm 2026"), number="1"),
        Clause(plain("Tổng thu ngân sách xã: 12.450 triệu đồng, trong đó:")),
        *(Point(plain(f"Khoản thu thứ {n} theo phân cấp;")) for n in range(1, 7)),
        Clause(plain("Tổng chi ngân sách xã: 12.450 triệu đồng.")),
        Article(plain("Tổ chức thực hiện"), plain("Giao Ủy ban nhân dân xã tổ chức thực hiện Nghị quyết này")),
    ),
    signer=Signer("Chủ tịch", "Hà Văn Khoái"), recipients=("HĐND tỉnh Bình Lam", "Các đại biểu HĐND xã", "Lưu: VT"),
)  # fmt: skip
LETTER = OfficialDocument(
    **SHARED, kind="cong-van", layout="letter", symbol="UBND-VX",
    subject="đôn đốc nộp lưu hồ sơ, tài liệu năm 2025",
    addressees=("Các phòng chuyên môn thuộc Ủy ban nhân dân xã", "Trung tâm Phục vụ hành chính công xã"),
    body=(
        paragraph(
            "Thực hiện Nghị định số 113/2025/NĐ-CP của Chính phủ, Ủy ban nhân dân xã đề nghị các đơn vị rà soát hồ sơ "
            "đã kết thúc và nộp vào lưu trữ hiện hành đúng thời hạn."
        ),
        Dashes((plain("Hồ sơ giấy: trước ngày 30 tháng 6 năm 2026;"), plain("Hồ sơ điện tử: trong 60 ngày."))),
        Paragraph((Run("Lưu ý: ", bold=True), Run("không nộp tài liệu mật", italic=True), Run(" khi chưa giải mật"))),
    ),
    signer=DEPUTY, recipients=("Như trên", "Chủ tịch UBND xã (để báo cáo)", "Lưu: VT, VP(02)"), marks=Marks("express"),
    contact="Số 12 đường Chợ Mới, xã Yên Khê, tỉnh Bình Lam\nĐT: 0200 000 000; Email: vanphong@yenkhe.binhlam.gov.vn",
)  # fmt: skip
NAMED = OfficialDocument(
    issuer=OFFICE, place="Yên Khê", kind="to-trinh", layout="named", symbol="TTr-VP", title="Tờ trình",
    subject="Về việc phê duyệt kế hoạch chỉnh lý tài liệu", addressees=("Chủ tịch Ủy ban nhân dân xã",),
    body=(
        Division("part", "Sự cần thiết"), paragraph("Tài liệu tích đống từ nhiều năm chưa được chỉnh lý."),
        Division("chapter", "Nội dung"), Division("section", "Phạm vi"), Division("subsection", "Tài liệu giấy"),
        Clause(plain("Khối lượng: 40 mét giá."), title=plain("Khối lượng.")), TABLE,
        paragraph("Văn phòng kính trình Chủ tịch Ủy ban nhân dân xã xem xét, quyết định"),
    ),
    signer=Signer("Chánh Văn phòng", "Đàm Quốc Vượng"), recipients=("Như trên", "Lưu: VT"),
    marks=Marks(circulation=("Lưu hành nội bộ",)),
)  # fmt: skip
TELEGRAM = OfficialDocument(
    **SHARED, kind="cong-dien", layout="telegram", symbol="CĐ-UBND", title="Công điện",
    subject="Về việc ứng phó mưa lũ", addressees=("Ban Chỉ huy PTDS xã", "Trưởng các thôn"),
    body=(paragraph("Để chủ động ứng phó với mưa lớn, Chủ tịch Ủy ban nhân dân xã yêu cầu trực ban 24/24 giờ."),),
    signer=CHAIR, recipients=("Như trên", "Lưu: VT"), marks=Marks("very_urgent"),
)  # fmt: skip
INVITATION = OfficialDocument(
    **SHARED, kind="giay-moi", layout="invitation", symbol="GM-UBND", title="Giấy mời",
    subject="Họp đánh giá công tác quý I năm 2026",
    particulars={
        "guests": "Trưởng các phòng chuyên môn", "event": "cuộc họp đánh giá công tác quý I năm 2026",
        "chair": "Ông Nghiêm Hữu Lẫm, Chủ tịch Ủy ban nhân dân xã", "time": "8 giờ 00, ngày 10 tháng 4 năm 2026",
        "venue": "Phòng họp tầng 2, trụ sở Ủy ban nhân dân xã",
    },
    body=(paragraph("Đề nghị các đồng chí đến đúng thành phần và thời gian"),),
    signer=DEPUTY, recipients=("Như trên", "Lưu: VT"),
)  # fmt: skip
INTRODUCTION = OfficialDocument(
    **SHARED, kind="giay-gioi-thieu", layout="introduction", symbol="GGT-UBND", title="Giấy giới thiệu",
    particulars={
        "person": "Trần Minh Quân", "position": "Công chức Văn phòng", "sent_to": "Sở Nội vụ tỉnh Bình Lam",
        "about": "Liên hệ công tác lưu trữ", "valid_until": "30 tháng 4 năm 2026",
    },
    signer=DEPUTY, recipients=("Như trên", "Lưu: VT"),
)  # fmt: skip
MINUTES = OfficialDocument(
    issuer=UBND, place="", kind="bien-ban", layout="minutes", symbol="BB-UBND", title="Biên bản",
    subject="Họp giao ban tuần 10",
    particulars={
        "start": "8 giờ 00, ngày 09 tháng 3 năm 2026", "venue": "Phòng họp tầng 2",
        "attendance": "Lãnh đạo UBND xã, Trưởng các phòng", "chair": "Nghiêm Hữu Lẫm", "secretary": "Trần Minh Quân",
        "end": "10 giờ 30, ngày 09 tháng 3 năm 2026",
    },
    body=(Clause(plain("Văn phòng báo cáo kết quả tuần 9.")), Clause(plain("Chủ tọa kết luận."))),
    signer=Signer("Chủ tọa", "Nghiêm Hữu Lẫm"), secretary=Signer("Thư ký", "Trần Minh Quân"),
    recipients=("Thành viên dự họp", "Lưu: VT, Hồ sơ"), ending="",
)  # fmt: skip
LEAVE = OfficialDocument(
    **SHARED, kind="giay-nghi-phep", layout="leave", symbol="GNP-UBND", title="Giấy nghỉ phép",
    particulars={
        "request_date": "01 tháng 4 năm 2026", "person": "Phạm Thị Hoa", "position": "Công chức", "year": "2026",
        "period": "05 ngày làm việc", "from": "06 tháng 4 năm 2026", "until": "10 tháng 4 năm 2026",
        "at": "tỉnh Bình Lam", "counted": "nghỉ phép năm 2026",
    },
    signer=CHAIR, recipients=("Bà Phạm Thị Hoa", "Lưu: VT"),
)  # fmt: skip
REGULATION: tuple[Block, ...] = (
    Division("chapter", "Quy định chung"), Article(plain("Phạm vi điều chỉnh")),
    paragraph("Quy chế này quy định về công tác văn thư, lưu trữ của Ủy ban nhân dân xã."),
    Article(plain("Đối tượng áp dụng")), Clause(plain("Công chức, người lao động của Ủy ban nhân dân xã.")),
    Clause(plain("Cá nhân có liên quan:")), *(Point(plain(f"Nhóm thứ {n};")) for n in range(1, 24)),
)  # fmt: skip
INDIRECT = dataclasses.replace(
    DECISION, layout="decision_indirect", subject="Ban hành Quy chế công tác văn thư, lưu trữ", drafter=None,
    annexes=(Annex(kind_name="Quy chế", title="Công tác văn thư của Ủy ban nhân dân xã Yên Khê", body=REGULATION),),
)  # fmt: skip
ATTACHED = OfficialDocument(
    **SHARED, kind="quy-che", layout="attached", symbol="", title="Quy chế", subject="Làm việc của Ủy ban nhân dân xã",
    body=REGULATION[:6], signer=CHAIR, ending="",
)  # fmt: skip
TWO_ANNEXES = dataclasses.replace(
    LETTER, electronic=False, number="12", on=ON,
    annexes=(
        Annex(title="Biểu tổng hợp hồ sơ", body=(TABLE,)),
        Annex(title="Biểu chi tiết theo đơn vị", body=(TABLE,), landscape=True),
    ),
)  # fmt: skip
SEPARATE = dataclasses.replace(
    LETTER, annexes=tuple(dataclasses.replace(a, separate=True) for a in TWO_ANNEXES.annexes)
)
COPY_MARK = CopyMark(
    form="SY", issuer=UBND, symbol="SY-UBND", place="Yên Khê", number="3", on=date(2026, 11, 21),
    signer=Signer("Chánh Văn phòng", "Đàm Quốc Vượng", "TL. Chủ tịch"), recipients=("Phòng Kinh tế", "Lưu: VT"),
)  # fmt: skip
EXTRACT = dataclasses.replace(
    RESOLUTION, layout="copy", copy=dataclasses.replace(COPY_MARK, form="TrS", symbol="TrS-UBND"), authority="",
    body=RESOLUTION.body[:2],
)  # fmt: skip
PARTY = OfficialDocument(
    issuer=Issuer("Đảng ủy xã Yên Khê", above=("Đảng bộ tỉnh Bình Lam",)), place="Yên Khê", family="party",
    kind="quyet-dinh", layout="decision", symbol="QĐ/ĐU", number="15", on=ON, electronic=False, title="Quyết định",
    subject="về việc thành lập Tổ chuyển đổi số", authority="Ban Thường vụ Đảng ủy xã Yên Khê", bases=BASES[2:],
    body=DECISION_BODY, signer=Signer("Bí thư", "Hà Văn Khoái", "T/M Ban Thường vụ"),
    recipients=("Như Điều 3", "Lưu Văn phòng Đảng ủy"), ending="",
)  # fmt: skip
YOUTH = OfficialDocument(
    issuer=Issuer("Ban Chấp hành Đoàn xã Yên Khê", above=("Tỉnh đoàn Bình Lam",), heading="Đoàn TNCS Hồ Chí Minh"),
    place="Yên Khê", family="mass", kind="ke-hoach", layout="named", symbol="KH-ĐTN", title="Kế hoạch",
    subject="Tháng Thanh niên năm 2026", body=(paragraph("Đoàn xã xây dựng kế hoạch như sau."),),
    signer=Signer("Bí thư", "Lý A Páo", "TM. Ban Chấp hành"), recipients=("Tỉnh đoàn", "Lưu: VP"),
)  # fmt: skip
BASIS_INSIDE = dataclasses.replace(DECISION, bases=(), annexes=(), body=(
    Basis(plain("Căn cứ Luật Lưu trữ")), Basis(plain("Xét đề nghị của Văn phòng")), Heading("QUYẾT ĐỊNH:"),
    *DECISION_BODY,
))  # fmt: skip
ALL = {
    "decision": DECISION, "indirect": INDIRECT, "resolution": RESOLUTION, "letter": LETTER, "named": NAMED,
    "telegram": TELEGRAM, "invitation": INVITATION, "introduction": INTRODUCTION, "minutes": MINUTES, "leave": LEAVE,
    "attached": ATTACHED, "annexes": TWO_ANNEXES, "extract": EXTRACT, "party": PARTY, "youth": YOUTH,
    "bases": BASIS_INSIDE,
}  # fmt: skip
