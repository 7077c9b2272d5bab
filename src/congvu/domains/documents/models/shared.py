"""What incoming and outgoing documents share: kinds, issuers, pictures, opinions, links."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from congvu.domains.documents.models.choices import Family, Nature


class Kind(models.Model):
    """A kind of document: the 29 of NĐ 30/2020 Điều 7, copies, and legal normative documents of local agencies.

    ``abbreviation`` is empty for công văn and thư công, which have none. ``addressed``: the kind carries "Kính gửi".
    ``archive_code`` is its code in TT 05/2025/TT-BNV, whose order is another.
    """

    key = models.CharField(max_length=16)
    family = models.CharField(max_length=16, choices=Family.choices)
    nature = models.CharField(max_length=16, choices=Nature.choices)
    name = models.CharField(max_length=100)
    abbreviation = models.CharField(max_length=10, blank=True)
    layout = models.CharField(max_length=20)
    addressed = models.BooleanField(default=False)
    archive_code = models.CharField(max_length=2)
    order = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="documents_kind_key")]

    def __str__(self) -> str:
        return self.name


class Issuer(models.Model):
    """Whoever issues documents in its own name from a day on: an agency, a council using its seal, a Party committee.

    ``lines`` are the lines of its name as box 2 prints them, ``above`` those of the body above it. ``series`` says how
    its administrative documents are numbered: ``one``, ``kind``, or ``groups`` (lists of kind keys in ``groups``);
    normative documents, copies and secret ones always have series of their own (NĐ 30/2020 Điều 15). ``symbols`` are
    the abbreviations of drafting units for công văn, by unit id.
    """

    class Series(models.TextChoices):
        ONE = "one", gettext_lazy("Một dãy số chung")
        KIND = "kind", gettext_lazy("Mỗi loại một dãy số")
        GROUPS = "groups", gettext_lazy("Theo nhóm loại văn bản")

    key = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    family = models.CharField(max_length=16, choices=Family.choices, default=Family.ADMINISTRATIVE)
    above = models.JSONField(default=list)
    lines = models.JSONField()
    abbreviation = models.CharField(max_length=30)
    place = models.CharField(max_length=60)
    collective = models.CharField(max_length=200, blank=True)
    series = models.CharField(max_length=8, choices=Series.choices, default=Series.KIND)
    groups = models.JSONField(default=list)
    symbols = models.JSONField(default=dict)
    secret_placeholders = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit"], name="documents_issuer_unit")]

    def __str__(self) -> str:
        return self.key


class SignaturePicture(models.Model):
    """What a signature looks like on paper: a person's handwriting (blue), or an issuer's seal (red) in its true size.

    PNG with a transparent ground (NĐ 30/2020 Phụ lục I). The newest of its owner is used; old papers keep theirs.
    """

    user = models.BigIntegerField(null=True)
    issuer = models.ForeignKey(Issuer, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()
    width_mm = models.FloatField(default=36.0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_picture_owner",
                condition=Q(user__isnull=True, issuer__isnull=False) | Q(user__isnull=False, issuer__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["user", "-at"], name="documents_picture_user")]


class Opinion(models.Model):
    """Something said about a document, incoming or outgoing; ``leader`` opinions are part of the record (bút phê)."""

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    leader = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record", "at"], name="documents_opinion_record")]


class Link(models.Model):
    """How one document stands to another; read from both ends."""

    class Relation(models.TextChoices):
        REPLY = "reply", pgettext_lazy("relation", "Trả lời")
        REPLACE = "replace", pgettext_lazy("relation", "Thay thế")
        AMEND = "amend", gettext_lazy("Sửa đổi, bổ sung")
        CORRECT = "correct", gettext_lazy("Đính chính")
        RECALL = "recall", pgettext_lazy("relation", "Thu hồi")
        COPY = "copy", gettext_lazy("Sao từ")
        RELATED = "related", gettext_lazy("Liên quan")

    # What the target is called seen from its own page; while the source is only a draft, the second words.
    INWARD = {
        Relation.REPLY: (gettext_lazy("Văn bản trả lời"), gettext_lazy("Dự thảo trả lời")),
        Relation.REPLACE: (gettext_lazy("Được thay thế bởi"), gettext_lazy("Đang soạn văn bản thay thế")),
        Relation.AMEND: (gettext_lazy("Được sửa đổi, bổ sung bởi"), gettext_lazy("Đang soạn văn bản sửa đổi, bổ sung")),
        Relation.CORRECT: (gettext_lazy("Được đính chính bởi"), gettext_lazy("Đang soạn công văn đính chính")),
        Relation.RECALL: (gettext_lazy("Bị thu hồi bởi"), gettext_lazy("Đang soạn thông báo thu hồi")),
        Relation.COPY: (gettext_lazy("Có bản sao"), gettext_lazy("Có bản sao")),
        Relation.RELATED: (gettext_lazy("Liên quan"), gettext_lazy("Liên quan")),
    }

    source = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=8, choices=Relation.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "relation"], name="documents_link_once")]
        indexes = [models.Index(fields=["target"], name="documents_link_target")]
