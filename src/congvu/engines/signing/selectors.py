"""Reading trusted roots, the register of certificates, batches and kept evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from congvu.common.zones import local_date
from congvu.engines.signing.models import Evidence as EvidenceRow
from congvu.engines.signing.models import EvidencePart, TrustRoot
from congvu.engines.signing.types import Evidence, TrustRootView, Usage

__all__ = ["evidence_of", "roots", "roots_by_day"]


def roots(*, withdrawn: bool = False) -> tuple[TrustRootView, ...]:
    """Trusted roots in order of chain and name; those withdrawn only if asked. One statement."""
    rows = TrustRoot.objects.filter(withdrawn_at__isnull=not withdrawn).order_by("chain", "name", "id")
    return tuple(root_view(row) for row in rows)


def root_view(row: TrustRoot) -> TrustRootView:
    return TrustRootView(
        row.id, row.name, row.chain, tuple(row.purposes), row.anchor, row.subject, row.fingerprint, row.valid_from,
        row.valid_to, row.legal_basis, bytes(row.certificate),
    )  # fmt: skip


def roots_by_day() -> Callable[[Usage, datetime], tuple[TrustRootView, ...]]:
    """What is trusted for a usage at a moment; all rows are read now, in one statement."""
    rows = roots()

    def on(usage: Usage, at: datetime) -> tuple[TrustRootView, ...]:
        day = local_date(at)
        return tuple(
            row
            for row in rows
            if usage in row.purposes and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        )

    return on


def known_since(cms_sha256: str) -> tuple[datetime, Evidence] | None:
    """When this installation first kept evidence of a good signature, with that evidence. At most 2 statements."""
    row = EvidenceRow.objects.filter(cms_sha256=cms_sha256, standing="valid").order_by("at").first()
    return (row.at, _parts(row.parts)) if row is not None else None


def evidence_of(record: UUID) -> list[dict[str, object]]:
    """Reports kept for the signatures of a record the caller may read, oldest first. One statement."""
    rows = EvidenceRow.objects.filter(record=record).order_by("at", "id").values_list("report", flat=True)
    return list(rows)


def _parts(digests: Iterable[str]) -> Evidence:
    kinds = EvidencePart.Kind
    found: dict[str, list[bytes]] = {kind: [] for kind in kinds.values}
    for part in EvidencePart.objects.filter(sha256__in=list(digests)).order_by("sha256"):
        found[part.kind].append(bytes(part.content))
    return Evidence(tuple(found[kinds.CERTIFICATE]), tuple(found[kinds.OCSP]), tuple(found[kinds.CRL]))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
