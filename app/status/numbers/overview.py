"""A procedure as its managers see it: a measure laid over its drawings, every number in a table, two parts compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app import errors
from app.cases import kinds
from app.clock import Clock
from app.drawing.model import Element
from app.engine.library import Procedure
from app.law import calendar, wording
from app.status.numbers import heat, measures, parts
from app.status.numbers.heat import Measure, Warm
from app.status.numbers.measures import Place, Step
from app.store import tallies
from app.store.tallies import Part

MOST_PICTURES = 40


@dataclass(frozen=True)
class Row:
    """A step in the table. ``other`` has the numbers that it is compared with; None where nothing is."""

    step: Step
    name: str
    where: str  # the name of the drawing on which it stands
    limit: str  # as its drawing has it, in words; "" for none
    other: Step | None = None


@dataclass(frozen=True)
class Side:
    """One part of the numbers with its pictures."""

    part: Part
    said: str
    pictures: tuple[Warm, ...]
    steps: Mapping[Place, Step]


@dataclass(frozen=True)
class Overview:
    """Everything on the page of a procedure."""

    process_id: str
    name: str
    measure: Measure
    sides: tuple[Side, ...]  # one, or two that are compared
    rows: tuple[Row, ...]
    drawings: Sequence[tuple[str, str]]  # (process, name) of those with numbers
    drawing: str  # the one that is shown
    behind: int  # cases whose newest lines are not counted yet

    @cached_property
    def headline(self) -> str:
        """What somebody comes to see, as a sentence."""
        step = self.rows[0] if self.rows else None
        value = self.measure.value(step.step) if step else None
        if step is None or not value:
            return f"{self.name}: nothing to show here yet"
        return {
            "now": f"Most cases wait at ‘{step.name}’",
            "time": f"‘{step.name}’ takes longest",
            "share": f"‘{step.name}’ uses most of its limit",
            "late": f"‘{step.name}’ is late most often",
            "many": f"Most cases come to ‘{step.name}’",
        }[self.measure.key]

    @cached_property
    def lede(self) -> str:
        """The number behind the headline."""
        if not self.rows or not self.measure.value(self.rows[0].step):
            return "Choose another time or another measure. Numbers come with the first steps that end."
        step = self.rows[0].step
        open_now = f"{step.now} open now, {step.late_now} late. " if step.now else ""
        usual = f"It usually takes {measures.days(step.usual)} of working time. " if step.usual is not None else ""
        late = f"{step.late} of {step.limits} limits were missed." if step.limits else ""
        return f"{open_now}{usual}{late}".strip()


def procedures_now(*, clock: Clock) -> list[dict[str, object]]:
    """Every procedure with how many of its cases are open and late, and how many limits were kept in 12 months."""
    now = clock()
    part = parts.of({}, calendar.day_of(now))
    still_open, kept = tallies.open_cases(now), tallies.kept(part.first, part.last)
    found = []
    for kind in kinds.every(parts.drawn(part)):
        number, late = still_open.get(kind.process_id, (0, 0))
        ended, missed = kept.get(kind.process_id, (0, 0))
        told = {"id": kind.process_id, "name": kind.name, "open": number, "late": late}
        found.append(told | {"ended": ended, "kept": ended - missed})
    return sorted(found, key=lambda one: (-int(str(one["open"])), str(one["name"])))


def kept_lately(*, clock: Clock) -> tuple[int, int]:
    """How many limits were kept in the last 12 months, and how many ended, of every procedure."""
    part = parts.of({}, calendar.day_of(clock()))
    sums = tallies.kept(part.first, part.last).values()
    ended = sum(number for number, _ in sums)
    return ended - sum(late for _, late in sums), ended


def of(process_id: str, asked: Mapping[str, str], *, clock: Clock) -> Overview:
    """The page of a procedure as its address asks for it (see ``parts.of``). ``NotFound`` for no procedure."""
    now = clock()
    part = parts.of(asked, calendar.day_of(now))
    procedure = parts.drawn(part)
    name = kinds.kind(procedure, process_id).name
    measure, pages = heat.named(asked.get("show", "")), heat.reached(procedure, process_id)
    shown = asked.get("drawing", "") if asked.get("drawing") in pages else process_id
    both = [part, *([other] if (other := parts.other(part, asked.get("with", ""))) else [])]
    sides = tuple(_side(process_id, one, procedure, shown, measure, now) for one in both)
    with_numbers = {process for side in sides for process, _ in side.steps}
    drawings = [(page, heat.title_of(procedure.drawings[page], page)) for page in pages if page in with_numbers]
    rows = _rows(procedure, pages, sides, measure)
    return Overview(process_id, name, measure, sides, rows, drawings, shown, tallies.behind())


def _side(process_id: str, part: Part, procedure: Procedure, shown: str, measure: Measure, now: datetime) -> Side:
    """The numbers of a part, painted on the drawings of the first: two pictures can be held beside each other."""
    steps = measures.steps(tallies.totals(process_id, part), open_now(procedure, process_id, part, now))
    whole = heat.whole(procedure, steps, heat.reached(procedure, process_id))
    said = parts.said(part)
    pictures = heat.paint(procedure, shown, whole, measure, f"{measure.name.lower()}, {said}")
    return Side(part, said, tuple(pictures[:MOST_PICTURES]), steps)


def open_now(procedure: Procedure, process_id: str, part: Part, now: datetime) -> list[tuple[str, str, int, int]]:
    """The open tasks of a procedure as (drawing, step, how many, how many of them late)."""
    found = tallies.open_now(process_id, part, now)
    return [(procedure.home(where), key, number, late) for where, key, number, late in found]


def _rows(procedure: Procedure, pages: Sequence[str], sides: Sequence[Side], measure: Measure) -> tuple[Row, ...]:
    """The steps on which people work, the warmest first."""
    found = []
    for place in dict.fromkeys(place for side in sides for place in side.steps):
        process, key = place
        element = procedure.drawings[process].by_id.get(key) if process in pages else None
        step = sides[0].steps.get(place, Step(process, key))
        if element is None or not (step.done or step.withdrawn or step.now or step.limits or _is_work(element)):
            continue
        other = sides[1].steps.get(place, Step(process, key)) if len(sides) > 1 else None
        name = " ".join((element.name or key).split())
        where = heat.title_of(procedure.drawings[process], process)
        found.append(Row(step, name, where, limit_of(procedure, process, key), other))
    return tuple(sorted(found, key=lambda row: (-(measure.value(row.step) or -1.0), row.name)))


def _is_work(element: Element) -> bool:
    return element.kind in ("userTask", "manualTask", "task")


def limit_of(procedure: Procedure, process: str, key: str) -> str:
    """The limits of a step as its drawing has them: the words on the timers at its edge."""
    edges = [e for e in procedure.drawings[process].elements if e.attached_to == key and e.event == "timer"]
    named = dict.fromkeys(" ".join(edge.name.split()) for edge in edges if edge.name)
    return wording.listed(list(named)) if named else ""


def step_of(procedure: Procedure, process: str, key: str) -> Element:
    """An element of a procedure, or ``NotFound``."""
    drawing = procedure.drawings.get(process)
    element = drawing.by_id.get(key) if drawing else None
    if element is None:
        raise errors.NotFound("We could not find that step.")
    return element
