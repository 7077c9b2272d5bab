"""Danh mục hồ sơ: drafted, approved by the head, issued as annex of a decision; then files are opened from it."""

from __future__ import annotations

from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, NotFound
from congvu.common.text import clean
from congvu.common.zones import local_date
from congvu.domains.workfiles import policies, retention
from congvu.domains.workfiles.errors import WrongState
from congvu.domains.workfiles.models import Catalogue, CatalogueState, Heading, Line
from congvu.domains.workfiles.services.steps import wrong
from congvu.domains.workfiles.types import LineInput
from congvu.ground.audit.services import act, note
from congvu.ground.orgs import selectors as orgs


@act("workfile.draft_list", policy=policies.may_draft, label="Lập danh mục hồ sơ")
def draft(actor: Actor, agency: int, year: int, *, running: str = "heading", copy_last: bool = False) -> int:
    """Begin the list of a year, empty or with the headings and lines of the year before. Returns its id.

    Raises Invalid for a year far away, Conflict when the agency has a list of that year.
    """
    today = local_date(timezone.now())
    if not today.year - 1 <= year <= today.year + 1 or running not in Catalogue.Running.values:
        raise wrong("year", _("Lập danh mục cho năm nay, năm trước hoặc năm sau."), "range")
    if Catalogue.objects.filter(agency=agency, year=year).exists():
        raise Conflict(_("Cơ quan đã có danh mục hồ sơ của năm này."), code="taken")
    made = Catalogue.objects.create(
        agency_id=agency, year=year, running=running, made_by=actor.name, made_at=timezone.now()
    )
    copied = _copy(made, year - 1) if copy_last else 0
    note(catalogue=made.pk, year=year, copied=copied)
    return made.pk


def _copy(made: Catalogue, year: int) -> int:
    """Headings and lines of another year, numbers and all. Returns how many lines."""
    old = Catalogue.objects.filter(agency=made.agency_id, year=year).first()
    if old is None:
        return 0
    made.running = old.running
    made.save(update_fields=["running"])
    twins: dict[int, Heading] = {}
    for heading in old.headings.order_by(F("parent_id").asc(nulls_first=True), "order", "id"):
        twins[heading.pk] = Heading.objects.create(
            catalogue=made, parent=twins.get(heading.parent_id or 0), order=heading.order, title=heading.title,
            symbol=heading.symbol,
        )  # fmt: skip
    lines = [
        Line(catalogue=made, heading=twins[line.heading_id], number=line.number, title=line.title, years=line.years,
             rule=line.rule, unit_id=line.unit_id, note=line.note)
        for line in old.lines.all()
    ]  # fmt: skip
    return len(Line.objects.bulk_create(lines))


@act("workfile.add_heading", policy=policies.may_edit, label="Thêm đề mục danh mục hồ sơ")
def add_heading(_actor: Actor, catalogue: int, *, title: str, symbol: str = "", parent: int | None = None) -> int:
    """A big heading, or a small one under a big one; the symbol stands behind the numbers of its files.

    Raises Invalid, WrongState once the list is approved.
    """
    row = _drafted(catalogue)
    name, mark = clean(title), clean(symbol)
    if not 0 < len(name) <= 300:
        raise wrong("title", _("Ghi tên đề mục, tối đa 300 ký tự."), "required")
    if len(mark) > 12 or " " in mark:
        raise wrong("symbol", _("Ký hiệu đề mục không có dấu cách, tối đa 12 ký tự, ví dụ TCCB."))
    above = Heading.objects.filter(id=parent, catalogue=row, parent=None).first() if parent else None
    if parent and above is None:
        raise wrong("parent", _("Chọn một đề mục lớn của danh mục này."))
    last = Heading.objects.filter(catalogue=row, parent=above).aggregate(last=Max("order"))["last"] or 0
    made = Heading.objects.create(
        catalogue=row, parent=above, order=last + 1, title=name, symbol=mark or (above.symbol if above else "")
    )
    note(catalogue=row.pk, heading=made.pk)
    return made.pk


