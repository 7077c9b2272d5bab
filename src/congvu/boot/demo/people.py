"""Invented people: a maker of names for staff, and the citizens who can sign in. Plain data without Django."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý", "Phan", "Đinh", "Mai",
    "Tạ", "Lương", "Trịnh", "Hà", "Cao",
)  # fmt: skip
_WOMEN = (
    ("Thị Thu", "Thị Minh", "Thanh", "Thị Ngọc", "Thị Kim", "Thu", "Bích", "Thị Hồng"),
    ("Hường", "Lan", "Ngân", "Hoa", "Tâm", "Mai", "Phương", "Thảo", "Hạnh", "Yến", "Nhung", "Loan", "Trang", "Duyên",
     "Oanh", "Quyên", "Vân", "Huệ", "Dung", "Giang"),
)  # fmt: skip
_MEN = (
    ("Văn", "Hữu", "Đức", "Quang", "Minh", "Xuân", "Quốc", "Trọng"),
    ("Phước", "Khang", "Vinh", "Sơn", "Hùng", "Thắng", "Bình", "Đạt", "Tuấn", "Long", "Nam", "Cường", "Hiếu", "Tùng",
     "Lâm", "Phúc", "Toàn", "Khoa", "Trung", "Hải"),
)  # fmt: skip


def names(seed: int) -> Iterator[str]:
    """Full names, never the same one twice; the same seed gives the same people."""
    dice = random.Random(seed)  # noqa: S311 - people of a demo, not secrets
    seen: set[str] = set()
    while True:
        middles, givens = dice.choice((_WOMEN, _MEN))
        name = f"{dice.choice(_FAMILY)} {dice.choice(middles)} {dice.choice(givens)}"
        if name not in seen:
            seen.add(name)
            yield name


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen or, with ``firm`` and ``tax_code``, the person who acts for a firm.

    Personal numbers begin with 099 and tax codes with 99: no place and no tax office has these.
    """

    key: str
    full_name: str
    personal_id: str
    born_on: date
    sex: str
    hamlet: str
    commune: str
    firm: str = ""
    tax_code: str = ""

    @property
    def tech_id(self) -> str:
        return f"demo-{self.personal_id}" if not self.tax_code else f"demo-{self.tax_code}"

    @property
    def phone(self) -> str:
        return f"0900{self.personal_id[-6:]}"

    @property
    def email(self) -> str:
        return f"{self.key}@nguoidan.example"

    @property
    def address(self) -> str:
        return f"{self.hamlet}, {self.commune}, tỉnh Bình Lam"


CITIZENS = (
    Citizen("huong", "Nguyễn Thị Thu Hường", "099195000101", date(1995, 3, 14), "Nữ", "Thôn Đông", "xã Yên Khê"),
    Citizen("vinh", "Lê Quang Vinh", "099093000102", date(1993, 8, 2), "Nam", "Thôn Đông", "xã Yên Khê"),
    Citizen("tuan", "Trần Văn Tuấn", "099080000103", date(1980, 11, 20), "Nam", "Thôn Thượng", "xã Yên Khê"),
    Citizen("yen", "Phạm Thị Kim Yến", "099301000104", date(2001, 1, 9), "Nữ", "Tổ 3", "phường Lam Khúc"),
    Citizen("son", "Đỗ Xuân Sơn", "099058000105", date(1958, 6, 30), "Nam", "Thôn Bãi", "xã Đông Lãm"),
    Citizen("duyen", "Mai Thanh Duyên", "099187000106", date(1987, 12, 1), "Nữ", "Tổ 7", "phường Vân Trì"),
    Citizen("toan", "Bùi Hữu Toàn", "099075000107", date(1975, 4, 25), "Nam", "Thôn Đoài", "xã Yên Khê"),
    Citizen(
        "hop-tac-xa", "Bùi Hữu Toàn", "099075000107", date(1975, 4, 25), "Nam", "Thôn Đoài", "xã Yên Khê",
        firm="Hợp tác xã Nông nghiệp Yên Khê Xanh", tax_code="9900000107",
    ),
)  # fmt: skip
