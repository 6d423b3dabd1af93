"""What we agreed to do, for the person who asked: in the words meant for them, who does it, by when, is it done.

Only what a letter has told them: a plan that is still being drawn up is not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.engine.facts import find
from app.law import wording
from app.store import history, people
from app.store.rows.cases import Task

TELLING = ("send_outcome", "send_refusal")  # the steps whose letter tells what was agreed
CHECKS = "check_action"


@dataclass(frozen=True)
class Agreed:
    """One thing that somebody agreed to do. ``state`` in words; ``look`` is that of a tag."""

    what: str
    who: str
    due_on: date | None
    state: str
    look: str


def of(case_id: UUID, facts: Mapping[str, Any], open_tasks: Sequence[Task], today: date) -> tuple[Agreed, ...]:
    """What the last letter about a plan told, as it stands today."""
    told = [effect for key in TELLING for effect in history.effects(case_id, key)]
    if not told:
        return ()
    last = max(told, key=lambda effect: effect.made_at)
    rows = find(last.facts, "agreed_actions")
    names = {agency.key: agency.name for agency in people.agencies()}
    standing = _Standing(facts, open_tasks, today)
    return tuple(_agreed(row, names, standing) for row in rows or [] if isinstance(row, dict))


@dataclass(frozen=True)
class _Standing:
    """What is known today of the work on a plan."""

    facts: Mapping[str, Any]
    tasks: Sequence[Task]
    today: date

    def of(self, row: Mapping[str, Any], due_on: date | None) -> tuple[str, str]:
        """Where one action stands, in words, and with which look."""
        if any(task.item == row for task in self.tasks if task.key == CHECKS):
            return "We are told that it is done, and check it", "now"
        result = self._result(row)
        if result is not None and find(result, "recommendation.answer") == "rejected":
            return "They said no, and told us why", "wait"
        if result is not None:
            return "Done", "done"
        if due_on is not None and due_on < self.today:
            return "Late: we are chasing it", "late"
        return "Not done yet", "wait"

    def _result(self, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What came of an action; None while somebody works on it."""
        if any(task.item == row for task in self.tasks):
            return None
        results = self.facts.get("action_results")
        ended = [one for one in results if isinstance(one, dict)] if isinstance(results, list) else []
        return next((one for one in ended if one.get("for") == row), None)


def _agreed(row: Mapping[str, Any], names: Mapping[str, str], standing: _Standing) -> Agreed:
    try:
        due_on = wording.read_day(row.get("due_on"))
    except ValueError:
        due_on = None
    agency = str(row.get("agency") or "")
    state, look = standing.of(row, due_on)
    # a plan of a release without wording for the victim was written for them
    return Agreed(str(row.get("for_victim") or row.get("what") or ""), names.get(agency, agency), due_on, state, look)
