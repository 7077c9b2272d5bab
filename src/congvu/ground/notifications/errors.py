"""Refusals of this room."""

from congvu.common.errors import Conflict


class LegalNotice(Conflict):
    """A notice that the law requires cannot be muted."""

    code = "legal_notice"
