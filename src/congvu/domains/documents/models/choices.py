"""Closed lists that documents choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy


class Family(models.TextChoices):
    """Issuer families: each has its own kinds, layout, books and numbers; Party and UBND never share a book."""

    ADMINISTRATIVE = "administrative", gettext_lazy("Cơ quan hành chính")
    COUNCIL = "council", gettext_lazy("Hội đồng nhân dân")
    PARTY = "party", gettext_lazy("Cơ quan Đảng")
    MASS = "mass", gettext_lazy("Tổ chức chính trị - xã hội")


class Nature(models.TextChoices):
    ADMINISTRATIVE = "administrative", gettext_lazy("Văn bản hành chính")
    NORMATIVE = "normative", gettext_lazy("Văn bản quy phạm pháp luật")
    COPY = "copy", gettext_lazy("Bản sao")


class Priority(models.IntegerChoices):
    """Mức độ khẩn; the last one exists on the wire of edXML only, not in NĐ 30/2020."""

    ORDINARY = 0, gettext_lazy("Thường")
    URGENT = 1, gettext_lazy("Khẩn")
    VERY_URGENT = 2, gettext_lazy("Thượng khẩn")
    EXPRESS = 3, gettext_lazy("Hỏa tốc")
    EXPRESS_TIMED = 4, gettext_lazy("Hỏa tốc hẹn giờ")


class Secrecy(models.IntegerChoices):
    NONE = 0, gettext_lazy("Không mật")
    SECRET = 1, gettext_lazy("Mật")
    TOP = 2, gettext_lazy("Tối mật")
    UTMOST = 3, gettext_lazy("Tuyệt mật")


class Channel(models.TextChoices):
    EXCHANGE = "exchange", gettext_lazy("Trục liên thông")
    PAPER = "paper", gettext_lazy("Bản giấy")
    MAIL = "mail", gettext_lazy("Thư điện tử công vụ")
    HAND = "hand", gettext_lazy("Nhập tay")


class InState(models.TextChoices):
    """Where an incoming document stands."""

    ARRIVED = "arrived", gettext_lazy("Chờ vào sổ")
    SENT_BACK = "sent_back", gettext_lazy("Đã trả lại nơi gửi")
    REGISTERED = "registered", gettext_lazy("Chờ chỉ đạo")
    PROCESSING = "processing", gettext_lazy("Đang xử lý")
    DONE = "done", gettext_lazy("Đã xử lý xong")
    RECALLED = "recalled", gettext_lazy("Đã bị thu hồi")


class OutState(models.TextChoices):
    """Where an outgoing document stands."""

    DRAFTING = "drafting", gettext_lazy("Đang soạn thảo")
    REVIEWING = "reviewing", gettext_lazy("Đang trình duyệt")
    SIGNING = "signing", gettext_lazy("Chờ ký")
    ISSUING = "issuing", gettext_lazy("Chờ phát hành")
    ISSUED = "issued", gettext_lazy("Đã phát hành")
    DROPPED = "dropped", gettext_lazy("Đã bỏ dự thảo")
    RECALLED = "recalled", pgettext_lazy("document", "Đã thu hồi")
