"""One filled register, list and slip of each kind; all invented."""

from __future__ import annotations

from datetime import date

from congvu.engines.typeset.types import Column, Direction, DirectionSlip, Group, HandOver, Party, RegisterBook

SHARED = {
    "agency": "Ủy ban nhân dân xã Yên Khê", "year": 2026, "first_day": date(2026, 1, 1), "last_day": date(2026, 6, 30),
    "volume": "01",
}  # fmt: skip
OUT = (
    "15/QĐ-UBND", "05/3/2026", "Quyết định về việc ban hành Danh mục hồ sơ năm 2026", "Nghiêm Hữu Lẫm",
    "Các phòng; Trung tâm PVHCC", "Văn phòng", "03", "05/3/2026", "", "",
)  # fmt: skip
IN = (
    "06/3/2026", "128", "UBND xã Mường Sơn", "41/UBND-VX", "05/3/2026", "Công văn về việc phối hợp rà soát hồ sơ",
    "Văn phòng HĐND và UBND", "06/3/2026", "", "",
)  # fmt: skip
BOOKS = {
    "outgoing": RegisterBook(**SHARED, kind="outgoing", first_number="01", last_number="60", rows=(OUT,) * 60),
    "incoming": RegisterBook(**SHARED, kind="incoming", first_number="01", last_number="45", rows=(IN,) * 45),
    "post": RegisterBook(**SHARED, kind="post", rows=(("06/3/2026", "15/QĐ-UBND", "Sở Nội vụ", "01", "", ""),) * 8),
    "loans": RegisterBook(**SHARED, kind="loans", rows=((
        "07/3/2026", "Trần Minh Quân", "15/QĐ-UBND ngày 05/3/2026", "Quyết định ban hành Danh mục hồ sơ", "01.VP", "",
        "08/3/2026", "Đàm Quốc Vượng", "",
    ),) * 5),
    "follow_up": RegisterBook(**SHARED, kind="follow_up", rows=((
        "128", "Công văn số 41/UBND-VX ngày 05/3/2026 của UBND xã Mường Sơn", "Văn phòng", "12/3/2026", "Đang xử lý",
        "", "",
    ),) * 5),
    "file_documents": RegisterBook(
        kind="file_documents", agency=SHARED["agency"], subtitle=("Hồ sơ số 01.VP: Công tác văn thư năm 2026",),
        rows=tuple((str(n), "15/QĐ-UBND", "05/3/2026", "Quyết định ban hành Danh mục hồ sơ", "UBND xã", str(n), "")
                   for n in range(1, 30)),
    ),
    "disposal": RegisterBook(
        kind="disposal", agency=SHARED["agency"], subtitle=("Danh mục xét hủy năm 2029",),
        rows=(("1", "H99.101.2026.05.KT", "Hồ sơ rà soát lúa vụ đông", "2 năm", "2", "4", "Hết thời hạn", ""),),
    ),
    "file_index": RegisterBook(
        kind="file_index", agency=SHARED["agency"], subtitle=("Năm 2026",),
        rows=(("1", "01.VP", "Hồ sơ xây dựng Danh mục hồ sơ năm 2026", "05/3/2026 - 30/6/2026", "20 năm", "45", ""),),
    ),
    "file_list": RegisterBook(
        kind="file_list", agency=SHARED["agency"], subtitle=("Năm 2026",),
        rows=(
            Group("I", "Văn phòng"), Group("1", "Công tác văn thư", level=2),
            ("01.VP", "Tập lưu Quyết định năm 2026", "Vĩnh viễn", "Phạm Thị Hoa", ""),
            ("02.VP", "Hồ sơ về công tác văn thư năm 2026", "20 năm", "Phạm Thị Hoa", ""),
            Group("II", "Kinh tế"), ("01.KT", "Hồ sơ kế hoạch phát triển kinh tế - xã hội", "vĩnh viễn", "Lò A Vừ", ""),
        ),
    ),
    "report": RegisterBook(
        kind="report", agency=SHARED["agency"], title="Báo cáo giải quyết văn bản đến", subtitle=("Tháng 3 năm 2026",),
        columns=(Column("Đơn vị", 3), Column("Đã giải quyết", 1, "center"), Column("Quá hạn", 1, "center")),
        rows=(("Văn phòng", "41", "1"), ("Phòng Kinh tế", "30", "0")),
    ),
}  # fmt: skip
SLIP = DirectionSlip(
    agency=SHARED["agency"], arrival="128, ngày 06/3/2026",
    document=(
        ("Tên loại", "Công văn"), ("Số, ký hiệu", "41/UBND-VX"), ("Ngày", "05/3/2026"),
        ("Cơ quan ban hành", "UBND xã Mường Sơn"), ("Trích yếu", "V/v phối hợp rà soát hồ sơ"),
    ),
    leader=(
        Direction(to="Văn phòng HĐND và UBND", role="Chủ trì", due="12/3/2026", words="tham mưu trả lời"),
        Direction(to="Phòng Kinh tế", role="Phối hợp", due="10/3/2026"),
    ),
    leader_signed="Nghiêm Hữu Lẫm, ngày 06/3/2026",
    unit=(Direction(to="Trần Minh Quân", role="Chủ trì", due="11/3/2026"),),
)  # fmt: skip
HAND_OVER = HandOver(
    agency=SHARED["agency"], place="Yên Khê", symbol="BB-UBND", number="7", on=date(2026, 6, 30),
    bases=("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",),
    giver=Party(unit="Phòng Kinh tế", person="Lò A Vừ", position="Chuyên viên"),
    taker=Party(unit="Văn phòng HĐND và UBND", person="Phạm Thị Hoa", position="Văn thư"),
    holdings="Hồ sơ công việc năm 2025", period="2025", condition="Đầy đủ, nguyên vẹn", boxes=4, paper_files=52,
    shelf_metres="0,6", electronic_files=118, items=904,
)  # fmt: skip
