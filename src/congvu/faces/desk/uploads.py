"""Files sent with a form: taken in once, and kept when another field of the form is refused."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest

from congvu.common.errors import Invalid, Problem
from congvu.faces.desk.shell import actor_of
from congvu.ground.files import selectors, services
from congvu.ground.files.errors import FileRefused
from congvu.ground.files.types import FileInfo


def kept(request: HttpRequest) -> dict[str, FileInfo]:
    """Files this request holds already, by the name of their input: the form shows them instead of asking again."""
    held: dict[str, FileInfo] | None = getattr(request, "kept_files", None)
    if held is None:
        held = {}
        request.kept_files = held  # type: ignore[attr-defined]
    return held


def uploaded(request: HttpRequest, name: str) -> UUID | None:
    """The file chosen in this input, else the one kept there from a refused attempt.

    Raises Invalid naming the input when the content cannot be taken.
    """
    stream = request.FILES.get(name)
    if stream is None:
        return _kept_before(request, name)
    try:
        info = services.upload(actor_of(request), name=stream.name or "tep", stream=cast("BinaryIO", stream))
    except FileRefused as refusal:
        problems = tuple(Problem(name, problem.message, problem.code) for problem in refusal.problems)
        raise Invalid(refusal.message, problems=problems, code=refusal.code) from refusal
    kept(request)[name] = info
    return info.id


def _kept_before(request: HttpRequest, name: str) -> UUID | None:
    """Only an own upload: an id typed by hand opens nothing."""
    try:
        wanted = UUID(request.POST.get(f"{name}-kept", ""))
    except ValueError:
        return None
    info = selectors.own_uploads(actor_of(request), [wanted]).get(wanted)
    if info is None:
        return None
    kept(request)[name] = info
    return info.id
