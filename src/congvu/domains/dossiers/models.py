"""Dossiers of the one-stop shop: what was filed, what was asked for, what came out, how it was rated."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from congvu.common.ids import public_token, uuid7


class State(models.TextChoices):
    """Where a dossier stands. The number of the national status (TrangThaiHoSo) is in ``NATIONAL_STATUS``."""

    SUBMITTED = "submitted", gettext_lazy("Chờ tiếp nhận")
    DECLINED = "declined", gettext_lazy("Không được tiếp nhận")
    PROCESSING = "processing", gettext_lazy("Đang xử lý")
    SUPPLEMENT = "supplement", gettext_lazy("Chờ bổ sung")
    WITHDRAWN = "withdrawn", gettext_lazy("Đã rút")
    STOPPED = "stopped", gettext_lazy("Dừng giải quyết")
    REFUSED = "refused", gettext_lazy("Từ chối giải quyết")
    FINISHED = "finished", gettext_lazy("Đã có kết quả")
    RETURNED = "returned", gettext_lazy("Đã trả kết quả")


# Refusal in substance goes to the national system as 8, like a stop; the local state keeps them apart (onestop §1.2).
NATIONAL_STATUS = {
    State.SUBMITTED: 1,
    State.DECLINED: 3,
    State.PROCESSING: 4,
    State.SUPPLEMENT: 5,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.REFUSED: 8,
    State.FINISHED: 9,
    State.RETURNED: 10,
}
OPEN_STATES = (State.SUBMITTED, State.PROCESSING, State.SUPPLEMENT)
RATEABLE = (State.FINISHED, State.RETURNED, State.REFUSED)
# Steps that decide for the agency, and the roles that may refuse for their own agency without holding one (form 03).
DECIDING = frozenset({"review", "approve"})
REFUSING = ("head", "chair", "center_head")


class Channel(models.IntegerChoices):
    """How a dossier came (KenhThucHien)."""

    COUNTER = 1, gettext_lazy("Trực tiếp")
    ONLINE = 2, gettext_lazy("Trực tuyến")
    POST = 3, gettext_lazy("Bưu chính công ích")


class ResultChannel(models.TextChoices):
    COUNTER = "counter", gettext_lazy("Nhận tại quầy")
    ONLINE = "online", gettext_lazy("Nhận bản điện tử")
    POST = "post", gettext_lazy("Nhận qua bưu chính")


class Dossier(models.Model):
    """One dossier under its record.

    ``authority`` decides and gives the code; ``received_at_unit`` took it in (phi địa giới: they may differ).
    ``applicant`` and ``agent`` are the values given on the day of filing. ``procedure_version`` is that of the day of
    submission, and from reception on that of the day of reception for ever. ``form_version`` and
    ``declared_version`` say which form, and of which procedure version, the answers were given to. ``papers`` lists
    what was handed in.
    """

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    procedure_version = models.ForeignKey("procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+")
    declared_version = models.ForeignKey(
        "procedures.ProcedureVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    procedure_code = models.CharField(max_length=16)
    authority = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    received_at_unit = models.ForeignKey("orgs.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.PositiveSmallIntegerField(choices=Channel.choices)
    portal_number = models.CharField(max_length=20, blank=True)
    token = models.CharField(max_length=16, unique=True, default=public_token)
    subject = models.ForeignKey("accounts.Subject", on_delete=models.PROTECT, related_name="+")
    applicant = models.JSONField()
    agent = models.JSONField(null=True)
    request = models.TextField(blank=True)
    form_version = models.BigIntegerField(null=True)
    answers = models.JSONField(default=dict)
    papers = models.JSONField(default=list)
    copies = models.PositiveSmallIntegerField(default=1)
    result_channel = models.CharField(max_length=8, choices=ResultChannel.choices, default=ResultChannel.COUNTER)
    submitted_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=200, blank=True)
    receipt_number = models.CharField(max_length=40, blank=True)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_to = models.CharField(max_length=200, blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portal_number"], condition=~Q(portal_number=""), name="dossiers_portal_number"
            ),
            models.CheckConstraint(
                name="dossiers_received_whole",
                condition=Q(received_at__isnull=True) | Q(received_at_unit__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-record"], name="dossiers_subject"),
            models.Index(fields=["procedure_code", "-received_at"], name="dossiers_procedure"),
        ]


class Draft(models.Model):
    """An application being filled in. Survives the session, lives 30 days after the last save, is no record yet."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey("accounts.Subject", on_delete=models.CASCADE, related_name="+")
    procedure_version = models.ForeignKey("procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    form_version = models.BigIntegerField(null=True)
    values = models.JSONField(default=dict)
    pages_done = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_as = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-saved_at"], name="dossiers_draft_owner")]


class Supplement(models.Model):
    """The one request to complete a dossier (form 02). ``items`` say what is missing, in sentences."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    items = models.JSONField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer_note = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(cancelled_at__isnull=True), name="dossiers_supplement_once"
            )
        ]


class Result(models.Model):
    """What the procedure gave. ``source`` says whose system numbered it; a draft of ours is unsigned and says so."""

    class Source(models.TextChoices):
        OURS = "ours", gettext_lazy("Hệ thống này")
        MINISTRY = "ministry", gettext_lazy("Hệ thống của Bộ")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=500)
    code = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=80)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.OURS)
    signed = models.BooleanField(default=False)
    signer = models.CharField(max_length=200, blank=True)
    file = models.UUIDField()
    issued_at = models.DateTimeField()


class ProposedResult(models.Model):
    """What the dossier is to be answered with, before anybody signs it: words, or a finished PDF. Rows never change;
    the newest ``n`` counts."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField()
    name = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    file = models.UUIDField(null=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "n"], name="dossiers_proposed_once")]


class ProposalReading(models.Model):
    """Somebody had this proposal on the screen before signing it; a later one has to be read anew."""

    proposal = models.ForeignKey(ProposedResult, on_delete=models.PROTECT, related_name="readings")
    user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="dossiers_proposal_reading_once")]


class SignedResult(models.Model):
    """A result with the signature of the person who approved it, waiting for its number and the agency's signature.

    Void once the work went back. A number that was given stays, also with one that is void: the dossier's next signed
    paper of that year takes it over.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=500)
    file = models.UUIDField()
    signer = models.CharField(max_length=200)
    signed_at = models.DateTimeField()
    number = models.CharField(max_length=80, blank=True)
    numbered_on = models.DateField(null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(void_at__isnull=True), name="dossiers_signed_result_once"
            )
        ]


class Rating(models.Model):
    """One answer to "how do you rate the service?", 1 very dissatisfied to 5 very satisfied."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="dossiers_rating_range", condition=Q(score__gte=1, score__lte=5))]
