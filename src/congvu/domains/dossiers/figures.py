"""The dated figures that the rules of this room read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from congvu.ground.law.services import define, whole
from congvu.ground.worktime.types import Budget

_BUDGET = _("Số và đơn vị: 3wd ngày làm việc, 8wh giờ làm việc, 30d ngày.")

SUPPLEMENT_WITHIN = define(
    "supplement_within", label=_("Yêu cầu bổ sung hồ sơ trong vòng (kể từ khi tiếp nhận)"), hint=_BUDGET,
    parse=Budget.parse,
)  # fmt: skip
SUPPLEMENT_ANSWER = define(
    "supplement_answer", label=_("Người nộp gửi bổ sung trong vòng (kể từ khi được yêu cầu)"), hint=_BUDGET,
    parse=Budget.parse,
)  # fmt: skip
ONLINE_ANSWER = define(
    "online_answer", label=_("Trả lời tiếp nhận hồ sơ nộp trực tuyến trong vòng (kể từ khi nộp)"), hint=_BUDGET,
    parse=Budget.parse,
)  # fmt: skip
DRAFT_DAYS = define(
    "draft_days", label=_("Giữ bản đang kê khai kể từ lần lưu cuối"), hint=_("Số ngày, ví dụ 30."), parse=whole,
    legal=False,
)  # fmt: skip
