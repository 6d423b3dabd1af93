"""Writing something down beside a case without moving it: who has taken a task, a draft, who looked at what."""

from collections.abc import Sequence
from uuid import UUID

from app.cases import clocks
from app.cases.advancing import Also
from app.store import cases, history
from app.store.history import Happened
from app.store.rows.cases import Case
from app.store.transactions import transaction


def write_down(case_id: UUID, also: Also, happened: Sequence[Happened] = ()) -> Case:
    """Keep rows, and lines of history where something happened, in one transaction that holds the case.

    ``happened`` is read after ``also``, which may add to it what it did.
    Raises ``NotFound`` for an unknown case, and whatever ``also`` raises; nothing is kept then.
    """
    with transaction():
        case = cases.lock(case_id)
        also(case)
        if happened:
            history.record(case, clocks.dated(case, happened))
    return case
