"""Replaying closed cases through a draft: where would they have gone elsewhere, which limits would have been missed.

What people answered and when is taken from the history, and replayed in memory twice by the same rules: through the
drawings that the case followed, and through the draft. Only what differs between the two is told, so what a replay
cannot know (limits that somebody extended, letters that came back) counts on neither side. No effect is carried out.
"""

import time
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app import errors
from app.cases import kinds, procedures, telling
from app.clock import Clock
from app.editor.moving_cases import step_of
from app.editor.trying.shelf import Shelf
from app.engine import snapshot
from app.engine.library import Procedure
from app.engine.nearing import NEAR
from app.engine.run import OpenTask, Run
from app.forms import paths
from app.forms.parts import every
from app.law import calendar, wording
from app.store import cases, history
from app.store.rows.cases import Case
from app.store.rows.history import Event

YEAR = timedelta(days=365)
SECONDS = 4.0  # of replaying at one request; the rest waits for the next
MOST_TIMERS = 500  # that fire in one replay
MOST_ADDED = 20  # steps that only the draft has, finished at one moment
GIVEN = ("case", "told", "agencies", "relevant_bodies", "application")  # what a case knows from the start
UNKNOWN = "It cannot be replayed from its history."
ACTS = ("task_completed", "message_received")
RESULTS: Shelf[tuple[str, str, int, str], "Replayed"] = Shelf(5_000)


@dataclass(frozen=True)
class Replayed:
    """What came of one case. ``difference`` is the first, in words, "" for none; limits are named by their step."""

    reference: str
    difference: str
    missed_then: tuple[str, ...]
    missed_now: tuple[str, ...]

    @property
    def more(self) -> list[str]:
        """Limits that the draft would have had missed besides."""
        return _without(self.missed_now, self.missed_then)

    @property
    def fewer(self) -> list[str]:
        """Limits that were missed, and would not have been."""
        return _without(self.missed_then, self.missed_now)


@dataclass(frozen=True)
class Replay:
    """What came of last year's closed cases; ``waiting`` is how many are not replayed yet."""

    done: tuple[Replayed, ...]
    waiting: int

    @property
    def says(self) -> str:
        """The whole of it in a sentence."""
        if self.waiting and not self.done:
            return f"{self.waiting:,} closed cases are waiting to be replayed."
        if not self.done:
            return "No case was closed in the last year."
        unknown = sum(one.difference == UNKNOWN for one in self.done)
        number = len(self.done) - unknown
        elsewhere = sum(bool(one.difference) for one in self.done) - unknown
        more, fewer = (sum(len(getattr(one, name)) for one in self.done) for name in ("more", "fewer"))
        cases_ = f"{number:,} closed case{'' if number == 1 else 's'} replayed"
        left_out = f" {unknown:,} could not be replayed from their history." if unknown else ""
        return f"{cases_}: {elsewhere:,} would go elsewhere, {more:,} more and {fewer:,} fewer limits missed.{left_out}"


def replay(content: Mapping[str, bytes], *, clock: Clock, seconds: float = SECONDS) -> Replay:
    """Last year's closed cases through these files. Raises ``DrawingBroken`` where they are no procedure.

    What was worked out is remembered, so that asking again goes on where the time was over.
    """
    there, began, done, waiting = procedures.drawn(content), time.monotonic(), [], 0
    for case in cases.closed_since(clock() - YEAR):
        key = (case.reference, case.release_key, case.revision, there.key)
        found = RESULTS.find(key)
        if found is None and time.monotonic() - began > seconds:
            waiting += 1
            continue
        if found is None:
            found = one(case, there)
            RESULTS.keep(key, found)
        done.append(found)
    return Replay(tuple(done), waiting)


def one(case: Case, there: Procedure) -> Replayed:
    """One closed case through its own drawings and through others."""
    here = procedures.of(case)
    lines = history.of_case(case.id)
    facts = _start(case, lines)
    agencies = {line.says["task"]: line.says.get("agency") for line in lines if line.kind == "task_opened"}
    own = _Course(case, here, facts, agencies=agencies)
    other = _Course(case, there.counted_in(here.calendars), facts, agencies=agencies)
    if own.problem:
        return Replayed(case.reference, UNKNOWN, (), ())
    difference = other.differs(own, "At the start")
    for line in [line for line in lines if line.kind in ACTS]:
        own.take(line)
        other.take(line)
        difference = difference or other.differs(own, f"{_named(line)} ({wording.day(calendar.day_of(line.at))})")
    own.until_closed()
    other.until_closed()
    if own.problem or not own.run.is_over:
        return Replayed(case.reference, UNKNOWN, (), ())
    difference = difference or other.at_end()
    return Replayed(case.reference, difference, tuple(own.missed), tuple(other.missed))


