"""Running scenarios: each passes, or says the first thing that went otherwise.

What came of one is remembered by the files that it hangs on and its own content, so after a save only those run again
whose outcome can be another.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app import errors
from app.editor import files, naming
from app.editor.trying import course as courses
from app.editor.trying import outcomes, scenarios
from app.editor.trying.course import Course
from app.editor.trying.ground import Ground, ground
from app.editor.trying.outcomes import Difference
from app.editor.trying.scenarios import Scenario
from app.editor.trying.shelf import Shelf
from app.store.releases import digest

RESULTS: Shelf[tuple[str, str], "Result"] = Shelf(1_000)


@dataclass(frozen=True)
class Result:
    """What came of one scenario. ``scenario`` and ``course`` are None where it could not be read or begun."""

    name: str
    title: str
    difference: Difference | None
    scenario: Scenario | None = None
    course: Course | None = None

    @property
    def passes(self) -> bool:
        """Whether it ended as expected."""
        return self.difference is None


@dataclass(frozen=True)
class Results:
    """What came of the scenarios of a set of files; ``waiting`` are the names of those that have not run yet."""

    done: tuple[Result, ...]
    waiting: tuple[str, ...] = ()

    @property
    def passing(self) -> int:
        """How many ended as expected."""
        return sum(one.passes for one in self.done)

    @property
    def failing(self) -> int:
        """How many ended otherwise, or could not be read or begun."""
        return len(self.done) - self.passing

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.done) + len(self.waiting)

    @property
    def says(self) -> str:
        """In words: ``12 of 12 end as expected``."""
        if not self.total:
            return "There are none yet"
        if self.waiting:
            return f"{len(self.done)} of {self.total} have run so far, and {self.passing} of these end as expected"
        return f"{self.passing} of {self.total} end as expected"


def names(content: Mapping[str, bytes]) -> list[str]:
    """The names of the scenarios among some files."""
    return sorted(name for name in content if files.kind(name) == "scenario")


def run_all(content: Mapping[str, bytes], *, seconds: float | None = None) -> Results:
    """What comes of every scenario among these files.

    With ``seconds``, those that have not run when that time is over are left for the next call.
    """
    began, done, waiting = time.monotonic(), [], []
    on = ground(content)
    for name in names(content):
        is_late = seconds is not None and time.monotonic() - began > seconds
        if is_late and RESULTS.find((on.key, digest(content[name]))) is None:
            waiting.append(name)
        else:
            done.append(run_one(content, name))
    return Results(tuple(done), tuple(waiting))


def run_one(content: Mapping[str, bytes], name: str) -> Result:
    """What comes of one scenario."""
    on = ground(content)
    key = (on.key, digest(content[name]))
    found = RESULTS.find(key)
    if found is None or found.name != name:
        found = _run(on, name, content[name])
        RESULTS.keep(key, found)
    return found


def _run(on: Ground, name: str, text: bytes) -> Result:
    title = naming.title(name, text)
    try:
        scenario = scenarios.read(text, name)
        course = courses.follow(on, scenario.play)
    except errors.DrawingBroken as broken:
        says = " ".join(f"{one.element + ': ' if one.element else ''}{one.says}" for one in broken.problems)
        return Result(name, title, Difference("file", says))
    except errors.CaseworkError as problem:
        return Result(name, title, Difference("file", str(problem)))
    return Result(name, title, outcomes.first_difference(on, scenario.expected, course), scenario, course)


def courses_of(results: Results) -> Iterator[tuple[str, Course]]:
    """The courses of those that could begin, by the names of their scenarios."""
    for one in results.done:
        if one.course is not None:
            yield one.name, one.course
