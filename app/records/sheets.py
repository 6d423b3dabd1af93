"""The numbers as files for spreadsheets: CSV, and OpenDocument with several sheets. Nobody's name is in them."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from xml.sax.saxutils import escape, quoteattr  # writes only

from odfdo import Document, Element

from app.law import definitions
from app.law.statistics import DEFINITIONS
from app.records import behind
from app.records.returns import Return

Cells = Sequence[str | int]
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv; charset=utf-8"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML does not know
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take what begins so for a formula


def numbers(one: Return) -> list[Cells]:
    """Every number of a return, in full: for staff only."""
    of = (one.period.first.isoformat(), one.period.last.isoformat(), one.edition.version)
    rows: list[Cells] = [("From", "To", "Definitions", "Part", "What", "Number")]
    rows += [(*of, "The four numbers of the law", definition.words, number) for definition, number in one.four]
    for side in one.sides:
        rows += [(*of, "What became of every request", definition.words, number) for definition, number in side]
    rows += [(*of, group.title, part.words, part.number) for group in one.local for part in group.parts]
    return rows


def cases(one: Return) -> list[Cells]:
    """Each case behind each of the law's numbers, by its reference alone."""
    rows: list[Cells] = [("Number", "Case", "Day", "What counted")]
    for each in behind.every(one.period, one.edition.version):
        rows += [(each.words, row.reference or "Deleted", row.on.isoformat(), row.what) for row in each.rows]
    return rows


def meanings(version: str = DEFINITIONS) -> list[Cells]:
    """What each number means in a version of the definitions."""
    every = (definitions.edition(version).of(name) for name in definitions.NAMES)
    return [("What", "What counts", "Source"), *((each.words, each.counts, each.source) for each in every)]


def as_csv(rows: Iterable[Cells]) -> bytes:
    """A table as CSV in UTF-8 with its mark, so that every spreadsheet reads it rightly."""
    text = StringIO()
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_ods(sheets: Iterable[tuple[str, Iterable[Cells]]]) -> bytes:
    """(name, rows) of each sheet as an OpenDocument spreadsheet. Numbers stay numbers, days are ISO 8601 text."""
    document = Document("spreadsheet")
    document.body.clear()
    for name, rows in sheets:
        document.body.append(Element.from_tag(_sheet(name, rows)))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _sheet(name: str, rows: Iterable[Cells]) -> str:
    """A sheet as OpenDocument writes it: to make each cell an object takes a hundred times as long."""
    written = ("".join(map(_cell, cells)) for cells in rows)
    inner = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in written)
    return f"<table:table table:name={quoteattr(name)}>{inner}</table:table>"


def _cell(cell: str | int) -> str:
    kind = 'string"' if isinstance(cell, str) else f'float" office:value="{cell}"'
    text = escape(CONTROL.sub("", str(_plain(cell))))
    return f'<table:table-cell office:value-type="{kind}><text:p>{text}</text:p></table:table-cell>'


def _plain(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
