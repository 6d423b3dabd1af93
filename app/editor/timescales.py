"""Agreed times that were published anew: what differs, who follows what, and moving open cases.

A case keeps the times that were agreed when it was opened, until somebody moves it with a reason.
"""

from dataclasses import dataclass

from app import errors
from app.cases import procedures
from app.clock import Clock
from app.drawing.decisions import DecisionTable
from app.editor import moving_cases, table_words
from app.editor.moving_cases import Course, Outcome, Preview, Why
from app.store import cases, releases
from app.store.rows.releases import Release


@dataclass(frozen=True)
class Earlier:
    """Agreed times that open cases still follow, and what the later ones say otherwise."""

    release: Release  # whose times they are
    number: int  # of open cases
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Agreed:
    """The agreed times of a release, and those that open cases follow beside them."""

    release: Release
    number: int  # open cases that follow them already
    earlier: tuple[Earlier, ...]


def agreed(release_key: str = "") -> Agreed:
    """Which open cases follow the agreed times of a release, the live one unless named, and which follow others.

    Raises ``NotFound`` for an unknown release or one without a table of agreed times.
    """
    release = releases.release(release_key) if release_key else releases.live()
    wanted = _table(release.key)
    number = 0
    others: list[tuple[str, DecisionTable, int]] = []
    for own, moved_to, count in cases.followed():
        table = procedures.timescales(moved_to or own)
        if table is None or table == wanted:
            number += count
        else:
            _count(others, moved_to or own, table, count)
    earlier = (Earlier(releases.release(key), n, tuple(table_words.differences(t, wanted))) for key, t, n in others)
    return Agreed(release, number, tuple(sorted(earlier, key=lambda one: one.release.published_at)))


def preview(release_key: str = "", *, clock: Clock) -> Preview:
    """What moving every open case to the agreed times of a release would do. Raises as ``agreed`` does."""
    return moving_cases.preview(Course(timescales_key=agreed(release_key).release.key), clock=clock)


def move(why: Why, release_key: str = "", *, clock: Clock) -> Outcome:
    """Move every open case to the agreed times of a release. Raises as ``agreed``, and ``Refused`` without a reason."""
    return moving_cases.apply(Course(timescales_key=agreed(release_key).release.key), why, clock=clock)


def _table(release_key: str) -> DecisionTable:
    found = procedures.timescales(release_key)
    if found is None:
        raise errors.NotFound("This release has no table of agreed times.")
    return found


def _count(others: list[tuple[str, DecisionTable, int]], key: str, table: DecisionTable, count: int) -> None:
    """Add to the cases that follow the same table; releases that differ in something else share one."""
    for place, (known, same, number) in enumerate(others):
        if same == table:
            others[place] = known, same, number + count
            return
    others.append((key, table, count))
