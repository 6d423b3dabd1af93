"""A case before and after somebody steps in: in words, and painted on the page of the drawing where it happens."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app import errors
from app.drawing import picture
from app.drawing.model import Drawing
from app.drawing.picture import State
from app.editor.intervening import Tried, Wish
from app.editor.moving_releases import limits_of
from app.engine.run import Run
from app.store.rows.history import Event


@dataclass(frozen=True)
class Side:
    """The case on one side: its open steps by name, its running limits, and a picture, "" where none is drawn."""

    open: tuple[str, ...]
    limits: tuple[str, ...]
    svg: str


@dataclass(frozen=True)
class BothSides:
    """Before and after; ``asks`` are the letters and services that the drawing would ask for at once."""

    before: Side
    after: Side
    asks: tuple[str, ...]


def shown(tried: Tried, wish: Wish, history: Iterable[Event]) -> BothSides:
    """What a wish would do, on both sides."""
    task = next((one for one in tried.before.open_tasks() if one.id.hex == wish.task), None)
    process = task.process if task else ""
    way = [key for e in history for where, key in e.says.get("way", ()) if where == process]
    drawing = tried.before.procedure.drawings.get(process)
    key = task.key if task else ""
    before = _side(tried.before, drawing, key, way, "Before")
    after = _side(tried.after, drawing, key, [*way, *(one.key for one in tried.after.passed)], "After")
    asks = tuple(effect.name or effect.wants.get("letter", effect.key) for effect in tried.after.effects)
    return BothSides(before, after, asks)


def counted(names: Sequence[str]) -> Iterator[str]:
    """Each name once, with how often it stands there where that is more than once."""
    for name in dict.fromkeys(names):
        number = names.count(name)
        yield name if number == 1 else f"{name} ({number} times)"


def _side(run: Run, drawing: Drawing | None, key: str, way: Iterable[str], title: str) -> Side:
    names = tuple(counted([task.name for task in run.open_tasks()]))
    svg = _painted(run, drawing, key, way, f"{title}: open is {', '.join(names) or 'nothing'}") if drawing else ""
    return Side(names, tuple(counted(sorted(limits_of(run).values()))), svg)


def _painted(run: Run, drawing: Drawing, key: str, way: Iterable[str], title: str) -> str:
    states = {done: State("done") for done in way} | {task.key: State("now") for task in run.open_tasks()}
    plane = next((shape.plane for shape in drawing.shapes if shape.element == key), "")
    try:
        return picture.svg(drawing, states, title=title, description=title, plane=plane)
    except errors.DrawingBroken:
        return ""  # the file has steps and no picture: the words say it all
