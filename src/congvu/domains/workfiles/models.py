"""Lists of files (danh mục hồ sơ), work files (hồ sơ công việc), their submission to the archive, their disposal."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy


class CatalogueState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Đang lập")
    APPROVED = "approved", gettext_lazy("Đã duyệt")
    ISSUED = "issued", gettext_lazy("Đã ban hành")


class Catalogue(models.Model):
    """The list of files of an agency for a year (NĐ 30/2020 Điều 28, PL V), issued as annex of a decision.

    ``running`` says whether file numbers run over the whole list or within each big heading.
    """

    class Running(models.TextChoices):
        LIST = "list", gettext_lazy("Liên tục trong toàn danh mục")
        HEADING = "heading", gettext_lazy("Bắt đầu lại ở mỗi đề mục lớn")

    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    running = models.CharField(max_length=8, choices=Running.choices, default=Running.HEADING)
    state = models.CharField(max_length=8, choices=CatalogueState.choices, default=CatalogueState.DRAFT)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="workfiles_catalogue_once")]


class Heading(models.Model):
    """A heading of a list: big ones are numbered in Roman, small ones in Arabic, beginning anew under each big one.

    ``symbol`` is the abbreviation behind the number of its files (``01.TCCB``).
    """

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="headings")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    symbol = models.CharField(max_length=12, blank=True)


class Line(models.Model):
    """A file that is foreseen: number and symbol, title, retention (None: permanent), who makes it."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="lines")
    heading = models.ForeignKey(Heading, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    years = models.PositiveSmallIntegerField(null=True)
    rule = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["catalogue", "number"], name="workfiles_line_number")]


class RetentionRule(models.Model):
    """The shortest term for a kind of file, from a day on (None: permanent). Rows are added, never changed."""

    key = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    years = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="workfiles_rule_day")]


class State(models.TextChoices):
    OPEN = "open", gettext_lazy("Đang lập")
    CLOSED = "closed", gettext_lazy("Đã kết thúc")
    SUBMITTED = "submitted", gettext_lazy("Chờ lưu trữ tiếp nhận")
    ARCHIVED = "archived", gettext_lazy("Đã nộp lưu")
    DISPOSAL = "disposal", gettext_lazy("Xem xét hủy")
    DESTROYED = "destroyed", gettext_lazy("Đã hủy")


class WorkFile(models.Model):
    """One work file under its record; its code is agency . year . notation (FileCode of PL VI).

    ``years`` None is permanent. ``online`` is set when it is closed: every document in it is an electronic original.
    ``submit_by`` is the last day for handing it to the archive. A frozen file is not moved, changed or destroyed.
    """

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    notation = models.CharField(max_length=20)
    line = models.ForeignKey(Line, null=True, on_delete=models.SET_NULL, related_name="+")
    years = models.PositiveSmallIntegerField(null=True)
    rule = models.CharField(max_length=40, blank=True)
    rights = models.CharField(max_length=30, default="01")
    language = models.CharField(max_length=50, default="Tiếng Việt")
    keyword = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=500, blank=True)
    paper = models.BooleanField(default=False)
    maker_unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    maker_position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    maker_name = models.CharField(max_length=200)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    online = models.BooleanField(null=True)
    submit_by = models.DateField(null=True)
    noticed_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    destroy_after = models.DateField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "notation"], name="workfiles_file_code"),
        ]
        indexes = [
            models.Index(fields=["agency", "year", "notation"], name="workfiles_file_year"),
            models.Index(fields=["maker_position", "-record"], name="workfiles_file_maker"),
            models.Index(
                fields=["submit_by"], condition=Q(archived_at=None, submit_by__isnull=False), name="workfiles_file_due"
            ),
            models.Index(
                fields=["destroy_after"], condition=Q(destroy_after__isnull=False), name="workfiles_file_expiry"
            ),
        ]


class Entry(models.Model):
    """One document in a file: a reference to its record and files, with what described it when it was added.

    Nothing is copied: one document may stand in many files. ``unkept`` are those of its files that are in no format
    meant for keeping and have no keeping copy. ``removed_at`` is weeding; the line stays as a trace.
    """

    file = models.ForeignKey(WorkFile, on_delete=models.PROTECT, related_name="entries")
    ordinal = models.PositiveIntegerField()
    document = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    files = ArrayField(models.UUIDField(), default=list)
    unkept = ArrayField(models.UUIDField(), default=list)
    described = models.JSONField()
    issued_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)
    removed_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "ordinal"], name="workfiles_entry_ordinal"),
            models.UniqueConstraint(
                fields=["file", "document"], condition=Q(removed_at=None, document__isnull=False),
                name="workfiles_entry_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["document"], name="workfiles_entry_document"),
            models.Index(
                fields=["file"], condition=Q(removed_at=None) & ~Q(unkept=[]), name="workfiles_entry_unkept"
            ),
        ]  # fmt: skip


class KeepingCopy(models.Model):
    """A file in a format meant for keeping, beside the original it was made of; both digests are what they were then.

    The original is never replaced (NĐ 30/2020 PL VI III.5: chuyển đổi).
    """

    file = models.ForeignKey(WorkFile, on_delete=models.PROTECT, related_name="+")
    original = models.UUIDField(unique=True)
    original_name = models.CharField(max_length=160)
    original_sha256 = models.CharField(max_length=64)
    copy = models.UUIDField()
    copy_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)


class Further(models.Model):
    """A further field of metadata of a document. Rows are added, never changed: the newest of a name holds."""

    document = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    value = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["document", "id"], name="workfiles_further_document")]


class Submission(models.Model):
    """A file handed to the archive, with the package it stands for: rebuilt at any time, its digest stays the same.

    A job packs it; until then ``sha256`` is empty and the archive cannot answer. What cannot be packed has failed.
    """

    class Answer(models.TextChoices):
        WAITING = "", gettext_lazy("Chờ tiếp nhận")
        ACCEPTED = "accepted", gettext_lazy("Đồng ý")
        RETURNED = "returned", gettext_lazy("Trả lại")
        FAILED = "failed", gettext_lazy("Không đóng gói được")

    file = models.ForeignKey(WorkFile, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    package = models.UUIDField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    packed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.WAITING, blank=True)
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file"], condition=Q(answer=""), name="workfiles_submission_one_open")
        ]


class HandOver(models.Model):
    """Files of a post handed to another before leaving, retiring, moving (NĐ 30/2020 Điều 31); ``files`` are codes."""

    from_position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    to_position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    from_name = models.CharField(max_length=200)
    to_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    files = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)


class Disposal(models.Model):
    """A disposal council: the list "Xem xét hủy", the members' words, the decision of the head, the destruction."""

    class State(models.TextChoices):
        LISTED = "listed", gettext_lazy("Hội đồng đang xét")
        DECIDED = "decided", gettext_lazy("Đã có quyết định hủy")
        DESTROYED = "destroyed", gettext_lazy("Đã hủy")
        DROPPED = "dropped", gettext_lazy("Không hủy")

    agency = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LISTED)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    authority_opinion = models.TextField(blank=True)
    decision = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.CharField(max_length=200, blank=True)


class DisposalMember(models.Model):
    """A member of the council and what they said: None until they speak."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="members")
    position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    agrees = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["disposal", "position"], name="workfiles_member_once")]


class DisposalItem(models.Model):
    """A file on the list, as it was described then, and why it may go."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="items")
    file = models.ForeignKey(WorkFile, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    trace = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["disposal", "file"], name="workfiles_disposal_item_once")]
