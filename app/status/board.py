"""The board: every open case with its step, who has it, working time left, risk and the last word to the victim.

It is read from the rows of open cases and tasks as they are now, in the same number of statements whatever the number
of cases. What is stopped comes first, then what is late, then what will be soon. Training cases never stand on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.clock import Clock
from app.law import wording
from app.status import board_lines
from app.status.board_choice import AGENCY, Choice
from app.status.board_lines import Line, Today
from app.store import board
from app.store.board import Counts

A_PAGE = 25


@dataclass(frozen=True)
class Coming:
    """The limits that end in one week; ``begins`` and ``ends`` are its days, ISO 8601, "" for no end."""

    label: str
    short: str  # where there is little room
    begins: str
    ends: str
    number: int


@dataclass(frozen=True)
class Waited:
    """An agency that is waited for, with how many cases and in how many of them it is late."""

    name: str
    number: int
    late: int
    choice: Choice  # what shows its cases


@dataclass(frozen=True)
class Board:
    """The board as somebody sees it. ``total`` is the number of cases of the state that is chosen."""

    counts: Counts
    total: int
    page: int
    lines: tuple[Line, ...]
    coming: tuple[Coming, ...]
    waited: tuple[Waited, ...]

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-self.total // A_PAGE))


def read(choice: Choice, page: int, *, clock: Clock) -> Board:
    """The cases that somebody asks for, page by page, and the numbers around them."""
    here = board_lines.today(clock)
    bounds = here.bounds
    counts = board.count(choice.wanted, bounds)
    total = counts.of(choice.state)
    page = min(max(page, 1), max(1, -(-total // A_PAGE)))
    rows = board.listed(choice.wanted, choice.state, bounds, (page - 1) * A_PAGE, A_PAGE)
    work = board_lines.work([row.id for row in rows], choice.held)
    waited = [
        Waited(here.agencies.get(key, key), number, late, Choice(holder=f"{AGENCY}{key}"))
        for key, number, late in board.by_agency(here.now)
    ]
    return Board(
        counts,
        total,
        page,
        tuple(board_lines.line(row, work.tasks[row.id], work.names, here) for row in rows),
        _coming(here, counts.weeks),
        tuple(sorted(waited, key=lambda one: (-one.late, -one.number, one.name))),
    )


def headline(counts: Counts) -> str:
    """How it stands, in a sentence: ``2 cases are late and 3 are close to their limit``."""
    late, close = counts.late, counts.close
    near = f"{close or 'none'} {'is close to its' if close <= 1 else 'are close to their'} limit"
    if late:
        return f"{late} {'case is' if late == 1 else 'cases are'} late and {near}"
    return f"No case is late, and {near}" if close else "No case is late or close to its limit"


def _coming(here: Today, numbers: Sequence[int]) -> tuple[Coming, ...]:
    found: list[Coming] = []
    for (begins, ends), number in zip(here.weeks, numbers, strict=True):
        label = "Later" if ends is None else "This week" if not found else f"Week of {wording.short(begins)}"
        short = f"{begins.day}{wording.NBSP}{wording.MONTHS[begins.month - 1][:3]}" if found and ends else label
        found.append(Coming(label, short, begins.isoformat(), ends.isoformat() if ends else "", number))
    return tuple(found)
