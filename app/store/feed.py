"""Up to which event the history of all cases is whole, so that whoever follows it by the ids of events misses none.

PostgreSQL gives out ids before transactions commit: event 100 may be there while 99 is still being written. So a mark
is kept: the newest event that was seen, and then which transactions were writing events. Each holds a lock on the table
from before it gets an id until its end. Once none of them is left, whatever will ever stand at or below that event
stands there: it is settled, and the next mark is set. SQLite has one writer at a time: what can be seen there is whole.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select, text

from app.store.db import db
from app.store.rows.history import Event
from app.store.rows.out import FeedMark

THE_ONE = 1  # id of the mark
_WRITERS = text(
    "select distinct virtualtransaction from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock' "
    "and relation = cast('event' as regclass) "
    "and database = (select oid from pg_database where datname = current_database())"
)


@dataclass(frozen=True)
class Seen:
    """What one look at the events found."""

    last_id: int  # of the newest event
    writers: frozenset[str] = frozenset()  # the transactions that were writing events a moment later


@dataclass(frozen=True)
class Mark:
    """What is settled, and what the event after it waits for."""

    settled_id: int = 0
    last_id: int = 0
    writers: frozenset[str] = frozenset()


def newest() -> int:
    """The id of the newest event that can be seen."""
    return db.session.scalar(select(func.max(Event.id))) or 0


def look() -> Seen:
    """One look: first the events, then who writes. Who ends in between has written what can be seen from then on."""
    last_id = newest()
    if db.engine.dialect.name != "postgresql":
        return Seen(last_id)
    return Seen(last_id, frozenset(db.session.scalars(_WRITERS)))


def settled() -> int:
    """The id of the last event that is settled, as it was kept last."""
    return db.session.scalar(select(FeedMark.settled_id).where(FeedMark.id == THE_ONE)) or 0


def readable() -> int:
    """Up to which event somebody may read now who wants to miss none."""
    return settled() if db.engine.dialect.name == "postgresql" else newest()


def settle(seen: Seen) -> int:
    """Move the mark by what a look found, in a transaction; gives the last event that is settled."""
    row = db.session.scalar(
        select(FeedMark).where(FeedMark.id == THE_ONE).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        row = FeedMark(id=THE_ONE, settled_id=0, last_id=0, writers=[])
        db.session.add(row)
    mark = moved(Mark(row.settled_id, row.last_id, frozenset(row.writers)), seen)
    row.settled_id, row.last_id, row.writers = mark.settled_id, mark.last_id, sorted(mark.writers)
    return mark.settled_id


def moved(mark: Mark, seen: Seen) -> Mark:
    """The mark after a look."""
    if not seen.writers:
        return Mark(max(mark.settled_id, seen.last_id), seen.last_id)
    if _any_left(mark.writers, seen.writers):
        return mark
    return Mark(max(mark.settled_id, mark.last_id), seen.last_id, seen.writers)


def _any_left(before: Collection[str], now: frozenset[str]) -> bool:
    return any(one in now for one in before)
