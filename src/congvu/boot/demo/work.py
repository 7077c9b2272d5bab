"""Some weeks of dossiers, played through the same acts as real ones while the clock is moved back.

Nothing here writes a table of a domain: codes, clocks, steps, trail and messages come from the acts. The
same seed gives the same dossiers relative to today.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import time_machine
from django.utils import timezone

from congvu.boot.demo import script
from congvu.boot.demo.organisation import Organisation
from congvu.boot.demo.script import Part
from congvu.common.actor import SYSTEM, Actor, ActorKind
from congvu.common.errors import Refusal
from congvu.common.zones import local, local_date
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as acts
from congvu.domains.dossiers.types import Intake, PaperLine, Person, ResultInput
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import FieldLine, Office, ResultDraft, Signer
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars
from congvu.ground.worktime.types import Calendar

# A procedure that cannot be taken in at the commune the dice chose gives way to another.
TRIES = 5
# About as many steps as the template has: what a dossier's time is shared out among.
STEPS = 7
PREFERRED = (
    "1.001193", "1.004873", "2.000635", "2.000908", "1.001612", "1.000656", "1.000894", "1.004884", "1.012812",
    "3.000527", "2.000815", "1.013225",
)  # fmt: skip
# Where a dossier stays: with the leader who signs, or, late however short its procedure, without a result.
HELD = {("approving", "approve"), ("late", "issue")}
TO_SIGN = "Đủ điều kiện theo quy định; cấp kết quả cho người yêu cầu."
ITEMS = (
    "Bản chính Giấy chứng sinh, vì ảnh chụp bị mờ ở góc dưới.",
    "Giấy tờ chứng minh nơi cư trú, vì chưa khai thác được từ cơ sở dữ liệu.",
    "Văn bản ủy quyền có chứng thực.",
)


@dataclass(slots=True)
class _Stage:
    """What the players share: actors by post, procedures by code, and the calendar."""

    made: Organisation
    now: datetime
    calendar: Calendar
    procedures: dict[str, ProcedureView] = field(default_factory=dict)
    actors: dict[tuple[str, int], Actor | None] = field(default_factory=dict)

    def holder(self, role: str, unit: int) -> Actor | None:
        """Somebody who holds the role in the unit; the same person for the whole play."""
        key = (role, unit)
        if key not in self.actors:
            self.actors[key] = self._find(role, unit)
        return self.actors[key]

    def _find(self, role: str, unit: int) -> Actor | None:
        for position in orgs.positions(unit, role):
            for person in orgs.holders_of(position.id):
                return orgs.staff_actor(person.user_id, position.id)
        return None

    def procedure(self, code: str) -> ProcedureView:
        if code not in self.procedures:
            self.procedures[code] = procedures.procedure(code, local_date(self.now))
        return self.procedures[code]

    def worker(self, item: ItemView) -> Actor | None:
        """Somebody for whom the item waits."""
        for key in item.holders:
            role, _, unit = key.removeprefix("r:").partition("@")
            if key.startswith("r:") and unit.isdigit() and (found := self.holder(role, int(unit))):
                return found
        return None


@dataclass(slots=True)
class _Play:
    """One dossier on its way."""

    stage: _Stage
    part: Part
    clerk: Actor
    record: UUID
    procedure: ProcedureView
    dice: random.Random
    goal: str


def parts(*, now: datetime, size: int) -> list[Part]:
    """What has to be played so that there are ``size`` dossiers."""
    there = dossiers.total(SYSTEM)
    if there >= size:
        return []
    report = procedures.runnable_report()
    running = sorted({*report.own, *report.template})
    codes = [code for code in PREFERRED if code in running] or running[:10]
    found = [procedures.procedure(code, local_date(now)) for code in codes]
    budgets = {one.code: one.budget for one in found if one.budget}
    signed = {one.code for one in found if _signed(one)}
    return script.write(budgets, calendars.calendar("vn"), signed=signed, now=now, first=there, count=size - there)


def _signed(procedure: ProcedureView) -> bool:
    """Whether a leader signs the result of this procedure here, not in a ministry's system."""
    return procedure.result_from == "ours" and any(step.kind == "approve" for step in procedure.steps)


def play(
    made: Organisation, chosen: Iterable[Part], *, now: datetime, progress: Callable[[], None] = lambda: None
) -> int:  # fmt: skip
    """Play the parts in their order. Returns how many dossiers came of them; ``progress`` hears of each part."""
    stage = _Stage(made, now, calendars.calendar("vn"))
    count = 0
    for part in chosen:
        count += _one(stage, part)
        progress()
    return count


def _one(stage: _Stage, part: Part) -> int:
    """One dossier from the counter to its goal. 0 if no procedure could be taken in here."""
    clerk, dice = stage.holder("clerk", stage.made.units[f"xa-{part.commune}-tt"]), part.dice()
    if clerk is None:
        return 0
    person = Person(
        full_name=part.person, personal_id=f"099{dice.choice((1, 0))}{dice.randrange(55, 99):02}{part.number:06}",
        phone=f"0900{part.number:06}", address=f"Thôn {dice.choice(('Đông', 'Đoài', 'Thượng', 'Bãi'))}",
    )  # fmt: skip
    for code in part.codes[:TRIES]:
        intake = Intake(code, person, papers=(PaperLine("Tờ khai theo mẫu", originals=1),))
        try:
            with time_machine.travel(part.start, tick=True):
                record = acts.take_in(clerk, intake, key=f"demo-{part.number}").record_id
        except Refusal:
            continue
        _advance(_Play(stage, part, clerk, record, stage.procedure(code), dice, part.goal))
        return 1
    return 0


