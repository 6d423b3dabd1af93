"""The time limits that stand in a set of files: the rows of the agreed times, and what drawings say themselves."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app import errors
from app.drawing import reading
from app.drawing.decisions import DecisionTable, Rule
from app.drawing.model import Drawing, Element
from app.drawing.outlining.known import TIMESCALES
from app.drawing.outlining.limits import AGREED
from app.drawing.shaping import retiming
from app.editor import files, naming, table_words
from app.editor.surroundings import Surroundings
from app.errors import NotUnderstood
from app.feel import parsing
from app.feel.nodes import Literal

MILESTONE, LIMIT, WARN, TOLD = "milestone", "limit", "warn", "told"
KEPT = 512  # drawings whose clocks are in memory; most of a draft are those of the release
ROW, OWN = "row", "own"  # how the key of a limit begins: one of the table, one that a drawing says itself


@dataclass(frozen=True)
class Place:
    """Where a limit is used: the clock in a drawing, and the step that the outline lists it under."""

    file: str
    title: str
    process: str
    step: str
    name: str  # of the step
    event: str
    label: str  # the words beside the clock


@dataclass(frozen=True)
class TimeLimit:
    """A time limit of a set of files. ``words`` is None where it is worked out from facts, ``source`` says how."""

    key: str
    name: str
    file: str
    source: str  # what stands in the file
    words: str | None
    when: tuple[str, ...] = ()  # what else must hold for a row of the table
    note: str = ""
    milestone: str = ""
    row: int = -1  # in the table, from 0; -1 for what a drawing says itself
    warn: str | None = ""  # None where it is worked out
    told: str = ""
    places: tuple[Place, ...] = ()

    @property
    def is_agreed(self) -> bool:
        """Whether it is a row of the table of agreed times."""
        return self.row >= 0


@dataclass(frozen=True)
class Listed:
    """Every time limit by its key, rows of the table first; and the files that cannot be read."""

    limits: Mapping[str, TimeLimit]
    unreadable: tuple[str, ...] = ()


def listed(content: Mapping[str, bytes]) -> Listed:
    """The time limits in these files, {name: content}."""
    used: dict[str, list[Place]] = defaultdict(list)
    own: list[TimeLimit] = []
    unreadable = []
    for name in sorted(name for name in content if files.kind(name) == "bpmn"):
        try:
            clocks = _clocks(content[name], name)
        except errors.DrawingBroken:
            unreadable.append(name)
            continue
        for asked, limit in clocks:
            if asked:
                used[asked] += limit.places
            else:
                own.append(limit)
    agreed, broken = _agreed(content, used)
    found = {limit.key: limit for limit in (*agreed, *own)}
    return Listed(found, (*broken, *unreadable))


@lru_cache(KEPT)
def _clocks(content: bytes, name: str) -> tuple[tuple[str, TimeLimit], ...]:
    """Every clock of a drawing: the milestone whose agreed time it asks for, "" for none; and what it says itself."""
    drawing, title = reading.read(content, name), naming.title(name, content)
    found = []
    for element in (one for one in drawing.elements if one.event == "timer"):
        asked = AGREED.fullmatch(retiming.own_words(element))
        found.append((asked["name"] if asked else "", _own(element, _place(drawing, element, title))))
    return tuple(found)


def table(content: Mapping[str, bytes]) -> tuple[str, DecisionTable] | None:
    """The table of agreed times with the file that it stands in; None where none can be read."""
    dmn = {name: one for name, one in content.items() if files.kind(name) == "dmn"}
    return Surroundings(dmn).tables.get(TIMESCALES)


def column(table: DecisionTable, output: str) -> int:
    """Which answer of the table has this name; -1 for none."""
    return next((n for n, one in enumerate(table.outputs) if one.name == output), -1)


def _agreed(content: Mapping[str, bytes], used: Mapping[str, list[Place]]) -> tuple[list[TimeLimit], list[str]]:
    found = table(content)
    if found is None:
        return [], [name for name in ("timescales.dmn",) if name in content]
    file, agreed = found
    return [_row(file, agreed, number, used) for number in range(len(agreed.rules))], []


def _row(file: str, table: DecisionTable, number: int, used: Mapping[str, list[Place]]) -> TimeLimit:
    rule = table.rules[number]
    asked = next((n for n, one in enumerate(table.inputs) if one.expression == MILESTONE), 0)
    milestone = _text(rule.tests[asked]) or "" if rule.tests else ""
    source = _cell(table, rule, LIMIT)
    return TimeLimit(
        key=f"{ROW}-{rule.id or number}",
        name=table_words.head(table, rule),
        file=file,
        source=source,
        words=_text(source),
        when=tuple(table_words.when(table, rule)),
        note=rule.note,
        milestone=milestone,
        row=number,
        warn=_text(_cell(table, rule, WARN)),
        told=_text(_cell(table, rule, TOLD)) or "",
        places=tuple(used.get(milestone, ())),
    )


def _own(timer: Element, place: Place) -> TimeLimit:
    words = retiming.own_words(timer)
    return TimeLimit(
        key=f"{OWN}-{place.file.partition('.')[0]}-{timer.id}",
        name=place.name,
        file=place.file,
        source=words,
        words=None if words.startswith("=") else words,
        milestone=timer.properties.get(MILESTONE, ""),
        places=(place,),
    )


def _place(drawing: Drawing, timer: Element, title: str) -> Place:
    host = drawing.by_id.get(timer.attached_to, timer)
    name = " ".join((host.name or timer.name).split()) or host.id
    return Place(drawing.file, title, timer.process, host.id, name, timer.id, " ".join(timer.name.split()))


def _cell(table: DecisionTable, rule: Rule, output: str) -> str:
    place = column(table, output)
    return rule.results[place] if place >= 0 else ""


def _text(cell: str) -> str | None:
    """The text in a cell, "" for nothing; None where it is worked out."""
    if cell.strip() in ("", "null", "-"):
        return ""
    try:
        found = parsing.parse(cell)
    except NotUnderstood:
        return None
    return found.value if isinstance(found, Literal) and isinstance(found.value, str) else None
