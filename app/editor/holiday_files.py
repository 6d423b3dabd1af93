"""Reading days on which nothing is counted from files: the JSON that GOV.UK publishes, iCalendar, and CSV.

A file is read whole or not at all. What is wrong is said for each line or entry, with what was expected.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import Any

import icalendar

from app import errors
from app.law import limits
from app.law.calendars import ENGLAND_AND_WALES, LOCAL, NORTHERN_IRELAND, SCOTLAND, Change

DIVISIONS = (ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND)  # of the United Kingdom, as GOV.UK names them
COLUMNS = ["day", "name", "calendar", "open"]
LARGEST = 1_000_000  # bytes of a file
MOST_DAYS = 366  # of one entry
OPEN = {"": False, "no": False, "yes": True}
DAY = "Expected a day such as 2027-12-24."

Entry = tuple[str, Callable[[], list[Change]]]  # where it stands, and what reads it; raises ``ValueError`` in words


def read(name: str, content: bytes, calendar: str = "") -> list[Change]:
    """The days in a file, by the ending of its name: .json, .ics or .csv. ``calendar`` counts where the file says none.

    Raises ``Refused`` with every problem, {line or entry: what is wrong and what was expected}.
    """
    kinds = {".json": _json, ".ics": _icalendar, ".csv": _csv}
    kind = kinds.get(PurePath(name).suffix.lower())
    if kind is None:
        raise errors.Refused({name: f"Expected a file whose name ends in {', '.join(kinds)}."})
    if len(content) > LARGEST:
        raise errors.Refused({name: f"The file is too large. Expected at most {LARGEST:,} bytes."})
    try:
        found = _read(kind(content, calendar))
    except UnicodeDecodeError as problem:
        raise errors.Refused({name: "The file cannot be read. Expected text in UTF-8."}) from problem
    except (ValueError, RecursionError) as problem:
        raise errors.Refused({name: f"The file cannot be read: {problem}"}) from problem
    if not found:
        raise errors.Refused({name: "There is no day in this file."})
    return found


def _read(entries: Iterator[Entry]) -> list[Change]:
    found: list[Change] = []
    problems: dict[str, str] = {}
    for where, changes in entries:
        try:
            found += changes()
        except (ValueError, errors.NotUnderstood) as problem:
            problems[where] = str(problem)
    if problems:
        raise errors.Refused(problems)
    return found


def _json(content: bytes, calendar: str) -> Iterator[Entry]:
    """As GOV.UK publishes bank holidays: {division: {events: [{title, date, notes, bunting}]}}."""
    divisions = json.loads(content)
    if not isinstance(divisions, dict) or not divisions:
        raise ValueError(f"Expected the divisions {', '.join(DIVISIONS)}.")
    for division, held in divisions.items():
        if division not in DIVISIONS:
            yield division, _wrong(f"This is no division. Expected one of {', '.join(DIVISIONS)}.")
        elif not isinstance(held, dict) or not isinstance(held.get("events"), list):
            yield division, _wrong("Expected a list of ‘events’.")
        elif calendar in ("", division):
            for number, event in enumerate(held["events"], 1):
                yield f"{division}, event {number}", _event(event, division)


def _event(event: Any, division: str) -> Callable[[], list[Change]]:
    if not isinstance(event, dict):
        return _wrong("Expected an event with ‘title’ and ‘date’.")
    return lambda: [Change(_day(event.get("date")), _title(event.get("title"), "title"), division)]


def _csv(content: bytes, calendar: str) -> Iterator[Entry]:
    """Lines of ``day,name,calendar,open``; the last two may be empty, or missing altogether."""
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True)
    heading = next(lines, [])
    if len(heading) < 2 or heading != COLUMNS[: len(heading)]:
        raise ValueError(f"Expected the first line to be {','.join(COLUMNS)}.")
    try:
        for cells in lines:
            if any(cells):
                yield f"line {lines.line_num}", _line(cells, len(heading), calendar)
    except csv.Error as problem:
        raise ValueError(f"line {lines.line_num}: {problem}") from problem


def _line(cells: list[str], width: int, calendar: str) -> Callable[[], list[Change]]:
    if len(cells) != width:
        return _wrong(f"There are {len(cells)} cells. Expected {width}, as in the first line.")
    day, name, own, is_open = (cell.strip() for cell in [*cells, "", ""][:4])
    if is_open.lower() not in OPEN:
        return _wrong(f"‘{is_open}’ does not say whether the day is open. Expected yes or no.")
    where = own or calendar or LOCAL
    return lambda: [Change(_day(day), _title(name, "name"), where, OPEN[is_open.lower()])]


def _icalendar(content: bytes, calendar: str) -> Iterator[Entry]:
    """Whole days (RFC 5545). The end is the first day that is not meant any more."""
    component = icalendar.Calendar.from_ical(content)
    if component.name != "VCALENDAR":
        raise ValueError("Expected a VCALENDAR.")
    for number, event in enumerate(component.walk("VEVENT"), 1):
        yield f"entry {number}", _entry(event, calendar or LOCAL)


def _entry(event: Any, calendar: str) -> Callable[[], list[Change]]:
    def changes() -> list[Change]:
        if "RRULE" in event or "RDATE" in event:
            raise ValueError("It comes again. Expected an entry for each day.")
        if isinstance(event.start, datetime) or isinstance(event.end, datetime):
            raise ValueError("It has a time of day. Expected whole days.")
        number = (event.end - event.start).days
        if not 1 <= number <= MOST_DAYS:
            raise ValueError(f"It lasts {number} days. Expected 1 to {MOST_DAYS}.")
        days = [_within(event.start + timedelta(days=n)) for n in range(number)]
        name = _title(str(event.get("SUMMARY", "")), "SUMMARY")
        return [Change(day, name, calendar) for day in days]

    return changes


def _day(written: Any) -> date:
    if not isinstance(written, str) or len(written) != len("2027-12-24"):
        raise ValueError(f"‘{written or ''}’ is not a day. {DAY}")
    try:
        return _within(date.fromisoformat(written))
    except ValueError:
        raise ValueError(f"‘{written}’ is not a day. {DAY}") from None


def _within(day: date) -> date:
    if day.year not in limits.YEARS:
        raise ValueError(f"‘{day.isoformat()}’ is too far away. {DAY}")
    return day


def _title(written: Any, where: str) -> str:
    name = " ".join(written.split()) if isinstance(written, str) else ""
    if not name:
        raise ValueError(f"There is no name. Expected one in ‘{where}’.")
    return name[:200]


def _wrong(says: str) -> Callable[[], list[Change]]:
    def refused() -> list[Change]:
        raise ValueError(says)

    return refused
