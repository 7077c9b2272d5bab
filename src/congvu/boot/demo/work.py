"""Some weeks of dossiers, played through the same acts as real ones while the clock is moved back.

Nothing here writes a table of a domain: codes, clocks, steps, trail and messages come from the acts. The
same seed gives the same dossiers relative to today.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import time_machine

from congvu.boot.demo.organisation import Organisation
from congvu.boot.demo.people import names
from congvu.boot.demo.territory import COMMUNES
from congvu.common.actor import SYSTEM, Actor, ActorKind
from congvu.common.errors import Refusal
from congvu.common.zones import at, local, local_date
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers import services as acts
from congvu.domains.dossiers.types import Intake, PaperLine, Person, ResultInput
from congvu.domains.procedures import selectors as procedures
from congvu.engines.workflow import selectors as work
from congvu.engines.workflow.types import ItemView
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars

SEED = 766
SPAN_DAYS = 45
# A procedure that cannot be taken in at the commune the dice chose gives way to another.
TRIES = 5
# Where each dossier is taken to, with its share; a dossier whose time runs out first stays where it is.
GOALS = (
    ("returned", 46), ("finished", 8), ("running", 26), ("supplement", 11), ("refused", 3),
    ("stopped", 2), ("withdrawn", 2), ("late", 2),
)  # fmt: skip
PREFERRED = (
    "1.001193", "1.004873", "2.000635", "2.000908", "1.001612", "1.000656", "1.000894", "1.004884", "1.012812",
    "3.000527", "2.000815", "1.013225",
)  # fmt: skip
ITEMS = (
    "Bản chính Giấy chứng sinh, vì ảnh chụp bị mờ ở góc dưới.",
    "Giấy tờ chứng minh nơi cư trú, vì chưa khai thác được từ cơ sở dữ liệu.",
    "Văn bản ủy quyền có chứng thực.",
)


@dataclass(slots=True)
class _Stage:
    """What the players share: actors by post, dice, and the procedures that run."""

    made: Organisation
    dice: random.Random
    now: datetime
    codes: list[str] = field(default_factory=list)
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

    def worker(self, item: ItemView) -> Actor | None:
        """Somebody for whom the item waits."""
        for key in item.holders:
            role, _, unit = key.removeprefix("r:").partition("@")
            if key.startswith("r:") and unit.isdigit() and (found := self.holder(role, int(unit))):
                return found
        return None


def play(
    made: Organisation, *, now: datetime, size: int, progress: Callable[[int], None] = lambda _done: None
) -> int:  # fmt: skip
    """Make dossiers until there are ``size``. Returns how many were made; ``progress`` hears of each."""
    there = dossiers.total(SYSTEM)
    if there >= size:
        return 0
    stage = _Stage(made, random.Random(SEED + there), now)  # noqa: S311 - dice of a demo
    running = set(procedures.runnable_report().own) | set(procedures.runnable_report().template)
    stage.codes = [code for code in PREFERRED if code in running] or sorted(running)[:10]
    people = names(SEED + 1 + there)
    count = 0
    for number, start in enumerate(_starts(stage, size - there), start=there):
        count += any(_one(stage, next(people), number, start) for _try in range(TRIES))
        progress(count)
    return count


def _starts(stage: _Stage, size: int) -> list[datetime]:
    """Moments of reception in office hours of working days, oldest first, denser towards today."""
    calendar, today = calendars.calendar("vn"), local_date(stage.now)
    found: list[datetime] = []
    while len(found) < size:
        back = int(SPAN_DAYS * stage.dice.random() ** 1.6)
        moment = at(
            today - timedelta(days=back), stage.dice.choice((7, 8, 8, 9, 9, 10, 13, 14, 15)), stage.dice.randrange(60)
        )
        open_from = rules.roll(moment, calendar)
        if open_from == moment and moment < stage.now:
            found.append(moment)
        elif back == 0:
            found.append(min(open_from, stage.now - timedelta(days=1)))
    return sorted(found)


def _one(stage: _Stage, name: str, number: int, start: datetime) -> int:
    """One dossier from the counter to its goal. 0 if its procedure could not be taken in here."""
    slug = COMMUNES[0].slug if stage.dice.random() < 0.4 else stage.dice.choice(COMMUNES).slug
    clerk = stage.holder("clerk", stage.made.units[f"xa-{slug}-tt"])
    if clerk is None:
        return 0
    goal = stage.dice.choices([g for g, _ in GOALS], [w for _, w in GOALS])[0]
    person = Person(
        full_name=name, personal_id=f"099{stage.dice.choice((1, 0))}{stage.dice.randrange(55, 99):02}{number:06}",
        phone=f"0900{number:06}", address=f"Thôn {stage.dice.choice(('Đông', 'Đoài', 'Thượng', 'Bãi'))}",
    )  # fmt: skip
    intake = Intake(stage.dice.choice(stage.codes), person, papers=(PaperLine("Tờ khai theo mẫu", originals=1),))
    try:
        with time_machine.travel(start, tick=True):
            record = acts.take_in(clerk, intake, key=f"demo-{number}").record_id
    except Refusal:
        return 0
    _advance(stage, clerk, record, start, goal)
    return 1


def _advance(stage: _Stage, clerk: Actor, record: UUID, start: datetime, goal: str) -> None:
    """Play the steps until the goal is reached or the present is."""
    moment, steps = start, 0
    limit = stage.dice.randrange(1, 5) if goal in ("running", "late") else 99
    while steps < limit:
        moment = _later(stage, moment, slow=goal in ("late", "answer"))
        if moment >= stage.now:
            return
        with time_machine.travel(moment, tick=True):
            if steps == 1 and goal in TURNS:
                goal = TURNS[goal](stage, clerk, record)
            elif goal == "answer":
                acts.answer_supplement(clerk, record, papers=(PaperLine("Giấy tờ bổ sung", originals=1),))
                goal = "returned"
            elif goal == "end" or not _step(stage, clerk, record, goal):
                return
        steps += 1


def _later(stage: _Stage, moment: datetime, *, slow: bool) -> datetime:
    """Some working time after the moment, within office hours."""
    minutes = stage.dice.randrange(20, 240) * (6 if slow else 1)
    return rules.add_working(local(moment), timedelta(minutes=minutes), calendars.calendar("vn"))


def _step(stage: _Stage, clerk: Actor, record: UUID, goal: str) -> bool:
    """Finish what waits. False when nothing does, or the goal is reached."""
    for item in work.open_items(record, clerk):
        actor = stage.worker(item)
        if actor is None:
            return False
        if item.step_kind == "issue":
            _issue(stage, actor, item)
        elif item.step_kind == "return":
            if goal != "returned":
                return False
            view = dossiers.dossier(clerk, record)
            if view.state != "finished":
                return False
            given = None if view.results else ResultInput(text="Đã giải quyết xong theo quy định.")
            acts.return_result(clerk, view.id, to=view.applicant.full_name, result=given)
            _rate(stage, view.token)
        else:
            acts.complete_step(actor, item.id)
        return True
    return False


def _issue(stage: _Stage, actor: Actor, item: ItemView) -> None:
    """Give a result; a ministry's result comes with a number and a paper of that system."""
    from congvu.ground.files import services as files

    view = dossiers.dossier(actor, item.record_id)
    if procedures.version(view.procedure_version).result_from == "ministry":
        serial = stage.dice.randrange(100, 999)
        file = files.store(actor, name="ket-qua.pdf", content=acts.sample_result(view, number=f"{serial}/2026"))
        acts.issue_result(actor, item.id, ResultInput(number=f"{serial}/2026", file=file.id))
    else:
        acts.issue_result(
            actor, item.id, ResultInput(text="Đủ điều kiện theo quy định; cấp kết quả cho người yêu cầu.")
        )


