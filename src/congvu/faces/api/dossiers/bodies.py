"""Dossiers as the API takes them in and shows them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from congvu.domains.dossiers.types import Intake, PaperLine, Person
from congvu.faces.api.fields import Body, Choice, Count, Flag, Key, Lines, Moment, PageQuery, Text

KINDS = ("person", "enterprise", "agency", "organisation")
CHANNELS = {"counter": 1, "post": 3}
RESULT_CHANNELS = ("counter", "online", "post")
STATES = (
    "submitted", "declined", "processing", "supplement", "withdrawn", "stopped", "refused", "finished", "returned",
)  # fmt: skip


def optional(limit: int, **values: Any) -> Text:
    return Text(required=False, default="", allow_blank=True, max_length=limit, **values)


class PersonBody(Body):
    """An applicant or agent as stated on the day of filing."""

    full_name = Text(max_length=200)
    kind = Choice(choices=KINDS, required=False, default="person")
    personal_id = optional(20, help_text="Twelve digits; required of a person.")
    tax_code = optional(20, help_text="Required of a firm, an agency, an organisation.")
    phone = optional(40)
    email = optional(254)
    address = optional(500)
    authorisation = optional(500, help_text="Of an agent: the paper or the relation that entitles.")


class PaperBody(Body):
    """A paper handed in; the counts are originals, certified copies and plain copies."""

    name = Text(max_length=500)
    originals = Count(required=False, default=0, min_value=0, max_value=999)
    certified = Count(required=False, default=0, min_value=0, max_value=999)
    plain = Count(required=False, default=0, min_value=0, max_value=999)
    shown = Flag(required=False, default=False, help_text="Only looked at and given back.")
    file = Key(required=False, default=None, allow_null=True, help_text="Id from `POST files`.")


class IntakeBody(Body):
    """What the post takes in. Without ``authority`` the post's own agency decides."""

    procedure = Text(max_length=16, help_text="Code, for example `1.004873`.")
    applicant = PersonBody()
    agent = PersonBody(required=False, default=None, allow_null=True)
    papers: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=PaperBody(), required=False, default=list, max_length=200
    )
    request = optional(2000)
    channel = Choice(choices=tuple(CHANNELS), required=False, default="counter")
    authority = optional(40, help_text="Agency code (QCVN 102), either order.")
    result_channel = Choice(choices=RESULT_CHANNELS, required=False, default="counter")
    copies = Count(required=False, default=1, min_value=1, max_value=99)


def intake_of(values: dict[str, Any], authority_id: int | None) -> Intake:
    """The values of a checked ``IntakeBody`` as the act takes them."""
    agent = values["agent"]
    return Intake(
        procedure_code=values["procedure"], applicant=Person(**values["applicant"]),
        agent=Person(**agent) if agent else None, papers=tuple(PaperLine(**line) for line in values["papers"]),
        request=values["request"], channel=CHANNELS[values["channel"]], authority_id=authority_id,
        result_channel=values["result_channel"], copies=values["copies"],
    )  # fmt: skip


class ReceivedBody(serializers.Serializer[Any]):
    """What the citizen takes home."""

    id = serializers.UUIDField(source="record_id")
    code = serializers.CharField()
    receipt_number = serializers.CharField()
    due_at = Moment()
    token = serializers.CharField(help_text="The short link is `/h/<token>`.")


class DossierQuery(PageQuery):
    code = optional(60, help_text="Dossier code, agency part in either order, or portal number.")
    state = Choice(choices=STATES, required=False)


class DossierLine(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    code = serializers.CharField(help_text="Empty before reception.")
    portal_number = serializers.CharField()
    procedure_code = serializers.CharField()
    title = serializers.CharField()
    applicant_name = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    channel = serializers.CharField()
    opened_at = Moment()
    due_at = Moment(allow_null=True)
    closed_at = Moment(allow_null=True)


class DossierPage(serializers.Serializer[Any]):
    rows = DossierLine(many=True)
    next = serializers.CharField(help_text="`after` of the next page; empty on the last.")


class PersonLine(serializers.Serializer[Any]):
    full_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    personal_id = serializers.CharField()
    tax_code = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    address = serializers.CharField()
    authorisation = serializers.CharField()


class PaperStatus(serializers.Serializer[Any]):
    name = serializers.CharField()
    originals = serializers.IntegerField()
    certified = serializers.IntegerField()
    plain = serializers.IntegerField()
    shown = serializers.BooleanField()
    file = serializers.UUIDField(allow_null=True)


class SupplementLine(serializers.Serializer[Any]):
    items = Lines()
    reason = serializers.CharField()
    asked_at = Moment()
    answer_by = Moment()
    answered_at = Moment(allow_null=True)
    cancelled_at = Moment(allow_null=True)


class DossierResult(serializers.Serializer[Any]):
    name = serializers.CharField()
    code = serializers.CharField()
    number = serializers.CharField()
    source = serializers.ChoiceField(choices=("ours", "ministry"))  # type: ignore[assignment]
    signed = serializers.BooleanField()
    file = serializers.UUIDField()
    issued_at = Moment()


class DossierBody(serializers.Serializer[Any]):
    """Where a dossier stands. ``national_status`` is TrangThaiHoSo of the national system."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    code = serializers.CharField(help_text="Empty before reception.")
    portal_number = serializers.CharField()
    procedure_code = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    state_label = serializers.CharField()
    national_status = serializers.IntegerField()
    channel = serializers.CharField()
    authority_name = serializers.CharField()
    center_name = serializers.CharField()
    applicant = PersonLine()
    agent = PersonLine(allow_null=True)
    request = serializers.CharField()
    papers = PaperStatus(many=True)
    copies = serializers.IntegerField()
    result_channel = serializers.ChoiceField(choices=RESULT_CHANNELS)
    submitted_at = Moment(allow_null=True)
    received_at = Moment(allow_null=True)
    receipt_number = serializers.CharField()
    due_at = Moment(allow_null=True)
    finished_at = Moment(allow_null=True)
    returned_at = Moment(allow_null=True)
    end_reason = serializers.CharField()
    supplements = SupplementLine(many=True)
    results = DossierResult(many=True)
    abilities = serializers.SerializerMethodField(help_text="Acts open to this post now.")

    def get_abilities(self, view: Any) -> list[str]:
        return sorted(view.abilities)
