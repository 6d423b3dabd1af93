"""One open case for one subject: whom or what it is about stands in the case as a key, in words of nobody."""

import hashlib
from dataclasses import replace

from app import errors
from app.cases import advancing
from app.cases.advancing import Opening
from app.clock import Clock
from app.store import cases
from app.store.rows.cases import CLOSED, Case


def key_of(*parts: str) -> str:
    """A key that tells nothing about what it stands for."""
    return hashlib.sha256("\n".join(" ".join(part.split()).casefold() for part in parts).encode()).hexdigest()


def open_of(process_id: str, key: str) -> Case | None:
    """The open case of a process that is about this key."""
    return next((case for case in cases.with_key(process_id, key) if case.status != CLOSED), None)


def open_once(opening: Opening, key: str, *, ever: bool = False, clock: Clock) -> Case:
    """Open a case that is about ``key``. Raises ``CaseMovedOn`` where one is open; with ``ever``, where one was.

    Cases are opened one after the other, so that of two workers one is too late.
    """
    keep = opening.also

    def also(case: Case) -> None:
        known = [one for one in cases.with_key(case.process_id, key) if ever or one.status != CLOSED]
        if known:
            raise errors.CaseMovedOn(f"{known[0].reference} is about the same.")
        case.correlation_key = key
        keep(case)

    return advancing.open_case(replace(opening, also=also), clock=clock)
