"""``congvu edxml make``: a message from a JSON description. Pure; nothing is kept or sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from congvu.common.errors import Invalid, Problem
from congvu.engines.exchange.codec import load
from congvu.engines.exchange.edxml import writer
from congvu.engines.exchange.types import Attachment, Dialect, Letter, StatusReport


def make(description: Any, read: Callable[[str], bytes], dialect: str = "zip") -> bytes:
    """The message of a description: a ``Letter``, or a ``StatusReport`` where it has ``status``, as ``codec`` has them.

    Each attachment names its file by ``path``, which ``read`` opens. Raises Invalid, MessageInvalid, OSError of
    ``read``.
    """
    if dialect not in tuple(Dialect):
        raise _refused("dialect")
    if not isinstance(description, dict):
        raise _refused("")
    try:
        if "status" in description:
            return writer.write_status(load(StatusReport, description))
        given = description.get("attachments", [])
        if not isinstance(given, list) or not all(
            isinstance(row, dict) and isinstance(row.get("path"), str) for row in given
        ):
            raise _refused("attachments")
        letter = load(Letter, {key: value for key, value in description.items() if key != "attachments"})
        files = tuple(load(Attachment, _named(row), f"attachments.{n}") for n, row in enumerate(given))
    except ValueError as error:
        raise _refused(str(error)) from error
    contents = [read(row["path"]) for row in given]
    return writer.write_letter(replace(letter, attachments=files), contents, Dialect(dialect))


def _named(row: dict[str, Any]) -> dict[str, Any]:
    last = row["path"].replace("\\", "/").rpartition("/")[2]
    return {"name": last} | {key: value for key, value in row.items() if key != "path"}


def _refused(place: str) -> Invalid:
    words = _("Bản mô tả sai ở “%(place)s”: thiếu, thừa hoặc sai kiểu dữ liệu.") % {"place": place or "JSON"}
    return Invalid(words, problems=(Problem(place, words),))
