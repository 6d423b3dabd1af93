"""Bringing the numbers up to what the histories say, by the worker, seconds after it happened.

What was counted is worked out beside the work of people: no case is held while it is read. It is kept in one
transaction with the number of lines that are counted then, so that nothing counts twice or is left out, whoever is
killed when, and however many workers there are.
"""

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from app.cases import procedures
from app.status.stints import Book, Key, Sum
from app.store import sessions, tallying
from app.store.rows.cases import Case, Timer
from app.store.rows.history import Event
from app.store.transactions import transaction

BATCH = 50  # cases in one transaction
Counted = tuple[Book, int, int]  # the numbers of a case, and from which line to which they were counted


def sweep() -> int:
    """Count what is new in up to ``BATCH`` cases. Gives how many were counted."""
    found = tallying.untallied(BATCH)
    if not found:
        return 0
    counted = list(_counted(found))
    sessions.end()  # what was read is worked on without a transaction that others would wait for
    with transaction():
        _keep([one for one in counted if tallying.claim(one[0].case.id, one[1], one[2])])
    return len(counted)


def all_of_it() -> int:
    """Count everything that is new, however much it is. Gives how many times a case was counted."""
    total = 0
    while done := sweep():
        total += done
    return total


def anew() -> int:
    """Forget the numbers and make them anew. What was known only of deleted cases is lost: say so to who asks."""
    with transaction():
        tallying.forget()
    return all_of_it()


def _counted(found: list[Case]) -> Iterable[Counted]:
    ids = [case.id for case in found]
    lines = {key: list(several) for key, several in groupby(tallying.new_lines(ids), lambda line: line.case_id)}
    books = {case.id: Book(case, procedures.of(case)) for case in found}
    for stint in tallying.open_stints(ids):
        books[stint.case_id].stints[stint.id] = stint
    known = tallying.counted_limits(ids)
    timers = tallying.timers(ids)
    for case in found:
        yield _write(books[case.id], lines.get(case.id, []), [t for t in timers if t.case_id == case.id], known)


def _write(book: Book, lines: list[Event], timers: list[Timer], known: frozenset[UUID]) -> Counted:
    before = book.case.tallied
    book.write(lines)
    book.write_limits(timers, known)
    return book, before, lines[-1].number if lines else before


def _keep(counted: list[Counted]) -> None:
    sums: dict[Key, Sum] = {}
    for book, _, _ in counted:
        for key, one in book.sums.items():
            sums.setdefault(key, Sum()).add(one)
    tallying.keep([stint for book, _, _ in counted for stint in (*book.stints.values(), *book.limits)])
    tallying.add([vars(key) | vars(total) for key, total in sums.items()])