@dataclass
class _Course:
    """A replay under way."""

    case: Case
    procedure: Procedure
    facts: Mapping[str, Any]
    missed: list[str] = field(default_factory=list)
    problem: str = ""  # why it cannot go on
    fired: int = 0
    agencies: Mapping[str, str | None] = field(default_factory=dict)  # whose each task was, by its id in the history

    def __post_init__(self) -> None:
        self.at = self.case.opened_at
        try:
            self.run = Run.start(self.procedure, self.case.process_id, deepcopy(dict(self.facts)), at=self.at)
            telling.remember_told(self.run, self.at)
        except (errors.CannotGoOn, errors.NotFound) as problem:
            self.problem = str(problem)

    def take(self, line: Event) -> None:
        """Let time pass to a line of the history, and do what it tells where that can be done."""
        if self.problem:
            return
        try:
            self._wait(line.at)
            self._act(line)
            telling.remember_told(self.run, self.at)
        except errors.CannotGoOn as problem:
            self.problem = str(problem)

    def until_closed(self) -> None:
        """Let time pass to when the case was closed."""
        try:
            if not self.problem:
                self._wait(self.case.closed_at or self.at)
        except errors.CannotGoOn as problem:
            self.problem = str(problem)

    def at_end(self) -> str:
        """What is otherwise once the case had been closed, in words; "" where it would have been closed too."""
        if self.problem:
            return f"It could not go on. {self.problem}"
        names = ", ".join(f"‘{name}’" for name in self._open().values())
        return "" if self.run.is_over else f"When it was closed: {names or 'a time limit'} would still be open"

    def differs(self, own: "_Course", when: str) -> str:
        """What is otherwise here, in words; "" for nothing. Steps that only these drawings have are then finished."""
        if self.problem:
            return f"{when}: it could not go on. {self.problem}"
        mine, theirs = self._open(), own._open()
        added = [name for key, name in mine.items() if key not in theirs]
        gone = [name for key, name in theirs.items() if key not in mine]
        self._finish_added(own)
        if not (added or gone):
            return ""
        said = [f"‘{name}’ would be open" for name in added] + [f"‘{name}’ would not be open" for name in gone]
        return f"{when}: {', '.join(said)}"

    def _open(self) -> dict[str, str]:
        return {task.key: task.name for task in self.run.open_tasks()}

    def _finish_added(self, own: "_Course") -> None:
        """Steps that the case never had are finished with no answers, so that the rest can be compared."""
        known = {key for drawing in own.procedure.drawings.values() for key in drawing.by_id}
        try:
            for _ in range(MOST_ADDED):
                added = [task for task in self.run.open_tasks() if task.key not in known]
                if not added:
                    return
                self.run.complete(added[0].id, {})
                self.run.settle()
        except errors.CannotGoOn as problem:
            self.problem = str(problem)

    def _wait(self, until: datetime) -> None:
        """Let every timer fire that is due by then, each at its instant."""
        while self.fired < MOST_TIMERS:
            due = [timer for timer in self.run.waiting_timers() if timer.due_at <= until]
            if not due:
                break
            timer = min(due, key=lambda one: (one.due_at, one.key))
            self._to(max(timer.due_at, self.at))
            if not (timer.comes_again or timer.key.endswith(NEAR)) and timer.task_key:
                self.missed.append(step_of(self.run, timer))
            self.run.fire(timer.id, timer.key, at=self.at)
            self.run.settle()
            self.fired += 1
        self._to(max(until, self.at))

    def _to(self, at: datetime) -> None:
        self.at = at
        self.run.now(at)
        for told in (self.run.effects, self.run.passed, self.run.moved):
            told.clear()

    def _act(self, line: Event) -> None:
        answers = line.says.get("answers") or {}
        if line.kind == "message_received":
            if self.run.expects(line.subject):
                self.run.receive(line.subject, answers)
        elif task := self._task(line):
            self.run.complete(task.id, answers)
        self.run.settle()

    def _task(self, line: Event) -> OpenTask | None:
        """The open task that a line tells of: for the same agency, where it was one's."""
        found = [task for task in self.run.open_tasks() if task.key == line.subject]
        agency = self.agencies.get(line.says.get("task", ""))
        return next((task for task in found if telling.agency_of(task.item) == agency), found[0] if found else None)


def _start(case: Case, lines: list[Event]) -> dict[str, Any]:
    """What the case knew when it was opened, as far as that can be told from what it knew when it closed."""
    known = snapshot.read(cases.snapshot(case.id))["facts"]
    form = procedures.form(case.release_key, kinds.kind(procedures.of(case), case.process_id).form)
    begun = {name: deepcopy(known[name]) for name in GIVEN if name in known}
    if "told" in begun:
        begun["told"] = {"victim": case.opened_at.isoformat()}
    if form is None or "application" not in known:
        answered = {name for line in lines for name in line.says.get("answers") or {}}
        return begun | {name: deepcopy(value) for name, value in known.items() if name not in answered}
    for part in (part for page in form.pages for part in every(page.components)):
        if part.key and paths.has(known, part.key):
            paths.put(begun, part.key, deepcopy(paths.get(known, part.key)))
    return begun


def _named(line: Event) -> str:
    return f"After ‘{line.says.get('name') or line.subject}’"


def _without(names: tuple[str, ...], taken: tuple[str, ...]) -> list[str]:
    left, found = list(taken), []
    for name in names:
        if name in left:
            left.remove(name)
        else:
            found.append(name)
    return found
