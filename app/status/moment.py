"""A case as it stood at a moment: where it was on its drawings, what was open by when, and who had done what.

Everything is worked out from the lines of the history up to then, so any past moment can be looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby

from app.cases import procedures
from app.engine.library import Procedure
from app.law import calendar, wording
from app.law.calendar import Calendar
from app.law.wording import Time
from app.status import timeline
from app.status.case_file import CaseFile
from app.status.stints import Book
from app.store.history import SYSTEM
from app.store.rows.cases import Case
from app.store.rows.history import Event
from app.store.rows.numbers import Stint

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Work:
    """A task as it stood then: open, finished or gone."""

    stint: Stint
    by: str  # who had finished it, or had it; "" for nobody
    whose: str  # the agency's name, else the role
    now: datetime
    days_of: Calendar

    @property
    def key(self) -> str:
        """The element."""
        return self.stint.key

    @property
    def process(self) -> str:
        """The drawing on which it stands."""
        return self.stint.process

    @property
    def due_at(self) -> datetime | None:
        """The first instant at which it is late."""
        return self.stint.due_at

    @property
    def due_on(self) -> date | None:
        """The last day of its limit; None where that ends within a day."""
        if self.due_at is None or self.due_at.astimezone(calendar.LONDON).time() != datetime.min.time():
            return None
        return calendar.day_of(self.due_at - INSTANT)

    @property
    def time(self) -> Time | None:
        """Its limit in words, as it stood then; None where it had none."""
        if self.due_at is None:
            return None
        start_at = self.stint.counts_from or self.stint.started_at
        return wording.due(self.due_at, self.due_on, now=self.now, start_at=start_at, calendar=self.days_of)


@dataclass(frozen=True)
class Moment:
    """A case at a moment: the last of the lines that had been written. ``step`` is its place among the ``steps``."""

    file: CaseFile
    step: int  # from 1
    steps: tuple[int, ...]  # the number of the last line of each
    now: datetime

    @property
    def case(self) -> Case:
        """The case."""
        return self.file.case

    @property
    def is_present(self) -> bool:
        """Whether it is how the case stands now."""
        return self.step == len(self.steps)

    @cached_property
    def events(self) -> Sequence[Event]:
        """The history up to then, oldest first."""
        last = self.steps[self.step - 1] if self.steps else 0
        return [event for event in self.file.events if event.number <= last]

    @cached_property
    def procedure(self) -> Procedure:
        """The drawings that the case followed then."""
        if self.is_present or not self.events:
            return self.file.procedure
        key = procedures.release_at(self.case, self.file.events, self.events[-1].number)
        return procedures.followed(key, self.case.timescales_key, self.case.calendar_key)

    @cached_property
    def work(self) -> list[Work]:
        """Every task that had been opened, in that order."""
        book = Book(self.case, self.procedure)
        book.write(self.events)
        return [self._work(stint) for stint in book.stints.values()]

    @property
    def tasks(self) -> list[Work]:
        """Those that were open, the most urgent first."""
        still = [work for work in self.work if work.stint.ended_at is None]
        return sorted(still, key=lambda work: (work.due_at is None, work.due_at or work.stint.started_at))

    @property
    def ended(self) -> list[Work]:
        """Those that had ended, the latest first."""
        over = [work for work in self.work if work.stint.ended_at is not None]
        return sorted(over, key=lambda work: work.stint.ended_at or work.now, reverse=True)

    @property
    def late(self) -> frozenset[tuple[str, str]]:
        """The steps, by drawing and element, of which one was finished late."""
        return frozenset((work.process, work.key) for work in self.ended if work.stint.is_late)

    @cached_property
    def said(self) -> str:
        """What happened at that moment, in a few words."""
        if not self.events:
            return ""
        first = next(event for event in self.events if event.at == self.events[-1].at)
        return timeline.line(first, self.file.steps.get(first.subject, "")).title

    def _work(self, stint: Stint) -> Work:
        whose = self.file.agencies.get(stint.agency_key, stint.agency_key) or stint.role
        return Work(stint, self._who.get(stint.id.hex, ""), whose, self.now, self.procedure.calendars.own)

    @cached_property
    def _who(self) -> Mapping[str, str]:
        """{task: who finished it}; the system finishes none."""
        done = (event for event in self.events if event.kind == "task_completed" and event.says.get("task"))
        return {event.says["task"]: event.by for event in done if event.by != SYSTEM}


def of(file: CaseFile, step: int | None = None) -> Moment:
    """The case at a step of its history, from 1; as it stands now for none, or for one that there is not."""
    steps = tuple(max(e.number for e in several) for _, several in groupby(file.events, lambda event: event.at))
    if step is None or not 1 <= step < len(steps):
        return Moment(file, len(steps), steps, file.now)
    at = next(event.at for event in file.events if event.number == steps[step - 1])
    return Moment(file, step, steps, at)
