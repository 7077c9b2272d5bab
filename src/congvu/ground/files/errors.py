"""Refusals of this room."""

from __future__ import annotations

from congvu.common.errors import Conflict, Invalid, Problem


class FileRefused(Invalid):
    """The content cannot be taken; the message says why and what to do. ``code`` is the kind of trouble."""

    code = "file_refused"

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message, problems=(Problem("file", message, code),), code=code)


class Unscanned(Conflict):
    """Nobody has scanned the content; staff may open it after being warned, nobody else."""

    code = "unscanned"


class Blocked(Conflict):
    """The scanner found something; nobody opens it."""

    code = "blocked"


class Frozen(Conflict):
    """The file is locked, or hangs on a record already."""

    code = "frozen"


class NoReader(Conflict):
    """This machine has no program that reads scans."""

    code = "no_reader"


class ReadingFailed(Conflict):
    """The words of this file could not be read."""

    code = "reading_failed"
