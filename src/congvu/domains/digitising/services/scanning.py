"""Taking scans in: the file is checked before anything is kept, named and numbered after the ministry's advice."""

from __future__ import annotations

import re
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import SYSTEM, Actor
from congvu.common.text import clean, fold
from congvu.common.zones import local_date
from congvu.domains.digitising import figures, policies
from congvu.domains.digitising.errors import WrongState
from congvu.domains.digitising.inspection import inspect
from congvu.domains.digitising.models import Batch, Scan, ScanState, State
from congvu.domains.digitising.services import steps
from congvu.domains.digitising.services.steps import wrong
from congvu.domains.digitising.types import Facts, ScanInput
from congvu.ground.audit.services import act, note
from congvu.ground.files import services as uploads
from congvu.ground.law.selectors import figure
from congvu.ground.numbering import services as numbering
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records import services as records

PDF, OLDEST = "application/pdf", (1, 4)
_KIND = re.compile(r"[A-ZĐ][A-ZĐa-z]{0,9}")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
DESCRIBED = 30


@act("digitising.take", policy=policies.may_scan, label="Nhận bản số hóa")
def take(actor: Actor, batch: UUID, given: ScanInput, *, file: UUID | None, replaces: int | None = None) -> int:
    """Take a scan into a batch; ``replaces`` is the one it was made again for. Returns its id.

    The DocCode is agency_kind_number_V1, V2 for the second scan of the same paper; the name of the file is
    CODE_YYYYMMDD_DESC.pdf (CV 7197/BKHCN-CĐSQG). Raises Invalid naming the field: what is no scan, too old a PDF, too
    low a resolution, a double; WrongState.
    """
    found = steps.load(batch, State.SCANNING, State.CHECKING)
    _require(given)
    before = _before(found, replaces)
    if file is None:
        raise wrong("file", _("Chọn tệp PDF đã quét."), "required")
    kept = uploads.attach(actor, file, record=batch, purpose="internal", label=clean(given.subject))
    if kept.media_type != PDF:
        raise wrong("file", _("Bản số hóa phải là tệp PDF."), "format")
    if Scan.objects.filter(sha256=kept.sha256).exists():
        raise wrong("file", _("Tệp này đã được nhận rồi (trùng nội dung)."), "double")
    facts = _facts(file, given)
    code = _code(found, given.kind, before)
    today = local_date(timezone.now())
    made = Scan.objects.create(
        batch=found, file=file, sha256=kept.sha256, doc_code=code, name=_name(code, f"{today:%Y%m%d}", given.subject),
        paper_file=clean(given.paper_file), file_title=clean(given.file_title), kind=given.kind,
        type_name=clean(given.type_name)[:100], number=clean(given.number), notation=clean(given.notation),
        issued_on=given.issued_on, organ_name=clean(given.organ_name), subject=clean(given.subject),
        pages=facts.pages, dpi=facts.dpi, colour=facts.colour, pdf_version=facts.pdf_version,
        archival=facts.archival, findings=_findings(facts, given), drawn=before is not None, at=timezone.now(),
        by=actor.name, by_user=actor.user_id or 0, replaces=before,
    )  # fmt: skip
    if before is not None:
        Scan.objects.filter(id=before.pk).update(state=ScanState.REPLACED)
    records.change(found.record)
    note(record=batch, scan=code, sha256=kept.sha256, pages=facts.pages, dpi=facts.dpi)
    return made.pk


def _require(given: ScanInput) -> None:
    tests = (
        ("paper_file", 0 < len(clean(given.paper_file)) <= 20 and " " not in clean(given.paper_file),
         _("Ghi số hồ sơ giấy, ví dụ 15.DC, tối đa 20 ký tự, không có dấu cách.")),
        ("file_title", 0 < len(clean(given.file_title)) <= 300, _("Ghi tiêu đề hồ sơ.")),
        ("kind", bool(_KIND.fullmatch(given.kind)), _("Chọn loại văn bản.")),
        ("number", len(clean(given.number)) <= 11, _("Số tối đa 11 ký tự.")),
        ("notation", len(clean(given.notation)) <= 30, _("Ký hiệu tối đa 30 ký tự.")),
        ("organ_name", len(clean(given.organ_name)) <= 200, _("Tác giả tối đa 200 ký tự.")),
        ("subject", 0 < len(clean(given.subject)) <= 500, _("Ghi trích yếu nội dung, tối đa 500 ký tự.")),
    )  # fmt: skip
    for field, fits, message in tests:
        if not fits:
            raise wrong(field, message)


def _before(found: Batch, replaces: int | None) -> Scan | None:
    """The scan that is made again. While the sample is looked at nothing else is taken in."""
    if replaces is None:
        if found.record.state != State.SCANNING:
            raise WrongState(_("Đợt này đang kiểm tra, chỉ nhận bản quét lại."))
        return None
    before = Scan.objects.filter(id=replaces, batch=found, state=ScanState.BACK).first()
    if before is None:
        raise WrongState(_("Bản này không còn phải quét lại."))
    return before


def _facts(file: UUID, given: ScanInput) -> Facts:
    """Raises Invalid for what may not be taken in: no scan, an old PDF, a low resolution, other pages than written."""
    try:
        facts = inspect(uploads.open_file(SYSTEM, file).path.read_bytes())
    except ValueError:
        raise wrong("file", _("Không đọc được tệp PDF này."), "broken") from None
    least = figure(figures.MIN_DPI, local_date(timezone.now()))
    if facts.pictures < facts.pages or not facts.pages:
        raise wrong("file", _("Có trang không phải ảnh quét. Văn bản điện tử gốc không số hóa lại."), "born_digital")
    if tuple(int(part) for part in facts.pdf_version.split(".")) < OLDEST:
        raise wrong("file", _("PDF phải từ phiên bản 1.4."), "old")
    if facts.dpi < least:
        words = {"dpi": facts.dpi, "least": least}
        raise wrong("file", _("Độ phân giải %(dpi)s dpi, thấp hơn %(least)s dpi. Hãy quét lại.") % words, "dpi")
    if given.pages is not None and given.pages != facts.pages:
        words = {"written": given.pages, "found": facts.pages}
        raise wrong("pages", _("Ghi %(written)s trang nhưng tệp có %(found)s trang.") % words, "pages")
    return facts


def _findings(facts: Facts, given: ScanInput) -> list[str]:
    """What warns and hinders nothing, by code (``selectors`` has the words)."""
    good = figure(figures.GOOD_DPI, local_date(timezone.now()))
    tests = (
        ("low", facts.dpi < good), ("grey", given.colour and not facts.colour), ("not_archival", not facts.archival),
        ("unsigned", facts.signed_at is None), ("misplaced", facts.signed_at is False),
    )  # fmt: skip
    return [code for code, true in tests if true]


def _code(found: Batch, kind: str, before: Scan | None) -> str:
    """``H99.101_QĐ_000021_V1``; made again, the same number with the next version."""
    if before is not None:
        stem, _sign, version = before.doc_code.rpartition("_V")
        return f"{stem}_V{int(version) + 1}"
    agency = orgs.unit(found.holding.agency_id)
    number = numbering.take("digitising", agency.id, "", record=found.record.id)
    return f"{agency.code or agency.id}_{kind}_{number:06d}_V1"


def _name(code: str, day: str, subject: str) -> str:
    words = _UNSAFE.sub("-", fold(subject)).strip("-")[:DESCRIBED].rstrip("-") or "tai-lieu"
    return f"{code}_{day}_{words}.pdf"
