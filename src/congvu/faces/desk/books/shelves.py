"""Which books there are, whose they are, and which part of one is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.common.actor import Actor
from congvu.common.errors import Forbidden, Invalid, Problem
from congvu.common.zones import local_date
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.types import IssuerView
from congvu.faces.desk.incoming.fields import day_of, figure


@dataclass(frozen=True, slots=True)
class Shelf:
    """One register: its kind in the rooms below, its name, what it is for, the act that adds to it by hand."""

    kind: str
    title: str | Promise
    words: str | Promise
    icon: str
    numbers: bool = True
    add: str = ""
    add_words: str | Promise = ""


SHELVES: Mapping[str, Shelf] = {
    "van-ban-di": Shelf(
        "outgoing", gettext_lazy("Sổ đăng ký văn bản đi"), gettext_lazy("Mọi văn bản đã cấp số, theo ngày và số."),
        "docout",
    ),
    "van-ban-den": Shelf(
        "incoming", gettext_lazy("Sổ đăng ký văn bản đến"), gettext_lazy("Mọi văn bản đã vào sổ, theo số đến."),
        "docin",
    ),
    "gui-buu-dien": Shelf(
        "post", gettext_lazy("Sổ gửi văn bản đi bưu điện"),
        gettext_lazy("Bì thư giao bưu điện; bưu điện ký, đóng dấu."), "arrow",
        add="desk_books_post", add_words=gettext_lazy("Gửi bưu điện"),
    ),
    "su-dung-ban-luu": Shelf(
        "loans", gettext_lazy("Sổ sử dụng bản lưu"), gettext_lazy("Ai mượn bản lưu, ai cho phép, đã trả hay chưa."),
        "archive", add="desk_books_lend", add_words=gettext_lazy("Cho mượn bản lưu"),
    ),
    "theo-doi-giai-quyet": Shelf(
        "follow_up", gettext_lazy("Sổ theo dõi giải quyết văn bản đến"),
        gettext_lazy("Thời hạn, tiến độ và văn bản trả lời của từng văn bản đến."), "clock",
    ),
}  # fmt: skip


def shelf(slug: str) -> Shelf:
    if slug not in SHELVES:
        raise Http404
    return SHELVES[slug]


def may_open(actor: Actor) -> bool:
    """The books show every document of the agency: its records clerks and leaders open and print them."""
    return actor.has_role("registrar", "chair", "center_head")


def keepers(actor: Actor) -> tuple[IssuerView, ...]:
    """Who keeps books in the actor's agency: itself, its councils; Party and mass organisations keep their own.

    Raises Forbidden for whoever opens no books, NoIssuer where nobody keeps any.
    """
    if not may_open(actor):
        raise Forbidden(_("Chỉ văn thư và lãnh đạo cơ quan xem, in được sổ."))
    main = documents.book_of(actor)
    others = documents.issuers_of(main.unit_id)
    return (main, *(one for one in others if one.id != main.id))


def keeper(actor: Actor, asked: Mapping[str, str]) -> tuple[IssuerView, tuple[IssuerView, ...]]:
    """Whose book is opened, and all there are; the agency's own where none of them was named."""
    found = keepers(actor)
    return next((one for one in found if one.key == asked.get("co-quan")), found[0]), found


def this_year() -> int:
    return local_date(timezone.now()).year


def query(kind: str, kept: IssuerView, asked: QueryDict) -> documents.BookQuery:
    """The part of a book an address asks for. Raises Invalid naming the field."""
    since, until = (
        day_of(asked.get("tu-ngay", ""), "tu-ngay", _("Từ ngày")),
        day_of(asked.get("den-ngay", ""), "den-ngay", _("Đến ngày")),
    )
    year = figure(asked.get("nam", ""), "nam", _("Năm")) or (since or until or date(this_year(), 1, 1)).year
    first, last = (
        figure(asked.get("tu-so", ""), "tu-so", _("Từ số")),
        figure(asked.get("den-so", ""), "den-so", _("Đến số")),
    )
    if not 1945 <= year <= this_year() + 1:
        message = _("Ghi năm như %(year)s.") % {"year": this_year()}
        raise Invalid(message, problems=(Problem("nam", message, "range"),))
    if (first or 0) > (last or 999_999) or (since and until and since > until):
        message = _("Khoảng in không có văn bản nào: điểm đầu đứng sau điểm cuối.")
        field = "tu-ngay" if since and until and since > until else "tu-so"
        raise Invalid(message, problems=(Problem(field, message, "range"),))
    return documents.BookQuery(kind, kept.id, year, first, last, since, until, asked.get("day", "")[:48])
