"""The board as columns: one for each step or agency, the most pressing first, each with its most urgent cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from app.cases.access import APPLICANT
from app.clock import Clock
from app.status import board_lines
from app.status.board_choice import AGENCY, ASKER, IDLE, STAFF, WHO, Choice
from app.status.board_lines import IDLE_STEP, Line, Today
from app.store import board
from app.store.board import STEP, Counts, Held

IN_A_COLUMN = 3  # cases that a column shows; the others stand behind its link


@dataclass(frozen=True)
class Column:
    """One column. ``href`` leads to all of it as a list, ``href_late`` to what is late; ``lines`` are the first."""

    title: str
    href: str
    href_late: str
    number: int
    late: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Columns:
    """All of them, and the numbers of the cases that are asked for, each counted once."""

    counts: Counts
    columns: tuple[Column, ...]


def read(choice: Choice, steps: Mapping[str, str], *, clock: Clock) -> Columns:
    """The cases that somebody asks for, in columns. ``steps`` are the names of steps by their keys."""
    here = board_lines.today(clock)
    bounds, wanted = here.bounds, choice.wanted
    rows = board.columns(choice.columns, APPLICANT, wanted, choice.state, bounds, IN_A_COLUMN)
    cases = board.named({row.case_id for row in rows})
    work = board_lines.work(list(cases), wanted.held)
    found = []
    for value, several in groupby(rows, key=lambda row: row.value):
        shown = list(several)
        title, own = _column(choice, value, steps, here)
        mine = {row.case_id: _of(value, choice, work.tasks[row.case_id]) for row in shown}
        lines = (board_lines.line(cases[key], tasks, work.names, here) for key, tasks in mine.items())
        found.append(_made(title, own, shown[0].number, shown[0].late, tuple(lines)))
    found.sort(key=lambda one: (-one.late, -one.number, one.title))
    counts, idle = (board.count(replace(wanted, is_idle=only), bounds) for only in (wanted.is_idle, True))
    number = idle.of(choice.state) if wanted.held == Held() else 0
    if number:
        found.append(_made(IDLE_STEP, replace(choice, holder=IDLE, columns=""), number, 0, ()))
    return Columns(counts, tuple(found))


def _made(title: str, own: Choice, number: int, late: int, lines: tuple[Line, ...]) -> Column:
    return Column(title, own.address(), own.address(state=board.LATE), number, late, lines)


def _column(choice: Choice, value: str, steps: Mapping[str, str], here: Today) -> tuple[str, Choice]:
    """The title of a column, and the choice that shows it as a list."""
    if choice.columns == STEP:
        return steps.get(value, value), replace(choice, step=value, columns="")
    if value in here.agencies:
        return here.agencies[value], replace(choice, holder=f"{AGENCY}{value}", columns="")
    whose = ASKER if value == APPLICANT else STAFF if value == "" else f"{AGENCY}{value}"
    return WHO[whose][0] if whose in WHO else value, replace(choice, holder=whose, columns="")


def _of(value: str, choice: Choice, tasks: Sequence[Any]) -> list[Any]:
    """Those tasks of a case that stand in a column."""
    if choice.columns == STEP:
        return [task for task in tasks if task.key == value]
    return [task for task in tasks if (task.agency_key or (APPLICANT if task.role == APPLICANT else "")) == value]
