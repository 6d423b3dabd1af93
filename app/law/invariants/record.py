"""The record of a case as the law looks at it: what happened, in order, and what is known. No row, no run."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

VICTIM = "victim"
STOPPED = "stop"  # what was decided about a wish to withdraw


@dataclass(frozen=True)
class Line:
    """One line of history: ``task_opened``, ``task_completed``, ``effect_asked``, ``message_received`` …"""

    kind: str
    subject: str  # an element's id
    at: datetime
    by: str = ""
    person_id: int | None = None  # None where nobody signed in: the system, the person who asked, a training copy
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Owed:
    """What a case still owes, in words for the officer."""

    number: str  # I1 to I13
    says: str
    element: str  # where it is put right
    at_once: bool = False  # owed at no resting point of a case, however early


@dataclass(frozen=True)
class Record:
    """One case. A place is the number of a line, from 0, so that places tell what came first."""

    lines: tuple[Line, ...]
    facts: Mapping[str, Any]
    open: frozenset[str] = frozenset()  # the keys of its open tasks
    is_closed: bool = False

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, line in enumerate(self.lines):
            found[line.kind, line.subject].append(place)
            if line.kind == "effect_asked":
                found["letter", str(line.says.get("letter"))].append(place)
        return found

    def done(self, key: str) -> list[int]:
        """The places at which the task ``key`` was finished.

        Source: published procedure; history keeps who finished what.
        """
        return self._places.get(("task_completed", key), [])

    def opened(self, key: str) -> list[int]:
        """The places at which a task ``key`` opened.

        Source: published procedure; history keeps when work was asked for.
        """
        return self._places.get(("task_opened", key), [])

    def letters(self, name: str, to: str = VICTIM) -> list[int]:
        """The places at which the letter ``name`` to somebody was asked for.

        Source: published procedure; a letter is kept in the step that asks for it, and sent at least once.
        """
        asked = self._places.get(("letter", name), [])
        return [place for place in asked if to in _readers(self.lines[place].says)]

    def received(self, message: str) -> list[int]:
        """The places at which a message came in.

        Source: published procedure; history keeps what the person who asked has sent.
        """
        return self._places.get(("message_received", message), [])

    def agency(self, place: int) -> str:
        """The agency that a finished task was for, "" for none: the line of its opening says so.

        Source: ASBCPA 2014 s.105: each relevant body answers for itself.
        """
        return self._agencies.get(str(self.lines[place].says.get("task")), "")

    @cached_property
    def _agencies(self) -> Mapping[str, str]:
        opened = (line.says for line in self.lines if line.kind == "task_opened")
        return {str(says.get("task")): str(says.get("agency") or "") for says in opened}

    def fact(self, path: str) -> Any:
        """The fact at a dotted path; None where nothing is known.

        Source: published procedure; facts are what the forms and tables of a case have said.
        """
        found: Any = self.facts
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found

    def rows(self, path: str) -> list[Mapping[str, Any]]:
        """The records of a list among the facts.

        Source: published procedure; lists of the forms.
        """
        found = self.fact(path)
        return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []

    @property
    def is_withdrawn(self) -> bool:
        """Whether the review was stopped because the person who asked wished it, whatever they wished afterwards.

        Source: published procedure: an officer speaks to them first, and decides.
        """
        asked = self.done("consider_withdrawal") and self.fact("withdrawal.decision") == STOPPED
        return bool(asked or self.letters("review_stopped"))


def last(places: list[int]) -> int:
    """The last of some places; -1 where there is none, so that anything is later.

    Source: none of its own; it says what *after* means in the invariants.
    """
    return places[-1] if places else -1


def _readers(says: Mapping[str, Any]) -> list[str]:
    return [one.strip() for one in str(says.get("to") or VICTIM).split(",")]
