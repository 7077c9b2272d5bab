"""Whose signatures a PDF bears, for everybody: a file goes in, a report in words comes back, nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congvu.common.errors import Problem, Refusal
from congvu.common.spoken import say_moment
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Chain, SignatureReport, Standing
from congvu.faces.portal.shell import page
from congvu.ground.accounts import services as accounts
from congvu.ground.ui.types import SummaryRow

# A check costs up to a second of computing: few from one address.
CHECKS, WINDOW = 15, 10 * 60
TINTS = {Standing.VALID: "ok", Standing.UNKNOWN: "warn"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One signature as the page shows it."""

    heading: str
    tag: str
    tint: str
    reason: str
    rows: tuple[SummaryRow, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Audience public. The file is read where it was received and dropped with the request."""
    context: dict[str, Any] = {"problems": [], "megabytes": settings.UPLOAD_LIMIT // 1024 // 1024}
    status = 200
    if request.method == "POST":
        try:
            context |= _checked(request)
        except Refusal as refusal:
            status = refusal.status
            context["problems"] = [Problem("tep", refusal.message, refusal.code)]
    response = page(request, "verify", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _checked(request: HttpRequest) -> dict[str, Any]:
    accounts.count_attempt("portal.verify", accounts.client_address(request), most=CHECKS, seconds=WINDOW)
    file = request.FILES.get("tep")
    if not isinstance(file, UploadedFile) or not file.size:
        raise Refusal(_("Hãy chọn một tệp PDF để kiểm tra."), code="required")
    if file.size > settings.UPLOAD_LIMIT:
        megabytes = settings.UPLOAD_LIMIT // 1024 // 1024
        raise Refusal(_("Tệp lớn hơn %(n)s MB nên không kiểm tra được.") % {"n": megabytes}, code="too_large")
    report = signing.validate(file.read())
    shown = [_shown(number, found) for number, found in enumerate(report.signatures, start=1)]
    return {"report": report, "signatures": shown, "name": (file.name or "")[:160]}


def _shown(number: int, found: SignatureReport) -> Shown:
    name = found.signer or _("Không rõ người ký")
    chain = Chain(found.chain).label if found.chain else ""
    rows = (
        SummaryRow(_("Cơ quan, tổ chức"), found.organisation),
        SummaryRow(_("Thời điểm ký"), _time(found)),
        SummaryRow(_("Nội dung sau khi ký"), _("Nguyên vẹn") if found.integrity else _("Đã bị thay đổi")),
        SummaryRow(_("Chứng thư"), _("Tin cậy") if found.trusted else _("Không tin cậy")),
        SummaryRow(_("Hệ thống chứng thực"), str(chain)),
        SummaryRow(_("Mức chữ ký"), found.level),
    )
    tag = {Standing.VALID: _("Hợp lệ"), Standing.UNKNOWN: _("Chưa kiểm tra được")}.get(
        found.standing, _("Không hợp lệ")
    )
    heading = _("Chữ ký %(n)s: %(name)s") % {"n": number, "name": name}
    return Shown(heading, tag, TINTS.get(found.standing, "bad"), found.reason, tuple(row for row in rows if row.text))


def _time(found: SignatureReport) -> str:
    if found.time is None:
        return _("Không ghi")
    told = _("theo dấu thời gian") if found.timestamped else _("do người ký ghi")
    return f"{say_moment(found.time)}, {told}"
