"""Units, posts and people in posts, each true for a time.

A unit is its own key; everything else about it (code, name, type, level, parent, seal, calendar) is dated,
because names, codes and parents change and past records must keep what was true on their day.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy


def _days() -> Func:
    return Func("valid_from", "valid_to", models.Value("[]"), function="daterange")


class Unit(models.Model):
    """An agency or a part of one. ``key`` is a stable word for imports and tests, never shown."""

    key = models.SlugField(max_length=64, unique=True)
    family = models.CharField(max_length=16, default="administrative")

    def __str__(self) -> str:
        return self.key


class UnitVersion(models.Model):
    """What was true of a unit from ``valid_from`` up to and with ``valid_to`` (None: until further notice).

    ``code`` is the electronic identification code (mã định danh điện tử, QĐ 20/2020/QĐ-TTg), level 1 first.
    ``area_code`` is the code of the territory in the national list (QĐ 19/2025/QĐ-TTg: province two digits,
    commune five, the two independent of each other). Both are text, zeros in front belong to them, and both
    are handed on: the same code may mean another unit on another day, never two units on one day.
    ``level`` is data: ``province``, ``district`` (to 30/6/2025), ``commune``, ``department``, ``section``;
    ``type`` is a key of ``orgs.kinds``.
    ``settings`` holds dated switches of the unit, such as own online filing and the rule for a receipt
    outside office hours.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=35, blank=True)
    area_code = models.CharField(max_length=5, blank=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    type = models.CharField(max_length=32)
    level = models.CharField(max_length=16)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    has_seal = models.BooleanField(default=False)
    calendar = models.CharField(max_length=32, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    settings = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="orgs_version_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="orgs_version_no_overlap",
                expressions=[("unit", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="orgs_version_one_code_a_day",
                expressions=[("code", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=~Q(code=""),
            ),
            ExclusionConstraint(
                name="orgs_version_one_area_code_a_day",
                expressions=[("area_code", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=~Q(area_code=""),
            ),
        ]


class TreeRevision(models.Model):
    """One row whose ``value`` is new after every statement that wrote units or their versions (by triggers)."""

    id: models.SmallIntegerField[int, int] = models.SmallIntegerField(primary_key=True, default=1)
    value = models.UUIDField()


class Succession(models.Model):
    """One unit (partly) continued by another; many-to-many, because 441 old communes were cut between several."""

    class Extent(models.TextChoices):
        WHOLE = "whole", gettext_lazy("Nhập toàn bộ")
        PART = "part", gettext_lazy("Nhập một phần")
        AREA_PART = "area_part", gettext_lazy("Một phần diện tích")
        AREA_PART_ALL_PEOPLE = "area_part_all_people", gettext_lazy("Một phần diện tích và toàn bộ dân số")
        UNCHANGED = "unchanged", gettext_lazy("Giữ nguyên")

    class Scope(models.TextChoices):
        TERRITORY = "territory", gettext_lazy("Địa giới")
        FUNCTIONS = "functions", gettext_lazy("Chức năng")
        RECORDS = "records", gettext_lazy("Hồ sơ, tài liệu")
        ASSETS = "assets", gettext_lazy("Tài sản")
        STAFF = "staff", gettext_lazy("Nhân sự")

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    legal_act = models.CharField(max_length=200)
    extent = models.CharField(max_length=24, choices=Extent.choices)
    scope = models.CharField(max_length=16, choices=Scope.choices, default=Scope.TERRITORY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on", "scope"], name="orgs_succession_once")
        ]


class Position(models.Model):
    """A post in a unit. ``roles`` are role keys (see ``orgs.roles``); what the post may do follows from them."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    roles = ArrayField(models.CharField(max_length=32), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit"], name="orgs_position_unit")]

    def __str__(self) -> str:
        return self.title


class Assignment(models.Model):
    """A person in a post for a time; several posts at once are concurrent posts (kiêm nhiệm)."""

    class Kind(models.TextChoices):
        MAIN = "main", gettext_lazy("Chính")
        CONCURRENT = "concurrent", gettext_lazy("Kiêm nhiệm")
        SECONDED = "seconded", gettext_lazy("Biệt phái")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MAIN)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["position"], name="orgs_assignment_position")]
        constraints = [
            models.CheckConstraint(
                name="orgs_assignment_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            ExclusionConstraint(
                name="orgs_assignment_once_in_a_post",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="orgs_assignment_one_main_post",
                expressions=[("user", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=Q(kind="main"),
            ),
        ]


class Substitution(models.Model):
    """A person standing in for a post for a time (ủy quyền, thay thế). The act names both persons."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    basis = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="orgs_substitution_dates", condition=Q(valid_to__gte=F("valid_from")))
        ]
