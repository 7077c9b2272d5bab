"""Procedures as the API shows them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from congvu.domains.procedures.types import KINDS
from congvu.faces.api.fields import Choice, Lines, PageQuery, Text

LEVELS = ("commune", "province", "ministry")
AUDIENCES = ("citizen", "business")


class ProcedureQuery(PageQuery):
    """``q`` searches, best first and on one page; without it the catalogue comes in order of name, page by page."""

    q = Text(required=False, default="", allow_blank=True, max_length=200, help_text="Name, words for it, or code.")
    level = Choice(choices=LEVELS, required=False)
    audience = Choice(choices=AUDIENCES, required=False)
    field = Text(
        required=False, default="", allow_blank=True, max_length=200, help_text="Name of the field (lĩnh vực)."
    )


class ProcedureLine(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    field = serializers.CharField()
    levels = Lines()
    agency = serializers.CharField()
    budget = serializers.CharField(allow_null=True, help_text="Time limit: `3wd`, `8wh`, `sd`, `30d`, `4h`.")
    channels = Lines()
    runnable = serializers.BooleanField(help_text="Whether dossiers can be filed here now.")


class ProcedurePage(serializers.Serializer[Any]):
    rows = ProcedureLine(many=True)
    next = serializers.CharField(help_text="`after` of the next page; empty on the last.")


class PaperLine(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    original = serializers.IntegerField()
    copy = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=("submit", "show", "instruction"))
    need = serializers.ChoiceField(choices=("always", "one_of", "case"))
    group = serializers.CharField()
    declaration = serializers.BooleanField()


class StepLine(serializers.Serializer[Any]):
    name = serializers.CharField()
    public_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)


class ProcedureResult(serializers.Serializer[Any]):
    name = serializers.CharField()
    code = serializers.CharField()


class ProcedureBody(serializers.Serializer[Any]):
    """The version in force today."""

    code = serializers.CharField()
    number = serializers.IntegerField(help_text="Version of the procedure, from 1.")
    valid_from = serializers.DateField()
    name = serializers.CharField()
    field = serializers.CharField()
    levels = Lines()
    agency = serializers.CharField()
    budget = serializers.CharField(allow_null=True)
    time_text = serializers.CharField()
    time_basis = serializers.CharField()
    fee = serializers.CharField()
    channels = Lines()
    papers = PaperLine(many=True)
    results = ProcedureResult(many=True)
    legal = Lines()
    steps = StepLine(many=True)
    runnable = serializers.BooleanField()
    blocks = Lines(help_text="Why it cannot run, in Vietnamese.")
