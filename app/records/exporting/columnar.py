"""A table as Apache Parquet: typed columns, compressed, written group by group."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice

import pyarrow
from pyarrow import parquet

from app.records.exporting.reading import Matter
from app.records.exporting.tables import INSTANT, NUMBER, TABLES, TEXT, WHOLE, YES_NO, Table

GROUP = 10_000  # rows: what is held in memory at a time
TYPES = {
    TEXT: pyarrow.string(),
    NUMBER: pyarrow.float64(),
    WHOLE: pyarrow.int64(),
    INSTANT: pyarrow.timestamp("us", tz="UTC"),
    YES_NO: pyarrow.bool_(),
}


class Drain(io.RawIOBase):
    """A file that keeps nothing: what was written is taken away."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        """It is only for writing."""
        return True

    def tell(self) -> int:
        """How much was written."""
        return self._at

    def write(self, piece: object) -> int:
        """Keep a piece until it is taken."""
        content = bytes(piece)  # type: ignore[call-overload]
        self._pieces.append(content)
        self._at += len(content)
        return len(content)

    def taken(self) -> bytes:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def schema(table: Table) -> pyarrow.Schema:
    """The columns of a table with their types."""
    return pyarrow.schema([(name, TYPES[kind]) for name, kind in table.columns.items()])


def written(name: str, matters: Iterable[Matter]) -> Iterator[bytes]:
    """The table with this name, piece by piece."""
    table, drain = TABLES[name], Drain()
    columns = schema(table)
    rows = (row for matter in matters for row in table.rows(matter))
    with parquet.ParquetWriter(drain, columns, compression="zstd") as writer:
        while some := list(islice(rows, GROUP)):
            by_column = [list(column) for column in zip(*some, strict=True)]
            writer.write_table(pyarrow.table(by_column, schema=columns))
            yield drain.taken()
    yield drain.taken()
