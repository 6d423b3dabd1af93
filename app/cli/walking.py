"""Walking a case through its procedure as its people would: for demonstration cases and for tests.

Everything goes through the same rooms as in real use; only the clock is moved, and answers are made up where a
story does not give them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from app import errors, worker
from app.cases import access, advancing, apart, procedures
from app.cases.access import Who
from app.cases.advancing import Opening, Step
from app.config import Settings
from app.engine import snapshot
from app.forms import answers as checking
from app.forms import inventing
from app.forms.inventing import Chooser, first
from app.law import calendar
from app.store import cases, tasks, timers
from app.store.history import Happened
from app.store.rows.cases import Case, Task

PROCESS = "asb_case_review"
APPLICATION = "application_received"


class MovedClock(Protocol):
    """A clock that can be set."""

    def __call__(self) -> datetime:
        """The instant it stands at."""

    def set(self, at: datetime) -> None:
        """Move it."""


class Walk:
    """One case on its way. ``clock`` is moved by ``until`` and ``days``."""

    def __init__(self, settings: Settings, clock: MovedClock, choose: Chooser = first) -> None:
        self.settings, self.clock, self.choose = settings, clock, choose
        self.id: UUID | None = None

    def apply(self, **given: Any) -> Case:
        """An application is received."""
        release_key, _ = procedures.live()
        form = procedures.form(release_key, APPLICATION)
        if form is None:
            raise errors.NotFound("There is no application form.")
        today = calendar.day_of(self.clock())
        made = inventing.invent(form, {}, today=today, given=given, choose=self.choose)
        facts = checking.applicable(form, made, {}, today=today)
        facts["application"] |= {"received_on": today.isoformat(), "channel": "web"}
        name = facts["victim"]["name"]
        case = advancing.open_case(Opening(PROCESS, name, facts, by=name), clock=self.clock)
        self.id = case.id
        return case

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return cases.load(self._id)

    @property
    def facts(self) -> dict[str, Any]:
        """Its facts as they are now."""
        return dict(snapshot.read(cases.snapshot(self._id))["facts"])

    def open(self) -> list[str]:
        """The keys of its open tasks, in order."""
        return sorted(task.key for task in tasks.of_case(self._id))

    def do(self, key: str, **given: Any) -> None:
        """Complete every open task with this key, each by somebody whose task it is."""
        found = [task for task in tasks.of_case(self._id) if task.key == key]
        if not found:
            raise errors.NotFound(f"‘{key}’ is not open, but {self.open()}")
        for task in found:
            self._complete(task, given)

    def do_all(self, *keys: str) -> None:
        """Complete several tasks with made-up answers."""
        for key in keys:
            self.do(key)

    def days(self, number: float) -> None:
        """Let days pass with nobody acting; the worker fires what comes due, at its instant."""
        self.until(self.clock() + timedelta(days=number))

    def until(self, at: datetime) -> None:
        """Let time pass until ``at``, stopping at every timer on the way."""
        worker.drain(self.settings, self.clock)
        while (coming := self._next_due()) and coming <= at:
            self.clock.set(max(coming, self.clock()))
            if not worker.drain(self.settings, self.clock):
                break
        self.clock.set(max(at, self.clock()))

    def receive(self, message: str, values: Mapping[str, Any]) -> None:
        """A message comes in from the person who asked."""
        event = Happened("message_received", message, self.clock(), by="the applicant")
        advancing.advance(self._id, Step(lambda run: run.receive(message, values), event), clock=self.clock)

    @property
    def _id(self) -> UUID:
        if self.id is None:
            raise errors.NotFound("Nobody has applied yet.")
        return self.id

    def _next_due(self) -> datetime | None:
        return min((timer.due_at for timer in timers.waiting(self._id)), default=None)

    def _complete(self, task: Task, given: Mapping[str, Any]) -> None:
        form = procedures.form(self.case.release_key, task.form)
        today = calendar.day_of(self.clock())
        made: dict[str, Any] = dict(given)
        if form is not None:
            seen = self.facts
            made = inventing.invent(form, seen, today=today, given=given, choose=self.choose)
            made = checking.applicable(form, made, seen, today=today)
        by, task_id = self._somebody(task), task.id
        says = {"name": task.name, "answers": made, "task": task_id.hex}
        event = Happened("task_completed", task.key, self.clock(), by.name, by.id or None, says)
        advancing.advance(self._id, Step(lambda run: run.complete(task_id, made), event), clock=self.clock)

    def _somebody(self, task: Task) -> Who:
        """Somebody whose task it is and whom nothing keeps from it; where nobody here is, somebody from elsewhere."""
        for person in apart.free(task, apart.of_task(task, self.case)):
            who = access.who(person)
            if access.may_do(who, task):
                return who
        return Who(None, task.role, ())
