"""The same OCEL 2.0 log as a SQLite file: tables as the standard names them, one for each type of object and event."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from app.records.exporting import ocel
from app.records.exporting.ocel import Record
from app.records.exporting.reading import Matter

COLUMN = {ocel.STRING: "TEXT", ocel.NUMBER: "REAL"}
FIXED = """
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
"""


def written(matters: Iterable[Matter]) -> Iterator[bytes]:
    """The file, piece by piece, once it is whole."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "log.sqlite"
        with closing(sqlite3.connect(place)) as kept, kept:  # all of it in one transaction of that file
            _write(kept, matters)
        with place.open("rb") as file:
            while piece := file.read(ocel.PIECE):
                yield piece


def _write(kept: sqlite3.Connection, matters: Iterable[Matter]) -> None:
    names, book = ocel.Names(), Book(kept)
    kept.executescript(FIXED)
    for kind, attributes in ocel.OBJECT_TYPES.items():
        book.open("object", kind, attributes)
    for matter in matters:
        for record in ocel.objects(matter):
            book.add_object(record)
        for line in matter.lines:
            book.add_event(ocel.event(line, matter, names))
    for record in ocel.named(names):
        book.add_object(record)


class Book:
    """A file that is being written. The table of a type is named by its number: names from drawings are none of SQL."""

    def __init__(self, kept: sqlite3.Connection) -> None:
        self.kept = kept
        self.tables: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}  # its name and its own columns

    def open(self, of: str, kind: str, attributes: dict[str, str]) -> None:
        """Make the table of a type. ``attributes`` are named by this program alone."""
        number = f"type{len(self.tables)}"
        own = [f"{name} {COLUMN[type_]}" for name, type_ in attributes.items()]
        changed = ["ocel_changed_field TEXT"] if of == "object" else []
        columns = ", ".join(["ocel_id TEXT", "ocel_time TEXT", *changed, *own])
        self.kept.execute(f"CREATE TABLE {of}_{number} ({columns})")
        self.kept.execute(f"INSERT INTO {of}_map_type VALUES (?, ?)", (kind, number))  # noqa: S608  our own names
        self.tables[of, kind] = (f"{of}_{number}", tuple(attributes))

    def add_object(self, record: Record) -> None:
        """One object with its attributes and what it belongs to."""
        at = record["attributes"][0]["time"] if record["attributes"] else ocel.BEGINS
        self._add("object", record, at)
        related = [(record["id"], one["objectId"], one["qualifier"]) for one in record["relationships"]]
        self.kept.executemany("INSERT INTO object_object VALUES (?, ?, ?)", related)

    def add_event(self, record: Record) -> None:
        """One event with the objects around it."""
        if ("event", record["type"]) not in self.tables:
            self.open("event", record["type"], ocel.ON_EVENTS)
        self._add("event", record, record["time"])
        related = [(record["id"], one["objectId"], one["qualifier"]) for one in record["relationships"]]
        self.kept.executemany("INSERT INTO event_object VALUES (?, ?, ?)", related)

    def _add(self, of: str, record: Record, at: str) -> None:
        table, own = self.tables[of, record["type"]]
        told = {one["name"]: one["value"] for one in record["attributes"]}
        row = {"ocel_id": record["id"], "ocel_time": at, **{name: told.get(name) for name in own}}
        marks = ", ".join("?" * len(row))
        self.kept.execute(f"INSERT INTO {of} VALUES (?, ?)", (record["id"], record["type"]))  # noqa: S608  our own names
        self.kept.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))  # noqa: S608
