"""The time limits of a case, those that are over too: what was promised, by when, and whether it was kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.law import calendar, wording
from app.status.case_file import CaseFile
from app.store.rows.cases import FIRED, MOVED, WAITING, Timer


@dataclass(frozen=True)
class Limit:
    """One limit in words. ``tag`` is the state's look: done, late, soon, or "" for plain words."""

    name: str
    promise: str
    by: str
    state: str
    tag: str
    timer: Timer  # the one that runs, else the last one that did


def rows(file: CaseFile) -> list[Limit]:
    """Every limit that hangs on a step, by its day. Earlier timers on the same step are its reminders, and left out."""
    steps: dict[tuple[object, ...], list[Timer]] = {}
    for timer in file.timers:
        if timer.task_key and timer.state != MOVED:
            steps.setdefault((timer.process, timer.task_key, timer.start_at), []).append(timer)
    found = [_limit(file, timers) for timers in steps.values()]
    return [limit for limit in found if limit is not None]


def _limit(file: CaseFile, timers: Sequence[Timer]) -> Limit | None:
    last = max(timer.due_at for timer in timers)
    counted = [timer for timer in timers if timer.due_at == last]  # one for each agency, where there are several
    promised = counted[0]
    by = wording.day(promised.due_on) if promised.due_on else wording.moment(promised.due_at)
    return Limit(_name(file, promised), wording.limit(promised.rule), by, *_state(file, counted), promised)


def _name(file: CaseFile, timer: Timer) -> str:
    drawing = file.procedure.drawings.get(timer.process)
    element = drawing.by_id.get(timer.task_key) if drawing else None
    return element.name if element and element.name else timer.name


def _state(file: CaseFile, timers: Sequence[Timer]) -> tuple[str, str]:
    late = [timer for timer in timers if timer.state == FIRED]
    if late:
        return (f"{len(late)} of {len(timers)} late" if len(timers) > 1 else "Late"), "late"
    waiting = [timer for timer in timers if timer.state == WAITING]
    if not waiting:
        return "Kept", "done"
    first = waiting[0]
    if first.held_at:
        return f"The clock stands since {wording.day(calendar.day_of(first.held_at))}", "wait"
    time = wording.due(
        first.due_at, first.due_on, now=file.now, start_at=first.start_at, calendar=file.procedure.calendars.own
    )  # fmt: skip
    return time.words, time.state if time.state in ("late", "soon") else ""
