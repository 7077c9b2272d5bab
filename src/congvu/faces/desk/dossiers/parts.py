"""What the dossier page shows beside the dossier itself: chip, clocks, tracker, declaration, files, trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.common.actor import Actor
from congvu.common.errors import Refusal
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DossierView, PaperLine, ResultView
from congvu.domains.procedures import selectors as procedures
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.forms import selectors as forms
from congvu.engines.signing import selectors as register
from congvu.engines.signing.types import ItemState, LatestSignature
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from congvu.faces.desk.dossiers.act_forms import posts_for
from congvu.faces.desk.shell import actor_of
from congvu.faces.desk.signing.authentication import AGENCY, PERSON, authentication
from congvu.faces.desk.signing.holding import is_slow
from congvu.faces.desk.uploads import kept
from congvu.faces.desk.work.rows import track_of
from congvu.ground.audit import selectors as trail
from congvu.ground.audit.types import TrailLine
from congvu.ground.files import selectors as files
from congvu.ground.files.types import FileInfo, Scan
from congvu.ground.ui.formats import date_time
from congvu.ground.ui.types import Option, TimelineEntry

# Forms that open a key, and whose.
SIGNING = {"phe-duyet-ky": PERSON, "ban-hanh-ky": AGENCY}


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper with the ways it was handed in, and its file. ``warn``: nobody has checked the file."""

    name: str
    words: str
    file: FileInfo | None

    @property
    def warn(self) -> bool:
        return self.file is not None and not self.file.sendable


@dataclass(frozen=True, slots=True)
class ResultShown:
    """A result and its file. ``held``: the citizen cannot receive it until somebody answers for the file."""

    result: ResultView
    file: FileInfo | None

    @property
    def held(self) -> bool:
        return self.file is not None and self.file.scan in (Scan.QUARANTINED, Scan.UNSCANNED)


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """The newest signature begun on the result while its step waits: one that waits for its time stamp (``held``), or
    why it was not good."""

    latest: LatestSignature
    held: bool
    agency: bool
    slow: bool


def signature_of(view: DossierView) -> SignatureShown | None:
    """None where no signature is on its way and none has failed. One statement."""
    latest = register.latest([view.id]).get(view.id)
    if latest is None or view.state != "processing" or latest.state in (ItemState.SIGNED, ItemState.WAITING):
        return None
    held = latest.state is ItemState.HELD
    return SignatureShown(latest, held, latest.field == AGENCY, held and is_slow(latest.at))


def page_parts(actor: Actor, view: DossierView, tab: str) -> dict[str, Any]:
    """Everything but the acts; the tabs that are not open are not read."""
    clocks = deadlines.clocks(view.id)
    named = bool(view.results) or any(line.file for line in view.papers)
    filed = {info.id: info for info in files.visible_files(actor, view.id)} if named else {}
    return {
        "dossier": view,
        "chip": deadlines.chip(clocks[0], timezone.now()) if clocks else None,
        "clocks": clocks,
        "answer_by": None if clocks else dossiers.answer_by(view),
        "track": track_of(view.id) if view.received_at else [],
        "tab": tab,
        "papers": [PaperShown(line.name, _handed_in(line), _file(filed, line.file)) for line in view.papers],
        "results": [ResultShown(result, filed.get(result.file)) for result in view.results],
        "declaration": _declaration(view) if tab == "ke-khai" else [],
        "timeline": [_entry(line) for line in trail.trail_of(view.id)] if tab == "nhat-ky" else [],
    }


def act_parts(
    request: HttpRequest, verb: str, view: DossierView, item: ItemView | None, refusal: Refusal | None = None
) -> dict[str, Any]:
    """What single forms need: steps to go back to, posts to give work to, whose number a result carries."""
    parts: dict[str, Any] = {"kept": kept(request)}
    if verb == "tra-lai" and item is not None:
        chosen = request.POST.get("to", "")
        steps = work.earlier_steps(item.id)
        parts["back_to"] = [Option(node, name, checked=node == chosen) for node, name in steps]
    if verb == "phan-cong" and item is not None:
        parts["posts"] = posts_for(item)
    if verb in SIGNING:
        problems = {problem.field: problem.message for problem in refusal.problems} if refusal else {}
        parts["auth"] = authentication(actor_of(request), SIGNING[verb], request.POST, problems)
        parts["signer"] = dossiers.signed_by(view.id)
    if verb in ("phe-duyet-ky", "du-thao-ket-qua"):
        parts["proposal"] = dossiers.proposal(actor_of(request), view.id)
    if verb in ("ban-hanh", "tra-ket-qua"):
        parts["from_ministry"] = procedures.version(view.procedure_version).result_from == "ministry"
    return parts


def _file(filed: dict[UUID, FileInfo], file: UUID | None) -> FileInfo | None:
    return filed.get(file) if file else None


def _handed_in(paper: PaperLine) -> str:
    if paper.shown:
        return _("Xuất trình, không thu")
    counts = (
        (paper.originals, ngettext("%(n)s bản chính", "%(n)s bản chính", paper.originals)),
        (paper.certified, ngettext("%(n)s bản chứng thực", "%(n)s bản chứng thực", paper.certified)),
        (paper.plain, ngettext("%(n)s bản chụp", "%(n)s bản chụp", paper.plain)),
    )
    words = ", ".join(form % {"n": count} for count, form in counts if count)
    return words or (_("bản điện tử") if paper.file else "")


def _declaration(view: DossierView) -> list[Any]:
    """The answers in groups, read with the form version they were given to."""
    form = dossiers.form_of(view)
    return forms.summary(form, view.answers) if form is not None else []


def _entry(line: TrailLine) -> TimelineEntry:
    who = line.actor_name or _("Người dân")
    if line.on_behalf_of:
        who = _("%(who)s (thay %(absent)s)") % {"who": who, "absent": line.on_behalf_of}
    words = [str(line.detail[key]) for key in ("step", "reason", "comment", "number") if line.detail.get(key)]
    return TimelineEntry(
        title=f"{line.label}: {who}" + (f", {line.position_title}" if line.position_title else ""),
        text="; ".join(words), when=date_time(line.at),
    )  # fmt: skip
