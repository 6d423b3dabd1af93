"""Drawings in words from the command line: what one says, and what differs between two."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from app.cli.drawings import Files
from app.cli.trying import tried
from app.drawing import decisions, reading
from app.drawing.comparing.tables import compare_tables
from app.drawing.comparing.versions import compare
from app.drawing.completing import completed
from app.drawing.decisions import DecisionTable
from app.drawing.model import Drawing
from app.drawing.outlining.known import known
from app.drawing.outlining.text import text
from app.drawing.outlining.values import Known
from app.drawing.outlining.writing import outline
from app.editor.surroundings import Surroundings
from app.errors import DrawingBroken

MOST_BESIDE = 100  # drawings in a folder that belong together; a heap of files tells nothing
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="outline")
@click.argument("file", type=FILE)
def tell(file: Path) -> None:
    """Say in numbered steps what the drawing FILE says, as it is executed. Agreed times come from files beside it."""
    drawing = tried(partial(_as_executed, file))
    click.echo(text(outline(drawing, _beside(file))), nl=False)


@click.command(name="compare")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
def differ(old: Path, new: Path) -> None:
    """Say what differs between two versions of a drawing (.bpmn) or of a file of decision tables (.dmn)."""
    if {old.suffix.lower(), new.suffix.lower()} == {".dmn"}:
        before, after = (tried(partial(decisions.read, file.read_bytes(), file.name)) for file in (old, new))
        changes = compare_tables(before, after)
    else:
        first, second = (tried(partial(_read, file)) for file in (old, new))
        changes = compare(first, second, _beside(new))
    for change in changes:
        click.echo(change.sentence.replace("\u00a0", " "))


def _as_executed(file: Path) -> Drawing:
    """What a drawing says, with what it leaves open as it is read."""
    content = Surroundings(Files((file,))).completed(str(file))
    return reading.read(content, file.name)


def _read(file: Path) -> Drawing:
    """What a drawing says; where its arrows hang in the air, what it says once that is mended."""
    content = file.read_bytes()
    try:
        return reading.read(content, file.name)
    except DrawingBroken:
        return reading.read(completed.complete(content, file.name).content, file.name)


def _beside(file: Path) -> Known:
    """What the files in the same folder tell; those that cannot be read tell nothing."""
    files = sorted(file.parent.glob("*.bpmn"))
    return known(_drawings(files if len(files) <= MOST_BESIDE else [file]), _tables(file.parent))


def _drawings(files: Sequence[Path]) -> Iterator[Drawing]:
    for file in files:
        try:
            yield reading.read(file.read_bytes(), file.name)
        except (DrawingBroken, OSError):
            continue


def _tables(folder: Path) -> Iterator[DecisionTable]:
    for file in sorted(folder.glob("*.dmn")):
        try:
            yield from decisions.read(file.read_bytes(), file.name)
        except (DrawingBroken, OSError):
            continue


alone = click.Group("trigger", commands=[tell, differ])
