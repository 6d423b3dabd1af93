"""Lines of history picked out in the database: only of the cases that can matter, and only what the counting reads.

A case that was closed before a period began cannot matter to it, nor one that was opened after it ended.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from app.store.db import db
from app.store.rows.cases import FIRED, STOOD_DOWN, Case, Timer
from app.store.rows.history import Event

ENDS = ("case_opened", "case_closed")
AT_ONCE = 500  # ids in one statement
Path = tuple[str, ...]  # within ``says`` of a line


@dataclass(frozen=True)
class Wanted:
    """Which lines are read, beside that a case was opened and closed, and what of each.

    ``letters`` by name; finished tasks by their key, or by what they answered: {path in ``says``: value}.
    """

    letters: tuple[str, ...]
    done: tuple[str, ...]
    answered: Mapping[Path, str]
    opened: tuple[str, ...] = ()  # tasks, by key: whose they are stands in this line
    texts: tuple[Path, ...] = ()  # what of each line is read: short words
    lists: Mapping[str, Path] = field(default_factory=dict)  # what of a task is read: a list; {key of the task: path}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history, as far as it is read; see ``rows.history.Event``."""

    case_id: UUID
    at: datetime
    kind: str
    subject: str
    says: dict[str, Any]


@dataclass(frozen=True)
class Span:
    """The real cases of a process, from an instant to another that is no more part of it."""

    process_id: str
    since: datetime
    before: datetime


@dataclass(frozen=True)
class Missed:
    """A case that missed a milestone."""

    case_id: UUID
    milestone: str
    missed_at: datetime


@dataclass(frozen=True)
class Known:
    """What a list says of a case."""

    reference: str
    title: str
    release_key: str


def newest() -> tuple[int, str]:
    """Which line was written last, of any history: its number and hash; (0, "") where there is none."""
    row = db.session.execute(select(Event.id, Event.hash).order_by(Event.id.desc()).limit(1)).one_or_none()
    return (row[0], row[1]) if row else (0, "")


def lines(span: Span, wanted: Wanted) -> Iterator[Line]:
    """What was wanted of every case that can matter to a time, case by case, oldest first."""
    texts = [Event.says[path].as_string() for path in wanted.texts]
    lists = [case((Event.subject == key, Event.says[path])) for key, path in wanted.lists.items()]
    query = select(Event.case_id, Event.at, Event.kind, Event.subject, *texts, *lists)
    query = query.join(Case, Case.id == Event.case_id).where(_matters(span))
    query = query.where(or_(*_picked(wanted))).order_by(Event.case_id, Event.number)
    paths = (*wanted.texts, *wanted.lists.values())
    for case_id, at, kind, subject, *values in db.session.execute(query):
        yield Line(case_id, at, kind, subject, _laid_out(paths, values))


def _laid_out(paths: Iterable[Path], values: Iterable[Any]) -> dict[str, Any]:
    """What was read of a line, where it stood."""
    says: dict[str, Any] = {}
    for path, value in zip(paths, values, strict=True):
        if value is not None:
            inner = says
            for part in path[:-1]:
                inner = inner.setdefault(part, {})
            inner[path[-1]] = value
    return says


def _matters(span: Span) -> ColumnElement[bool]:
    stood = and_(Case.opened_at < span.before, or_(Case.closed_at.is_(None), Case.closed_at >= span.since))
    return and_(Case.process_id == span.process_id, Case.virtual_at.is_(None), stood)


def _picked(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield Event.kind.in_(ENDS)
    yield and_(Event.kind == "effect_asked", Event.says["letter"].as_string().in_(wanted.letters))
    yield and_(Event.kind == "task_opened", Event.subject.in_(wanted.opened))
    answers = (Event.says[path].as_string() == value for path, value in wanted.answered.items())
    yield and_(Event.kind == "task_completed", or_(Event.subject.in_(wanted.done), *answers))


def kept(span: Span, milestones: Collection[str], *, but: str) -> dict[str, int]:
    """{milestone: number} of the cases of which a limit ended in a time, and none of that milestone was missed."""
    ended = _ended(span, milestones, but, Timer.state.in_((FIRED, STOOD_DOWN))).subquery()
    query = select(ended.c.milestone, func.count()).where(ended.c.missed_at.is_(None)).group_by(ended.c.milestone)
    return {milestone: number for milestone, number in db.session.execute(query)}


def missed(span: Span, milestones: Collection[str], *, but: str) -> list[Missed]:
    """Each case of which a limit was missed in a time, once for each milestone, the first missed first."""
    fired = Timer.state == literal(FIRED, literal_execute=True)  # as the index has it
    found = db.session.execute(_ended(span, milestones, but, fired).order_by("missed_at", Timer.case_id))
    return [Missed(*row) for row in found]


def _ended(span: Span, milestones: Collection[str], but: str, state: ColumnElement[bool]) -> Select[UUID, str, Any]:
    """(case, milestone, when one was first missed) of limits that ended; keys that end with ``but`` are left out."""
    which = (Timer.milestone.in_(milestones), Timer.key.not_like(f"%{but}"), state)
    missed_at = func.min(case((Timer.state == FIRED, Timer.ended_at))).label("missed_at")
    query = select(Timer.case_id, Timer.milestone, missed_at).join(Case, Case.id == Timer.case_id).where(*which)
    query = query.where(Timer.ended_at >= span.since, Timer.ended_at < span.before)
    query = query.where(Case.process_id == span.process_id, Case.virtual_at.is_(None))
    return query.group_by(Timer.case_id, Timer.milestone)


def known(case_ids: Collection[UUID]) -> dict[UUID, Known]:
    """What lists say of these cases, by id."""
    every = list(case_ids)
    found: dict[UUID, Known] = {}
    for place in range(0, len(every), AT_ONCE):
        query = select(Case.id, Case.reference, Case.title, Case.release_key)
        rows = db.session.execute(query.where(Case.id.in_(every[place : place + AT_ONCE])))
        found |= {case_id: Known(*row) for case_id, *row in rows}
    return found


def finished(span: Span, key: str) -> int:
    """How often a task was finished in a time."""
    which = (Event.kind == "task_completed", Event.subject == key, Event.at >= span.since, Event.at < span.before)
    query = select(func.count()).select_from(Event).join(Case, Case.id == Event.case_id)
    return db.session.scalar(query.where(*which, Case.process_id == span.process_id, Case.virtual_at.is_(None))) or 0
