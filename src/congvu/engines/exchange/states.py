"""The states of a document between two agencies, as a pure table (documents.md §2.5).

``sent → 01 → (02 end | 03 → 04 → 05 → 06)``; codes only rise, 04 and 05 may be left out, a lower one that comes late
is logged and moves nothing. 13 and the operations recall, update, replace are requests: they may come before the end,
one waits at a time, and each is answered once by 15 or 16. An agreement to 13 or a recall takes the document back,
an agreement to a replacement ends it; after that no code counts any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROGRESS = ("01", "02", "03", "04", "05", "06")
ENDS = frozenset({"02", "06"})
TAKE_BACK = "13"
AGREED, DECLINED = "15", "16"
ANSWERS = frozenset({AGREED, DECLINED})
REQUESTS = (TAKE_BACK, "recall", "update", "replace")
# An agreement to one of these ends the document here.
_ENDING = frozenset({TAKE_BACK, "recall", "replace"})

WORDS: dict[str, str | Promise] = {
    "": _("Đã gửi"),
    "01": _("Đã đến"),
    "02": _("Từ chối tiếp nhận"),
    "03": _("Đã tiếp nhận"),
    "04": _("Phân công"),
    "05": _("Đang xử lý"),
    "06": _("Hoàn thành"),
    "13": _("Lấy lại"),
    "15": _("Đồng ý cập nhật, lấy lại"),
    "16": _("Từ chối cập nhật, lấy lại"),
    "recall": _("Thu hồi"),
    "update": _("Cập nhật"),
    "replace": _("Thay thế"),
}


class Verdict(StrEnum):
    """What a code did. All but APPLIED are logged and move nothing."""

    APPLIED = "applied"
    REPEATED = "repeated"
    LATE = "late"
    ENDED = "ended"
    UNASKED = "unasked"
    WAITING = "waiting"
    IMPOSSIBLE = "impossible"


WHY: dict[Verdict, str | Promise] = {
    Verdict.APPLIED: "",
    Verdict.REPEATED: _("Trạng thái này đã có."),
    Verdict.LATE: _("Đến muộn: văn bản đã ở trạng thái sau."),
    Verdict.ENDED: _("Văn bản đã kết thúc giữa hai cơ quan."),
    Verdict.UNASKED: _("Không có yêu cầu cập nhật, lấy lại nào đang chờ."),
    Verdict.WAITING: _("Một yêu cầu khác đang chờ trả lời."),
    Verdict.IMPOSSIBLE: _("Văn bản đã được tiếp nhận nên không từ chối được nữa."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """``state`` is the highest progress code, empty while only sent; ``request`` waits for 15 or 16."""

    state: str = ""
    request: str = ""
    withdrawn: bool = False

    @property
    def ended(self) -> bool:
        return self.withdrawn or self.state in ENDS


def step(now: Standing, code: str) -> tuple[Standing, Verdict]:
    """What a code (progress, request or answer) makes of a document. Raises ValueError for no such code."""
    if code in PROGRESS:
        return _progress(now, code)
    if code in REQUESTS:
        return _request(now, code)
    if code in ANSWERS:
        return _answer(now, code)
    raise ValueError(code)


def _progress(now: Standing, code: str) -> tuple[Standing, Verdict]:
    if code == now.state:
        return now, Verdict.REPEATED
    if now.withdrawn or now.state == "02":
        return now, Verdict.ENDED
    if code == "02" and now.state not in ("", "01"):
        return now, Verdict.IMPOSSIBLE
    if code < now.state:
        return now, Verdict.LATE
    return replace(now, state=code), Verdict.APPLIED


def _request(now: Standing, code: str) -> tuple[Standing, Verdict]:
    if now.ended:
        return now, Verdict.ENDED
    if now.request:
        return now, Verdict.REPEATED if now.request == code else Verdict.WAITING
    return replace(now, request=code), Verdict.APPLIED


def _answer(now: Standing, code: str) -> tuple[Standing, Verdict]:
    if not now.request:
        return now, Verdict.UNASKED
    withdrawn = now.withdrawn or (code == AGREED and now.request in _ENDING)
    return Standing(now.state, "", withdrawn), Verdict.APPLIED
