"""A page of a form as values for the templates under ``forms/``: no template reads a definition itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from congvu.common.errors import Problem
from congvu.common.zones import local_date, utc_now
from congvu.engines.forms import inputs
from congvu.engines.forms.conditions import holds
from congvu.engines.forms.inputs import FieldView
from congvu.engines.forms.kinds import raw_of
from congvu.engines.forms.state import Open, State, open_pages, readable, resolve, total_is_fixed
from congvu.engines.forms.summary import say
from congvu.engines.forms.types import Answers, FormDef, Page, Paper, Prefill


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A prefilled or copied answer, read only; ``edit`` is the button value of "Sai?" (empty for a copy)."""

    id: str
    label: str
    text: str
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Answers of a group that are not asked again, under the name of their source."""

    source: str
    rows: tuple[KnownRow, ...]

    @property
    def from_elsewhere(self) -> bool:
        """From a register, not from an earlier page of this form."""
        return any(row.edit for row in self.rows)


@dataclass(frozen=True, slots=True)
class GroupView:
    key: str
    title: str
    hint: str
    known: tuple[Known, ...]
    fields: tuple[FieldView, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """A line of the error summary. ``href`` is an anchor of this page."""

    href: str
    message: str


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything ``forms/page.html`` shows. ``step`` of ``steps`` counts only pages open for these answers; without
    ``steps_fixed`` answers still to come may open or close pages, and no total should be told.
    """

    form_key: str
    form_title: str
    key: str
    title: str
    why: str
    step: int
    steps: int
    steps_fixed: bool
    previous: str
    next: str
    groups: tuple[GroupView, ...]
    errors: tuple[ErrorLink, ...]
    warnings: tuple[str, ...]
    shown: str
    locked: str
    multipart: bool

    @property
    def heading(self) -> str:
        """The document's title: it begins with "Lỗi:" while something has to be corrected."""
        return f"{_('Lỗi')}: {self.title}" if self.errors else self.title


def page(
    form: FormDef,
    key: str,
    answers: Answers,
    problems: Sequence[Problem] = (),
    prefill: Prefill | None = None,
    *,
    warnings: Sequence[Problem] = (),
    edited: frozenset[str] | set[str] = frozenset(),
    communes_url: str = "",
    today: date | None = None,
) -> PageView:
    """One page for these answers. ``edited`` are prefilled fields the person asked to correct ("Sai?").

    ``communes_url`` lets a script fetch communes when the province changes; without script a button reloads the page.
    Raises KeyError for a page the form does not have.
    """
    wanted = form.page(key)
    state = resolve(form, readable(answers))
    maker = _Maker(form, state, answers, problems, prefill, edited, communes_url, today or local_date(utc_now()))
    groups = maker.groups(wanted)
    order = [item.key for item in open_pages(form, readable(answers))]
    place = order.index(key) if key in order else 0
    return PageView(
        form_key=form.key,
        form_title=str(form.title),
        key=key,
        title=str(wanted.title),
        why=str(wanted.why),
        step=place + 1,
        steps=len(order),
        steps_fixed=total_is_fixed(form, readable(answers), key),
        previous=order[place - 1] if place > 0 else "",
        next=order[place + 1] if place + 1 < len(order) else "",
        groups=groups,
        errors=tuple(ErrorLink(f"#{inputs.anchor(problem, form)}", problem.message) for problem in problems),
        warnings=tuple(problem.message for problem in warnings),
        shown=" ".join(maker.shown),
        locked=" ".join(maker.locked),
        multipart=any(field.template == "file" for group in groups for field in group.fields),
    )


class _Maker:
    """Makes the groups of one page, and keeps which fields were shown and which were locked."""

    def __init__(
        self,
        form: FormDef,
        state: State,
        answers: Answers,
        problems: Sequence[Problem],
        prefill: Prefill | None,
        edited: frozenset[str] | set[str],
        communes_url: str,
        today: date,
    ) -> None:
        self.form, self.state, self.answers, self.today = form, state, answers, today
        self.problems: Mapping[str, Problem] = {problem.field: problem for problem in reversed(problems)}
        self.prefill = prefill or Prefill({}, {})
        self.edited, self.communes_url = edited, communes_url
        self.shown: list[str] = []
        self.locked: list[str] = []

    def groups(self, wanted: Page) -> tuple[GroupView, ...]:
        by_group: dict[str, list[Open]] = {}
        for item in self.state.on(wanted.key):
            if item.field.kind == "flag":
                continue
            by_group.setdefault(item.group.key, []).append(item)
        return tuple(self._group(by_group[group.key]) for group in wanted.groups if by_group.get(group.key))

    def _group(self, items: list[Open]) -> GroupView:
        group = items[0].group
        known: dict[str, list[KnownRow]] = {}
        fields: list[FieldView] = []
        for item in items:
            source = self._source(item)
            if source:
                self.locked.append(item.field.key)
                known.setdefault(source, []).append(self._known(item))
            else:
                self.shown.append(item.field.key)
                fields.append(self._field(item))
        told = tuple(Known(source, tuple(row for row in rows if row.text)) for source, rows in known.items())
        notes = self._paper_notes() if any(item.field.kind == "file" for item in items) else ()
        return GroupView(group.key, str(group.title), str(group.hint), told, tuple(fields), notes)

    def _source(self, item: Open) -> str:
        """Where the answer is known from; empty when it is to be asked."""
        key = item.field.key
        if item.copied:
            return _("phần trên")
        if key in self.edited or key in self.problems or raw_of(self.answers.get(key)) is not None:
            return ""
        known = self.prefill.values.get(key)
        return self.prefill.sources.get(key, "") if known is not None and known == self.answers.get(key) else ""

    def _known(self, item: Open) -> KnownRow:
        value = self.state.live.get(item.field.key)
        text = "" if value is None else say(item.field, value)
        return KnownRow(
            inputs.field_id(item.field.key), str(item.field.label), text, "" if item.copied else item.field.key
        )

    def _field(self, item: Open) -> FieldView:
        field = item.field
        value = self.answers.get(field.key, field.params.get("default"))
        if field.kind == "computed":
            value = self.state.live.get(field.key)
        return inputs.field_view(field, field.key, value, self.problems, self.state.live, self.today, self.communes_url)

    def _paper_notes(self) -> tuple[str, ...]:
        """Papers that are not uploaded: shown at the counter, or not needed at all."""
        words = {"show": _("Xuất trình khi đến: %(paper)s"), "none": _("Không phải nộp: %(paper)s")}
        return tuple(
            words[paper.handing] % {"paper": paper.label} for paper in self._papers() if paper.handing in words
        )

    def _papers(self) -> list[Paper]:
        return [paper for paper in self.form.papers if holds(paper.show_if, self.state.live)]
