"""Refusals of this room."""

from __future__ import annotations

from congvu.common.errors import Conflict, Refusal


class BadDefinition(Refusal):
    """A form definition contradicts itself; the message says where. Never reaches an applicant."""

    code = "bad_definition"
    status = 422


class VersionTaken(Conflict):
    """This key and version are published with other content; give the change a new version number."""

    code = "version_taken"
