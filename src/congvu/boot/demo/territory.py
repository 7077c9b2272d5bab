"""Units of the invented province: what stands where, and what the communes were before 1/7/2025. Plain data.

No name here is that of a real commune, ward or former commune (compared with the national lists), except Yên Khê,
kept from the design, which no commune bears since 1/7/2025.
"""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "Bình Lam"
LEVEL_ONE = "H99"


@dataclass(frozen=True, slots=True)
class Commune:
    """``kind`` is xã or phường; ``slug`` begins the keys of its units."""

    kind: str
    name: str
    slug: str

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Former:
    """A commune to 30/6/2025 and the communes (slugs) that continue it; more than one: it was cut."""

    name: str
    slug: str
    district: str
    into: tuple[str, ...]


COMMUNES = tuple(
    Commune(kind, name, slug)
    for kind, name, slug in (
        ("xã", "Yên Khê", "yen-khe"), ("phường", "Lam Khúc", "lam-khuc"), ("xã", "Đông Lãm", "dong-lam"),
        ("xã", "Đồng Khuê", "dong-khue"), ("xã", "Bình Khuyên", "binh-khuyen"), ("phường", "Vân Trì", "van-tri"),
        ("xã", "Quang Diên", "quang-dien"), ("xã", "Sông Đào", "song-dao"), ("phường", "Hòa Vịnh", "hoa-vinh"),
        ("xã", "Cẩm Vọng", "cam-vong"), ("xã", "Đại Ngàn", "dai-ngan"), ("xã", "Thạch Vân", "thach-van"),
        ("xã", "Trà Lãm", "tra-lam"), ("phường", "Mai Khúc", "mai-khuc"), ("xã", "Thanh Lãm", "thanh-lam"),
        ("xã", "An Khuê", "an-khue"), ("xã", "Vĩnh Diên", "vinh-dien"), ("xã", "Ngọc Vọng", "ngoc-vong"),
        ("phường", "Sơn Khúc", "son-khuc"), ("xã", "Phúc Diên", "phuc-dien"), ("xã", "Giang Khuê", "giang-khue"),
        ("xã", "Hồng Lãm", "hong-lam"), ("phường", "Long Diên", "long-dien"), ("xã", "Tràng Khuê", "trang-khue"),
    )
)  # fmt: skip
DISTRICTS = (("huyen-lam-vong", "Lam Vọng"), ("huyen-xuan-lam", "Xuân Lãm"))
FORMER = (
    Former("Hạ Khuê", "ha-khue", "huyen-lam-vong", ("yen-khe",)),
    Former("Đông Khuyên", "dong-khuyen", "huyen-lam-vong", ("yen-khe",)),
    Former("Cẩm Khuê", "cam-khue", "huyen-lam-vong", ("yen-khe", "dong-lam", "dong-khue")),
    Former("Thượng Lãm", "thuong-lam", "huyen-lam-vong", ("dong-lam",)),
    Former("Đồng Vọng", "dong-vong", "huyen-lam-vong", ("dong-khue",)),
    Former("Vân Khúc", "van-khuc", "huyen-xuan-lam", ("lam-khuc",)),
    Former("Hà Khúc", "ha-khuc", "huyen-xuan-lam", ("lam-khuc", "van-tri")),
    Former("Bích Lãm", "bich-lam", "huyen-xuan-lam", ("van-tri",)),
)
DEPARTMENTS = (
    ("so-noi-vu", "Sở Nội vụ"),
    ("so-y-te", "Sở Y tế"),
    ("so-nong-nghiep-moi-truong", "Sở Nông nghiệp và Môi trường"),
    ("so-tu-phap", "Sở Tư pháp"),
    ("so-van-hoa", "Sở Văn hóa, Thể thao và Du lịch"),
    ("so-khoa-hoc", "Sở Khoa học và Công nghệ"),
    ("so-tai-chinh", "Sở Tài chính"),
)
