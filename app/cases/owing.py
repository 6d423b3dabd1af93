"""What a case still owes under the Act, and that none closes before it is done.

The invariants of ``app.law.invariants`` hold for the processes in ``UNDER_THE_ACT`` and for no other procedure. A task
with the property ``closes`` is refused while something is owed; a case whose run is over all the same is stopped.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from app import errors
from app.engine.library import Procedure
from app.engine.run import Run
from app.law.invariants import owed as invariants
from app.law.invariants.record import Line, Owed, Record
from app.store import history
from app.store.history import Happened
from app.store.rows.cases import CLOSED, Case

UNDER_THE_ACT = frozenset({"asb_case_review"})
CLOSES = "closes"  # the property of the task with which a case closes: yes


class Told(Protocol):
    """A line of history, kept or about to be."""

    @property
    def kind(self) -> str:
        """What kind of thing happened."""

    @property
    def subject(self) -> str:
        """The element."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def by(self) -> str:
        """Who, by name."""

    @property
    def person_id(self) -> int | None:
        """Who, if somebody who can sign in."""

    @property
    def says(self) -> Mapping[str, Any]:
        """What else."""


def record(
    told: Iterable[Told], facts: Mapping[str, Any], open_keys: Collection[str] = (), *, is_closed: bool = False
) -> Record:
    """A case as the law looks at it, of its history, its facts and the keys of its open tasks."""
    lines = tuple(Line(one.kind, one.subject, one.at, one.by, person_of(one), one.says) for one in told)
    return Record(lines, facts, frozenset(open_keys), is_closed)


def person_of(line: Told) -> int | None:
    """Who did what a line says; None for what was invented to practise on: nobody decided anything there."""
    return None if line.says.get("invented") else line.person_id


def owed(case: Case, run: Run) -> list[Owed]:
    """What a case owes as it stands, in the order of the invariants; nothing where the Act is not about it."""
    if case.process_id not in UNDER_THE_ACT:
        return []
    keys = {task.key for task in run.open_tasks()}
    told = history.of_case(case.id)
    return invariants.owed(record(told, run.facts, keys, is_closed=case.status == CLOSED))


def check(case: Case, run: Run, event: Happened) -> None:
    """Called at the end of each step, in its transaction: nothing of it is kept where this raises.

    ``StillOwed`` where somebody finishes a task that closes the case too early; ``CannotGoOn`` where a run is over
    by another way while something is owed.
    """
    is_closing = event.kind == "task_completed" and closes(run.procedure, event.subject)
    if not (is_closing or run.is_over):
        return
    left = owed(case, run)
    if left and is_closing:
        raise errors.StillOwed(by_element(left))
    if left:
        raise errors.CannotGoOn(f"The case would close while something is owed. {said(left)}", element=left[0].element)


def closes(procedure: Procedure, key: str) -> bool:
    """Whether a task is the one with which a case closes."""
    drawn = (drawing.by_id.get(key) for drawing in procedure.drawings.values())
    return any(element.properties.get(CLOSES) == "yes" for element in drawn if element)


def by_element(several: Iterable[Owed]) -> dict[str, str]:
    """What is owed in words, by the element at which it is put right."""
    found: dict[str, str] = {}
    for one in several:
        found[one.element] = f"{found[one.element]} {one.says}" if one.element in found else one.says
    return found


def said(several: Iterable[Owed]) -> str:
    """What is owed, in a line of words."""
    return " ".join(one.says for one in several)
