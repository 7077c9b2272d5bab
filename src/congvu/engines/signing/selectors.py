"""Reading trusted roots, the register of certificates, batches and kept evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import NotFound
from congvu.common.zones import at, local_date, utc_now
from congvu.engines.signing import figures
from congvu.engines.signing.models import Batch, BatchItem, Certificate, EvidencePart, Paper, TrustRoot
from congvu.engines.signing.models import Evidence as EvidenceRow
from congvu.engines.signing.types import (
    BatchView,
    CertificateCount,
    CertificateView,
    Device,
    Evidence,
    Form,
    HelperTask,
    HolderKind,
    Item,
    ItemState,
    LatestSignature,
    Provider,
    RequestView,
    State,
    TrustRootView,
    Usage,
)
from congvu.ground.orgs import selectors as orgs

__all__ = [
    "batch", "certificate", "certificate_of_batch", "certificates", "counts", "ending", "evidence_of", "items_of",
    "latest", "local_tool", "papers", "roots", "roots_by_day", "unit_of", "usable",
]  # fmt: skip
PAGE = 50


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


def usable(actor: Actor) -> tuple[CertificateView, ...]:
    """Certificates that this person could sign with now: the own ones, and the agency's for its records clerk. Whether
    each may be used this moment is asked when it is opened. At most 2 statements."""
    if actor.user_id is None:
        return ()
    own = Q(holder_kind=HolderKind.PERSON, user=actor.user_id)
    if actor.has_role("registrar") and actor.unit_id is not None:
        there = orgs.tree()
        top = there.agency_of(actor.unit_id).id
        inside = [unit for unit in there.subtree(top) if there.agency_of(unit).id == top]
        kept = Q(custodian=actor.user_id) | Q(custodian__isnull=True)
        own |= Q(holder_kind=HolderKind.ORGANISATION, unit__in=inside) & kept
    rows = Certificate.objects.filter(own, state=State.ACTIVE, valid_to__gt=utc_now())
    return tuple(certificate_view(row) for row in rows.order_by("holder_kind", "-valid_to", "id"))


def certificates(
    actor: Actor, *, unit: int | None = None, state: str = "", after: int = 0, kind: str = "", days: int = 0,
    issued: tuple[date, date] | None = None, held_on: date | None = None, due: bool = False,
) -> tuple[CertificateView, ...]:  # fmt: skip
    """The register as the actor may see it, the newest first, fifty from below the id ``after``; of one agency or in
    one state if asked (``expired`` too), of one kind of holder, ending within ``days``, recorded in a period, in force
    at the end of a day (as ``counts`` counts them), with a device to be handed back. At most 2 statements."""
    rows = _visible(actor, Certificate.objects.all())
    now = utc_now()
    if unit is not None:
        rows = rows.filter(unit=unit)
    if kind:
        rows = rows.filter(holder_kind=kind)
    if days:
        rows = rows.filter(state=State.ACTIVE, valid_to__gt=now, valid_to__lte=now + timedelta(days=days))
    if issued:
        rows = rows.filter(recorded_at__gte=at(issued[0]), recorded_at__lt=at(issued[1] + timedelta(days=1)))
    if held_on:
        rows = rows.filter(_held_at(at(held_on + timedelta(days=1))))
    if due:
        rows = rows.filter(device=Device.DUE)
    if state == "expired":
        rows = rows.filter(state=State.ACTIVE, valid_to__lte=now)
    elif state:
        rows = rows.filter(state=state, **({"valid_to__gt": now} if state == State.ACTIVE else {}))
    if after:
        rows = rows.filter(id__lt=after)
    return tuple(certificate_view(row) for row in rows.order_by("-id")[:PAGE])


def papers(actor: Actor, *, unit: int | None = None, certificate: int | None = None) -> tuple[RequestView, ...]:
    """Requests and records as the actor may see them, the newest first, fifty. At most 2 statements."""
    rows = _visible(actor, Paper.objects.all())
    if unit is not None:
        rows = rows.filter(unit=unit)
    if certificate is not None:
        rows = rows.filter(certificate=certificate)
    return tuple(_paper_view(row) for row in rows.order_by("-id")[:PAGE])


def _visible(actor: Actor, rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    """What is managed by the actor's agency and below it; the whole for the system and who follows the province."""
    if actor.kind is ActorKind.SYSTEM:
        return rows
    if actor.kind is not ActorKind.STAFF or actor.unit_id is None:
        return rows.none()
    there = orgs.tree()
    top = there.agency_of(actor.unit_id).id if there.get(actor.unit_id) else actor.unit_id
    if actor.has_role("province_reader"):
        top = there.path(actor.unit_id)[0].id
    return rows.filter(unit__in=there.subtree(top))


def ending(within: timedelta, *, now: datetime | None = None) -> tuple[CertificateView, ...]:
    """Certificates in use that end within this time, the soonest first. One statement."""
    moment = now or utc_now()
    rows = Certificate.objects.filter(state=State.ACTIVE, valid_to__gt=moment, valid_to__lte=moment + within)
    return tuple(certificate_view(row) for row in rows.order_by("valid_to", "id"))


