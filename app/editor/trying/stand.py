"""Where a play stands after an act: a case in memory, with all that happened on the way. Frozen, so it is shared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from app.cases import keeping, telling
from app.engine import snapshot
from app.engine.nearing import NEAR
from app.engine.run import OpenTask, Taken, WaitingTimer
from app.store.history import Happened

Where = tuple[str, str]  # (process, element)
LONGEST = 60  # characters of what an item is about
LIMIT = ("start_at", "due_at", "due_on", "rule")


@dataclass(frozen=True)
class Asked:
    """A letter that a drawing asked for."""

    key: str  # the element
    name: str  # its label
    wants: Mapping[str, str]
    item: Any
    at: datetime
    kept: bytes = field(repr=False)  # the run at that moment

    @property
    def letter(self) -> str:
        """The name of the letter."""
        return self.wants.get("letter", "")

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The facts that it is written with."""
        return dict(snapshot.read(self.kept)["facts"])


@dataclass(frozen=True)
class Limit:
    """By when a task is to be done. Without a limit ``due_at`` is None."""

    start_at: datetime | None
    due_at: datetime | None
    due_on: Any
    rule: str


@dataclass(frozen=True)
class Stand:
    """A play at rest."""

    at: datetime
    opened_at: datetime
    kept: bytes = field(repr=False)  # the run
    is_over: bool
    lines: tuple[Happened, ...] = ()  # its history
    letters: tuple[Asked, ...] = ()
    passed: tuple[Where, ...] = ()  # the elements it went through, in order
    taken: tuple[Taken, ...] = ()  # the ways it took
    limits: Mapping[str, WaitingTimer] = field(default_factory=dict)  # by key, each as it was last
    tables: tuple[tuple[str, Mapping[str, Any]], ...] = ()  # what the tables said, in order
    open: tuple[OpenTask, ...] = ()
    timers: tuple[WaitingTimer, ...] = ()
    expects: tuple[str, ...] = ()  # the messages that would be taken
    stands_at: tuple[str, ...] = ()  # the elements at which it waits
    steps: int = 0

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What is known by now."""
        return dict(snapshot.read(self.kept)["facts"])

    @property
    def done(self) -> tuple[str, ...]:
        """The keys of the tasks that were finished, in order."""
        return tuple(line.subject for line in self.lines if line.kind == "task_completed")

    @property
    def limits_passed(self) -> tuple[str, ...]:
        """The elements whose time limits passed, in order; the timer itself where it watches none."""
        fired = (line for line in self.lines if line.kind == "timer_fired")
        return tuple(str(line.says.get("task") or line.subject) for line in fired)

    @property
    def waiting(self) -> tuple[WaitingTimer, ...]:
        """What will happen if nobody acts, the next first; without the moments at which a limit only comes near."""
        found = (timer for timer in self.timers if not timer.key.endswith(NEAR))
        return tuple(sorted(found, key=lambda timer: (timer.due_at, timer.key)))

    def limit_of(self, task: OpenTask) -> Limit:
        """By when an open task is to be done."""
        waits = {timer.key for timer in self.timers}
        passed = [timer for key, timer in self.limits.items() if key not in waits]  # who is late still has a limit
        found = keeping.limit(task, [*self.timers, *passed])
        return Limit(**{name: found[name] for name in LIMIT})

    def whom(self, task: OpenTask) -> str:
        """Whom one of several tasks is for: an agency's key, or what it is about; "" where there is but one."""
        return telling.agency_of(task.item) or said(task.item)


def said(item: Any) -> str:
    """What an item is about: its first text; "" for none."""
    if isinstance(item, Mapping):
        return next((one for one in item.values() if isinstance(one, str) and one), "")[:LONGEST]
    return "" if item is None else str(item)[:LONGEST]
