"""Refusals of this room."""

from congvu.common.errors import Invalid


class PaperIncomplete(Invalid):
    """A paper was asked for with a field missing, unknown or of the wrong kind; ``problems`` name each."""

    code = "paper_incomplete"


class BlocksInvalid(Invalid):
    """Structured text that is none; ``problems`` name each place ("3.rows.1.2.text")."""

    code = "blocks_invalid"


class FileRefused(Invalid):
    """A .docx that cannot be read or must not be: broken, encrypted, with macros, links outside, or far too large."""

    code = "file_refused"
