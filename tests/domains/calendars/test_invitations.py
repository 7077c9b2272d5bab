"""Time and place read from invitations, each as an office writes them."""

from __future__ import annotations

from datetime import date, time

import pytest

from congvu.domains.calendars.invitations import read_invitation

ON = date(2026, 11, 20)
TEXT = """
GIẤY MỜI
Hội nghị triển khai kế hoạch năm 2027
1. Thời gian: 8 giờ 00, ngày 26 tháng 11 năm 2026 (thứ Năm).
2. Địa điểm: Hội trường tầng 2, trụ sở Ủy ban nhân dân tỉnh,
số 1 đường Ngô Quyền.
3. Chủ trì: Đồng chí Phó Chủ tịch UBND tỉnh.
4. Thành phần:
"""


def test_a_whole_invitation():
    found = read_invitation(TEXT, on=ON)
    assert (found.day, found.session, found.start) == (date(2026, 11, 26), "hours", time(8))
    assert found.place == "Hội trường tầng 2, trụ sở Ủy ban nhân dân tỉnh, số 1 đường Ngô Quyền"
    assert found.host == "Đồng chí Phó Chủ tịch UBND tỉnh"


@pytest.mark.parametrize(
    ("line", "day", "session", "start"),
    [
        ("- Thời gian: 14h30 ngày 02/12/2026", date(2026, 12, 2), "hours", time(14, 30)),
        ("Thời gian họp: 7g30 sáng ngày 05-12", date(2026, 12, 5), "hours", time(7, 30)),
        ("Thời gian: buổi chiều ngày 03 tháng 01", date(2027, 1, 3), "afternoon", None),
        ("a) Về thời gian: Cả ngày 27/11/2026.", date(2026, 11, 27), "day", None),
        ("Thời gian: ngày 31/02/2026", None, "hours", None),
        ("Thời gian: 45 giờ, sẽ thông báo sau", None, "hours", None),
        ("Kính mời đồng chí đến dự họp ngày 27/11/2026", None, "hours", None),
    ],
)
def test_lines_as_they_come(line, day, session, start):
    found = read_invitation(line, on=ON)
    assert (found.day, found.session, found.start) == (day, session, start)
