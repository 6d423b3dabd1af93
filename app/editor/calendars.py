"""The days on which nothing is counted: listing them with where each comes from, and proposing others.

A proposal is the edition in force with what differs from it. It changes nothing until it is put in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app import errors
from app.cases import calendars
from app.clock import Clock
from app.editor import moving_cases
from app.editor.moving_cases import Course, Outcome, Preview, Why
from app.law import calendars as law
from app.law import wording
from app.law.calendar import day_of
from app.law.calendars import ANY_UK_NATION, NAMES, PACKAGE, Calendars, Change
from app.store import calendars as editions
from app.store.rows.calendars import CalendarEdition

PLAIN = "package"  # what the edition without changes is called, whose key is empty
LONGEST = 200  # characters of the name of a day
SATURDAY = 5  # as ``date.weekday`` counts
CHANGED = tuple(key for key in NAMES if key != ANY_UK_NATION)  # the calendars that a day can be added to


@dataclass(frozen=True)
class Listed:
    """A day on which nothing is counted, or that is open although the package has it; and who says so."""

    day: date
    name: str
    calendars: tuple[str, ...]  # keys of the calendars it counts in
    source: str  # the package with its version, or who added it when
    is_open: bool = False


@dataclass(frozen=True)
class Proposal:
    """What came of an import or an addition. ``key`` is "" where nothing was new."""

    key: str
    new: tuple[Change, ...]
    known: tuple[Change, ...]  # no change: the package or the edition in force has them already


@dataclass(frozen=True)
class Edition:
    """An edition beside the one in force: what it adds to it and what it takes away."""

    key: str
    row: CalendarEdition
    is_in_force: bool
    adds: tuple[Change, ...]
    takes_away: tuple[Change, ...]


def days(first: date, last: date, calendar: str = "") -> list[Listed]:
    """The days from ``first`` to ``last`` in the edition in force, of one calendar or of all. Weekends are not named.

    Raises ``NotUnderstood`` for a calendar there is not.
    """
    in_force = calendars.in_force()
    origins = _origins(in_force)
    keys = [calendar] if calendar else CHANGED
    named = {key: in_force.named(key) for key in keys}
    found: dict[tuple[date, str], list[str]] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for key, one in named.items():
            if name := one.holiday(day):
                found.setdefault((day, name), []).append(key)
    closed = [Listed(day, name, tuple(where), _source(day, name, origins)) for (day, name), where in found.items()]
    opened = [
        Listed(change.day, change.name, (change.calendar,), origins[change], is_open=True)
        for change in in_force.changes
        if change.is_open and first <= change.day <= last and calendar in ("", change.calendar)
    ]
    return sorted(closed + opened, key=lambda one: (one.day, one.name))


def propose(changes: Iterable[Change], *, by: str, note: str, clock: Clock) -> Proposal:
    """Keep an edition with these days beside those in force; nothing where all of them are known already."""
    in_force = calendars.in_force()
    known: list[Change] = []
    new: list[Change] = []
    for change in changes:
        is_closed = in_force.named(change.calendar).holiday(change.day) is not None
        (known if is_closed != change.is_open else new).append(change)
    key = _keep((*in_force.changes, *new), by, note, clock) if new else ""
    return Proposal(key, tuple(new), tuple(known))


def left_out(changes: Iterable[Change]) -> list[Change]:
    """Weekdays in force that a full list of bank holidays leaves out between its first and its last day.

    A bank holiday that was moved to another day is one: the list only says where it is now.
    """
    in_force = calendars.in_force()
    listed: dict[str, set[date]] = {}
    for change in changes:
        listed.setdefault(change.calendar, set()).add(change.day)
    found = []
    for calendar, own in listed.items():
        for number in range((max(own) - min(own)).days):
            day = min(own) + timedelta(days=number)
            name = in_force.named(calendar).holiday(day)
            if name and day not in own and day.weekday() < SATURDAY:
                found.append(Change(day, name, calendar))
    return found


def add(day: date, name: str, calendar: str, *, by: str, note: str, clock: Clock) -> Proposal:
    """Propose that nothing is counted on a day. Raises ``Refused`` without a name for it."""
    name = name.strip()
    if not name or len(name) > LONGEST:
        wrong = "Enter what the day is called, such as Offices closed" if not name else f"Use {LONGEST} characters"
        raise errors.Refused({"name": wrong})
    return propose([Change(day, name, calendar)], by=by, note=note or name, clock=clock)


def remove(day: date, calendar: str, *, by: str, note: str, clock: Clock) -> Proposal:
    """Propose that a day counts again. Raises ``Refused`` for one that counts already, or is closed elsewhere."""
    in_force = calendars.in_force()
    name = in_force.named(calendar).holiday(day)
    if name is None:
        raise errors.Refused({"day": f"{wording.day(day, year=True)} is not closed in {NAMES[calendar]}"})
    kept = [change for change in in_force.changes if (change.calendar, change.day) != (calendar, day)]
    without = law.edition(kept)
    opened = Change(day, name, calendar, is_open=True)
    if without.named(calendar).holiday(day) is not None:
        kept.append(opened)
        without = law.edition(kept)
    if without.named(calendar).holiday(day) is not None:
        raise errors.Refused({"day": f"‘{name}’ was added to another calendar: remove it there"})
    return Proposal(_keep(kept, by, note or f"{name} counts again", clock), (opened,), ())


def edition(key: str) -> Edition:
    """An edition by the name it has on pages and in commands. Raises ``NotFound`` for an unknown one."""
    if not key.isalnum():
        raise errors.NotFound
    return _edition(editions.edition("" if key == PLAIN else key), calendars.in_force(), editions.in_force())


def known_editions() -> list[Edition]:
    """Every edition, the newest first."""
    in_force, row = calendars.in_force(), editions.in_force()
    return [_edition(one, in_force, row) for one in editions.editions()]


def preview(key: str, *, clock: Clock) -> Preview:
    """What putting an edition in force would do to open cases. Raises ``NotFound`` for an unknown one."""
    return moving_cases.preview(Course(calendar_key=edition(key).row.key), clock=clock)


def apply(key: str, why: Why, *, clock: Clock) -> Outcome:
    """Put an edition in force for new cases, and move every open case to it.

    Raises ``NotFound`` for an unknown edition and ``Refused`` without a reason.
    """
    moving_cases.check_reason(why.reason)
    real = edition(key).row.key
    calendars.put_in_force(real, clock=clock)
    return moving_cases.apply(Course(calendar_key=real), why, clock=clock)


def said(change: Change) -> str:
    """A change in words: ``Friday 24 December 2027, Offices closed (this partnership)``."""
    name = f"{change.name} counts as a working day" if change.is_open else change.name
    return f"{wording.day(change.day, year=True)}, {name} ({NAMES[change.calendar]})"


def _keep(changes: Iterable[Change], by: str, note: str, clock: Clock) -> str:
    return calendars.propose(law.edition(changes), by=by, note=note, clock=clock) or PLAIN


def _edition(row: CalendarEdition, in_force: Calendars, now: CalendarEdition | None) -> Edition:
    own, standing = set(law.read(row.changes).changes), set(in_force.changes)
    adds, gone = tuple(sorted(own - standing)), tuple(sorted(standing - own))
    return Edition(row.key or PLAIN, row, now is not None and now.key == row.key, adds, gone)


def _origins(in_force: Calendars) -> dict[Change, str]:
    """For each change in force, the first edition that had it: who made that, and when."""
    found: dict[Change, str] = {}
    for row in reversed(editions.editions()):
        when = wording.day(day_of(row.made_at), year=True)
        for change in law.read(row.changes).changes:
            note = f": {row.note}" if row.note not in ("", change.name) else ""
            found.setdefault(change, f"added by {row.made_by} on {when}{note}")
    return {change: found[change] for change in in_force.changes}


def _source(day: date, name: str, origins: dict[Change, str]) -> str:
    added = (
        says for change, says in origins.items() if (change.day, change.name, change.is_open) == (day, name, False)
    )
    return next(added, f"the package {PACKAGE}")
