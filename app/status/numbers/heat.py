"""A measure laid over the drawings: how warm each step is, with the number on it.

What is painted also stands in a table: the picture is never the only way to know.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.drawing import picture
from app.drawing.model import SUB_PROCESSES, Drawing, Element
from app.drawing.picture import State
from app.engine.library import Procedure
from app.status.numbers import measures
from app.status.numbers.measures import Place, Step

WARMEST = 4
WITH_WORK = SUB_PROCESSES | {"callActivity"}


@dataclass(frozen=True)
class Measure:
    """What is painted. ``bounds`` are the values at which a step becomes warmer; none: by how it is to the most."""

    key: str
    name: str
    value: Callable[[Step], float | None]
    badge: Callable[[Step], str]
    bounds: tuple[float, ...] = ()
    legend: tuple[str, str, str, str] = ("Few", "More", "Many", "Most")


def _waiting(step: Step) -> str:
    late = f", {step.late_now} late" if step.late_now else ""
    return f"{step.now}{late}" if step.now else ""


MEASURES = (
    Measure("now", "Where cases wait now", lambda s: float(s.now) or None, _waiting),
    Measure(
        "time",
        "How long a step takes",
        lambda s: s.usual,
        lambda s: measures.days(s.usual),
        legend=("Shortest", "Longer", "Long", "Longest"),
    ),
    Measure(
        "share",
        "How much of the limit is used",
        lambda s: s.share,
        lambda s: measures.percent(s.share),
        (0.0, 0.5, 0.75, 1.0),
        ("Less than half of the limit", "Half or more", "Three quarters or more", "All of it, or late"),
    ),
    Measure(
        "late",
        "How often a step is late",
        lambda s: s.late_share,
        lambda s: measures.percent(s.late_share),
        (0.0, 0.05, 0.15, 0.3),
        ("Fewer than 1 in 20", "1 in 20 or more", "15 in 100 or more", "30 in 100 or more"),
    ),
    Measure("many", "How many cases came here", lambda s: float(s.passed) or None, lambda s: f"{s.passed:,}"),
)


@dataclass(frozen=True)
class Warm:
    """One drawing with the numbers on it. ``words``: (step, its number) for all that is warm."""

    process: str
    title: str
    svg: str
    words: tuple[tuple[str, str], ...]


def named(key: str) -> Measure:
    """The measure with this key, else the first."""
    return next((one for one in MEASURES if one.key == key), MEASURES[0])


def reached(procedure: Procedure, process_id: str) -> list[str]:
    """The drawings of a procedure in the order in which they are called, its own first."""
    found, at = [process_id], 0
    while at < len(found):
        drawing = procedure.drawings.get(found[at])
        called = [e.called for e in drawing.elements if e.called in procedure.drawings] if drawing else []
        found += [one for one in dict.fromkeys(called) if one not in found]
        at += 1
    return [one for one in found if one in procedure.drawings]


def whole(procedure: Procedure, steps: Mapping[Place, Step], pages: Iterable[str]) -> dict[Place, Step]:
    """The numbers, with those of each called drawing together on the step that calls it."""
    found = dict(steps)
    for process in reversed(list(pages)):
        for element in procedure.drawings[process].elements:
            if element.called in procedure.drawings:
                inside = [step for place, step in found.items() if place[0] == element.called]
                own = found.get((process, element.id), Step(process, element.id))
                found[process, element.id] = _with(own, measures.together(inside))
    return found


def _with(own: Step, inside: Step) -> Step:
    limits, late = (own.limits, own.late) if own.limits else (inside.limits, inside.late)
    now, late_now = own.now + inside.now, own.late_now + inside.late_now
    return replace(own, now=now, late_now=late_now, limits=limits, late=late)


def paint(procedure: Procedure, process: str, steps: Mapping[Place, Step], measure: Measure, about: str) -> list[Warm]:
    """A picture of each page of a drawing, ``about`` in its title."""
    drawing = procedure.drawings[process]
    states = _states(drawing, process, steps, measure)
    return list(_pages(drawing, process, states, about))


def _states(drawing: Drawing, process: str, steps: Mapping[Place, Step], measure: Measure) -> dict[str, State]:
    ours = {e.id: steps[process, e.id] for e in drawing.elements if (process, e.id) in steps and _has_room(e, measure)}
    values = {key: value for key, step in ours.items() if (value := measure.value(step)) is not None}
    most = max(values.values(), default=0.0)
    return {key: State(_warmth(value, most, measure), measure.badge(ours[key])) for key, value in values.items()}


def _has_room(element: Element, measure: Measure) -> bool:
    """Whether a number may stand on an element: everything that was passed, and what is work for the rest."""
    return measure.key == "many" or element.kind in WITH_WORK or element.kind.lower().endswith("task")


def _warmth(value: float, most: float, measure: Measure) -> picture.Look:
    if measure.bounds:
        level = sum(value >= bound for bound in measure.bounds)
    else:
        level = 1 + int((WARMEST - 1) * value / most) if most else 1
    return ("heat-1", "heat-2", "heat-3", "heat-4")[max(1, min(level, WARMEST)) - 1]


def _pages(drawing: Drawing, process: str, states: Mapping[str, State], about: str) -> Iterator[Warm]:
    for plane in drawing.planes:
        here = [s.element for s in drawing.shapes if s.plane == plane and s.element in drawing.by_id]
        words = tuple((" ".join(drawing.by_id[e].name.split()), states[e].badge) for e in here if e in states)
        words = tuple((name, badge) for name, badge in words if name)
        if words or plane == drawing.planes[0]:
            title = title_of(drawing, process, plane)
            said = "; ".join(f"{name}: {badge}" for name, badge in words) or "Nothing was counted here."
            svg = picture.svg(drawing, states, title=f"{title}, {about}", description=said, plane=plane)
            yield Warm(process, title, svg, words)


def title_of(drawing: Drawing, process: str, plane: str = "") -> str:
    """The name of a drawing, or of one of its pages."""
    inner = drawing.by_id.get(plane)
    named = {p.id: p.name for p in drawing.processes}
    return (inner.name if inner else "") or named.get(process, "") or process
