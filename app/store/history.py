"""Events, effects and messages: added, found, and moved from state to state."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from app import errors
from app.store.db import db
from app.store.rows.cases import BEGINNING, Case
from app.store.rows.history import FAILED, WAITING, Effect, Event, Message, Reading

SYSTEM = "the system"
EXACT = 2**53  # whole numbers below it are floats without loss


@dataclass(frozen=True)
class Happened:
    """Something that happened in a case, about to be written down."""

    kind: str  # past tense: case_opened, task_completed, timer_fired ...
    subject: str  # an element's id, or what it was about
    at: datetime
    by: str = SYSTEM
    person_id: int | None = None
    says: Mapping[str, Any] = field(default_factory=dict)


def record(case: Case, happened: Iterable[Happened]) -> None:
    """Add lines to the history of a case that is held, each chained to the one before by its hash."""
    rows = []
    for line in happened:
        case.told += 1
        case.head = chained(case.head, case.id, case.told, line)
        rows.append({**_columns(line), "case_id": case.id, "number": case.told, "hash": case.head})
    if rows:
        db.session.execute(insert(Event.__table__), rows)


def _columns(line: Happened) -> dict[str, Any]:
    return {
        "at": line.at,
        "by": line.by,
        "person_id": line.person_id,
        "kind": line.kind,
        "subject": line.subject,
        "says": dict(line.says),
    }


def chained(before: str, case_id: UUID, number: int, line: Happened) -> str:
    """The hash of a line: of the one before, and of everything it says."""
    who = [line.by, line.person_id]
    told = [before, case_id.hex, number, line.at.isoformat(), *who, line.kind, line.subject, _plain(line.says)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _plain(said: Any) -> Any:
    """What was said, with numbers as every database gives them back: PostgreSQL makes 1e16 a whole number."""
    if isinstance(said, Mapping):
        return {key: _plain(value) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return [_plain(value) for value in said]
    if isinstance(said, float | int) and not isinstance(said, bool):
        return int(said) if abs(said) < EXACT and said == int(said) else float(said)
    return said


def of_case(case_id: UUID) -> list[Event]:
    """The case's history, oldest first."""
    return list(db.session.scalars(select(Event).where(Event.case_id == case_id).order_by(Event.number)))


def finished(case_ids: Collection[UUID], keys: Collection[str]) -> list[Event]:
    """The lines of some cases that say who finished one of these tasks, oldest first."""
    which = (Event.case_id.in_(case_ids), Event.kind == "task_completed", Event.subject.in_(keys))
    return list(db.session.scalars(select(Event).where(*which).order_by(Event.case_id, Event.number)))


def about(subjects: Iterable[str], before: datetime) -> list[tuple[Event, Case]]:
    """The lines about these subjects that were written before an instant, with their cases, each case's in order.

    None of training cases.
    """
    query = select(Event, Case).join(Case, Case.id == Event.case_id)
    query = query.where(Event.subject.in_(list(subjects)), Event.at < before, Case.virtual_at.is_(None))
    return [(event, case) for event, case in db.session.execute(query.order_by(Event.case_id, Event.number))]


def is_whole(case: Case) -> bool:
    """Whether no line of the history was changed, moved or taken out, the newest included."""
    before = BEGINNING
    lines = of_case(case.id)
    for number, event in enumerate(lines, 1):
        line = Happened(event.kind, event.subject, event.at, event.by, event.person_id, event.says)
        before = chained(before, case.id, number, line)
        if event.number != number or event.hash != before:
            return False
    return (case.told, case.head) == (len(lines), before)


def waiting_effects(now: datetime, limit: int, kind: str = "letter") -> list[Effect]:
    """Effects of a kind to carry out now, held until the transaction ends."""
    query = select(Effect).where(Effect.state == WAITING, Effect.next_try_at <= now, Effect.kind == kind)
    query = query.order_by(Effect.next_try_at)
    return list(db.session.scalars(query.limit(limit).with_for_update(skip_locked=True)))


def try_again(case_id: UUID, at: datetime) -> None:
    """Put the effects of a case that were given up back among those to carry out."""
    given_up = (Effect.case_id == case_id, Effect.state == FAILED)
    db.session.execute(update(Effect).where(*given_up).values(state=WAITING, attempts=0, next_try_at=at))


def effect(effect_id: UUID) -> Effect | None:
    """An effect; None where its training case was deleted meanwhile."""
    return db.session.get(Effect, effect_id, populate_existing=True)


def effects(case_id: UUID, key: str) -> list[Effect]:
    """What was asked for in a case under one key, done or not."""
    return list(db.session.scalars(select(Effect).where(Effect.case_id == case_id, Effect.key == key)))


def waiting_messages(now: datetime, limit: int) -> list[Message]:
    """Messages to send now, held until the transaction ends."""
    query = select(Message).where(Message.state == WAITING, Message.next_try_at <= now).order_by(Message.next_try_at)
    return list(db.session.scalars(query.limit(limit).with_for_update(skip_locked=True)))


def unreported_messages(limit: int) -> list[Message]:
    """Messages that failed for good, of which their case has not been told."""
    query = select(Message).where(Message.state == FAILED, Message.is_reported.is_(False)).limit(limit)
    return list(db.session.scalars(query))


def messages(case_id: UUID, recipient: str | None = None) -> list[Message]:
    """The letters of a case, the newest first; only those to ``recipient`` where one is named."""
    query = select(Message).where(Message.case_id == case_id).order_by(Message.made_at.desc(), Message.id)
    return list(db.session.scalars(query.where(Message.recipient == recipient) if recipient else query))


def message(message_id: UUID) -> Message:
    """A message, or ``NotFound``."""
    found = db.session.get(Message, message_id)
    if found is None:
        raise errors.NotFound("We could not find that letter.")
    return found


def add(*rows: Effect | Message | Reading) -> None:
    """Keep new rows."""
    db.session.add_all(rows)


def add_readings(rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep who has read several cases, in one statement; each row has the columns of ``Reading``."""
    if rows:
        db.session.execute(insert(Reading.__table__), rows)


def count_of(case_id: UUID, kind: str) -> int:
    """How many events of a kind a case has."""
    query = select(func.count()).select_from(Event).where(Event.case_id == case_id, Event.kind == kind)
    return db.session.scalar(query) or 0


def has(case_id: UUID, subjects: Collection[str]) -> bool:
    """Whether a case's history has a line about one of these elements."""
    query = select(Event.id).where(Event.case_id == case_id, Event.subject.in_(subjects)).limit(1)
    return db.session.scalar(query) is not None
