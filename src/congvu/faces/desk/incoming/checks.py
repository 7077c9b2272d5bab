"""What is known of the signatures of an incoming document's files, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congvu.domains.documents.types import FileCheck, IncomingView
from congvu.ground.files.types import FileInfo
from congvu.ground.ui.formats import date_time

STANDINGS = {
    "unsigned": gettext_lazy("Không có chữ ký số"), "tampered": gettext_lazy("Không toàn vẹn: bị sửa sau khi ký"),
    "revoked": gettext_lazy("Chứng thư bị thu hồi"), "expired": gettext_lazy("Chứng thư hết hạn"),
    "not_yet_valid": gettext_lazy("Chứng thư chưa có hiệu lực"), "untrusted": gettext_lazy("Chứng thư không tin cậy"),
    "weak": gettext_lazy("Thuật toán ký không còn được chấp nhận"),
    "unknown": gettext_lazy("Chưa kiểm tra được thu hồi"), "unreadable": gettext_lazy("Không đọc được chữ ký"),
}  # fmt: skip
BAD = frozenset({"tampered", "revoked", "weak", "not_yet_valid", "unreadable"})


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as the page shows it."""

    who: str
    when: str
    level: str
    reason: str
    good: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One file with its verdict in a few words, and the report of each signature."""

    name: str
    words: str
    tag: str
    reason: str
    signatures: list[Signature]


def checks_of(view: IncomingView) -> dict[UUID, Check]:
    return {check.file: _check(check) for check in view.checks}


def with_checks(files: Iterable[FileInfo], view: IncomingView) -> list[tuple[FileInfo, Check | None]]:
    """Each file with what was found of it, if it is one that carries signatures."""
    known = checks_of(view)
    return [(info, known.get(info.id)) for info in files]


def _check(found: FileCheck) -> Check:
    if found.standing == "valid":
        words = ngettext("%(n)s chữ ký số hợp lệ", "%(n)s chữ ký số hợp lệ", found.valid) % {"n": found.valid}
    else:
        words = str(STANDINGS.get(found.standing, STANDINGS["unreadable"]))
    tag = "ok" if found.standing == "valid" else "bad" if found.standing in BAD else "warn"
    return Check(found.name, words, tag, found.reason, [_signature(kept) for kept in found.signatures])


def _signature(kept: object) -> Signature:
    values = dict(kept) if isinstance(kept, dict) else {}
    who = ", ".join(part for part in (values.get("signer", ""), values.get("organisation", "")) if part)
    stamped = _("có dấu thời gian") if values.get("timestamped") else _("giờ do người ký ghi")
    time = values.get("time")
    when = f"{date_time(datetime.fromisoformat(time))}, {stamped}" if time else ""
    return Signature(who, when, values.get("level", ""), values.get("reason", ""), values.get("standing") == "valid")
