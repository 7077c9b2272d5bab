"""What the dossier page shows beside the dossier itself: chip, clocks, tracker, declaration, files, trail."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DossierView
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.forms import selectors as forms
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import StepView
from congvu.faces.desk.work.rows import holder_words, when
from congvu.ground.audit import selectors as trail
from congvu.ground.files import selectors as files
from congvu.ground.ui.formats import date_time
from congvu.ground.ui.types import TimelineEntry, TrackStep


def page_parts(actor: Actor, view: DossierView) -> dict[str, Any]:
    now = timezone.now()
    return {
        "chip": deadlines.chips([view.id], now).get(view.id),
        "clocks": deadlines.clocks(view.id),
        "track": [_step(step) for step in work.path(view.id)] if view.received_at else [],
        "declaration": _declaration(view),
        "files": files.visible_files(actor, view.id),
        "timeline": [_entry(line) for line in trail.trail_of(view.id)],
    }


def _step(step: StepView) -> TrackStep:
    note = " · ".join(part for part in (holder_words(step.holder), when(step.at)) if part)
    name = f"{step.name} ({_('lần')} {step.round})" if step.round > 1 else step.name
    return TrackStep(name=name, state=step.state, note=note)


def _declaration(view: DossierView) -> list[Any]:
    """The answers in groups, read with the form version they were given to."""
    form = dossiers.form_of(view)
    return forms.summary(form, view.answers) if form is not None else []


def _entry(line: Any) -> TimelineEntry:
    who = line.actor_name or _("Người dân")
    if line.on_behalf_of:
        who = _("%(who)s (thay %(absent)s)") % {"who": who, "absent": line.on_behalf_of}
    words = [str(line.detail[key]) for key in ("step", "reason", "comment", "number") if line.detail.get(key)]
    return TimelineEntry(
        title=f"{line.label}: {who}" + (f", {line.position_title}" if line.position_title else ""),
        text="; ".join(words), when=date_time(line.at),
    )  # fmt: skip
