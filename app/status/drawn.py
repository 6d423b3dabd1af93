"""Where a case is on its drawings: a state for each element, and a picture of each page that is in use."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app import errors
from app.drawing import picture
from app.drawing.model import Drawing
from app.drawing.picture import State
from app.engine.library import Procedure
from app.law import wording
from app.status.case_file import CaseFile
from app.store import releases

Place = tuple[str, str]  # a drawing and an element
WAS_LATE = "was late"
WORDS = {"done": "Done", "now": "Happening now", "late": "Late"}


class Going(Protocol):
    """What is painted: a case, or a play of one."""

    @property
    def case(self) -> Any:
        """With the process that it began with, as ``process_id``."""

    @property
    def events(self) -> Sequence[Any]:
        """Its history."""

    @property
    def tasks(self) -> Sequence[Any]:
        """Its open tasks, each with its limit."""

    @property
    def procedure(self) -> Procedure:
        """What it follows."""

    @property
    def now(self) -> datetime:
        """The instant at which it is looked at."""


@dataclass(frozen=True)
class Picture:
    """One page of a drawing. ``words`` says the same as the picture: (step, state in words)."""

    process: str
    title: str
    svg: str
    words: tuple[tuple[str, str], ...]
    is_main: bool  # of its file: the page that a viewer opens first


def states(file: Going, process: str, late: Collection[Place] = ()) -> dict[str, State]:
    """The state of each element of one process; what has not begun has none. ``late`` are steps that ended late."""
    drawing = _drawing(file, process)
    ours, at_home = drawing.by_id, file.procedure.home
    passed = [key for e in file.events for where, key in e.says.get("way", ()) if at_home(where) == process]
    found = {key: State("done", WAS_LATE if (process, key) in late else "") for key in passed}
    for element in ours.values():
        if element.called and (state := _called(file, element.called)):
            found[element.id] = state
    for task in file.tasks:
        if task.key in ours:
            found[task.key] = _open(file, [t for t in file.tasks if t.key == task.key])
    return found | _around(drawing, found)


def pictures(file: Going, late: Collection[Place] = ()) -> list[Picture]:
    """A picture of each page on which something was done or is happening, the main process first."""
    processes = sorted(file.procedure.drawings, key=lambda process: (process != file.case.process_id, process))
    return [page for process in processes for page in _pages(file, process, late)]


def main_picture(file: Going) -> Picture | None:
    """The first page of the case's own process; None before anything has happened on it."""
    return next(_pages(file, file.case.process_id), None)


def source(file: CaseFile, process: str) -> tuple[str, bytes]:
    """File name and content of the drawing of a process. Raises ``NotFound`` when there is none."""
    name = _drawing(file, process).file
    return name, releases.files(file.case.release_key)[name]


def _drawing(file: Going, process: str) -> Drawing:
    if process not in file.procedure.drawings:
        raise errors.NotFound("We could not find that drawing.")
    return file.procedure.drawings[process]


def _pages(file: Going, process: str, late: Collection[Place] = ()) -> Iterator[Picture]:
    drawing = _drawing(file, process)
    marked = states(file, process, late)
    for plane in drawing.planes:
        here = [s.element for s in drawing.shapes if s.plane == plane and s.element in marked]
        words = tuple((name, _said(marked[e])) for e in here if (name := drawing.by_id[e].name))
        if words:
            title = _title(drawing, plane, process)
            said = ". ".join(f"{name}: {state}" for name, state in words)
            svg = picture.svg(drawing, marked, title=title, description=said, plane=plane)
            yield Picture(process, title, svg, words, plane == drawing.planes[0])


def _title(drawing: Drawing, plane: str, process: str) -> str:
    inner = drawing.by_id.get(plane)
    named = {p.id: p.name for p in drawing.processes}
    return (inner.name if inner else "") or named.get(process, "") or process


def _open(file: Going, tasks: Sequence[Any]) -> State:
    due = [task.due_at for task in tasks if task.due_at is not None]
    is_late = bool(due) and min(due) <= file.now
    left = wording.left(min(due), now=file.now, calendar=file.procedure.calendars.own) if due else ""
    several = f"{len(tasks)} open" if len(tasks) > 1 else ""
    return State("late" if is_late else "now", ", ".join(filter(None, (several, left))))


def _said(state: State) -> str:
    """A state in words, with what stands on the element."""
    return f"{WORDS.get(state.state, '')}{f' ({state.badge})' if state.badge else ''}"


def _called(file: Going, process: str) -> State | None:
    """The state of a whole process, for the activity that calls it."""
    here = [task for task in file.tasks if task.process == process]
    if here:
        return _open(file, here)
    passed = (where for event in file.events for where, _ in event.says.get("way", ()))
    return State("done") if process in passed else None


def _around(drawing: Drawing, found: Mapping[str, State]) -> dict[str, State]:
    """The state of each sub-process: that of the most urgent thing in it."""
    order = ("late", "now", "done")
    inside: dict[str, State] = {}
    for id_, state in found.items():
        scope = drawing.by_id[id_].scope
        if scope in drawing.by_id:
            standing = inside.get(scope)
            if standing is None or order.index(state.state) < order.index(standing.state):
                inside[scope] = State(state.state)
    return inside
