"""The line of any procedure as its drawing says it: the steps whose property ``stop`` has words for whoever asked.

Steps with the same words are one stop. What is still to come is shown only where a way leads there from what goes on
now. A drawing without such words shows the names of the steps that were done and of those that are open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.cases.access import APPLICANT
from app.drawing.model import Drawing
from app.engine.library import Procedure
from app.law import calendar
from app.store.rows.cases import WAITING, Task, Timer
from app.store.rows.history import Event

STOP = "stop"
ENDED = ("task_completed", "effect_asked")


@dataclass(frozen=True)
class Stop:
    """One stop: its words, the day it was done, whether it goes on now, and by when."""

    words: str
    done_on: date | None = None
    is_now: bool = False
    due_on: date | None = None
    is_ours: bool = True


def line(
    procedure: Procedure, process_id: str, events: Sequence[Event], tasks: Sequence[Task], timers: Sequence[Timer]
) -> list[Stop]:
    """The stops of a case in the order of its drawing, those ahead last; none where the drawing names no stop."""
    drawing = procedure.drawings[process_id]
    named: dict[str, set[str]] = {}
    for id_ in _in_order(drawing, process_id):
        if words := drawing.by_id[id_].properties.get(STOP, ""):
            named.setdefault(words, set()).add(id_)
    inside = {id_: _inside(procedure, drawing.by_id[id_].called) for ids in named.values() for id_ in ids}
    now = {task.key for task in tasks} | {timer.key for timer in timers if timer.state == WAITING}
    standing = {e.id for e in drawing.elements if e.id in now or now & _inside(procedure, e.called)}
    ahead = _reached(drawing, standing)
    found = []
    for words, ids in named.items():
        every = ids.union(*(inside[id_] for id_ in ids))
        own = [task for task in tasks if task.key in every]
        done = [calendar.day_of(e.at) for e in events if e.kind in ENDED and e.subject in every]
        if own:
            dues = [task.due_on for task in own if task.due_on]
            ours = any(task.role != APPLICANT for task in own)
            found.append(Stop(words, None, True, min(dues, default=None), ours))
        elif done:
            found.append(Stop(words, done[-1]))
        elif ids & ahead:
            found.append(Stop(words))
    return sorted(found, key=lambda stop: (stop.done_on is None, stop.done_on or date.max, not stop.is_now))


def _inside(procedure: Procedure, called: str) -> frozenset[str]:
    """The ids of the elements of a process that is called."""
    drawing = procedure.drawings.get(called) if called else None
    return frozenset(e.id for e in drawing.elements if e.process == called) if drawing else frozenset()


def _in_order(drawing: Drawing, process_id: str) -> list[str]:
    """The elements of a process as a case comes to them, its beginnings first."""
    own = [e.id for e in drawing.elements if e.process == process_id]
    starts = [id_ for id_ in own if not drawing.incoming(id_) and not drawing.by_id[id_].attached_to]
    return list(dict.fromkeys([*_walk(drawing, starts), *own]))


def _reached(drawing: Drawing, standing: Iterable[str]) -> set[str]:
    """What a way leads to from where the case stands."""
    return set(_walk(drawing, list(standing))) - set(standing)


def _walk(drawing: Drawing, begun: Sequence[str]) -> list[str]:
    events: Mapping[str, list[str]] = _attached(drawing)
    found: dict[str, None] = {}
    waiting = list(begun)
    while waiting:
        id_ = waiting.pop(0)
        if id_ not in found:
            found[id_] = None
            waiting += [flow.target for flow in drawing.outgoing(id_)] + events.get(id_, [])
    return list(found)


def _attached(drawing: Drawing) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in drawing.elements:
        if element.attached_to:
            found.setdefault(element.attached_to, []).append(element.id)
    return found
