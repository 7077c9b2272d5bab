"""Tasks given to a unit and a post: who gave them, by when, how far they are, how they ended."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy


class State(models.TextChoices):
    """Where a task stands. Whether it is late follows from its term: ``standing``."""

    GIVEN = "given", gettext_lazy("Chưa thực hiện")
    DOING = "doing", gettext_lazy("Đang thực hiện")
    RETURNED = "returned", gettext_lazy("Bị trả lại")
    JUDGING = "judging", gettext_lazy("Chờ đánh giá")
    DONE = "done", gettext_lazy("Hoàn thành")
    FAILED = "failed", gettext_lazy("Không đạt")
    CANCELLED = "cancelled", gettext_lazy("Đã hủy")


ENDED = (State.DONE, State.FAILED, State.CANCELLED)
# The owner's turn: reminders go out, and the term runs against the owner.
RUNNING = (State.GIVEN, State.DOING)
# Where tasks without a term stand in a list by term: behind all others.
FAR = datetime(9000, 1, 1, tzinfo=UTC)
TERM = Coalesce("due_at", Value(FAR, output_field=models.DateTimeField()))


class Task(models.Model):
    """One task under its record, whose ``state`` and ``due_at`` the record carries for lists.

    Exactly one owner, always a unit and a post; names are those of the day. ``source`` is the record it came from
    (a document, a conclusion), ``task_code`` the code of a higher level's task (edXML ResponseForTask). A task has a
    term or says that it has none. ``finished_at`` is when the owner reported it finished: that is compared with the
    term. ``notice_at`` is the next reminder, ``notice_level`` how many were sent for this term.
    """

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    source = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    task_code = models.CharField(max_length=100, blank=True)
    content = models.TextField(blank=True)
    output = models.CharField(max_length=500)
    assigner_unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    assigner_position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    assigner_name = models.CharField(max_length=200)
    owner_unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    owner_position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    owner_name = models.CharField(max_length=200)
    due_at = models.DateTimeField(null=True)
    no_term = models.BooleanField(default=False)
    percent = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    notice_at = models.DateTimeField(null=True)
    notice_level = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tasks_term_or_none",
                condition=Q(no_term=True, due_at__isnull=True) | Q(no_term=False, due_at__isnull=False),
            ),
            models.CheckConstraint(name="tasks_percent", condition=Q(percent__lte=100)),
        ]
        indexes = [
            models.Index(fields=["owner_position", "due_at"], condition=Q(ended_at=None), name="tasks_owner_open"),
            models.Index(fields=["assigner_position", "due_at"], condition=Q(ended_at=None), name="tasks_given_open"),
            models.Index(TERM, "record", condition=Q(ended_at=None), name="tasks_open"),
            models.Index(fields=["owner_position", "-ended_at"], name="tasks_owner_ended"),
            models.Index(fields=["assigner_position", "-ended_at"], name="tasks_given_ended"),
            models.Index(fields=["-ended_at", "-record"], condition=Q(ended_at__isnull=False), name="tasks_ended"),
            models.Index(fields=["owner_unit", "-given_at"], name="tasks_unit"),
            models.Index(fields=["source"], condition=Q(source__isnull=False), name="tasks_source"),
            models.Index(fields=["notice_at"], condition=Q(notice_at__isnull=False), name="tasks_notice"),
        ]


class Support(models.Model):
    """Another post on the task: it supports (phối hợp) or only follows it (theo dõi). The name is that of the day.

    ``due_at`` is a supporter's own term, where it is another one than the task's.
    """

    class Part(models.TextChoices):
        SUPPORT = "support", gettext_lazy("Phối hợp")
        WATCH = "watch", gettext_lazy("Theo dõi")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="supports")
    part = models.CharField(max_length=8, choices=Part.choices)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey("orgs.Position", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "position"], name="tasks_support_once")]
        indexes = [models.Index(fields=["position", "task"], name="tasks_support_post")]


class Entry(models.Model):
    """One line of a task's thread, readable by all who read the task: progress, words, decisions. Never changed."""

    class Kind(models.TextChoices):
        GIVEN = "given", gettext_lazy("Giao nhiệm vụ")
        AMENDED = "amended", gettext_lazy("Sửa nhiệm vụ")
        STARTED = "started", gettext_lazy("Bắt đầu thực hiện")
        PROGRESS = "progress", gettext_lazy("Báo cáo tiến độ")
        SUPPORT = "support", gettext_lazy("Ý kiến phối hợp")
        SUPPORTED = "supported", gettext_lazy("Xong phần phối hợp")
        COMMENT = "comment", gettext_lazy("Trao đổi")
        HANDED_ON = "handed_on", gettext_lazy("Phân công trong đơn vị")
        RETURNED = "returned", gettext_lazy("Trả lại nhiệm vụ")
        GIVEN_AGAIN = "given_again", gettext_lazy("Giao lại nhiệm vụ")
        ASKED = "asked", gettext_lazy("Xin gia hạn")
        GRANTED = "granted", gettext_lazy("Đồng ý gia hạn")
        DENIED = "denied", gettext_lazy("Không đồng ý gia hạn")
        FINISHED = "finished", gettext_lazy("Báo cáo hoàn thành")
        ACCEPTED = "accepted", gettext_lazy("Đánh giá: đạt")
        REDO = "redo", gettext_lazy("Đánh giá: không đạt, làm lại")
        FAILED = "failed", gettext_lazy("Đánh giá: không đạt")
        CANCELLED = "cancelled", gettext_lazy("Hủy nhiệm vụ")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    files = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["task", "at"], name="tasks_entry_thread")]


class Extension(models.Model):
    """A request for a later term, with its reason and its answer. ``granted`` is None while it waits."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="extensions")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    reason = models.TextField()
    old_due = models.DateTimeField()
    wanted = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    granted = models.BooleanField(null=True)
    new_due = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(answered_at=None), name="tasks_extension_one_open")
        ]
