"""Counting a reporting period from the histories of all reviews, and from what was kept of those that were deleted.

Letters and answers are counted by their names, which stay when a drawing changes: the answer ``not met``, the letters
``outcome`` and ``review_stopped``, an appeal that was ``overturned``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from typing import Any, Protocol
from uuid import UUID

from app.forms.paths import get
from app.law import calendar, definitions, statistics
from app.law.statistics import DEFINITIONS, Instance, Matter, Numbers, Period, Step
from app.records import gathering, local
from app.store import yearly

LETTERS = {gathering.OUTCOME: statistics.REVIEWED, gathering.STOPPED: statistics.WITHDRAWN}
ENDS = {"case_opened": statistics.APPLIED, "case_closed": statistics.WITHDRAWN}  # closed while it waits: given up


class Told(Protocol):
    """A line of a history."""

    @property
    def case_id(self) -> UUID:
        """Whose."""

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
    def says(self) -> Mapping[str, Any]:
        """What else."""


def matters(lines: Iterable[Told]) -> Iterator[Matter]:
    """Every review as the counting sees it; ``lines`` come case by case, oldest first."""
    for case_id, of_case in groupby(lines, lambda line: line.case_id):
        yield Matter(tuple(_steps(of_case)), case_id.hex)


def behind(period: Period, version: str = DEFINITIONS) -> dict[str, list[Instance]]:
    """What stands behind each of the law's numbers of a period; see ``statistics.behind``."""
    told = gathering.told(period)
    there = matters(line for lines in told.lines.values() for line in lines)
    gone = (Matter(tuple(_step(*kept) for kept in steps)) for steps in yearly.disposals())
    return statistics.behind([*there, *gone], period, version)


def returns(period: Period) -> dict[str, Any]:
    """The numbers of a period with their words, as the facts of its case and what is published hold them."""
    numbers = statistics.numbers(behind(period))
    return {
        "definitions": DEFINITIONS,
        "counted": asdict(numbers),
        "numbers": _worded(numbers, definitions.FOUR),
        "balance": _worded(numbers, (*definitions.CAME, *definitions.WENT)),
        "balances": statistics.balances(numbers),
        "local": [
            {"what": f"{group.title}: {part.words}", "number": part.number, "group": group.title, "part": part.words}
            for group in local.groups(period)
            for part in group.parts
        ],
    }


def written(matter: Matter) -> list[list[Any]]:
    """What is kept of a review that is deleted: see ``store.rows.yearly.Disposal``."""
    return [[step.kind, step.on.isoformat(), step.recommended] for step in matter.steps]


def _step(kind: str, on: str, recommended: bool) -> Step:
    return Step(kind, date.fromisoformat(on), recommended)


def _steps(lines: Iterable[Told]) -> Iterator[Step]:
    recommends = False
    for line in lines:
        said = line.says.get("answers") or {}
        if line.subject == gathering.PLAN and line.kind == "task_completed":
            actions = get(said, gathering.ACTIONS) or ()
            recommends = any(one.get("kind") == "recommendation" for one in actions if isinstance(one, Mapping))
        kind = _kind(line, said)
        if kind:
            yield Step(kind, calendar.day_of(line.at), kind == statistics.REVIEWED and recommends)


def _kind(line: Told, said: Mapping[str, Any]) -> str:
    """What a line of history is to the counting; "" for most."""
    if line.kind in ENDS:
        return ENDS[line.kind]
    if line.kind == "effect_asked":
        return LETTERS.get(str(line.says.get("letter")), "")
    if get(said, gathering.DECISION) == "not met":
        return statistics.NOT_MET
    return statistics.REOPENED if get(said, gathering.APPEALED) == "overturned" else ""


def _worded(numbers: Numbers, names: Iterable[str]) -> list[dict[str, Any]]:
    edition = definitions.edition()
    return [{"what": edition.of(name).words, "number": getattr(numbers, name)} for name in names]
