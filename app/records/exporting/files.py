"""Which files there are to take away: each format with its names, and the content of one, piece by piece."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module

from app import errors
from app.clock import Clock
from app.config import Settings
from app.law import calendar
from app.records.exporting import delimited, ocel, ocel_sqlite, reading, xes
from app.records.exporting.reading import Matter, Span
from app.records.exporting.tables import TABLES

LOG = "log"  # the one file of a format that is no table
A_DAY = timedelta(days=1)
OfTable = Callable[[str, Iterable[Matter]], Iterator[bytes]]


def _parquet(name: str, matters: Iterable[Matter]) -> Iterator[bytes]:
    """Arrow is loaded when somebody wants it: every command and worker would start later for it."""
    pieces: Iterator[bytes] = import_module("app.records.exporting.columnar").written(name, matters)
    return pieces


@dataclass(frozen=True)
class Format:
    """A format of files. ``mimetype`` is what browsers and programs know it by."""

    ending: str
    mimetype: str
    written: OfTable  # of a file with a name


FORMATS: Mapping[str, Format] = {
    "csv": Format("csv", "text/csv", delimited.written),
    "parquet": Format("parquet", "application/vnd.apache.parquet", _parquet),
    "xes": Format("xes", "application/xml", lambda _, matters: xes.written(matters)),
    "ocel-sqlite": Format("sqlite", "application/vnd.sqlite3", lambda _, matters: ocel_sqlite.written(matters)),
    "ocel": Format("json", "application/json", lambda _, matters: ocel.written(matters)),
}
OF_TABLES = ("csv", "parquet")


def names(kind: str) -> tuple[str, ...]:
    """The names of the files that a format has."""
    return tuple(TABLES) if kind in OF_TABLES else (LOG,)


def file_name(kind: str, name: str) -> str:
    """What a file is called."""
    return f"{name}.{FORMATS[kind].ending}" if kind in OF_TABLES else f"case-review-{kind}.{FORMATS[kind].ending}"


def span(first: date | None, last: date | None) -> Span:
    """The cases that were opened on these days in London, both counted. Raises ``Refused`` where they are turned."""
    if first and last and last < first:
        raise errors.Refused({"to": "The last day must not be before the first."})
    return Span(
        calendar.end_of(first - A_DAY) if first else None,
        calendar.end_of(last) if last else None,
    )


def content(kind: str, name: str, which: Span, settings: Settings, clock: Clock) -> Iterator[bytes]:
    """A file, piece by piece. Raises ``NotFound`` for a format or a name that there is not."""
    if kind not in FORMATS or name not in names(kind):
        raise errors.NotFound("There is no such file to take away.")
    return FORMATS[kind].written(name, reading.matters(which, settings, clock))
