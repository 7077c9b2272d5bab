"""The demo logins a person at the keyboard is told about, and the PIN of the demo's keys. Plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Accounts:
    password: str
    pin: str
    shown: tuple[Account, ...]


ACCOUNTS = Accounts(
    password="binh-lam-2026",  # noqa: S106 - printed on purpose; these logins exist only in a demo
    pin="24681357",
    shown=(
        Account("motcua", "Phạm Thị Hoa", "Một cửa, Trung tâm Phục vụ hành chính công xã Yên Khê"),
        Account("hotich", "Vũ Đức Hiếu", "Tư pháp - hộ tịch, Văn phòng HĐND và UBND xã Yên Khê"),
        Account("chuyenmon", "Ngô Minh Tùng", "Chuyên viên Phòng Kinh tế xã Yên Khê"),
        Account("vanhoa", "Hoàng Đức Khang", "Chuyên viên Phòng Văn hóa - Xã hội xã Yên Khê"),
        Account("truongphong", "Bùi Thị Hồng Loan", "Trưởng phòng Kinh tế xã Yên Khê"),
        Account("chanhvp", "Dương Quốc Toàn", "Chánh Văn phòng HĐND và UBND xã Yên Khê"),
        Account("vanthu", "Đặng Thị Ngân", "Văn thư, Văn phòng HĐND và UBND xã Yên Khê"),
        Account("giamdoc", "Phan Thị Ngọc Thảo", "Giám đốc Trung tâm Phục vụ hành chính công xã Yên Khê"),
        Account("chutich", "Lương Trọng Hùng", "Chủ tịch UBND xã Yên Khê (vắng mặt, có người thay)"),
        Account("phochutich", "Vũ Thị Lan", "Phó Chủ tịch UBND xã Yên Khê, đang thay Chủ tịch"),
        Account("kiemnhiem", "Lê Thị Minh Tâm", "Cải cách hành chính ở Văn phòng, kiêm một cửa, xã Yên Khê"),
        Account("chutichtinh", "Nguyễn Hữu Phước", "Chủ tịch UBND tỉnh Bình Lam"),
        Account("bithu", "Lò Văn Thiện", "Bí thư Đảng ủy xã Yên Khê"),
        Account("vanthudang", "Quàng Thị Mây", "Văn thư, Văn phòng Đảng ủy xã Yên Khê"),
        Account("theodoi", "Cao Thị Minh Phương", "Theo dõi toàn tỉnh, Văn phòng UBND tỉnh"),
        Account("quantri", "Trịnh Quốc Khoa", "Quản trị hệ thống"),
    ),
)
