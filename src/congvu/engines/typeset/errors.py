"""Refusals of this room."""

from congvu.common.errors import Invalid


class PaperIncomplete(Invalid):
    """A paper was asked for with a field missing, unknown or of the wrong kind; ``problems`` name each."""

    code = "paper_incomplete"
