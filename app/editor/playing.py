"""Playing a drawing: on the engine itself, with a clock of its own, and without any effect outside.

Choices come from a seeded chooser, so the same seed gives the same play. What was done least often is done next, and
an answer that was given least often is given next, so that a loop is left at last.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app import errors
from app.drawing.asking import ARRIVAL, WAY, Asked
from app.drawing.model import Drawing
from app.drawing.sheet import STEPS
from app.editor.surroundings import Surroundings
from app.engine.library import Procedure
from app.engine.run import OpenTask, Run, WaitingTimer
from app.forms import answers as checking
from app.forms import drawn, inventing, paths
from app.forms.parts import Form
from app.law import calendar, wording

COMPLETED, STUCK, ENDLESS = "completed", "stuck", "endless"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a play begins on an ordinary Monday
LIMIT = 300  # steps of one play beyond those that are drawn
MOST_OPEN = 100  # tasks at once, but for those of a repetition: beyond, each round leaves more behind than it does
SHY = 0.25  # how much less often a timer fires, or an event comes, than work is done
Step = dict[str, Any]
Ask = Callable[[str, Sequence[str]], int]  # a question and its answers: which of them
AGENCIES = {
    "agencies": [
        {"value": "larkmere_council", "label": "Larkmere Council"},
        {"value": "police", "label": "The police"},
        {"value": "nhs", "label": "The NHS"},
    ],
    "relevant_bodies": ["larkmere_council", "police", "nhs"],
}


@dataclass(frozen=True)
class Played:
    """How a play went. Steps are records as JSON says them; ``stuck_at`` are the elements where it stood at last."""

    outcome: str
    steps: list[Step]
    stuck_at: list[Step]

    def as_record(self) -> dict[str, Any]:
        """As JSON says it."""
        return {"outcome": self.outcome, "steps": self.steps, "stuck_at": self.stuck_at}


def play(
    procedure: Procedure,
    file: str,
    around: Surroundings,
    *,
    seed: int = 0,
    limit: int = 0,
    ask: Ask | None = None,
) -> Played:
    """Every process of a file that no other in it calls, played one after the other, in at most ``limit`` steps.

    0 stands for 300 steps more than the drawing has. ``ask`` is given what may happen next, or the answers to a
    question of the drawing, and says which, from 0; without it the play chooses by itself.
    """
    drawing = next(one for one in procedure.drawings.values() if one.file == file)
    chooser, outcomes = random.Random(seed), []  # noqa: S311 - a play is no secret
    steps: list[Step] = []
    limit = limit or LIMIT + sum(element.kind in STEPS for element in drawing.elements)
    for process in _begun(drawing):
        one = _Play(procedure, process, around.forms, chooser, limit - len(steps), [], around.items(process), ask)
        outcome, stuck_at = one.to_the_end()
        steps += one.steps
        outcomes.append((outcome, stuck_at))
    worst = next((one for word in (STUCK, ENDLESS) for one in outcomes if one[0] == word), (COMPLETED, []))
    return Played(worst[0], steps, worst[1])


def _begun(drawing: Drawing) -> list[str]:
    """The processes that begin by themselves and in which something is drawn."""
    called = {element.called for element in drawing.elements}
    drawn_in = {element.process for element in drawing.elements if element.kind == "startEvent"}
    return [process.id for process in drawing.processes if process.id in drawn_in and process.id not in called]


@dataclass
class _Play:
    procedure: Procedure
    process: str
    forms: Mapping[str, Form]
    chooser: random.Random
    limit: int
    steps: list[Step]
    items: Mapping[str, str]
    ask: Ask | None = None
    at: datetime = MONDAY
    done: Counter[str] = field(default_factory=Counter)
    given: Counter[tuple[str, Any]] = field(default_factory=Counter)

    def to_the_end(self) -> tuple[str, list[Step]]:
        try:
            return self._follow()
        except errors.NeverRests as stopped:
            return ENDLESS, [self._where(stopped.element)]
        except errors.CannotGoOn as stopped:
            return STUCK, [self._where(stopped.element) | {"why": str(stopped)}]

    def _follow(self) -> tuple[str, list[Step]]:
        run = Run.start(self.procedure, self.process, self._given(), at=self.at)
        self._note(run)
        while not run.is_over:
            if len(self.steps) >= self.limit:
                return ENDLESS, [self._where(key) for key in run.stands_at()]
            choices: list[OpenTask | WaitingTimer] = [*run.open_tasks(), *_next(run.waiting_timers())]
            if sum(isinstance(one, OpenTask) and one.item is None for one in choices) > MOST_OPEN:
                return ENDLESS, [self._where(key) for key in run.stands_at()]
            if not choices:
                return STUCK, [self._where(key) for key in run.stands_at()]
            self._do(run, self._choose(choices))
            run.settle()
            self._note(run)
            run = Run.wake(run.put_away(), self.procedure, at=self.at, opened_at=MONDAY)  # as a case is, step by step
        return COMPLETED, []

    def _given(self) -> dict[str, Any]:
        """What a case knows when it is opened: three agencies that there are not, and what was applied for."""
        known = paths.merge(AGENCIES, {"told": {"victim": self.at.isoformat()}})
        for name, collection in sorted(self.items.items()):
            known = paths.merge(known, self._from_callers(known, name, collection))
        for start in self.procedure.drawings[self.process].elements:
            form = self.forms.get(start.properties.get("formRef", start.id)) if start.kind == "startEvent" else None
            if form is not None and start.process == self.process:
                known = paths.merge(known, self._made_up(start.id, form, known))
        return known

    def _from_callers(self, known: Mapping[str, Any], item: str, collection: str) -> dict[str, Any]:
        """What the page that calls this one knows by then: every form, and one of what it goes through."""
        for key, form in sorted(self.forms.items()):
            known = paths.merge(self._made_up(key, form, known), known)
        rows = paths.get(known, collection)
        return paths.merge(known, {item: rows[0] if isinstance(rows, list) and rows else None})

    def _do(self, run: Run, chosen: OpenTask | WaitingTimer) -> None:
        self.done[chosen.key] += 1
        if isinstance(chosen, WaitingTimer):
            self.at = max(self.at, chosen.due_at)
            self._say("time_passed", chosen.key, chosen.name, until=self.at.isoformat())
            run.now(self.at)
            run.fire(chosen.id, chosen.key, at=self.at)
            return
        answers = self._answers(run, chosen)
        self._say("done", chosen.key, chosen.name, by=chosen.role, answers=answers)
        run.complete(chosen.id, answers)

    def _choose(self, choices: Sequence[OpenTask | WaitingTimer]) -> OpenTask | WaitingTimer:
        if self.ask and len(choices) > 1:
            return choices[self.ask("What happens next?", [self._in_words(one) for one in choices])]
        weights = [self._weight(one) for one in choices]
        return self.chooser.choices(list(choices), weights)[0]

    def _weight(self, choice: OpenTask | WaitingTimer) -> float:
        question = self._asked(choice) if isinstance(choice, OpenTask) else None
        shy = isinstance(choice, WaitingTimer) or (question is not None and question.kind == ARRIVAL)
        return (SHY if shy else 1.0) / (1 + self.done[choice.key]) ** 2

    def _in_words(self, choice: OpenTask | WaitingTimer) -> str:
        if isinstance(choice, WaitingTimer):
            return f"Let time pass until {wording.moment(choice.due_at)}: {choice.name}"
        return f"{choice.role}: {choice.name}" if choice.role else choice.name

    def _asked(self, task: OpenTask) -> Asked | None:
        return self.procedure.asked(task.form)

    def _answers(self, run: Run, task: OpenTask) -> dict[str, Any]:
        question = self._asked(task)
        if self.ask and question and question.kind == WAY:
            way = question.answers[self.ask(question.words or "How does it go on?", question.answers)]
            return {question.fact: [way] if question.several else way}
        form = drawn.of(question) if question else self.forms.get(task.form) or drawn.plain(task.key, task.name)
        return self._made_up(task.key, form, run.seen_by(task.id))

    def _made_up(self, key: str, form: Form, facts: Mapping[str, Any]) -> dict[str, Any]:
        today = calendar.day_of(self.at)
        try:
            made = inventing.invent(form, facts, today=today, choose=lambda several: self._fairly(key, several))
            return checking.applicable(form, made, facts, today=today)
        except ValueError:
            return {}  # a form that accepts nothing made up: the play goes on without its answers

    def _fairly(self, key: str, several: Sequence[Any]) -> Any:
        """One of those that were chosen least often at this step."""
        least = min(self.given[key, repr(one)] for one in several)
        chosen = self.chooser.choice([one for one in several if self.given[key, repr(one)] == least])
        self.given[key, repr(chosen)] += 1
        return chosen

    def _note(self, run: Run) -> None:
        """What the drawing did by itself: letters that would go out."""
        for effect in run.effects:
            self._say(effect.kind, effect.key, effect.name, **dict(effect.wants))
        run.effects.clear()
        run.passed.clear()

    def _say(self, what: str, key: str, name: str, **more: Any) -> None:
        self.steps.append({"what": what, "element": key, "label": name, "at": self.at.isoformat(), **more})

    def _where(self, element: str) -> Step:
        drawing = self.procedure.drawings[self.process]
        found = drawing.by_id.get(element)
        return {"element": element, "label": found.name if found else ""}


def _next(timers: Sequence[WaitingTimer]) -> list[WaitingTimer]:
    """The timer that is due first: a clock does not jump over it."""
    return sorted(timers, key=lambda timer: (timer.due_at, timer.key))[:1]
