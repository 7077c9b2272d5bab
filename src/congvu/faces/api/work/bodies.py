"""Work that waits, as the API shows it, and what is said when it is done."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from congvu.faces.api.fields import Body, Choice, Lines, Moment, PageQuery, Text

GROUPS = ("late", "today", "week", "later")
ITEM_STATES = ("open", "done", "cancelled")


class WorkQuery(PageQuery):
    group = Choice(choices=GROUPS, required=False)


class WorkLine(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    dossier = serializers.UUIDField(source="record_id")
    step_kind = serializers.CharField()
    name = serializers.CharField()
    code = serializers.CharField()
    title = serializers.CharField()
    group = serializers.ChoiceField(choices=GROUPS)
    due_at = Moment(allow_null=True)
    step_due_at = Moment(allow_null=True)
    assignee = serializers.CharField(help_text="Empty while it waits for everybody with the role.")
    outcomes = Lines()
    created_at = Moment()


class WorkPage(serializers.Serializer[Any]):
    rows = WorkLine(many=True)
    next = serializers.CharField(help_text="`after` of the next page; empty on the last.")


class CommentBody(Body):
    comment = Text(required=False, default="", allow_blank=True, max_length=2000)


class SendBackBody(Body):
    to = Text(max_length=200, help_text="The earlier step: a `node` of a former work item of the dossier.")
    reason = Text(max_length=2000)


class ItemBody(serializers.Serializer[Any]):
    """The work item after the act."""

    id = serializers.UUIDField()
    dossier = serializers.UUIDField(source="record_id")
    node = serializers.CharField()
    step_kind = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=ITEM_STATES)
    outcome = serializers.CharField()
    done_at = Moment(allow_null=True)
    done_by = serializers.CharField()
