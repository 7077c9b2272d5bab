"""What a citizen reads about a dossier: one sentence of state, five public steps, who did what when. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.domains.dossiers.types import DossierView, PublicView, SupplementView
from congvu.engines.workflow.types import StepView
from congvu.ground.ui import formats
from congvu.ground.ui.types import Link, TimelineEntry, TrackStep

MOST_STEPS = 5
_TONES = {
    "submitted": ("on", "clock"),
    "processing": ("on", "clock"),
    "supplement": ("soon", "pause"),
    "finished": ("done", "check"),
    "returned": ("done", "check"),
    "declined": ("pause", "info"),
    "refused": ("pause", "info"),
    "stopped": ("pause", "info"),
    "withdrawn": ("pause", "info"),
}


@dataclass(frozen=True, slots=True)
class Status:
    """``label`` stands in the chip, ``sentence`` beside it; ``tone`` and ``icon`` draw the chip."""

    label: str
    sentence: str
    tone: str
    icon: str


def when(moment: datetime) -> str:
    """``17:00 thứ Tư 25/11``; with the year when it is another one than this year's."""
    return f"{formats.clock(moment)} {formats.weekday_date(moment)}"


def public_status(view: PublicView) -> Status:
    return _status(view.state, view.state_label, view.authority_name, view.due_at, view.returned_at)


def full_status(view: DossierView) -> Status:
    return _status(view.state, view.state_label, view.authority_name, view.due_at, view.returned_at)


def _status(state: str, label: str, authority: str, due: datetime | None, returned: datetime | None) -> Status:
    tone, icon = _TONES[state]
    return Status(label, _sentence(state, authority, due, returned), tone, icon)


def _sentence(state: str, authority: str, due: datetime | None, returned: datetime | None) -> str:
    if state == "processing" and due is not None:
        words = _("%(authority)s đang giải quyết. Hẹn trả kết quả trước %(due)s.")
        return words % {"authority": authority, "due": when(due)}
    if state == "returned" and returned is not None:
        return _("Đã trả kết quả lúc %(at)s.") % {"at": when(returned)}
    sentences = {
        "submitted": _("Hồ sơ đã gửi đến %(authority)s và đang chờ tiếp nhận."),
        "processing": _("%(authority)s đang giải quyết."),
        "supplement": _("%(authority)s đề nghị ông/bà bổ sung giấy tờ."),
        "finished": _("Đã có kết quả. %(authority)s đang chờ trả kết quả cho ông/bà."),
        "returned": _("Đã trả kết quả."),
        "declined": _("%(authority)s không tiếp nhận hồ sơ này. Lý do ghi ở dưới, ông/bà có thể nộp lại sau khi sửa."),
        "refused": _("Hồ sơ không đủ điều kiện giải quyết. Lý do ghi trong văn bản trả lời."),
        "stopped": _("Việc giải quyết đã dừng theo đề nghị của ông/bà."),
        "withdrawn": _("Hồ sơ đã được rút theo đề nghị của ông/bà."),
    }
    return sentences[state] % {"authority": authority}


def track(view: DossierView, path: Sequence[StepView]) -> list[TrackStep]:
    """At most five public steps: the internal ones under their public names, neighbours of one name as one step."""
    steps = _named(path) if path else _expected(view)
    if view.submitted_at is not None and view.portal_number:
        steps = [TrackStep(_("Nộp hồ sơ"), "done", _short(view.submitted_at)), *steps]
    if view.state == "supplement":
        steps = _waiting(steps, view)
    return _fold(steps)


def _named(path: Sequence[StepView]) -> list[TrackStep]:
    found: list[TrackStep] = []
    for step in path:
        name = (step.public_name and _(step.public_name)) or (found[-1].name if found else _("Tiếp nhận"))
        made = TrackStep(name, step.state, _short(step.at) if step.at and step.state == "done" else "")
        if found and found[-1].name == name:
            found[-1] = _joined(found[-1], made, name)
        else:
            found.append(made)
    return found


def _joined(first: TrackStep, second: TrackStep, name: str) -> TrackStep:
    """Two steps shown as one: done when both are, else as far as the one under way."""
    if first.state == second.state:
        return TrackStep(name, first.state, second.note or first.note)
    under_way = next((step for step in (first, second) if step.state in ("now", "wait")), None)
    return TrackStep(name, under_way.state if under_way else "now", "")


