"""A file of a draft as people read it: a drawing as picture and words, tables row by row, the rest as text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.drawing import decisions, picture, reading
from app.drawing.decisions import DecisionTable
from app.drawing.model import Drawing
from app.drawing.outlining.known import known
from app.drawing.outlining.text import nested
from app.drawing.outlining.writing import outline
from app.drawing.picture import State
from app.editor import files, naming
from app.editor.surroundings import Surroundings
from app.errors import DrawingBroken

NOTHING_MARKED: Mapping[str, State] = {}


@dataclass(frozen=True)
class Viewed:
    """A file to read. Where it cannot be read as what it is, ``text`` alone stands."""

    name: str
    title: str
    text: str = field(repr=False)
    svg: str = field(default="", repr=False)
    parts: tuple[dict[str, Any], ...] = field(default=(), repr=False)  # a drawing in words
    tables: tuple[DecisionTable, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of file."""
        return files.kind(self.name)


def view(name: str, around: Surroundings, marked: Mapping[str, State] = NOTHING_MARKED) -> Viewed:
    """A file among others. ``marked`` are elements of a drawing that carry a mark."""
    content = around.files[name]
    title, text = naming.title(name, content), content.decode(errors="replace")
    try:
        if files.kind(name) == "bpmn":
            return Viewed(name, title, text, _svg(name, title, around, marked), tuple(_words(name, around)))
        if files.kind(name) == "dmn":
            return Viewed(name, title, text, tables=decisions.read(content, name))
    except DrawingBroken:
        pass  # the findings say why
    return Viewed(name, title, text)


def named(name: str, around: Surroundings) -> dict[str, str]:
    """The elements of a drawing that have words, {id: words}; {} for what is no drawing, or cannot be read."""
    if files.kind(name) != "bpmn":
        return {}
    try:
        found = reading.read(around.files[name], name).elements
    except DrawingBroken:
        return {}
    return {one.id: " ".join(one.name.split()) for one in found if one.name.strip()}


def drawing(name: str, around: Surroundings) -> Drawing:
    """A drawing as it is executed: with what it leaves open read. Raises ``DrawingBroken``."""
    return reading.read(around.completed(name), name)


def _svg(name: str, title: str, around: Surroundings, marked: Mapping[str, State]) -> str:
    """The picture as it was drawn; "" for a drawing that has none."""
    says = f"The steps of {title}, by who does them. The same stands on this page in words."
    try:
        return picture.svg(reading.read(around.files[name], name), marked, title=title, description=says)
    except DrawingBroken:
        return ""


def _words(name: str, around: Surroundings) -> list[dict[str, Any]]:
    read = drawing(name, around)
    tables = [table for _, table in around.tables.values()]
    return nested(outline(read, known([read, *_others(name, around)], tables)))


def _others(name: str, around: Surroundings) -> list[Drawing]:
    found = []
    for other, content in around.files.items():
        if files.kind(other) == "bpmn" and other != name:
            try:
                found.append(reading.read(content, other))
            except DrawingBroken:
                continue
    return found
