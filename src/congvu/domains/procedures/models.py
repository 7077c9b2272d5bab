"""The catalogue: fields, procedures, their dated and immutable versions, and the steps of each version."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q


class Field(models.Model):
    """A field (lĩnh vực). Decisions and portals name the same field differently: see ``FieldSynonym``."""

    name = models.CharField(max_length=200, unique=True)
    audiences = ArrayField(models.CharField(max_length=16), default=list)

    def __str__(self) -> str:
        return self.name


class FieldSynonym(models.Model):
    """Another name of a field; ``folded`` is what imports compare."""

    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure by the eight characters of its national code; names change yearly, codes are replaced."""

    code = models.CharField(max_length=8, unique=True)
    replaced_by = models.CharField(max_length=8, blank=True)

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What a procedure was from ``valid_from`` up to and with ``valid_to`` (None: until further notice).

    Immutable but for ``valid_to``: a dossier keeps the version of its reception. A version superseded on its first day
    ends the day before it began: it was never in force on a later reading, and dossiers of that day still point to it.
    ``budget`` is the time limit (``3wd``, ``sd``…), null while value or unit is unknown. ``local`` holds what the
    authority set itself over the source, ``blocks`` why the version cannot run, ``unverified`` values to be checked,
    ``sort`` the beginning of ``folded`` (some names are longer than a row of an index may be).
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    sha256 = models.CharField(max_length=64)
    portal_code = models.CharField(max_length=60)
    name = models.TextField()
    folded = models.TextField()
    sort = models.CharField(max_length=200)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=200)
    levels = ArrayField(models.CharField(max_length=16), default=list)
    agency = models.CharField(max_length=500, blank=True)
    time_value = models.CharField(max_length=24, blank=True)
    time_unit = models.CharField(max_length=40, blank=True)
    budget = models.CharField(max_length=16, null=True)  # noqa: DJ001 - unknown is not "no limit"
    time_note = models.TextField(blank=True)
    time_options = models.JSONField(default=list)
    fee = models.TextField(blank=True)
    fee_items = models.JSONField(default=list)
    papers = models.JSONField(default=list)
    legal = models.JSONField(default=list)
    results = models.JSONField(default=list)
    channels = ArrayField(models.TextField(), default=list)
    decision = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=500, blank=True)
    result_from = models.CharField(max_length=16, default="ours")
    result_system = models.CharField(max_length=200, blank=True)
    steps_origin = models.CharField(max_length=16, default="none")
    steps_source = models.TextField(blank=True)
    unverified = models.JSONField(default=list)
    blocks = models.JSONField(default=list)
    local = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedures_version_number"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(valid_to__isnull=True), name="procedures_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                name="procedures_version_dates",
            ),
            models.CheckConstraint(
                condition=Q(steps_origin__in=["own", "template", "none", "province"]), name="procedures_steps_origin"
            ),
            models.CheckConstraint(condition=Q(result_from__in=["ours", "ministry"]), name="procedures_result_from"),
        ]
        indexes = [
            GinIndex(fields=["folded"], name="procedures_folded_trgm", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["sort", "id"], name="procedures_by_name", condition=Q(valid_to__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"


class StepRow(models.Model):
    """One step of a version's process. ``role`` null: the source's role maps to none of ours; a draft."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=8)
    name = models.TextField()
    public_name = models.CharField(max_length=120)
    role_text = models.TextField(blank=True)
    role = models.CharField(max_length=32, null=True)  # noqa: DJ001 - unmapped is not an empty role
    place = models.CharField(max_length=24, null=True)  # noqa: DJ001
    hours = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    kind = models.CharField(max_length=16)
    pause = models.BooleanField(default=False)
    added = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="procedures_step_order")]

    def __str__(self) -> str:
        return self.name
