"""What the partnership wants to know beside the law's numbers: each a whole that falls into parts.

Every part has its cases, so that a number can be followed to what it counts. Nothing is known any more of cases that
are deleted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.cases import coming_in
from app.cases.kinds import REVIEWS
from app.engine.nearing import NEAR
from app.forms.paths import get
from app.law import calendar, suppression
from app.law.statistics import Period
from app.records import gathering
from app.records.gathering import Told
from app.store import feedback, people, picking
from app.store.picking import Line, Missed

PROMISES = {  # by milestone, in the table of agreed times
    "acknowledge": "the application acknowledged",
    "interview": "the applicant interviewed, risk and needs known",
    "threshold": "the threshold decided",
    "panel": "the panel held",
    "outcome": "the outcome sent",
    "appeal": "the appeal decided",
}
HEARD = {
    "council": "The council",
    "police": "The police",
    "landlord": "A landlord or housing association",
    "professional": "Someone who helps them",
    "friend": "A friend or neighbour",
    "web": "A website",
    "leaflet": "A leaflet or poster",
    "other": "Something else",
}
SPOKEN = {"spoken": "Interviewed", "declined": "Did not want an interview", "not_reached": "Could not be reached"}
SAID = {"yes": "Yes", "partly": "Partly", "no": "No"}
ASKED = {
    "listened": "Did we listen to you?",
    "informed": "Did we keep you informed?",
    "involved": "Could you take part as you wanted?",
    "fairly": "Did we treat you fairly?",
}
INDEPENDENT = "independent"
IN_TIME = "in_time_"
UNKNOWN = "Not recorded"
FORM = "victim_feedback"


@dataclass(frozen=True)
class Found:
    """One that a number counts: a case, and the day. No case where it is deleted."""

    case_id: UUID | None
    on: date


@dataclass(frozen=True)
class Part:
    """A number. ``found`` holds its cases; none where it counts people or limits that are tied to no case here."""

    key: str
    words: str
    number: int
    found: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Group:
    """A whole and its parts, each counted once."""

    key: str
    title: str
    parts: tuple[Part, ...]

    @property
    def is_limit(self) -> bool:
        """Whether it counts cases that kept a milestone, and those that missed it."""
        return self.key.startswith(IN_TIME)


def public(parts: list[int]) -> list[str]:
    """The numbers of a group as they may be published."""
    return [suppression.shown(parts[0])] if len(parts) == 1 else suppression.shown_parts(parts)


def groups(period: Period) -> list[Group]:
    """Everything local of a period, in order; nothing of what did not occur."""
    told = gathering.told(period)
    found = [
        *_came(told),
        _interviews(told),
        _chairs(told),
        _high(told),
        _silent(told),
        _appeals(told),
        *_promises(period),
    ]
    return [group for group in (*found, *_satisfaction(period)) if any(part.number for part in group.parts)]


def found(lines: Iterable[Line]) -> tuple[Found, ...]:
    """These lines as the cases that a number counts."""
    return tuple(Found(line.case_id, calendar.day_of(line.at)) for line in lines)


def within(told: Told, is_it: Callable[[Line], bool]) -> Iterator[Line]:
    """The lines of the period that are what is looked for."""
    return filter(is_it, told.within)


def done(*keys: str) -> Callable[[Line], bool]:
    """Whether a line says that one of these tasks was finished."""
    return lambda line: line.kind == "task_completed" and line.subject in keys


def asked(*letters: str) -> Callable[[Line], bool]:
    """Whether a line asks for one of these letters."""
    return lambda line: line.kind == "effect_asked" and line.says.get("letter") in letters


def _split(key: str, title: str, by: Mapping[str, list[Line]], words: Mapping[str, str]) -> Group:
    """A group of which every part is named; what has another name stands under ``UNKNOWN``."""
    other = [line for name, lines in by.items() if name not in words for line in lines]
    parts = [Part(name, said, len(by.get(name, ())), found(by.get(name, ()))) for name, said in words.items()]
    return Group(key, title, (*parts, *([Part("unknown", UNKNOWN, len(other), found(other))] if other else ())))


def _by(lines: Iterable[Line], path: str) -> dict[str, list[Line]]:
    by: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by[str(get(line.says, path))].append(line)
    return by


def _came(told: Told) -> Iterator[Group]:
    opened = list(within(told, lambda line: line.kind == "case_opened"))
    yield _split("channel", "How people applied", _by(opened, "came.channel"), coming_in.EVERY)
    yield _split("heard", "Who told people of their right", _by(opened, "came.heard_from"), HEARD)


def _interviews(told: Told) -> Group:
    last = {line.case_id: line for line in within(told, done(gathering.INTERVIEW))}
    return _split("interview", "Interviews", _by(last.values(), f"answers.{gathering.RESULT}"), SPOKEN)


def _chairs(told: Told) -> Group:
    """Whom the panels got as their chairs, each case once."""
    last = {line.case_id: line for line in within(told, done(gathering.PANEL))}.values()
    by = {is_own: [line for line in last if is_independent(line) is is_own] for is_own in (True, False)}
    own = Part(INDEPENDENT, "Independent", len(by[True]), found(by[True]))
    return Group(
        "chair", "Who was chosen to chair", (own, Part("other", "Of a service", len(by[False]), found(by[False])))
    )


def is_independent(line: Line) -> bool:
    """Whether a line chooses a chair of none of the agencies."""
    return bool(get(line.says, f"answers.{gathering.CHAIR}") == INDEPENDENT)


def _high(told: Told) -> Group:
    first = {line.case_id: line for line in reversed(list(within(told, asked(gathering.HIGH_RISK))))}
    return Group("high", "Risk", (Part("high", "Cases at high risk", len(first), found(first.values())),))


def _silent(told: Told) -> Group:
    """Agencies that gave no answer: whose it was stands in the line with which the task opened."""
    every = (line for lines in told.lines.values() for line in lines)
    whose = {line.says.get("task"): str(line.says.get("agency")) for line in every if line.kind == "task_opened"}
    by: dict[str, list[Line]] = defaultdict(list)
    for line in within(told, done(gathering.NO_RETURN)):
        by[whose.get(line.says.get("task"), "")].append(line)
    names = {agency.key: agency.name for agency in people.agencies()}
    return _split("silent", "Agencies that did not answer", by, names)


def _appeals(told: Told) -> Group:
    by = _by(within(told, done(gathering.APPEAL)), f"answers.{gathering.APPEALED}")
    words = {"overturned": "Appeals that were right", "upheld": "Appeals that were not right"}
    return _split("appeals", "Appeals decided", by, words)


def _promises(period: Period) -> Iterator[Group]:
    """How many cases kept each milestone. One that missed any of its limits in the period is late, once."""
    kept, passed = picking.kept(gathering.span(period), PROMISES, but=NEAR), missed(period)
    for milestone, what in PROMISES.items():
        late = tuple(Found(one.case_id, calendar.day_of(one.missed_at)) for one in passed[milestone])
        parts = Part("kept", "In time", kept.get(milestone, 0)), Part("late", "Late", len(late), late)
        yield Group(f"{IN_TIME}{milestone}", f"In time: {what}", parts)


def missed(period: Period) -> Mapping[str, list[Missed]]:
    """The cases that missed each of the promised milestones in a period."""
    by: dict[str, list[Missed]] = {milestone: [] for milestone in PROMISES}
    for one in picking.missed(gathering.span(period), PROMISES, but=NEAR):
        by[one.milestone].append(one)
    return by


def _satisfaction(period: Period) -> Iterator[Group]:
    """What people said afterwards, without their names: by whole months, as nothing else is known of an answer."""
    _, answers = feedback.counts(FORM, REVIEWS, f"{period.first:%Y-%m}", f"{period.last:%Y-%m}")
    for question, title in ASKED.items():
        counted = answers.get(question, {})
        yield Group(question, title, tuple(Part(key, says, counted.get(key, 0)) for key, says in SAID.items()))
