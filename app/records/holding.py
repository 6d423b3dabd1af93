"""Keeping a case from being deleted while somebody needs it: an ombudsman, a court, the police, a complaint."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app import errors
from app.cases import noting
from app.cases.access import ADMINISTRATOR, Who
from app.clock import Clock
from app.law import calendar
from app.store.history import Happened
from app.store.rows.cases import Case

ROLES = ("Coordinator", ADMINISTRATOR)
WHO_NEEDS_IT: Mapping[str, str] = {
    "ombudsman": "An ombudsman",
    "court": "A court",
    "police": "The police",
    "complaint": "A complaint",
    "other": "Somebody else",
}
LONGEST = 1000  # characters


def keep(case_id: UUID, who_needs_it: str, reason: str, until: date | None, who: Who, *, clock: Clock) -> None:
    """Keep a case until a day, or until somebody ends it where no day is known.

    Raises ``Refused`` for a reason that says nothing or a day that has passed.
    """
    problems = {}
    if who_needs_it not in WHO_NEEDS_IT:
        problems["why"] = "Select who needs it"
    if not 0 < len(reason) <= LONGEST:
        problems["reason"] = f"Enter what it is about, in {LONGEST} characters at most"
    if until is not None and until < calendar.day_of(clock()):
        problems["day"] = "Enter a day that is still to come, or none"
    if problems:
        raise errors.Refused(problems)
    because = f"{WHO_NEEDS_IT[who_needs_it]}: {reason}"
    _set(case_id, because, until, Happened("records_kept", "records", clock(), who.name, who.id, {"reason": because}))


def end(case_id: UUID, who: Who, *, clock: Clock) -> None:
    """Let a case be deleted again once its time is over."""
    _set(case_id, "", None, Happened("records_not_kept", "records", clock(), who.name, who.id))


def _set(case_id: UUID, because: str, until: date | None, event: Happened) -> None:
    def also(case: Case) -> None:
        case.kept_because, case.kept_until = because, until

    noting.write_down(case_id, also, [event])
