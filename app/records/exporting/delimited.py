"""A table as CSV (RFC 4180): UTF-8, a first line of names, instants in ISO 8601 with the letter Z."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from app.records.exporting.reading import Matter
from app.records.exporting.tables import TABLES, Value

AT_ONCE = 500  # rows
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would work them out: a text that begins so gets a quote


def written(name: str, matters: Iterable[Matter]) -> Iterator[bytes]:
    """The table with this name, piece by piece."""
    table = TABLES[name]
    yield _lines([tuple(table.columns)])
    rows = (row for matter in matters for row in table.rows(matter))
    while some := list(islice(rows, AT_ONCE)):
        yield _lines(some)


def _lines(rows: Iterable[tuple[Value, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return instant(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def instant(at: datetime) -> str:
    """An instant in ISO 8601, in UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
