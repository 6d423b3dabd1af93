"""A play as a list of acts: what people do and how time passes, from the application on.

The same files and the same play give the same result. Invariant: a play is bounded, and so is each act of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias

from app.law import calendar
from app.law.calendars import Calendars

MOST = 300  # acts of one play
FARTHEST = timedelta(days=4_000)  # that one play may go: more than the longest time for which a case is kept
Record = dict[str, Any]
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Apply:
    """Somebody sends the form with which a process begins. With ``made_up``, what is not answered is made up."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    made_up: bool = False


@dataclass(frozen=True)
class Finish:
    """Somebody finishes a task, by its key.

    Where several are open, ``whom`` says for which agency, or ``number`` which of them, from 1; or ``each`` is meant.
    """

    task: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    made_up: bool = False
    whom: str = ""
    number: int = 0
    each: bool = False


@dataclass(frozen=True)
class Tell:
    """A message comes in from outside, by the name that the drawing gives it."""

    message: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    made_up: bool = False


@dataclass(frozen=True)
class Wait:
    """Time passes: to an instant, or by a number of days."""

    until: datetime | None = None
    days: int = 0

    def end(self, at: datetime) -> datetime:
        """The instant to which the clock goes that stands at ``at``; days keep their hour in London."""
        if self.until is not None:
            return self.until
        local = at.astimezone(calendar.LONDON)
        return instant(local.date() + timedelta(days=self.days), local)


Act: TypeAlias = Apply | Finish | Tell | Wait


@dataclass(frozen=True)
class Play:
    """One play: the process, when it begins, what the case knows from the start beside the form, and the acts."""

    process: str
    starts_at: datetime  # aware, UTC
    acts: tuple[Act, ...] = ()
    known: Mapping[str, Any] = field(default_factory=dict)

    def then(self, act: Act) -> "Play":
        """The play with one act more."""
        return replace(self, acts=(*self.acts, act))

    def up_to(self, number: int) -> "Play":
        """The play with its first acts alone."""
        return replace(self, acts=self.acts[:number])


def instant(day: date, at: datetime | None = None) -> datetime:
    """A day at the hour of ``at``, or when work begins; aware, UTC."""
    hour = at.timetz().replace(tzinfo=None) if at else Calendars().own.opens
    return datetime.combine(day, hour, tzinfo=calendar.LONDON).astimezone(UTC)
