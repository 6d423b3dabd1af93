"""Up to which event the history of all cases is whole, so that whoever follows it by the ids of events misses none.

PostgreSQL gives out ids before transactions commit: event 100 may be there while 99 is still being written. So a mark
is kept: the newest event that was seen, and the first transaction that had not begun then. Once every earlier
transaction is over, whatever will ever stand at or below that event stands there: it is settled, and the next mark is
set. A transaction that writes events has its number before it gets their ids, because it locks its case first.
SQLite has one writer at a time: there, what can be seen is whole.
"""

from dataclasses import dataclass

from sqlalchemy import func, select, text

from app.store.db import db
from app.store.rows.history import Event
from app.store.rows.out import FeedMark

THE_ONE = 1  # id of the mark
_SEEN = text(
    "select coalesce(max(id), 0), cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint), "
    "cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint) from event"
)


@dataclass(frozen=True)
class Seen:
    """What one look at the events found. Transactions are counted by their numbers."""

    last_id: int  # of the newest event
    oldest: int  # the oldest transaction that is not over
    next: int  # the first that has not begun

    @property
    def is_quiet(self) -> bool:
        """Whether no transaction that writes was under way."""
        return self.oldest == self.next


def look() -> Seen:
    """One look, outside any transaction that writes: its own number would stand in the way."""
    if db.engine.dialect.name == "postgresql":
        return Seen(*db.session.execute(_SEEN).one())
    return Seen(db.session.scalar(select(func.max(Event.id))) or 0, 0, 0)


def settled() -> int:
    """The id of the last event that is settled, as it was kept last."""
    return db.session.scalar(select(FeedMark.settled_id).where(FeedMark.id == THE_ONE)) or 0


def readable() -> int:
    """Up to which event somebody may read now who wants to miss none."""
    return settled() if db.engine.dialect.name == "postgresql" else look().last_id


def settle(seen: Seen) -> int:
    """Move the mark by what a look found, in a transaction; gives the last event that is settled."""
    mark = db.session.scalar(
        select(FeedMark).where(FeedMark.id == THE_ONE).with_for_update().execution_options(populate_existing=True)
    )
    if mark is None:
        mark = FeedMark(id=THE_ONE, settled_id=0, last_id=0, horizon=0)
        db.session.add(mark)
    mark.settled_id, mark.last_id, mark.horizon = moved(mark.settled_id, mark.last_id, mark.horizon, seen)
    return mark.settled_id


def moved(settled_id: int, last_id: int, horizon: int, seen: Seen) -> tuple[int, int, int]:
    """The mark (last settled event, event it waits for, transaction it waits for) after a look.

    Where the mark waits for a transaction that this database has not had yet, it comes from another: a backup.
    """
    if seen.is_quiet:
        return max(settled_id, seen.last_id), seen.last_id, seen.next
    if seen.oldest < horizon <= seen.next:
        return settled_id, last_id, horizon  # somebody who wrote then is not done yet
    is_over = horizon <= seen.oldest
    return max(settled_id, last_id) if is_over else settled_id, seen.last_id, seen.next
