"""The administrator's pages under a heading of their own; on a phone one leads to the others by tabs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from congvu.common.actor import Actor
from congvu.faces.desk.admin.keeping import keeps
from congvu.faces.desk.discovery import MenuEntry

GROUP = gettext_lazy("Quản trị")
# Address, words, icon. The first two stand in the bar of a phone.
ADMIN_PAGES = (
    ("desk_admin_comparing", gettext_lazy("Chưa đối chiếu"), "check"),
    ("desk_admin_procedures", pgettext_lazy("menu", "Thủ tục"), "layers"),
    ("desk_admin_calendars", gettext_lazy("Lịch làm việc"), "cal"),
    ("desk_admin_figures", gettext_lazy("Tham số"), "bars"),
    ("desk_admin_units", gettext_lazy("Đơn vị"), "org"),
    ("desk_admin_issuers", gettext_lazy("Cơ quan ban hành"), "sign"),
    ("desk_admin_conflicts", gettext_lazy("Quyền xung đột"), "alert"),
    ("desk_admin_exchange", gettext_lazy("Trục liên thông"), "send"),
)


def administers(actor: Actor) -> bool:
    return actor.has_role("admin")


MENU = (
    *(
        MenuEntry(address, label, icon, 900 + place, phone=place < 2, group=GROUP, shown=administers)
        for place, (address, label, icon) in enumerate(ADMIN_PAGES)
    ),
    MenuEntry("desk_certificates", gettext_lazy("Chứng thư chữ ký số"), "shield", 920, group=GROUP, shown=keeps),
)
