"""Tags and filters of every template: icons, chips, blocks with content, Vietnamese formats."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import lucide
from django import template
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy

from congvu.ground.ui import formats
from congvu.ground.ui.icons import ICONS

register = template.Library()

CHIP_ICONS = {"on": "clock", "soon": "hour", "late": "late", "pause": "pause", "done": "check", "donelate": "late"}
NOTICE_ICONS = {"info": "info", "warn": "alert", "ok": "okc", "bad": "late"}


@cache
def _paths(name: str) -> str:
    """The drawing inside ``<svg>``: our own, else the one of that name in Lucide. Raises on an unknown name."""
    if name in ICONS:
        return ICONS[name]
    drawing = lucide._render_icon(name, None)
    return str(drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]).strip()


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """``{% icon "inbox" %}``. ``size`` "s" or "l"; without ``label`` it is hidden from screen readers."""
    return _drawn(name, size, str(label))


@lru_cache(maxsize=1024)
def _drawn(name: str, size: str, label: str) -> SafeString:
    css = f"cv-i cv-i--{size}" if size else "cv-i"
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    drawing = mark_safe(_paths(name))  # noqa: S308 our own drawings and the icon package's, never input
    return format_html('<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>', css, named, drawing)


@register.simple_tag
def drawn(name: str, **given: Hashable) -> SafeString:
    """``{% drawn "ui/partials/desk_link.html" entry=entry %}``: a partial that shows only what is given to it.

    It sees no request, session or clock and asks nothing, so equal values give equal words in one language and it is
    drawn once for them. What is given is a plain value whose hash covers all that is shown.
    """
    return _part(get_template(name).template, get_language(), tuple(given.items()))  # type: ignore[attr-defined]


@lru_cache(maxsize=2048)
def _part(source: template.Template, language: str, given: tuple[tuple[str, Hashable], ...]) -> SafeString:
    """``source`` is another object once its file was read again."""
    with translation.override(language):
        return source.render(template.Context(dict(given)))


# For screen readers, where the visible words do not name the state (design language, 4.6).
_SPOKEN = {
    "on": gettext_lazy("Còn hạn"),
    "soon": gettext_lazy("Sắp hạn"),
    "late": gettext_lazy("Quá hạn"),
    "pause": gettext_lazy("Đồng hồ đang dừng"),
    "done": gettext_lazy("Đã xong"),
    "donelate": gettext_lazy("Đã xong, trễ hạn"),
}


@register.simple_tag
def due_chip(chip: Any, full: bool = False, large: bool = False) -> SafeString:
    """A deadline chip. ``full`` opens the exact time and the rule on tap or Enter; in rows it is a tooltip.

    Put together here and not by a template: a list draws it in every row.
    """
    if chip is None:
        return mark_safe("")
    explain = chip.explain
    if not isinstance(explain, str):
        explain = " ".join(str(part) for part in explain or ())
    exact = formats.date_time(chip.exact) if isinstance(chip.exact, datetime) else chip.exact
    if full and explain:
        return format_html(
            '<details class="cv-duex"><summary>{}</summary><div class="cv-duex__why"><b>{}</b>{}</div></details>',
            _chip(chip, large), exact, explain,
        )  # fmt: skip
    return _chip(chip, large, " ".join(part for part in (exact, explain) if part))


def _chip(chip: Any, large: bool, tip: str | None = None) -> SafeString:
    title = "" if tip is None else f' title="{escape(tip)}"'
    size = " cv-due--l" if large else ""
    return mark_safe(  # noqa: S308 words are escaped, the rest is ours
        f'<span class="cv-due cv-due--{chip.state}{size}"{title}>{icon(CHIP_ICONS[chip.state])}'
        f'<span class="cv-vh">{_SPOKEN[chip.state]}, </span>{escape(chip.words)}</span>'
    )


@register.simple_tag
def tag(text: str, kind: str = "", icon_name: str = "") -> SafeString:
    """``{% tag "Đủ giấy tờ" "ok" "check" %}``: kinds info, ok, warn, bad, line or none."""
    css = f"cv-tag cv-tag--{kind}" if kind else "cv-tag"
    return format_html('<span class="{}">{}{}</span>', css, icon(icon_name) if icon_name else "", text)


@register.simple_tag
def avatar(full_name: str, tone: int = 0) -> SafeString:
    """Two letters in a circle; decoration, because the name stands beside it. ``tone`` 2, 3 or 4 for another tint."""
    css = f"cv-avatar cv-avatar--{tone}" if tone else "cv-avatar"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, formats.initials(full_name))


@register.inclusion_tag("ui/components/bar.html")
def bar(value: float, most: float = 100, label: str = "", bad: bool = False) -> dict[str, Any]:
    """A bar of ``value`` out of ``most``, drawn as SVG because style attributes are forbidden."""
    share = 0.0 if most <= 0 else max(0.0, min(100.0, 100 * value / most))
    return {"width": f"{share:.1f}", "label": label, "bad": bad}


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, kind: str = "info", title: str = "") -> str:
    """``{% notice "warn" "Tiêu đề" %}…{% endnotice %}``: kinds info, warn, ok, bad."""
    return _render("notice", {"kind": kind, "title": title, "content": content, "icon": NOTICE_ICONS[kind]})


@register.simple_block_tag(end_name="endscroller")
def scroller(content: str, label: str) -> str:
    """A wide table in its own labelled, focusable scroller."""
    return _render("scroller", {"label": label, "content": content})


@register.simple_block_tag(end_name="enddialog")
def dialog(content: str, id: str, title: str) -> str:
    """A dialog that ``data-open="<id>"`` opens. Without script the opener must be a link to a page of its own."""
    return _render("dialog", {"id": id, "title": title, "content": content})


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str = "", level: int = 2, css: str = "") -> str:
    """A bordered block with a heading of the given level."""
    return _render("card", {"title": title, "level": level, "css": css, "content": content})


def _render(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"ui/components/{name}.html", context)


def _day(value: date | datetime | None, write: Any) -> str:
    return "" if not value else str(write(value))


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """19/11/2026, 5/11/2026."""
    return _day(value, formats.short_date)


@register.filter
def vn_date0(value: date | datetime | None) -> str:
    """05/11/2026: in columns and documents."""
    return _day(value, formats.table_date)


@register.filter
def vn_weekday(value: date | datetime | None) -> str:
    """thứ Năm 19/11."""
    return _day(value, formats.weekday_date)


@register.filter
def vn_long_date(value: date | datetime | None) -> str:
    """ngày 19 tháng 11 năm 2026: in official documents."""
    return _day(value, formats.document_date)


@register.filter
def vn_time(value: datetime | None) -> str:
    """9:05."""
    return _day(value, formats.clock)


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """9:05 ngày 19/11/2026."""
    return _day(value, formats.date_time)


@register.filter
def vn_number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """1.284; ``|vn_number:1`` 98,6. Nothing known is shown as a dash."""
    return "–" if value is None else formats.number(value, places)


@register.filter
def vn_percent(value: int | float | Decimal | None) -> str:
    """98,6%."""
    return "–" if value is None else formats.percent(value)


@register.filter
def money(value: int | float | Decimal | None) -> str:
    """25.000 đ."""
    return "–" if value is None else formats.money(value)


@register.filter
def vn_size(octets: int | None) -> str:
    """1,1 MB."""
    return "" if octets is None else formats.size(octets)


register.filter("mask_id", lambda value: formats.mask_id(value or ""))
register.filter("phone", lambda value: formats.phone(value or ""))
register.filter("tel", lambda value: formats.phone_href(value or ""))
register.filter("initials", lambda value: formats.initials(value or ""))
