"""What was found of the signatures of an arrived document: kept with it, and said to the records clerk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from congvu.common.actor import Actor
from congvu.domains.documents import policies
from congvu.domains.documents.findings import FileCheck
from congvu.domains.documents.models import Incoming
from congvu.ground.audit.services import act, note
from congvu.ground.records import services as records

# Standings for which a document is returned unless the clerk knows better (NĐ 30/2020 Điều 21 khoản 2).
BAD = frozenset({"tampered", "revoked", "weak", "not_yet_valid", "unreadable"})
# Standings that ask for a look; "unknown" may be judged again when the responder answers.
DOUBTFUL = frozenset({"expired", "untrusted", "unknown"})


@act("document.check_files", policy=policies.only_system, label="Kiểm tra chữ ký số của văn bản đến")
def keep_checks(_actor: Actor, document_id: UUID, checks: Iterable[FileCheck]) -> None:
    """Keep what was found of each file; what is bad or doubtful becomes a warning. Repeating replaces, adds nothing."""
    record = records.lock(document_id)
    row = Incoming.objects.get(record_id=document_id)
    found = list(checks)
    before = {_sentence(kept["name"], kept["reason"]) for kept in row.file_checks}
    new = [_sentence(check.name, check.reason) for check in found if check.standing in BAD | DOUBTFUL]
    row.warnings = [words for words in row.warnings if words not in before] + new
    row.file_checks, row.checking = [_kept(check) for check in found], False
    row.save(update_fields=["warnings", "file_checks", "checking"])
    note(record=record.id, standings=[check.standing for check in found])


def _sentence(name: str, reason: str) -> str:
    return f"Tệp “{name}”: {reason}"


def _kept(check: FileCheck) -> dict[str, Any]:
    return {
        "file": str(check.file), "name": check.name, "standing": check.standing, "valid": check.valid,
        "reason": check.reason, "signatures": [dict(one) for one in check.signatures],
    }  # fmt: skip


def reason_to_return(checks: Iterable[FileCheck]) -> str:
    """Why a document is proposed for return, as the sender reads it; empty when nothing speaks for it."""
    return "\n".join(_sentence(check.name, check.reason) for check in checks if check.standing in BAD)
