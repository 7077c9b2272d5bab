"""The dated figures that the rules of this room read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from congvu.ground.law.services import define, whole

_DPI = _("Số điểm ảnh trên một inch, ví dụ 200.")
MIN_DPI = define("digitising_min_dpi", label=_("Độ phân giải thấp nhất của bản số hóa"), hint=_DPI, parse=whole)
GOOD_DPI = define("digitising_good_dpi", label=_("Độ phân giải nên có của bản số hóa"), hint=_DPI, parse=whole)
SAMPLE = define(
    "digitising_sample_percent", label=_("Tỷ lệ bản số hóa được kiểm tra chất lượng, ít nhất"),
    hint=_("Số phần trăm, ví dụ 10."), parse=whole,
)  # fmt: skip
