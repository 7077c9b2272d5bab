"""Trusted roots, the register of certificates with its papers, batches, and the evidence kept of signatures."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congvu.common.ids import uuid7
from congvu.engines.signing.types import Chain, Device, Form, HolderKind, ItemState, Provider, State, Usage


class TrustRoot(models.Model):
    """A certificate trusted for signatures or time stamps made on the days ``valid_from`` to ``valid_to``.

    ``anchor`` False: a certificate between, which signers forget to send along; it proves nothing by itself.
    """

    name = models.CharField(max_length=200)
    chain = models.CharField(max_length=12, choices=Chain.choices)
    purposes = ArrayField(models.CharField(max_length=12, choices=Usage.choices))
    anchor = models.BooleanField(default=True)
    certificate = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    subject = models.CharField(max_length=500)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], name="signing_root_once", condition=Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(
                name="signing_root_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """A certificate of a person, an agency or a device. ``unit`` manages it (a legal person, which asks for
    everything). ``user`` is the person it names, ``custodian`` who keeps an agency's device (the records clerk)."""

    holder_kind = models.CharField(max_length=12, choices=HolderKind.choices)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    custodian = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    serial = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    provider = models.CharField(max_length=8, choices=Provider.choices)
    provider_ref = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    state_at = models.DateTimeField()
    state_reason = models.CharField(max_length=500, blank=True)
    device = models.CharField(max_length=12, choices=Device.choices, default=Device.NONE)
    device_serial = models.CharField(max_length=80, blank=True)
    device_due = models.DateField(null=True)
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="renewed_by")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_certificate_of_somebody", condition=~Q(holder_kind="person") | Q(user__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["unit", "holder_kind", "state"], name="signing_certificate_unit"),
            models.Index(fields=["user"], name="signing_certificate_user", condition=Q(user__isnull=False)),
            models.Index(fields=["valid_to"], name="signing_certificate_ends", condition=Q(state="active")),
        ]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A request (forms 01 to 06) or a record (07 to 09) of NĐ 68/2024/NĐ-CP. ``letter`` is the agency's letter."""

    class State(models.TextChoices):
        ASKED = "asked"
        DONE = "done"
        DECLINED = "declined"

    form = models.CharField(max_length=2, choices=Form.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    certificate = models.ForeignKey(Certificate, null=True, on_delete=models.PROTECT, related_name="papers")
    holder_kind = models.CharField(max_length=12, choices=HolderKind.choices)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    letter = models.CharField(max_length=100, blank=True)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "-asked_at"], name="signing_paper_unit")]


class Batch(models.Model):
    """Documents to be signed with one authentication of one person, acting in ``position``. ``kind`` names the room
    that made it."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=200)
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-opened_at"], name="signing_batch_of")]


class BatchItem(models.Model):
    """One document of a batch. ``sha256`` is of its content when it was read, ``result`` of the signed file; ``kind``
    names its room where that is not the one that made the batch."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16, blank=True)
    order = models.PositiveSmallIntegerField()
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    file: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField()
    field = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    more = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    result = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "file", "field"], name="signing_item_once"),
            models.UniqueConstraint(
                fields=["file", "field"], name="signing_item_signed_once", condition=Q(state=ItemState.SIGNED)
            ),
        ]
        indexes = [models.Index(fields=["batch"], name="signing_item_held", condition=Q(state=ItemState.HELD))]


class HeldSignature(models.Model):
    """What the key has signed of one document, until a time stamp and evidence are there too: the file with the place
    of the signature left free, what was signed, and the signature. It goes with the document, one way or the other."""

    item = models.OneToOneField(BatchItem, primary_key=True, on_delete=models.CASCADE, related_name="held")
    pdf = models.BinaryField()
    attributes = models.BinaryField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    chain = ArrayField(models.BinaryField())
    signature = models.BinaryField()


class LocalSigning(models.Model):
    """A document on its way to the tool on the signer's computer and back: the file as it was handed out, under which
    ticket, and what came back under it. Nothing of the document moves before that is accepted."""

    item = models.OneToOneField(BatchItem, primary_key=True, on_delete=models.CASCADE, related_name="local")
    ticket = models.CharField(max_length=300, unique=True)
    pdf = models.BinaryField()
    signed = models.BinaryField(null=True)


class EvidencePart(models.Model):
    """A certificate, OCSP response or list of revoked certificates, kept once whatever rests on it."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate"
        OCSP = "ocsp"
        CRL = "crl"

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    content = models.BinaryField()


class Evidence(models.Model):
    """One signature as found at a time, with what that judgement rests on (TT 15/2025: to be stored with the document).

    ``file_sha256`` is the content it stands in, ``parts`` digests of ``EvidencePart``. Rows are only added.
    """

    record = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    file_sha256 = models.CharField(max_length=64)
    cms_sha256 = models.CharField(max_length=64)
    field = models.CharField(max_length=120)
    standing = models.CharField(max_length=16)
    at = models.DateTimeField()
    report = models.JSONField()
    parts = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["cms_sha256", "at"], name="signing_evidence_cms"),
            models.Index(fields=["file_sha256"], name="signing_evidence_file"),
            models.Index(fields=["record"], name="signing_evidence_record", condition=Q(record__isnull=False)),
        ]