def _held_at(moment: datetime) -> Q:
    """In force at a moment, as far as the register knew then."""
    ended = Q(state__in=(State.REVOKED, State.REPLACED), state_at__lt=moment)
    return Q(recorded_at__lt=moment, valid_to__gte=moment) & ~ended


def certificate(actor: Actor, certificate_id: int) -> CertificateView:
    """One certificate of the register. At most 2 statements. Raises NotFound, whether it is missing or not the actor's
    to see."""
    row = _visible(actor, Certificate.objects.all()).filter(id=certificate_id).first()
    if row is None:
        raise NotFound(_("Không có chứng thư này."))
    return certificate_view(row)


def counts(first: date, last: date, *, units: Iterable[int] | None = None) -> tuple[CertificateCount, ...]:
    """For each managing unit: personal and organisation certificates issued from the first to the last day, and in
    force at the end of the last day. One statement."""
    begin, end = at(first), at(last + timedelta(days=1))
    issued = Q(recorded_at__gte=begin, recorded_at__lt=end)
    held = _held_at(end)
    person, agency = Q(holder_kind=HolderKind.PERSON), Q(holder_kind=HolderKind.ORGANISATION)
    rows = Certificate.objects.filter(recorded_at__lt=end)
    if units is not None:
        rows = rows.filter(unit__in=set(units))
    found = rows.values("unit").annotate(
        persons_issued=Count("id", filter=issued & person), organisations_issued=Count("id", filter=issued & agency),
        persons=Count("id", filter=held & person), organisations=Count("id", filter=held & agency),
    )  # fmt: skip
    return tuple(
        CertificateCount(
            row["unit"], row["persons_issued"], row["organisations_issued"], row["persons"], row["organisations"]
        )
        for row in found.order_by("unit")
    )


def certificate_view(row: Certificate) -> CertificateView:
    over = row.state == State.ACTIVE and row.valid_to <= utc_now()
    return CertificateView(
        row.id, HolderKind(row.holder_kind), row.name, row.unit_id, row.user_id, row.position_id, row.custodian_id,
        row.serial, row.subject, row.issuer, row.fingerprint, row.valid_from, row.valid_to, Provider(row.provider),
        "expired" if over else row.state, row.state_reason, Device(row.device), row.device_serial, row.device_due,
    )  # fmt: skip


def _paper_view(row: Paper) -> RequestView:
    return RequestView(
        row.id, Form(row.form), row.state, row.unit_id, row.holder_kind, row.user_id, row.certificate_id, row.reason,
        row.letter, row.asked_by, row.asked_at, row.closed_at, row.outcome,
    )  # fmt: skip


def certificate_of_batch(actor: Actor, batch_id: UUID) -> int:
    """The certificate an own batch is signed with. One statement. Raises NotFound."""
    found = Batch.objects.filter(id=batch_id, user=actor.user_id or 0).values_list("certificate_id", flat=True).first()
    if found is None:
        raise NotFound(_("Không có lượt ký này."))
    return found


def batch(actor: Actor, batch_id: UUID) -> BatchView:
    """An own batch with its documents in their order. Two statements. Raises NotFound."""
    row = Batch.objects.select_related("certificate").filter(id=batch_id, user=actor.user_id or 0).first()
    if row is None:
        raise NotFound(_("Không có lượt ký này."))
    provider = Provider(row.certificate.provider)
    return BatchView(row.id, row.kind, row.certificate.name, provider, row.opened_at, items_of(actor, batch_id))


def items_of(actor: Actor, batch_id: UUID) -> tuple[Item, ...]:
    """The documents of an own batch in their order. One statement."""
    rows = BatchItem.objects.filter(batch=batch_id, batch__user=actor.user_id or 0).select_related("batch")
    rows = rows.order_by("order")
    return tuple(item_view(row) for row in rows)


def latest(records: Iterable[UUID]) -> dict[UUID, LatestSignature]:
    """The newest signature begun on each of these records, finished or not; the caller may read them. One statement."""
    rows = BatchItem.objects.filter(record__in=list(records)).exclude(state=ItemState.UNREAD).select_related("batch")
    newest = rows.order_by("record", "-id").distinct("record")
    return {row.record_id: _latest(row) for row in newest}


def _latest(row: BatchItem) -> LatestSignature:
    began = row.at or row.batch.opened_at
    return LatestSignature(row.batch_id, row.field, ItemState(row.state), row.reason, row.batch.by, began)


def unit_of(certificate_id: int) -> int:
    """The agency that manages a certificate. One statement. Raises NotFound."""
    unit = Certificate.objects.filter(id=certificate_id).values_list("unit_id", flat=True).first()
    if unit is None:
        raise NotFound(_("Không có chứng thư này."))
    return unit


def item_view(row: BatchItem) -> Item:
    return Item(
        row.id, row.record_id, row.file, row.field, row.sha256, ItemState(row.state), row.reason, row.result,
        row.kind or row.batch.kind, dict(row.more),
    )  # fmt: skip


def local_tool() -> str:
    """Scheme, host and port at which the tool on the signer's computer listens, and nothing wider. Two statements."""
    parts = urlsplit(figures.helper_place(HelperTask.APPROVED, local_date(utc_now())))
    return f"{parts.scheme}://{parts.netloc}"
