"""What is found of a signature, in sentences (Nghị định 68/2024/NĐ-CP: messages of signing software are Vietnamese)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from congvu.common.zones import local
from congvu.engines.signing.types import Chain, Standing, TrustRootView

_PLAIN = {
    Standing.VALID: gettext_noop("Chữ ký hợp lệ tại thời điểm ký."),
    Standing.TAMPERED: gettext_noop("Nội dung văn bản đã bị thay đổi sau khi ký."),
    Standing.REVOKED: gettext_noop("Chứng thư chữ ký số đã bị thu hồi."),
    Standing.EXPIRED: gettext_noop("Chứng thư chữ ký số đã hết hạn."),
    Standing.NOT_YET: gettext_noop("Chứng thư chữ ký số chưa có hiệu lực tại thời điểm ký."),
    Standing.UNTRUSTED: gettext_noop("Chứng thư chữ ký số không thuộc hệ thống chứng thực được tin cậy."),
    Standing.WEAK: gettext_noop("Chữ ký dùng thuật toán băm hoặc khóa không còn được chấp nhận."),
    Standing.UNKNOWN: gettext_noop(
        "Chưa kiểm tra được chứng thư có bị thu hồi hay không; hãy kiểm tra lại khi có mạng."
    ),
    Standing.UNREADABLE: gettext_noop("Không đọc được chữ ký này."),
}


class Judged(Protocol):
    """What the sentences need of a judgement."""

    @property
    def at(self) -> datetime | None: ...

    @property
    def told(self) -> bool: ...

    @property
    def root(self) -> TrustRootView | None: ...


def plain(standing: Standing) -> str:
    """The short sentence."""
    return _(_PLAIN[standing])


def reason(standing: Standing, judged: Judged, *, stamped: bool, known: bool) -> str:
    """The sentence with what the reader needs to know: the day, what is missing, which chain."""
    day = f"{local(judged.at):%d/%m/%Y}" if judged.at else ""
    if standing is Standing.VALID:
        return _valid(judged, stamped=stamped, known=known)
    if standing is Standing.REVOKED and day:
        if stamped:
            return _("Chứng thư chữ ký số đã bị thu hồi ngày %(day)s, trước thời điểm ký.") % {"day": day}
        return _("Chứng thư chữ ký số đã bị thu hồi ngày %(day)s.") % {"day": day}
    if standing is Standing.EXPIRED and day:
        if stamped:
            return _("Chứng thư chữ ký số đã hết hạn ngày %(day)s, trước thời điểm ký.") % {"day": day}
        words = _("Chứng thư chữ ký số hết hạn ngày %(day)s, và không có dấu thời gian chứng minh đã ký trước ngày đó.")
        return words % {"day": day}
    if standing is Standing.NOT_YET and day:
        return _("Chứng thư chữ ký số chỉ có hiệu lực từ ngày %(day)s, sau thời điểm ký.") % {"day": day}
    return plain(standing)


def _valid(judged: Judged, *, stamped: bool, known: bool) -> str:
    text = plain(Standing.VALID)
    if judged.root is not None:
        text += " " + _("Hệ thống chứng thực: %(chain)s.") % {"chain": Chain(judged.root.chain).label.lower()}
    if not judged.told:
        text += " " + _("Chứng thư không cho biết nơi kiểm tra thu hồi.")
    elif not stamped and known:
        text += " " + _("Chứng cứ kiểm tra lưu tại hệ thống này.")
    elif not stamped:
        text += " " + _("Thời điểm ký do người ký ghi, không có dấu thời gian.")
    return text