def _advance(play: _Play) -> None:
    """Play the steps until the goal is reached or the present is."""
    moment, steps = play.part.start, 0
    limit = play.dice.randrange(1, 5) if play.goal in ("running", "late") else 99
    while steps < limit:
        moment = _later(play, moment)
        if moment >= play.stage.now:
            return
        with time_machine.travel(moment, tick=True):
            if steps == 1 and play.goal in TURNS:
                TURNS[play.goal](play)
            elif play.goal == "answer":
                acts.answer_supplement(play.clerk, play.record, papers=(PaperLine("Giấy tờ bổ sung", originals=1),))
                play.goal = "returned"
            elif play.goal == "end" or not _step(play):
                return
        steps += 1


def _later(play: _Play, moment: datetime) -> datetime:
    """The moment of the next step: its share of the dossier's time, within office hours."""
    if play.goal in ("approving", "waiting"):  # all of it before now, whenever it was received
        passed = rules.working_time_between(play.part.start, play.stage.now, play.stage.calendar)
        return rules.add_working(local(moment), passed / (STEPS + 1), play.stage.calendar)
    share = play.dice.uniform(0.5, 1.1) * (1.7 if play.goal == "slow" else 0.8)
    return rules.add_working(local(moment), play.part.span * share / STEPS, play.stage.calendar)


def _step(play: _Play) -> bool:
    """Finish what waits. False when nothing does, or the goal is reached."""
    for item in work.open_items(play.record, play.clerk):
        actor = play.stage.worker(item)
        if actor is None:
            return False
        if (play.goal, item.step_kind) in HELD:
            return False
        if (play.goal, item.step_kind) == ("approving", "appraise"):
            acts.propose_result(actor, item.id, text=TO_SIGN)
        if item.step_kind == "issue":
            _issue(play, actor, item)
        elif item.step_kind == "return":
            return play.goal in ("returned", "slow") and _hand_over(play)
        else:
            act = acts.approve if item.step_kind in ("review", "approve") else acts.complete_step
            act(actor, item.id)
        return True
    return False


def _hand_over(play: _Play) -> bool:
    view = dossiers.dossier(play.clerk, play.record)
    if view.state != "finished":
        return False
    given = None if view.results else ResultInput(text="Đã giải quyết xong theo quy định.")
    acts.return_result(play.clerk, view.id, to=view.applicant.full_name, result=given)
    _rate(play.dice, view.token)
    return True


def _issue(play: _Play, actor: Actor, item: ItemView) -> None:
    """Give a result; a ministry's result comes with a number and a paper of that system."""
    if play.procedure.result_from == "ministry":
        number = f"{play.dice.randrange(100, 999)}/{local(timezone.now()).year}"
        file = files.store(actor, name="ket-qua.pdf", content=_sample(play, item, number))
        acts.issue_result(actor, item.id, ResultInput(number=number, file=file.id))
    else:
        acts.issue_result(actor, item.id, ResultInput(text=TO_SIGN))


def _sample(play: _Play, item: ItemView, number: str) -> bytes:
    """A stand-in for the paper that a ministry system would send; it says that it is not signed."""
    given = play.procedure.results
    today = local_date(timezone.now())
    paper = ResultDraft(
        office=Office(orgs.unit(item.unit_id, today).name, place="Bình Lam"), on=today, code=item.code, number=number,
        kind="Bản minh họa kết quả", subject=given[0].name if given else play.procedure.name,
        signer=Signer("THỦ TRƯỞNG CƠ QUAN", ""), fields=(FieldLine("Người yêu cầu", play.part.person),),
    )  # fmt: skip
    return typeset.render(paper.template, paper)


def _rate(dice: random.Random, token: str) -> None:
    if dice.random() < 0.55:
        score = dice.choices((5, 4, 3, 2, 1), (52, 30, 10, 5, 3))[0]
        acts.rate(Actor(kind=ActorKind.CITIZEN, name=""), token, score=score, reasons=["wait"] if score < 3 else [])


def _ask(play: _Play) -> None:
    """Ask for a supplement, which is answered later or still awaited."""
    try:
        items = [play.dice.choice(ITEMS)]
        acts.ask_supplement(play.clerk, play.record, items=items, reason="Chưa đủ căn cứ để giải quyết.")
    except Refusal:  # the days for asking are over; the dossier simply goes on
        play.goal = "returned"
    else:
        play.goal = "answer" if play.goal == "answered" else "end"


def _refuse(play: _Play) -> None:
    """The leader of the deciding agency refuses; where that post is empty the dossier simply goes on."""
    leader = play.stage.holder("chair", dossiers.dossier(play.clerk, play.record).authority_id)
    if leader is None:
        play.goal = "returned"
        return
    acts.refuse(leader, play.record, reason="Không đủ điều kiện theo quy định của pháp luật chuyên ngành.")
    play.goal = "end"


def _stop(play: _Play) -> None:
    acts.stop(play.clerk, play.record, reason="Người nộp đề nghị dừng giải quyết.")
    play.goal = "end"


def _withdraw(play: _Play) -> None:
    acts.withdraw(play.clerk, play.record, reason="Người nộp rút hồ sơ để chuẩn bị lại giấy tờ.")
    play.goal = "end"


# The second thing that happens to these dossiers; each sets the goal that is left after it.
TURNS: dict[str, Callable[[_Play], None]] = {
    "answered": _ask,
    "waiting": _ask,
    "refused": _refuse,
    "stopped": _stop,
    "withdrawn": _withdraw,
}
