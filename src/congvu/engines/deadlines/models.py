"""Clocks, their pauses and extensions as rows. The due time is derived from them; ``due_at`` is its cache for lists."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy


class Clock(models.Model):
    """One clock of one record. ``due_at`` is None while it waits."""

    class Kind(models.TextChoices):
        LEGAL = "legal", gettext_lazy("Thời hạn giải quyết")
        INDEX = "index", gettext_lazy("Thời hạn theo Bộ chỉ số 766")

    class Rule(models.TextChoices):
        RESTART = "restart", gettext_lazy("Tính lại từ đầu")
        SUBTRACT = "subtract", gettext_lazy("Trừ thời gian chờ")

    class State(models.TextChoices):
        RUNNING = "running", gettext_lazy("Đang tính")
        PAUSED = "paused", gettext_lazy("Đang dừng")
        STOPPED = "stopped", gettext_lazy("Đã kết thúc")

    record = models.ForeignKey("records.Record", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    rule = models.CharField(max_length=8, choices=Rule.choices)
    calendar = models.CharField(max_length=32)
    start = models.DateTimeField()
    budget = models.CharField(max_length=12)
    until = models.CharField(max_length=8, default="quarter")
    outside = models.CharField(max_length=8, default="day")
    basis = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    due_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "kind"], name="deadlines_clock_once")]
        indexes = [
            models.Index(fields=["calendar", "due_at"], name="deadlines_clock_running", condition=Q(state="running"))
        ]


class Interval(models.Model):
    """A pause of a clock, ended by a resumption (or cancelled, as if it had not been)."""

    class Reason(models.TextChoices):
        SUPPLEMENT = "supplement", gettext_lazy("Chờ bổ sung")
        FINANCIAL = "financial", gettext_lazy("Thực hiện nghĩa vụ tài chính")
        OTHER = "other", gettext_lazy("Tạm dừng")

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="intervals")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    effect = models.CharField(max_length=8, choices=Clock.Rule.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=500, blank=True)
    cancelled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deadlines_interval_order", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=["clock"],
                name="deadlines_interval_one_open",
                condition=Q(until__isnull=True, cancelled_at__isnull=True),
            ),
        ]


class Extension(models.Model):
    """A new appointment: the old due time stays readable for ever."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="extensions")
    at = models.DateTimeField()
    old_due = models.DateTimeField()
    new_due = models.DateTimeField()
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=200, blank=True)
