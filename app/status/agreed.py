"""Where the rule of a time limit is from: the row of the table of agreed times, its version, and the calendar."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from app import errors
from app.cases import procedures
from app.drawing.decisions import DecisionTable
from app.feel import evaluating
from app.law import calendar, steps, wording
from app.law.calendars import PACKAGE
from app.status.case_file import CaseFile
from app.store import calendars as editions
from app.store import releases
from app.store.rows.cases import Timer
from app.store.rows.releases import Release

SHORT = 8  # characters of a key that people compare
DRAWN = "It stands in the drawing, at this step."


@dataclass(frozen=True)
class Agreed:
    """The rule's source. ``note`` is what the table says of its row."""

    table: str  # "" where the rule stands in the drawing
    note: str
    release: Release
    calendar: str
    edition: str

    @property
    def version(self) -> str:
        """The version that the case keeps, in words."""
        day = wording.day(calendar.day_of(self.release.published_at), year=True)
        return f"Version {self.release.key[:SHORT]}, published on {day} by {self.release.published_by}"

    @property
    def record(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "table": self.table,
            "row": self.note,
            "release": self.release.key,
            "published_at": self.release.published_at.isoformat(),
            "published_by": self.release.published_by,
        }


def of(file: CaseFile, timer: Timer) -> Agreed:
    """The source of a limit's rule: the times that the case was given last, else those it was opened with."""
    calendars = file.procedure.calendars
    name = calendars.named(steps.read(timer.rule).calendar).name
    place = name[0].upper() + name[1:]
    for key in filter(None, (file.case.timescales_key, file.case.release_key)):
        table = procedures.timescales(key)
        note = _note(table, timer) if table and timer.milestone else None
        if table and note is not None:
            return Agreed(table.name, note, releases.release(key), place, _edition(calendars.key))
    return Agreed("", DRAWN, releases.release(file.case.release_key), place, _edition(calendars.key))


def _note(table: DecisionTable, timer: Timer) -> str | None:
    """What the table says of the row with this limit; None where it has none."""
    said = timer.rule.removeprefix("every ")
    return next((note for limit, note in _rows(table, timer.milestone) if limit in (said, timer.rule)), None)


def _rows(table: DecisionTable, milestone: str) -> Iterator[tuple[Any, str]]:
    """The limits and warnings that a table has for a milestone, each with the description of its row."""
    asked = _place("milestone", [question.expression for question in table.inputs])
    answers = [place for place, output in enumerate(table.outputs) if output.name in ("limit", "warn")]
    if asked is None:
        return
    for rule in table.rules:
        with suppress(errors.NotUnderstood):  # what needs facts to be worked out is no limit that can be named here
            if evaluating.matches(rule.tests[asked], milestone, {}):
                yield from ((evaluating.evaluate(rule.results[answer], {}), rule.note) for answer in answers)


def _place(name: str, names: list[str]) -> int | None:
    return names.index(name) if name in names else None


def _edition(key: str) -> str:
    if not key:
        return f"Bank holidays as in the package {PACKAGE}, and no closures of our own"
    row = editions.edition(key)
    day = wording.day(calendar.day_of(row.made_at), year=True)
    return f"Edition {key[:SHORT]} of {day}, by {row.made_by}"
