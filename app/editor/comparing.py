"""What differs between two releases, or a release and a draft: file by file, in words and line by line."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from app.drawing import decisions, picture, reading
from app.drawing.comparing.tables import compare_tables
from app.drawing.comparing.values import Change
from app.drawing.comparing.versions import compare
from app.drawing.model import ACTIVITIES, Drawing
from app.drawing.outlining.known import known
from app.drawing.outlining.values import Known
from app.drawing.picture import State
from app.editor import drafts, files, naming
from app.editor.drafts import ADDED, CHANGED
from app.editor.surroundings import Surroundings
from app.errors import DrawingBroken
from app.forms import library as forms
from app.forms.parts import Component, every
from app.store import releases

LINES = 3  # unchanged lines around one that changed
NOTHING = ("nothing", "picture")  # kinds of change that are none of the procedure
NEW, OTHERWISE, GONE = (
    State("added", "new"),
    State("changed", "changed"),
    State("changed", "gone"),
)  # marks in a picture
INSERTED, DELETED, SAME = "inserted", "deleted", "same"


@dataclass(frozen=True)
class Line:
    """One line of a file as text: ``inserted``, ``deleted`` or ``same``."""

    what: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What became of one file: ``added``, ``changed`` or ``removed``; in sentences, and line by line for text."""

    name: str
    title: str
    what: str
    changes: tuple[Change, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of file."""
        return files.kind(self.name)


@dataclass(frozen=True)
class Comparison:
    """All that differs between two sets of files, in the order of their names; and how many files are the same."""

    before: Mapping[str, bytes] = field(repr=False)
    after: Mapping[str, bytes] = field(repr=False)
    differences: tuple[Difference, ...] = ()
    same: int = 0

    def of(self, name: str) -> Difference | None:
        """What became of one file; None where nothing did."""
        return next((one for one in self.differences if one.name == name), None)


def compared(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Comparison:
    """What the later files say otherwise than the earlier ones."""
    first, second = ({n: releases.digest(text) for n, text in content.items()} for content in (before, after))
    found = drafts.differences(first, second)
    told = tuple(_difference(name, what, before, after) for name, what in found.items())
    return Comparison(before, after, told, len(before.keys() | after.keys()) - len(found))


def only(comparison: Comparison, name: str) -> Comparison:
    """A comparison of one file."""
    found = tuple(one for one in comparison.differences if one.name == name)
    return replace(comparison, differences=found, same=0)


def pictures(comparison: Comparison, name: str) -> tuple[tuple[str, str], ...]:
    """A drawing as it was and as it is, painted, with what differs marked: (words, SVG); () for other files."""
    found = comparison.of(name)
    if found is None or found.kind != "bpmn":
        return ()
    was, now = _ids(name, comparison.before), _ids(name, comparison.after)
    before = dict.fromkeys(_every(one.was for one in found.changes), OTHERWISE) | dict.fromkeys(was - now, GONE)
    after = dict.fromkeys(_every(one.elements for one in found.changes), OTHERWISE) | dict.fromkeys(now - was, NEW)
    sides = (("As it was", comparison.before, before), ("As it is", comparison.after, after))
    painted = [(words, _painted(name, one[name], marks, words)) for words, one, marks in sides if name in one]
    return tuple((words, svg) for words, svg in painted if svg)


def _painted(name: str, content: bytes, marks: Mapping[str, State], words: str) -> str:
    title = f"{naming.title(name, content)}: {words.lower()}"
    try:
        drawn = reading.read(content, name)
        roomy = {one.id for one in drawn.elements if one.kind in ACTIVITIES}  # words on an event would cover it
        marks = {one: mark if one in roomy else State(mark.state) for one, mark in marks.items()}
        return picture.svg(drawn, marks, title=title, description="What differs stands above in words.")
    except DrawingBroken:
        return ""


def _every(groups: Iterable[tuple[str, ...]]) -> set[str]:
    return {one for group in groups for one in group}


def _ids(name: str, content: Mapping[str, bytes]) -> set[str]:
    read = _read(name, content[name]) if name in content else None
    return {one.id for one in read.elements} if read else set()


def _difference(name: str, what: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Difference:
    title = naming.title(name, after[name] if name in after else before[name])
    if what != CHANGED:
        return Difference(name, title, what, (Change(what, _whole(what, name)),))
    old, new = before[name], after[name]
    try:
        changes = tuple(_told(name, old, new, after))
    except DrawingBroken:
        changes = (Change("unreadable", "One of the two cannot be read."),)
    lines = tuple(_lines(old, new)) if files.kind(name) in ("letter", "scenario") else ()
    return Difference(name, title, what, changes, lines)


def _whole(what: str, name: str) -> str:
    sort = naming.SINGLE[files.kind(name)]
    return f"This {sort} is new." if what == ADDED else f"This {sort} is taken out."


def _told(name: str, old: bytes, new: bytes, after: Mapping[str, bytes]) -> Iterable[Change]:
    kind = files.kind(name)
    if kind == "bpmn":
        around = Surroundings(after)
        return compare(_drawing(name, old, around), _drawing(name, new, around), _known(around))
    if kind == "dmn":
        return compare_tables(decisions.read(old, name), decisions.read(new, name))
    if kind == "form":
        return list(_questions(name, old, new)) or [Change("form", "Only how it is written down has changed.")]
    return [Change("words", "The words have changed.")]


def _drawing(name: str, content: bytes, around: Surroundings) -> Drawing:
    """What a drawing says; where its arrows hang in the air, what it says once that is mended."""
    try:
        return reading.read(content, name)
    except DrawingBroken:
        return reading.read(Surroundings({**around.files, name: content}).completed(name), name)


def _known(around: Surroundings) -> Known:
    drawings = (_read(name, text) for name, text in around.files.items() if files.kind(name) == "bpmn")
    return known([one for one in drawings if one], [table for _, table in around.tables.values()])


def _read(name: str, content: bytes) -> Drawing | None:
    try:
        return reading.read(content, name)
    except DrawingBroken:
        return None


def _questions(name: str, old: bytes, new: bytes) -> Iterator[Change]:
    """What a form asks otherwise, question by question."""
    before, after = (_asked(content, name) for content in (old, new))
    for key in after.keys() - before.keys():
        yield Change("added", f"New question: ‘{after[key].label or key}’.", (key,))
    for key in before.keys() - after.keys():
        yield Change("removed", f"No longer asked: ‘{before[key].label or key}’.", (), (key,))
    for key in [key for key in after if key in before]:
        if before[key].label != after[key].label:
            yield Change("renamed", f"‘{before[key].label}’ now reads ‘{after[key].label}’.", (key,), (key,))
        elif before[key] != after[key]:
            yield Change("question", f"How ‘{after[key].label or key}’ is asked has changed.", (key,), (key,))


def _asked(content: bytes, name: str) -> dict[str, Component]:
    form = forms.read(content, name)
    return {part.key: part for page in form.pages for part in every(page.components) if part.key}


def _lines(old: bytes, new: bytes) -> Iterator[Line]:
    before, after = (content.decode(errors="replace").splitlines() for content in (old, new))
    marks = {"+": INSERTED, "-": DELETED, " ": SAME}
    for line in list(difflib.unified_diff(before, after, n=LINES, lineterm=""))[2:]:
        if line[:1] in marks:
            yield Line(marks[line[:1]], line[1:])
