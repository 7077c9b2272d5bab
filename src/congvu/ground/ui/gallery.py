"""What the gallery shows: invented people and figures, one value for each state of each component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from congvu.ground.ui.types import (
    Agency,
    BulkAction,
    Link,
    LinkGroup,
    NavEntry,
    Option,
    Post,
    Shell,
    SummaryRow,
    TimelineEntry,
    TrackStep,
)


@dataclass(frozen=True, slots=True)
class Chip:
    state: str
    words: str
    exact: str
    explain: str


@dataclass(frozen=True, slots=True)
class Complaint:
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    name: str
    size: int
    url: str = "#"
    remove_value: str = ""


RULE = "Trong ngày (nhận trước 15:00), Điều 16 Luật Hộ tịch. Không có lần dừng."

CHIPS = (
    Chip("on", "Còn 4 ngày", "Hạn 17:00 thứ Sáu 27/11/2026.", RULE),
    Chip("soon", "Còn 5 giờ", "Hạn 17:00 thứ Năm 19/11/2026.", RULE),
    Chip("late", "Quá 3 giờ", "Hạn 14:00 thứ Năm 19/11/2026.", RULE),
    Chip("pause", "Chờ bổ sung", "Từ 10:22 ngày 10/11/2026.", "Thời hạn tính lại từ đầu khi nhận đủ giấy tờ bổ sung."),
    Chip("pause", "Tạm dừng", "Từ 8:00 ngày 12/11/2026.", "Dừng theo quyết định của người có thẩm quyền."),
    Chip("done", "Trước 2 ngày", "Xong 10:05 ngày 17/11/2026.", RULE),
    Chip("donelate", "Trễ 2 ngày", "Xong 9:00 ngày 23/11/2026.", RULE),
)

STEPS_DESK = (
    TrackStep("Tiếp nhận", "done", "Phạm Thị Hoa, 9:05"),
    TrackStep("Thẩm định", "now", "Trần Minh Quân, 9:47"),
    TrackStep("Ký giấy", "todo", "Đỗ Văn Thắng"),
    TrackStep("Trả kết quả", "todo", "VNeID, tại quầy"),
)

STEPS_WAIT = (
    TrackStep("Nộp hồ sơ", "done", "5/11, 20:14"),
    TrackStep("Tiếp nhận", "done", "6/11, 8:05"),
    TrackStep("Thẩm định", "wait", "Chờ bổ sung từ 10/11"),
    TrackStep("Ký duyệt", "todo", "1 ngày"),
    TrackStep("Trả kết quả", "todo", "VNeID, bưu chính"),
)

TIMELINE = (
    TimelineEntry(
        "Yêu cầu bổ sung 1 giấy tờ",
        "Vũ Hải Nam gửi phiếu yêu cầu số 12.",
        "Thứ Ba 10/11/2026, 10:22",
        "wait",
        (Link("Xem phiếu (PDF)", "#"),),
    ),
    TimelineEntry(
        "Chuyển người xử lý", "Từ Trần Minh Quân sang Vũ Hải Nam.", "Thứ Hai 9/11/2026, 15:40", internal=True
    ),
    TimelineEntry("Hồ sơ được tiếp nhận", "Phạm Thị Hoa tiếp nhận.", "Thứ Sáu 6/11/2026, 8:05"),
)

PREFILLED = (
    SummaryRow("Mẹ", "Nguyễn Thị Thu Hường", "sinh 1995"),
    SummaryRow("Cha", "Lê Quang Vinh", "sinh 1993"),
    SummaryRow("Nơi thường trú", "Thôn Đông, xã Yên Khê"),
)

ANSWERS = (
    SummaryRow("Họ, chữ đệm và tên", "Lê Nguyễn An Nhiên", url="#"),
    SummaryRow("Ngày sinh", "5/11/2026", "Theo giấy chứng sinh", url="#"),
    SummaryRow("Nơi sinh", "", url="#"),
)

SEX = (Option("nu", "Nữ"), Option("nam", "Nam"))
CHANNELS = (
    Option("vneid", "Bản điện tử trong VNeID", "Có ngay khi ký xong", checked=True),
    Option("quay", "Nhận tại quầy", "Trung tâm Phục vụ hành chính công xã Yên Khê"),
    Option("buu", "Gửi bưu chính về nhà", "Cước 25.000 đ, trả khi nhận"),
)
PLACES = (Option("1", "Bệnh viện Phụ sản tỉnh Bình Lam", checked=True), Option("2", "Trạm y tế xã Yên Khê"))
PROBLEMS = (
    Complaint("g-ngay", "Ngày sinh: tháng phải từ 1 đến 12"),
    Complaint("g-gt", "Chọn giới tính của trẻ"),
)
BULK = (
    BulkAction("Chuyển", "forward", "fwd"),
    BulkAction("Trình ký", "submit", "sign"),
    BulkAction("In", "print", "print"),
)

NAV = (
    NavEntry("Việc của tôi", "#", "inbox", 24, True, True, key="i"),
    NavEntry("Hồ sơ một cửa", "#", "folder", 41, phone=True, key="h"),
    NavEntry("Văn bản đến", "#", "docin", 12),
    NavEntry("Nhiệm vụ", "#", "task", 7, phone=True),
    NavEntry("Chờ ký", "#", "sign", 8, phone=True),
    NavEntry("Hộ tịch sắp hạn", "#", "layers", 6, group="Khung nhìn đã lưu"),
    NavEntry("Sổ hộ tịch", "#", "search", group="Tra cứu"),
    NavEntry("Cài đặt", "#", "gear", group="end"),
    NavEntry("Trợ giúp", "#", "support", group="end"),
)

AGENCY = Agency(
    name="UBND xã Yên Khê",
    full_name="Ủy ban nhân dân xã Yên Khê",
    parent="Tỉnh Bình Lam",
    address="Thôn Đông, xã Yên Khê, tỉnh Bình Lam",
    hours=("Tiếp nhận hồ sơ: thứ Hai đến thứ Sáu, 7:30–11:30 và 13:30–17:00",),
    phone="0200000000",
    zalo="UBND xã Yên Khê",
    responsible="Chủ tịch UBND xã Yên Khê",
)

DESK = Shell(
    actor_name="Trần Minh Quân",
    position="Công chức tư pháp - hộ tịch",
    unit_name="UBND xã Yên Khê",
    posts=(
        Post("1", "Công chức tư pháp - hộ tịch", "UBND xã Yên Khê", 24, True),
        Post("2", "Một cửa", "Trung tâm Phục vụ hành chính công", 3, stand_in_for="Phạm Thị Hoa"),
    ),
    nav=NAV,
    agency=AGENCY,
    account_url="#",
    sign_out_url="#",
    switch_url="#",
    search_url="#",
    create_url="#",
    notices_url="#",
    notices=4,
)

PORTAL = Shell(
    nav=tuple(
        NavEntry(label, "#", current=label == "Dịch vụ công")
        for label in ("Dịch vụ công", "Tra cứu hồ sơ", "Hỏi đáp", "Phản ánh, kiến nghị", "Tin tức", "Công khai")
    ),
    agency=AGENCY,
    footer=(LinkGroup("Dịch vụ", (NavEntry("Tất cả thủ tục", "#"), NavEntry("Tra cứu hồ sơ", "#"))),),
    sign_in_url="#",
)


def context() -> dict[str, Any]:
    """Everything the gallery template reads."""
    return {
        "shell": PORTAL,
        "chips": CHIPS,
        "steps_desk": STEPS_DESK,
        "steps_wait": STEPS_WAIT,
        "timeline": TIMELINE,
        "prefilled": PREFILLED,
        "answers": ANSWERS,
        "sex": SEX,
        "channels": CHANNELS,
        "places": PLACES,
        "problems": PROBLEMS,
        "bulk": BULK,
        "files": (Uploaded("Giay chung sinh.jpg", 1_102_331, remove_value="1"),),
        "marks": ("done", "now", "", "", ""),
        "fee": 25000,
    }


def desk_context() -> dict[str, Any]:
    """The frame of the desk with a list, for the second page of the gallery."""
    return context() | {"shell": DESK}
