"""The working of a time limit as rows of a table: where it began, every day, where it ended."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.law import calendar, reading_out, wording
from app.law.calendar import WEEKEND
from app.law.steps import EXTENSION, HOLD, ROLLED, RULE, Day, Working

START, END, TODAY, FIRST, SKIPPED = "", "is-end", "is-today", "is-first-date", "is-skip"
WEEKENDS = "weekend"
ADDED = {EXTENSION: "Added by an extension", HOLD: "Added because the clock was stopped"}


@dataclass(frozen=True)
class Row:
    """One row. ``strong`` is what must not be missed; ``look`` is the class of the row."""

    number: str
    day: str
    why: str
    look: str = ""
    strong: str = ""


def rows(working: Working, today: date) -> list[Row]:
    """The table, in the order of the count. A Saturday and its Sunday are one row."""
    found = working.days
    counted = (_row(working, day, today, is_last=day is found[-1]) for day in found)
    return [*_start(working), *_joined(counted), *_end(working)]


def _start(working: Working) -> Iterator[Row]:
    """What it counts from, where that is no day of the count itself."""
    limit, start_at = working.limit, working.base.start_at
    if limit.fixed or (limit.first_counts and working.days):
        return
    began = reading_out.starts(working)
    began = began[0].upper() + began[1:]
    first = working.base.first_on
    is_put_off = first is not None and first != calendar.day_of(start_at)
    then = f" After the cut-off, so it counts as of {wording.day(first)}." if is_put_off and first else ""
    yield Row("Start", wording.day(calendar.day_of(start_at), year=True), f"{began}.{then}")


def _row(working: Working, day: Day, today: date, *, is_last: bool) -> Row:
    said = Row(_number(day), wording.day(day.on), _why(day), "" if day.number or day.time else SKIPPED)
    if day.on == working.due.on and is_last:
        return replace(said, look=END, strong="Last day.")
    if working.steps and day.on == working.base.on and day.part in (RULE, ROLLED):
        return replace(said, look=FIRST, strong="First date.")
    return replace(said, look=TODAY, strong="Today.") if day.on == today else said


def _number(day: Day) -> str:
    if day.time is not None:
        return wording.length(day.time)
    if day.number is None:
        return "–"
    return str(day.number) if day.part == RULE else f"+{day.number}"


def _why(day: Day) -> str:
    if day.why_not:
        return f"Not counted: {wording.closure(day.why_not)}"
    if day.part == ROLLED:
        return "Moved to this working day"
    return ADDED.get(day.part, "Counted")


def _joined(found: Iterator[Row]) -> Iterator[Row]:
    """The rows, with the two days of a weekend in one."""
    before: Row | None = None
    for row in found:
        if before and _is_weekend(before) and _is_weekend(row):
            yield Row("–", _both(before.day, row.day), f"Not counted: {WEEKENDS}", SKIPPED)
            before = None
            continue
        if before:
            yield before
        before = row
    if before:
        yield before


def _both(one: str, other: str) -> str:
    """Two days, with their month once where it is the same."""
    day, month = one.rsplit(wording.NBSP, 1)
    return f"{day if other.endswith(month) else one} and {other}"


def _is_weekend(row: Row) -> bool:
    return row.look == SKIPPED and row.why.removeprefix("Not counted: ") in WEEKEND.values()


def _end(working: Working) -> Iterator[Row]:
    """Where it ended, for what is counted by the date or by the clock."""
    due = working.due
    if due.on is None:
        yield Row("End", wording.day(calendar.day_of(due.at)), f"It ends at {_time(working)}", END)
    elif not working.days or working.days[-1].on != due.on:
        yield Row("End", wording.day(due.on), "Counted by the date" if working.limit.unit == "month" else "", END)


def _time(working: Working) -> str:
    return wording.time_of_day(working.due.at.astimezone(calendar.LONDON).time())
