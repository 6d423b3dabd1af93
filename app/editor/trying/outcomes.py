"""What came of a play, in the terms of what may be expected of it; and the first difference between the two."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.drawing.model import GATEWAYS
from app.editor.trying import post
from app.editor.trying.course import Course
from app.editor.trying.expected import CLOSED, OPEN, STUCK, Expected
from app.editor.trying.ground import Ground
from app.editor.trying.scenarios import moment
from app.engine import promises
from app.engine.run import WaitingTimer
from app.forms import paths
from app.law import wording

ENDS = {CLOSED: "the case is closed", OPEN: "the case goes on", STUCK: "the drawing cannot be followed"}
NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """Where a play went otherwise than expected: what was expected, what came, and the element it is about."""

    section: str  # "act", or a section of what is expected
    says: str
    expected: str = ""
    came: str = ""
    element: str = ""


def came(ground: Ground, course: Course) -> Expected:
    """All that came of a play."""
    stand = course.stand
    if stand is None:
        return Expected(ends=STUCK)
    return Expected(
        path=tuple(_path(ground, course)),
        ends=STUCK if course.is_stuck else CLOSED if stand.is_over else OPEN,
        open=tuple(sorted(task.key for task in stand.open)),
        dates=_dates(ground, course),
        limits_passed=stand.limits_passed,
        letters=_letters(course),
        tables={table: _flat(said) for table, said in stand.tables},
    )


def first_difference(ground: Ground, expected: Expected, course: Course) -> Difference | None:
    """The first thing that went otherwise; None where all went as expected."""
    if course.failure is not None and not (course.is_stuck and expected.ends == STUCK):
        where = f"act {course.failure.number + 1}"
        says = f"{where[0].upper()}{where[1:]} cannot be done. {course.failure.says.rstrip('.')}."
        return Difference("act", says, where, course.failure.says, course.failure.element)
    found = came(ground, course)
    for section, look in LOOKS.items():
        wanted = getattr(expected, section)
        difference = look(_Names(ground, course), wanted, getattr(found, section)) if wanted is not None else None
        if difference is not None:
            return difference
    return None


@dataclass(frozen=True)
class _Names:
    """What people call the elements of a play."""

    ground: Ground
    course: Course

    def __call__(self, key: str) -> str:
        return f"‘{self.ground.name(self.course.play.process, key)}’"


def _path(ground: Ground, course: Course) -> Iterator[str]:
    """The elements with words that it went through, but for questions: their answer is what comes next."""
    for _, key in course.stand.passed if course.stand else ():
        element = ground.element(course.play.process, key)
        if element is not None and element.name and element.kind not in GATEWAYS:
            yield key


def _dates(ground: Ground, course: Course) -> dict[str, str]:
    """By when something was promised: by its milestone where it has one, else by the limit itself."""
    stand = course.stand
    if stand is None:
        return {}
    procedure = ground.procedure(course.play.process)
    promised = promises.promised(procedure, stand.facts, opened_at=stand.opened_at)
    found = {name: due.on.isoformat() for name, due in promised.items() if due.on}
    return found | {timer.milestone or key: _end(timer) for key, timer in stand.limits.items()}


def _end(timer: WaitingTimer) -> str:
    return timer.due_on.isoformat() if timer.due_on else moment(timer.due_at)


def _letters(course: Course) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for asked in course.stand.letters if course.stand else ():
        for who in post.whom(asked):
            found[who] += (asked.letter,)
    return dict(sorted(found.items()))


def _flat(said: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """What a table said, by the paths of its outputs."""
    found: dict[str, Any] = {}
    for key, value in said.items():
        path = f"{above}{key}"
        found |= _flat(value, f"{path}.") if isinstance(value, Mapping) and value else {path: value}
    return found


def _look_at_path(names: _Names, wanted: tuple[str, ...], found: tuple[str, ...]) -> Difference | None:
    place, before = 0, ""
    for key in wanted:
        element = names.ground.element(names.course.play.process, key)
        if element is None:
            says = f"The step ‘{key}’ is not in the drawings any more."
            return Difference("path", says, key, NOTHING, key)
        later = found.index(key, place) if key in found[place:] else None
        if later is None:
            after = f" after {names(before)}" if before else ""
            came_next = names(found[place]) if place < len(found) else NOTHING
            says = f"{names(key)} was expected{after}, and did not come. What came was {came_next}."
            return Difference("path", says, names(key), came_next, key)
        place, before = later + 1, key
    return None


def _look_at_end(names: _Names, wanted: str, found: str) -> Difference | None:
    if wanted == found:
        return None
    says = f"At the end it was expected that {ENDS[wanted]}, but {ENDS[found]}."
    return Difference("ends", says, ENDS[wanted], ENDS[found])


def _look_at_open(names: _Names, wanted: tuple[str, ...], found: tuple[str, ...]) -> Difference | None:
    return _look_at_several(names, "open", wanted, found, "open at the end")


def _look_at_passed(names: _Names, wanted: tuple[str, ...], found: tuple[str, ...]) -> Difference | None:
    return _look_at_several(names, "limits_passed", wanted, found, "a time limit that passes")


def _look_at_several(
    names: _Names, section: str, wanted: tuple[str, ...], found: tuple[str, ...], what: str
) -> Difference | None:
    """Lists in which everything counts: the first place at which they differ."""
    for place in range(max(len(wanted), len(found))):
        one = wanted[place] if place < len(wanted) else ""
        other = found[place] if place < len(found) else ""
        if one != other:
            said, instead = (names(key) if key else NOTHING for key in (one, other))
            says = f"As {what}, {said} was expected, but it is {instead}."
            return Difference(section, says, said, instead, one or other)
    return None


def _look_at_dates(names: _Names, wanted: Mapping[str, str], found: Mapping[str, str]) -> Difference | None:
    for name, on in wanted.items():
        if found.get(name) != on:
            instead = day(found[name]) if name in found else "no day"
            says = f"The last day of ‘{plain(name)}’ was expected to be {day(on)}, but it is {instead}."
            return Difference("dates", says, day(on), instead, name)
    return None


def _look_at_letters(
    names: _Names, wanted: Mapping[str, tuple[str, ...]], found: Mapping[str, tuple[str, ...]]
) -> Difference | None:
    for who, letters in wanted.items():
        sent = found.get(who, ())
        for place in range(max(len(letters), len(sent))):
            one = letters[place] if place < len(letters) else ""
            other = sent[place] if place < len(sent) else ""
            if one != other:
                said, instead = (f"‘{plain(letter)}’" if letter else "no letter" for letter in (one, other))
                says = f"Letter {place + 1} to {to_words(who)} was expected to be {said}, but it is {instead}."
                return Difference("letters", says, said, instead, _asks(names, other))
    return None


def _asks(names: _Names, letter: str) -> str:
    """The element that asked for a letter."""
    stand = names.course.stand
    return next((one.key for one in stand.letters if one.letter == letter), "") if stand else ""


def _look_at_tables(
    names: _Names, wanted: Mapping[str, Mapping[str, Any]], found: Mapping[str, Mapping[str, Any]]
) -> Difference | None:
    for table, answers in wanted.items():
        if table not in found:
            says = f"The table ‘{plain(table)}’ was expected to be asked, and was not."
            return Difference("tables", says, table, NOTHING, table)
        for path, value in answers.items():
            said = found[table].get(path, paths.get(found[table], path))
            if said != value:
                one, other = (_value(each) for each in (value, said))
                says = f"The table ‘{plain(table)}’ was expected to say {one} for ‘{path}’, but it says {other}."
                return Difference("tables", says, one, other, table)
    return None


def _value(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: NOTHING, True: "true", False: "false"}[value]
    return f"‘{value}’" if isinstance(value, str) else str(value)[:200]


def plain(key: str) -> str:
    """A key in words: ``agency_chief`` is ``agency chief``."""
    return key.replace("_", " ")


def day(text: str) -> str:
    """A day or an instant in words; text that is neither as it stands."""
    try:
        if "T" in text:
            at = wording.read_instant(text)
            return wording.moment(at, year=True) if at else text
        return wording.day(wording.read_day(text), year=True)
    except ValueError:
        return text


def to_words(who: str) -> str:
    """A recipient in words: ``agency:police`` is ``police (agency)``."""
    kind, _, name = who.partition(":")
    return f"{plain(name)} ({plain(kind)})" if name else f"the {plain(kind)}"


Look = Callable[[_Names, Any, Any], Difference | None]
LOOKS: Mapping[str, Look] = {
    "path": _look_at_path,
    "ends": _look_at_end,
    "open": _look_at_open,
    "dates": _look_at_dates,
    "limits_passed": _look_at_passed,
    "letters": _look_at_letters,
    "tables": _look_at_tables,
}
