"""Reading a file of reports that an agency's own system has logged: a table with a line for each report.

A line that is wrong is refused with its number, its column and what was expected; what stood there is not repeated,
because it is about somebody. The other lines are taken.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import errors

COLUMNS = ("reporter", "name", "email", "reported_on", "happened_on", "body", "reference")
MOST_LINES, MOST_BYTES, LONGEST = 50_000, 20_000_000, 200
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s.,;<>\"]+")


@dataclass(frozen=True)
class Report:
    """One report. ``email`` is safe to write to, "" where none is known."""

    reporter: str  # who reported, as the body's own system numbers people
    name: str
    email: str
    reported_on: date
    happened_on: date | None
    body: str  # the key of the agency that logged it
    reference: str  # of the report in the body's own system


@dataclass(frozen=True)
class Refusal:
    """A line that was not taken."""

    line: int  # in the file; its first line has the names of the columns
    column: str
    expected: str


def read(content: bytes, bodies: Sequence[str], today: date) -> tuple[list[Report], list[Refusal]]:
    """The reports of a file, oldest first, and the lines that were refused.

    ``bodies`` are the keys of the agencies. Raises ``Refused`` for a file that cannot be read at all.
    """
    if len(content) > MOST_BYTES:
        raise errors.Refused({"file": f"The file is larger than {MOST_BYTES:,} bytes. Split it"})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise errors.Refused({"file": "The file is not UTF-8 text. Save it as CSV in UTF-8"}) from None
    lines = csv.DictReader(io.StringIO(text, newline=""), restkey="more")
    if set(COLUMNS) - set(lines.fieldnames or ()):
        raise errors.Refused({"file": f"The first line must name the columns {', '.join(COLUMNS)}"})
    return _sorted(_lines(lines), bodies, today)


def _lines(lines: "csv.DictReader[str]") -> Iterator[tuple[int, Mapping[str, str]]]:
    """Every line with its number. Raises ``Refused`` where the file cannot be read on."""
    try:
        for read_so_far, row in enumerate(lines, 1):
            if read_so_far > MOST_LINES:
                raise errors.Refused({"file": f"The file has more than {MOST_LINES:,} lines. Split it"})
            yield lines.line_num, {key: (row.get(key) or "").strip() for key in COLUMNS}
    except csv.Error:
        raise errors.Refused({"file": f"Line {lines.line_num} is no line of a table. Save the file as CSV"}) from None


def _sorted(
    rows: Iterator[tuple[int, Mapping[str, str]]], bodies: Sequence[str], today: date
) -> tuple[list[Report], list[Refusal]]:
    good: list[Report] = []
    refused: list[Refusal] = []
    for number, row in rows:
        wrong = [Refusal(number, column, expected) for column, expected in _problems(row, bodies, today)]
        refused += wrong
        if not wrong:
            good.append(_report(row))
    return sorted(good, key=lambda report: report.reported_on), refused


def _problems(row: Mapping[str, str], bodies: Sequence[str], today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with a line: the column, and what was expected there."""
    for column in ("reporter", "name", "reference"):
        if not 0 < len(row[column]) <= LONGEST or not row[column].isprintable():
            yield column, f"a text of 1 to {LONGEST} characters"
    if row["email"] and not (EMAIL.fullmatch(row["email"]) and len(row["email"]) <= LONGEST):
        yield "email", "an e-mail address that is safe to write to, or nothing"
    if row["body"] not in bodies:
        yield "body", f"one of {', '.join(bodies)}"
    for column, is_needed in (("reported_on", True), ("happened_on", False)):
        day = _day(row[column])
        if (row[column] or is_needed) and (day is None or day > today):
            yield column, "a day such as 2026-03-31, not in the future"


def _report(row: Mapping[str, str]) -> Report:
    """A line that has been checked."""
    return Report(
        reporter=row["reporter"],
        name=row["name"],
        email=row["email"],
        reported_on=date.fromisoformat(row["reported_on"]),
        happened_on=_day(row["happened_on"]),
        body=row["body"],
        reference=row["reference"],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
