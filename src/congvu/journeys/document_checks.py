"""The signatures of what arrives are judged by a job, and the evidence is kept (NĐ 30/2020 Điều 21; TT 15/2025)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from congvu.common.actor import SYSTEM
from congvu.common.errors import Refusal
from congvu.domains.documents import services as documents
from congvu.domains.documents.events import DocumentKept
from congvu.domains.documents.types import FileCheck
from congvu.engines.signing import services as signing
from congvu.engines.signing.types import Report, SignatureReport
from congvu.ground.events.services import consumes
from congvu.ground.files import selectors as files
from congvu.ground.files import services as file_services
from congvu.ground.files.types import FileInfo

PDF = "application/pdf"
# The worst comes first: one bad signature is what the clerk has to know.
GRAVITY = ("tampered", "unreadable", "weak", "revoked", "not_yet_valid", "untrusted", "expired", "unknown", "valid")
UNSIGNED = "Không có chữ ký số."


@consumes(DocumentKept)
def judge_kept(event: DocumentKept) -> None:
    """Every PDF of the document, as of the time each was signed. What cannot be read is a finding, not an error."""
    pdfs = [info for info in files.files_of(event.record) if info.current and info.media_type == PDF]
    with override("vi"):
        checks = [_judge(event.record, info) for info in pdfs]
    documents.keep_checks(SYSTEM, event.record, checks)


def _judge(record: UUID, info: FileInfo) -> FileCheck:
    try:
        content = file_services.open_file(SYSTEM, info.id, accept_unscanned=True).path.read_bytes()
        report = signing.validate(content)
    except Refusal as refusal:
        return FileCheck(info.id, info.name, "unreadable", 0, refusal.message)
    with transaction.atomic():
        signing.keep(content, report, record=record)
    return _found(info, report)


def _found(info: FileInfo, report: Report) -> FileCheck:
    if not report.signatures:
        return FileCheck(info.id, info.name, "unsigned", 0, UNSIGNED)
    worst = min(report.signatures, key=lambda one: GRAVITY.index(one.standing.value))
    valid = sum(one.standing.value == "valid" for one in report.signatures)
    return FileCheck(info.id, info.name, worst.standing.value, valid, worst.reason, tuple(_kept(report.signatures)))


def _kept(found: Iterable[SignatureReport]) -> Iterable[dict[str, Any]]:
    return (signing.as_json(one) for one in found)
