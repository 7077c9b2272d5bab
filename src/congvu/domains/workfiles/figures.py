"""The dated figures that the rules of this room read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from congvu.ground.law.services import define, whole

_DAYS, _YEARS = _("Số ngày, ví dụ 60."), _("Số năm, ví dụ 1.")
SUBMIT_DAYS = define(
    "workfile_submit_days", label=_("Nộp lưu hồ sơ số trong vòng (kể từ ngày kết thúc công việc)"), hint=_DAYS,
    parse=whole,
)  # fmt: skip
SUBMIT_YEARS = define(
    "workfile_submit_years", label=_("Nộp lưu hồ sơ giấy trong vòng (kể từ năm công việc kết thúc)"), hint=_YEARS,
    parse=whole,
)  # fmt: skip
NOTICE_DAYS = define(
    "workfile_notice_days", label=_("Nhắc hồ sơ đến hạn nộp lưu trước"), hint=_DAYS, parse=whole
)  # fmt: skip
ANSWER_DAYS = define(
    "workfile_answer_days", label=_("Lưu trữ trả lời hồ sơ nộp lưu trong vòng"), hint=_DAYS, parse=whole
)  # fmt: skip
SHORTEST = define(
    "workfile_retention_min", label=_("Thời hạn lưu trữ ngắn nhất"), hint=_YEARS, parse=whole
)  # fmt: skip
LONGEST = define(
    "workfile_retention_max", label=_("Thời hạn lưu trữ dài nhất khi không vĩnh viễn"), hint=_YEARS, parse=whole
)  # fmt: skip
COUNCIL = define(
    "workfile_council_members", label=_("Số thành viên ít nhất của hội đồng xét hủy"), hint=_("Số người, ví dụ 5."),
    parse=whole,
)  # fmt: skip
