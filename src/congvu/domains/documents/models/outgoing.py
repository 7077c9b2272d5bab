"""What is drafted, approved, signed, issued, and to whom it goes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from congvu.domains.documents.models.choices import Priority
from congvu.domains.documents.models.shared import Issuer, Kind


class Outgoing(models.Model):
    """An outgoing document under its record: a draft, later the issued original.

    ``number`` and ``issued_on`` are given together by the records clerk; ``symbol`` is fixed with the kind.
    ``capacity`` is how the signer signs (TM., Q., KT., TL., TUQ.). ``version`` is the newest draft version,
    ``document_id`` its identifier on the exchange.
    """

    class Capacity(models.TextChoices):
        SELF = "", gettext_lazy("Thủ trưởng ký trực tiếp")
        COLLECTIVE = "TM.", gettext_lazy("Thay mặt tập thể (TM.)")
        ACTING = "Q.", gettext_lazy("Quyền (Q.)")
        DEPUTY = "KT.", gettext_lazy("Ký thay (KT.)")
        ORDER = "TL.", gettext_lazy("Thừa lệnh (TL.)")
        AUTHORISED = "TUQ.", gettext_lazy("Thừa ủy quyền (TUQ.)")

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    drafting_unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    drafter = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    drafter_name = models.CharField(max_length=200)
    symbol = models.CharField(max_length=30)
    number = models.PositiveIntegerField(null=True)
    number_year = models.PositiveSmallIntegerField(null=True)
    series = models.CharField(max_length=48, blank=True)
    issued_on = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    signer = models.ForeignKey("orgs.Position", null=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=6, choices=Capacity.choices, blank=True, default=Capacity.SELF)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ORDINARY)
    reply_by = models.DateField(null=True)
    copies = models.PositiveSmallIntegerField(default=1)
    paper = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    original = models.UUIDField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    signed_at = models.DateTimeField(null=True)
    document_id = models.CharField(max_length=200, blank=True)
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number_year", "number", "symbol"], name="documents_number_once",
                condition=Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="documents_issued_whole",
                condition=Q(number__isnull=True, issued_on__isnull=True)
                | Q(number__isnull=False, issued_on__isnull=False, number_year__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["issuer", "-issued_on", "-number"], name="documents_outgoing_book"),
            models.Index(
                fields=["issuer", "number_year", "issued_on", "series", "number", "record"],
                name="documents_outgoing_register",
                condition=Q(number__isnull=False),
            ),
            models.Index(fields=["document_id"], name="documents_outgoing_id", condition=~Q(document_id="")),
        ]


class Version(models.Model):
    """One state of a draft, kept for ever. ``content`` is structured text; approvals are bound to its ``digest``."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    subject = models.CharField(max_length=500)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outgoing", "n"], name="documents_version_once")]


class Approval(models.Model):
    """Initials on one version: of the content, or of the layout (NĐ 30/2020 Điều 12). A later version voids them."""

    class About(models.TextChoices):
        CONTENT = "content", gettext_lazy("Nội dung")
        LAYOUT = "layout", gettext_lazy("Thể thức, kỹ thuật trình bày")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="approvals")
    about = models.CharField(max_length=8, choices=About.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "about"], name="documents_approval_once")]


class Reading(models.Model):
    """Somebody had this version on the screen before signing it; a later version has to be read anew."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="readings")
    user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="documents_reading_once")]


class Recipient(models.Model):
    """Whoever an issued document goes to, and how far it got there. ``state`` is the newest wire status code."""

    class Way(models.TextChoices):
        EXCHANGE = "exchange", gettext_lazy("Trục liên thông")
        INSIDE = "inside", gettext_lazy("Trong cơ quan")
        PAPER = "paper", gettext_lazy("Bản giấy")

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="recipients")
    way = models.CharField(max_length=10, choices=Way.choices)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=35, blank=True)
    unit = models.ForeignKey("orgs.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=2, blank=True)
    state_at = models.DateTimeField(null=True)
    state_words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outgoing", "name", "code"], name="documents_recipient_once")]
