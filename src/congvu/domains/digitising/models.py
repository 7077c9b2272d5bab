"""The paper backlog, the batches in which it is scanned, and what was scanned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy


class Importance(models.IntegerChoices):
    HIGH = 3, gettext_lazy("Khai thác thường xuyên")
    MIDDLE = 2, gettext_lazy("Khai thác khi có yêu cầu")
    LOW = 1, gettext_lazy("Ít khai thác")


class Condition(models.TextChoices):
    """The codes of the circular's field ``format`` (TT 05/2025/TT-BNV)."""

    GOOD = "01", gettext_lazy("Tốt")
    FAIR = "02", gettext_lazy("Bình thường")
    BAD = "03", gettext_lazy("Hỏng")


class Holding(models.Model):
    """A body of paper that lies together: fonds and shelf, how much of it, of which years, how it is."""

    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    fonds = models.CharField(max_length=200)
    shelf = models.CharField(max_length=100, blank=True)
    boxes = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    importance = models.PositiveSmallIntegerField(choices=Importance.choices)
    condition = models.CharField(max_length=2, choices=Condition.choices)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "fonds", "shelf", "title"], name="digitising_holding_once")
        ]


class State(models.TextChoices):
    SCANNING = "scanning", gettext_lazy("Đang quét")
    CHECKING = "checking", gettext_lazy("Đang kiểm tra")
    ACCEPTED = "accepted", gettext_lazy("Đã nghiệm thu")


class Batch(models.Model):
    """A batch under its record: which post scans how many pages of a holding, from when to when."""

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="batches")
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    scanner = models.CharField(max_length=200)
    first = models.DateField()
    last = models.DateField()
    planned_pages = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)


class ScanState(models.TextChoices):
    TAKEN = "taken", gettext_lazy("Đã quét")
    PASSED = "passed", gettext_lazy("Đạt")
    BACK = "back", gettext_lazy("Quét lại")
    REPLACED = "replaced", gettext_lazy("Đã thay")
    ACCEPTED = "accepted", gettext_lazy("Đã đưa vào hồ sơ")
    ERASED = "erased", gettext_lazy("Đã hủy theo hồ sơ")


class Scan(models.Model):
    """One document scanned. ``doc_code`` is its DocCode (CV 7197/BKHCN-CĐSQG), ``name`` the name of its file.

    ``paper_file`` is the number of the paper file it lies in. ``findings`` are warnings of the check of the file, by
    code. ``drawn``: it is in the sample that somebody else looks at. ``replaces`` is the scan it was made again for.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="scans")
    file = models.UUIDField(unique=True)
    sha256 = models.CharField(max_length=64)
    doc_code = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    paper_file = models.CharField(max_length=20)
    file_title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10)
    type_name = models.CharField(max_length=100)
    number = models.CharField(max_length=11, blank=True)
    notation = models.CharField(max_length=30, blank=True)
    issued_on = models.DateField(null=True)
    organ_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=500)
    pages = models.PositiveSmallIntegerField()
    dpi = models.PositiveSmallIntegerField()
    colour = models.BooleanField()
    pdf_version = models.CharField(max_length=8)
    archival = models.BooleanField()
    findings = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ScanState.choices, default=ScanState.TAKEN)
    drawn = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_user = models.BigIntegerField()
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    work_file = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["doc_code"], name="digitising_scan_code"),
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(state="replaced"), name="digitising_scan_content_once"
            ),
        ]
        indexes = [models.Index(fields=["batch", "id"], name="digitising_scan_batch")]
