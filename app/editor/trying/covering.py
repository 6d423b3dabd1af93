"""What scenarios have tried between them of a set of files: steps, answers, limits and events, drawing by drawing.

The answer to a question is the arrow that was followed. Where two arrows lead from one question to the same step, both
count as followed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.drawing.model import ACTIVITIES, EVENTS, Drawing, Element, Flow
from app.drawing.picture import State
from app.editor.trying.course import Course
from app.editor.trying.ground import Ground
from app.errors import CaseworkError

STEP, ANSWER, LIMIT, EVENT = "step", "answer", "limit", "event"
KINDS: Mapping[str, str] = {STEP: "Steps", ANSWER: "Answers", LIMIT: "Time limits", EVENT: "Events"}
ASKING = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway"})


@dataclass(frozen=True)
class Part:
    """Something in a drawing that can be tried, and how often it was. ``by`` are the scenarios that did."""

    id: str
    kind: str
    name: str
    by: tuple[str, ...]

    @property
    def is_tried(self) -> bool:
        """Whether a scenario went there."""
        return bool(self.by)


@dataclass(frozen=True)
class Covered:
    """What was tried of one drawing."""

    file: str
    title: str
    parts: tuple[Part, ...]

    def of(self, kind: str) -> tuple[Part, ...]:
        """Its parts of one kind."""
        return tuple(part for part in self.parts if part.kind == kind)

    @property
    def tried(self) -> int:
        """How many of its parts were tried."""
        return sum(part.is_tried for part in self.parts)

    @property
    def states(self) -> dict[str, State]:
        """Each part as it is painted: its badge says in words what its colour says."""
        return {part.id: _state(part) for part in self.parts}


@dataclass(frozen=True)
class Coverage:
    """What was tried of a set of files."""

    drawings: tuple[Covered, ...]

    def count(self, kind: str = "") -> tuple[int, int]:
        """How many parts of a kind, or of any, were tried, and how many there are."""
        parts = [part for one in self.drawings for part in one.parts if kind in ("", part.kind)]
        return sum(part.is_tried for part in parts), len(parts)

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where there is nothing to try."""
        tried, total = self.count()
        return tried / total if total else 1.0

    def of(self, file: str) -> Covered | None:
        """One drawing by its file."""
        return next((one for one in self.drawings if one.file == file), None)


def coverage(ground: Ground, courses: Iterable[tuple[str, Course]]) -> Coverage:
    """What these plays, each with the name of its scenario, have tried of the drawings."""
    tried = _Tried()
    for name, course in courses:
        tried.add(name, course)
    return Coverage(tuple(_covered(ground, drawing, tried) for drawing in drawings(ground)))


def drawings(ground: Ground) -> Iterator[Drawing]:
    """Every drawing that can be executed, once, in the order of their files."""
    found: dict[str, Drawing] = {}
    for process, file in ground.file_of.items():
        if file not in found:
            try:
                found[file] = ground.drawing(process)
            except CaseworkError:  # its findings say why
                continue
    yield from (found[file] for file in sorted(found))


class _Tried:
    """Where plays went: the scenarios by process and element, or by the two ends of an arrow."""

    def __init__(self) -> None:
        self.passed: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.within: dict[str, set[str]] = defaultdict(set)
        self.taken: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.fired: dict[str, set[str]] = defaultdict(set)  # limits, by their elements: one that comes again stays

    def add(self, name: str, course: Course) -> None:
        if course.stand is None:
            return
        for where in course.stand.passed:
            self.passed[where].add(name)
            self.within[where[0]].add(name)
        for way in course.stand.taken:
            self.taken[way.process, way.source, way.target].add(name)
        for line in course.stand.lines:
            if line.kind == "timer_fired":
                self.fired[line.subject].add(name)

    def element(self, element: Element) -> tuple[str, ...]:
        """Who went through an element; what has steps inside counts as soon as one of them was done."""
        inside = {element.called, element.id} - {""}
        found = {name for scope in (element.process, element.scope) for name in self.passed[scope, element.id]}
        return tuple(sorted(found.union(self.fired[element.id], *(self.within[scope] for scope in inside))))

    def answer(self, source: Element, flow: Flow) -> tuple[str, ...]:
        ways = [(scope, flow.source, flow.target) for scope in (source.process, source.scope)]
        return tuple(sorted({name for way in ways for name in self.taken[way]}))


def _covered(ground: Ground, drawing: Drawing, tried: _Tried) -> Covered:
    title = next((one.name for one in drawing.processes if one.name), drawing.file)
    return Covered(drawing.file, title, tuple(_parts(drawing, tried)))


def _parts(drawing: Drawing, tried: _Tried) -> Iterator[Part]:
    for element in drawing.elements:
        if kind := _kind(element):
            yield Part(element.id, kind, _name(element), tried.element(element))
        if element.kind in ASKING and len(drawing.outgoing(element.id)) > 1:
            for flow in drawing.outgoing(element.id):
                yield Part(flow.id, ANSWER, _answer(drawing, element, flow), tried.answer(element, flow))


def _kind(element: Element) -> str:
    if element.kind in ACTIVITIES and not element.by_event and not element.compensates:
        return STEP
    if element.kind in EVENTS:
        return LIMIT if element.event == "timer" else EVENT
    return ""


def _name(element: Element) -> str:
    return " ".join(element.name.split()) or element.id


def _answer(drawing: Drawing, asks: Element, flow: Flow) -> str:
    to = drawing.by_id.get(flow.target)
    said = " ".join(flow.name.split()) or (f"go on to {_name(to)}" if to else flow.id)
    return f"{_name(asks)} {said}"


def _state(part: Part) -> State:
    if part.kind == ANSWER:
        return State("tried" if part.is_tried else "untried")
    return State("tried", f"tried {len(part.by)}×") if part.is_tried else State("untried", "not tried")
