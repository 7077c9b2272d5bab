"""The signing tool on the signer's own computer: the message form of the public-duty plug-in (documents.md 5.5).

The tool fetches the file, signs it with the token there, sends the signed file back. Here a ticket is written and the
file that comes back is looked at: it must be the same document plus one signature of the right certificate.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.diff_analysis.policies import StandardDiffPolicy
from pyhanko.sign.diff_analysis.policy_api import SuspiciousModification
from pyhanko.sign.diff_analysis.rules.file_structure_rules import CatalogModificationRule
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    GenericFieldModificationRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.fields import enumerate_sig_fields

from congvu.engines.signing.errors import CredentialRefused
from congvu.engines.signing.pdf import opening
from congvu.engines.signing.types import HelperTask

LIFE = timedelta(minutes=10)
SALT = "congvu.signing.helper"
OK = 0
FUNCTIONS = {
    HelperTask.APPROVED: "vgca_sign_approved",
    HelperTask.ISSUED: "vgca_sign_issued",
    HelperTask.APPENDIX: "vgca_sign_appendix",
    HelperTask.COPY: "vgca_sign_copy",
}
# What a signature may bring with it: the first one may certify the document, and the form then says it is signed.
_POLICY = StandardDiffPolicy(
    [CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}), *DEFAULT_DIFF_POLICY.global_rules[1:]],
    FormUpdatingRule(
        [SigFieldCreationRule(), SigFieldModificationRule(), GenericFieldModificationRule()],
        ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"},
    ),
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a running signing with the tool is about: who, with which certificate, which content."""

    user: int
    certificate: int
    sha256: str


def write_ticket(ticket: Ticket) -> str:
    """A ticket nobody else can write, good for ten minutes."""
    return signing.dumps([ticket.user, ticket.certificate, ticket.sha256], salt=SALT)


def read_ticket(text: str) -> Ticket:
    """Raises CredentialRefused for an old or a forged ticket."""
    try:
        user, certificate, sha256 = signing.loads(text, salt=SALT, max_age=LIFE)
        return Ticket(int(user), int(certificate), str(sha256))
    except (signing.BadSignature, TypeError, ValueError) as error:
        message = _("Phiên ký đã hết. Hãy xác thực lại để ký tiếp các văn bản còn lại.")
        raise CredentialRefused(message, code="session_expired") from error


def message(
    task: HelperTask, *, ticket: str, download: str, upload: str, number: str = "", issued: date | None = None,
    more: Mapping[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The parameter of the tool's function, with the function's name under ``function``."""
    parameter = {
        "FileUploadHandler": upload,
        "SessionId": "",
        "JWTToken": ticket,
        "FileName": download,
        "DocNumber": number,
        "IssuedDate": issued.isoformat() if issued else "",
        "MetaData": [{"Key": key, "Value": value} for key, value in (more or {}).items()],
    }
    return {"function": FUNCTIONS[task], "parameter": parameter}


def require_done(answer: Mapping[str, Any]) -> str:
    """The address of the signed file from the tool's answer. Raises CredentialRefused with what the tool said."""
    if answer.get("Status") == OK:
        return str(answer.get("FileServer") or "")
    told = str(answer.get("Message") or "").strip()[:200]
    message_ = _("Công cụ ký số báo: %(message)s") % {"message": told or _("không ký được")}
    gone = any(mark in told.lower() for mark in ("token", "thiết bị", "device"))
    wrong = "pin" in told.lower()
    raise CredentialRefused(message_, code="wrong_pin" if wrong else "device_gone" if gone else "declined")


def require_same(original: bytes, signed: bytes, ticket: Ticket) -> None:
    """The file that came back is the ticket's content with nothing but a signature (and filled blanks) added.

    Raises CredentialRefused (``wrong_hash``) for another or a rewritten document, PdfRefused for a broken one.
    """
    same = hashlib.sha256(original).hexdigest() == ticket.sha256 and signed.startswith(original)
    if not same or len(signed) <= len(original) or not _only_signed(original, signed):
        message_ = _("Tệp nhận về không phải văn bản đã gửi đi ký, hoặc nội dung đã bị sửa. Tệp không được nhận.")
        raise CredentialRefused(message_, code="wrong_hash")


def require_open(signed: bytes) -> None:
    """Raises PdfRefused (``locked``) for a signature that forbids those which are still to come."""
    found = opening.reader(signed)
    with opening.refusing():
        awaited = any(True for _field in enumerate_sig_fields(found, filled_status=False))
    if awaited:
        opening.writer(signed)


def _only_signed(original: bytes, signed: bytes) -> bool:
    with opening.refusing():
        before = PdfFileReader(io.BytesIO(original)).xrefs.total_revisions
        after = opening.reader(signed)
        last = after.xrefs.total_revisions
        old = after.get_historical_resolver(before - 1)
        try:
            for revision in range(before, last):
                new = after.get_historical_resolver(revision)
                _POLICY.apply(old, new)
                old = new
        except SuspiciousModification:
            return False
    return bool(last > before)