def _rate(stage: _Stage, token: str) -> None:
    if stage.dice.random() < 0.55:
        score = stage.dice.choices((5, 4, 3, 2, 1), (52, 30, 10, 5, 3))[0]
        acts.rate(Actor(kind=ActorKind.CITIZEN, name=""), token, score=score, reasons=["wait"] if score < 3 else [])


def _ask(stage: _Stage, clerk: Actor, record: UUID) -> str:
    """Ask for a supplement; every other one is answered later."""
    try:
        acts.ask_supplement(clerk, record, items=[stage.dice.choice(ITEMS)], reason="Chưa đủ căn cứ để giải quyết.")
    except Refusal:  # the days for asking are over; the dossier simply goes on
        return "returned"
    return stage.dice.choice(("answer", "end"))


def _refuse(_stage: _Stage, clerk: Actor, record: UUID) -> str:
    acts.refuse(clerk, record, reason="Không đủ điều kiện theo quy định của pháp luật chuyên ngành.")
    return "end"


def _stop(_stage: _Stage, clerk: Actor, record: UUID) -> str:
    acts.stop(clerk, record, reason="Người nộp đề nghị dừng giải quyết.")
    return "end"


def _withdraw(_stage: _Stage, clerk: Actor, record: UUID) -> str:
    acts.withdraw(clerk, record, reason="Người nộp rút hồ sơ để chuẩn bị lại giấy tờ.")
    return "end"


# The second thing that happens to these dossiers, and the goal that is left after it.
TURNS: dict[str, Callable[[_Stage, Actor, UUID], str]] = {
    "supplement": _ask,
    "refused": _refuse,
    "stopped": _stop,
    "withdrawn": _withdraw,
}
