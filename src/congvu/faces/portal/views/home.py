"""The first page: search, look-up, life events, common procedures. No figure that is not counted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from congvu.domains.procedures import selectors as procedures
from congvu.faces.portal.shell import page

# The commonest at a commune counter (domain notes on the one-stop shop, §5), not a count of ours.
COMMON = ("1.001193", "2.000815", "1.004873", "1.001612", "2.000635")
HINTS = (
    lazy("khai sinh"),
    lazy("sao y chứng thực"),
    lazy("giấy độc thân"),
    lazy("trích lục"),
)
# Address, drawing, title and one line for each life event; the procedures of an event are the catalogue's.
EVENTS = {
    "birth": (
        "sinh-con",
        "baby",
        lazy("Sinh con"),
        lazy("Khai sinh, thẻ bảo hiểm y tế, thường trú cho con"),
    ),
    "marriage": (
        "ket-hon",
        "rings",
        lazy("Kết hôn"),
        lazy("Đăng ký kết hôn, xác nhận tình trạng hôn nhân"),
    ),
    "home": ("nha-dat", "land", lazy("Nhà đất"), lazy("Giấy phép xây dựng, biến động đất đai")),
    "business": ("kinh-doanh", "shop", lazy("Kinh doanh"), lazy("Hộ kinh doanh, an toàn thực phẩm")),
    "support": ("tro-giup", "care", lazy("Trợ giúp"), lazy("Người cao tuổi, khuyết tật, hộ nghèo")),
    "school": ("di-hoc", "school", lazy("Đi học"), lazy("Tuyển sinh, chuyển trường, hỗ trợ học tập")),
    "papers": ("giay-to", "doc", lazy("Giấy tờ"), lazy("Chứng thực bản sao, chữ ký, trích lục")),
    "death": (
        "nguoi-than-qua-doi",
        "candle",
        lazy("Người thân qua đời"),
        lazy("Khai tử, mai táng phí, thừa kế"),
    ),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Audience public. Four statements."""
    cards = [
        {"title": title, "slug": slug, "icon": icon, "line": line}
        for event in procedures.life_events()
        if event.procedures and event.key in EVENTS
        for slug, icon, title, line in [EVENTS[event.key]]
    ]
    total = sum(field.procedures for field in procedures.fields())
    return page(
        request,
        "home",
        {"events": cards, "common": procedures.cards(COMMON), "total": total, "hints": HINTS},
    )


@require_safe
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures of one event in a life, in the order people need them. Audience public."""
    key = next((key for key, (address, *_rest) in EVENTS.items() if address == slug), None)
    found = [event for event in procedures.life_events() if event.key == key]
    if not found:
        raise Http404(_("Không có mục này."))
    _slug, icon, title, line = EVENTS[found[0].key]
    return page(request, "life_event", {"event": found[0], "icon": icon, "title": title, "line": line})