def _fold(steps: list[TrackStep]) -> list[TrackStep]:
    """No more than five: neighbours in the same state become one, those in the past first, the last step never."""
    while len(steps) > MOST_STEPS:
        pairs = [n for n in range(1, len(steps) - 2) if steps[n].state == steps[n + 1].state]
        n = pairs[0] if pairs else 1
        name = steps[n + 1].name if steps[n + 1].state == "done" else steps[n].name
        steps = [*steps[:n], _joined(steps[n], steps[n + 1], name), *steps[n + 2 :]]
    return steps


def _expected(view: DossierView) -> list[TrackStep]:
    """Before the reception there is no path yet; an ended dossier shows no further steps."""
    if view.state != "submitted":
        return []
    return [TrackStep(_("Tiếp nhận"), "now"), TrackStep(_("Giải quyết"), "todo"), TrackStep(_("Trả kết quả"), "todo")]


def _waiting(steps: list[TrackStep], view: DossierView) -> list[TrackStep]:
    since = next((s.asked_at for s in view.supplements if _is_open(s)), None)
    note = _("Chờ bổ sung từ %(day)s") % {"day": formats.weekday_date(since)} if since else ""
    return [TrackStep(s.name, "wait", note) if s.state in ("now", "wait") else s for s in steps]


def _short(moment: datetime) -> str:
    return f"{formats.weekday_date(moment)}, {formats.clock(moment)}"


def _is_open(supplement: SupplementView) -> bool:
    return supplement.answered_at is None and supplement.cancelled_at is None


def open_supplement(view: DossierView) -> SupplementView | None:
    """The request that waits for an answer, if there is one."""
    return next((s for s in view.supplements if _is_open(s)), None)


def timeline(view: DossierView, links: dict[str, str]) -> list[TimelineEntry]:
    """What happened, newest first, from the dates of the dossier. ``links`` hold the addresses of its papers."""
    dated = [*_beginning(view, links), *_asking(view.supplements), *_ending(view)]
    return [entry for _at, entry in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _entry(title: str, text: str, at: datetime, *, state: str = "done", links: Iterable[Link] = ()) -> TimelineEntry:
    when_ = f"{formats.full_date(at)}, {formats.clock(at)}"
    return TimelineEntry(title=title, text=text, when=when_[:1].upper() + when_[1:], state=state, links=tuple(links))


def _beginning(view: DossierView, links: dict[str, str]) -> list[tuple[datetime, TimelineEntry]]:
    found = []
    if view.submitted_at and view.portal_number:
        text = ngettext(
            "%(n)s giấy tờ kèm theo. Số: %(number)s.", "%(n)s giấy tờ kèm theo. Số: %(number)s.", len(view.papers)
        ) % {"n": len(view.papers), "number": view.portal_number}
        proof = [Link(_("Giấy xác nhận đã nộp (PDF)"), links["proof"])] if "proof" in links else []
        found.append((view.submitted_at, _entry(_("Đã nộp hồ sơ qua mạng"), text, view.submitted_at, links=proof)))
    if view.received_at:
        due = _(" Hẹn trả %(due)s.") % {"due": when(view.due_at)} if view.due_at and not view.finished_at else ""
        text = _("%(name)s tiếp nhận.") % {"name": view.received_by} + due
        paper = [Link(_("Giấy tiếp nhận và hẹn trả (PDF)"), links["receipt"])] if "receipt" in links else []
        found.append((view.received_at, _entry(_("Hồ sơ được tiếp nhận"), text, view.received_at, links=paper)))
    return found


def _asking(supplements: Iterable[SupplementView]) -> list[tuple[datetime, TimelineEntry]]:
    found = []
    for asked in supplements:
        state = "wait" if _is_open(asked) else "done"
        title = ngettext("Yêu cầu bổ sung %(n)s giấy tờ", "Yêu cầu bổ sung %(n)s giấy tờ", len(asked.items)) % {
            "n": len(asked.items)
        }
        found.append((asked.asked_at, _entry(title, asked.reason, asked.asked_at, state=state)))
        if asked.answered_at:
            found.append((asked.answered_at, _entry(_("Đã bổ sung"), asked.answer_note, asked.answered_at)))
        if asked.cancelled_at:
            title = _("Yêu cầu bổ sung được hủy")
            found.append((asked.cancelled_at, _entry(title, "", asked.cancelled_at)))
    return found


def _ending(view: DossierView) -> list[tuple[datetime, TimelineEntry]]:
    found = []
    if view.finished_at:
        found.append((view.finished_at, _entry(_end_title(view), view.end_reason, view.finished_at)))
    if view.returned_at:
        found.append((view.returned_at, _entry(_("Đã trả kết quả"), "", view.returned_at)))
    return found


def _end_title(view: DossierView) -> str:
    return _("Đã có kết quả") if view.state in ("finished", "returned") and view.results else view.state_label
