"""How much waits, is late, has failed or is stopped: each in one statement, however many rows there are.

Training cases never count.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, literal, select

from app.store.db import db
from app.store.rows.cases import OPEN, WAITING, Case, Timer
from app.store.rows.history import FAILED, Effect, Message

LETTER = "letter"  # the kind of an effect
IS_REAL = Case.virtual_at.is_(None)


@dataclass(frozen=True)
class Timers:
    """The timers that wait."""

    waiting: int
    overdue: int  # due, in a case that can move
    oldest_due_at: datetime | None  # of those that are overdue
    held_back: int  # due, in a case that is stopped: they wait for a person
    next_due_at: datetime | None  # of those that are still to come, in a case that can move


@dataclass(frozen=True)
class Counts:
    """Letters and cases."""

    letters_waiting: int  # to be written or sent
    letters_failed: int  # for good, ever
    letters_failed_lately: int  # since the instant that was asked for
    cases_open: int
    cases_stopped: int


def timers(now: datetime) -> Timers:
    """The timers that wait, as they stand at ``now``."""
    is_due, can_move = Timer.due_at <= now, and_(Case.status == OPEN, Case.is_stopped.is_(False))
    overdue = and_(is_due, can_move)
    query = (
        select(
            func.count(),
            func.count(case((overdue, 1))),
            func.min(case((overdue, Timer.due_at))),
            func.count(case((and_(is_due, Case.is_stopped), 1))),
            func.min(case((and_(Timer.due_at > now, can_move), Timer.due_at))),
        )
        .join_from(Timer, Case, Case.id == Timer.case_id)
        .where(Timer.state == literal(WAITING, literal_execute=True), IS_REAL)
    )
    return Timers(*db.session.execute(query).one())


def counts(lately: datetime) -> Counts:
    """Letters and cases; letters that failed also from ``lately`` on."""
    waiting, failed = (literal(state, literal_execute=True) for state in (WAITING, FAILED))
    written_for = select(func.count()).join_from(Effect, Case, Case.id == Effect.case_id).where(IS_REAL)
    unwritten = written_for.where(Effect.state == waiting, Effect.kind == LETTER)
    unsent = select(func.count()).select_from(Message).where(Message.state == waiting)
    lost = select(func.count()).select_from(Message).where(Message.state == failed)
    opened = select(func.count()).select_from(Case).where(Case.status == OPEN, IS_REAL)
    query = select(
        unwritten.scalar_subquery() + unsent.scalar_subquery(),
        lost.scalar_subquery(),
        lost.where(Message.ended_at > lately).scalar_subquery(),
        opened.scalar_subquery(),
        opened.where(Case.is_stopped).scalar_subquery(),
    )
    return Counts(*db.session.execute(query).one())