@act("workfile.add_line", policy=policies.may_edit_heading, label="Thêm hồ sơ vào danh mục")
def add_line(_actor: Actor, heading: int, line: LineInput) -> int:
    """A foreseen file under a heading; its number runs over the list or within the big heading. Returns its id.

    Raises Invalid, TooShort, WrongState.
    """
    place = Heading.objects.select_related("catalogue", "parent").get(id=heading)
    row = _drafted(place.catalogue_id)
    title = clean(line.title)
    if not 0 < len(title) <= 500:
        raise wrong("title", _("Ghi tiêu đề hồ sơ, tối đa 500 ký tự."), "required")
    if not line.permanent and line.years is None:
        raise wrong("years", _("Chọn thời hạn lưu trữ của hồ sơ."), "required")
    years = None if line.permanent else line.years
    retention.require_term(years, line.rule, local_date(timezone.now()))
    if line.unit not in orgs.subtree(row.agency_id):
        raise wrong("unit", _("Chọn đơn vị lập hồ sơ thuộc cơ quan."))
    made = Line.objects.create(
        catalogue=row, heading=place, number=_next(row, place), title=title, years=years, rule=line.rule,
        unit_id=line.unit, note=clean(line.note)[:300],
    )  # fmt: skip
    note(catalogue=row.pk, line=made.pk, number=made.number)
    return made.pk


def _next(row: Catalogue, heading: Heading) -> int:
    lines = Line.objects.filter(catalogue=row)
    if row.running == Catalogue.Running.HEADING:
        big = heading.parent_id or heading.pk
        lines = lines.filter(heading__in=Heading.objects.filter(id=big) | Heading.objects.filter(parent=big))
    return (lines.aggregate(last=Max("number"))["last"] or 0) + 1


@act("workfile.remove_line", policy=policies.may_edit, label="Bỏ hồ sơ khỏi danh mục")
def remove_line(_actor: Actor, catalogue: int, line: int) -> None:
    """Take a line out of a draft; the numbers of the others stay. Raises NotFound, WrongState."""
    row = _drafted(catalogue)
    gone, _rows = Line.objects.filter(id=line, catalogue=row).delete()
    if not gone:
        raise NotFound(_("Không tìm thấy hồ sơ này trong danh mục."))
    note(catalogue=row.pk, line=line)


def _drafted(catalogue: int) -> Catalogue:
    row = Catalogue.objects.select_for_update().get(id=catalogue)
    if row.state != CatalogueState.DRAFT:
        raise WrongState(_("Danh mục đã duyệt nên không sửa được. Hồ sơ phát sinh thì mở ngoài danh mục."))
    return row


@act("workfile.approve_list", policy=policies.may_approve, label="Duyệt danh mục hồ sơ")
def approve(actor: Actor, catalogue: int) -> None:
    """The head approves the list. Raises WrongState for an empty one and for one approved before."""
    row = _drafted(catalogue)
    if not row.lines.exists():
        raise WrongState(_("Danh mục chưa có hồ sơ nào."))
    row.state, row.approved_by, row.approved_at = CatalogueState.APPROVED, actor.name, timezone.now()
    row.save(update_fields=["state", "approved_by", "approved_at"])
    note(catalogue=row.pk)


@act("workfile.issue_list", policy=policies.may_issue, label="Ban hành danh mục hồ sơ")
def issue(_actor: Actor, catalogue: int, *, decision: str) -> None:
    """Issued as annex of a decision; from now on files are opened from it. Raises Invalid, WrongState."""
    text = clean(decision)
    if not 0 < len(text) <= 200:
        raise wrong("decision", _("Ghi số, ngày của quyết định ban hành danh mục."), "required")
    row = Catalogue.objects.select_for_update().get(id=catalogue)
    if row.state != CatalogueState.APPROVED:
        raise WrongState(_("Danh mục phải được người đứng đầu cơ quan duyệt trước khi ban hành."))
    row.state, row.decision, row.issued_at = CatalogueState.ISSUED, text, timezone.now()
    row.save(update_fields=["state", "decision", "issued_at"])
    note(catalogue=row.pk, decision=text)
