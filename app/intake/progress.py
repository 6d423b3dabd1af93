"""Where a case stands, as the person who asked sees it: the line with its stops, worked out from what happened.

Nothing of what agencies said, no risk and no staff name comes in here: only which elements began and ended, and days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.engine.library import Procedure
from app.intake import drawn_stops, stops
from app.intake.stops import Stop
from app.law import calendar, wording
from app.store.rows.cases import MOVED, WAITING, Case, Task, Timer
from app.store.rows.history import Event

ENDED = ("task_completed", "effect_asked")
BEGAN = (*ENDED, "task_opened")


@dataclass(frozen=True)
class Standing:
    """One stop as it stands: ``state`` is done, now, late or next; ``when`` says its day in words."""

    title: str
    state: str
    when: str = ""
    text: str = ""


@dataclass(frozen=True)
class Progress:
    """The line, and the answer to *what is happening now*.

    ``late_since`` is the day we promised and did not keep; ``moved`` the day we first promised and the day since then;
    ``held_since`` the day since which the clock of the step stands; ``why`` the reason that was given for either.
    """

    heading: str
    says: str
    line: tuple[Standing, ...]
    late_since: date | None = None
    moved: tuple[date, date] | None = None
    held_since: date | None = None
    held_until: date | None = None  # at the latest
    why: str = ""
    panel_ahead: bool = False  # a panel has not met that will, or may
    panel_by: date | None = None


@dataclass(frozen=True)
class Known:
    """What is known of a case when its line is drawn. ``promised`` holds the day of each milestone."""

    case: Case
    events: Sequence[Event]
    tasks: Sequence[Task]
    timers: Sequence[Timer]
    promised: Mapping[str, date]
    today: date
    texts: Mapping[str, str] = field(default_factory=dict)  # a line more, by key of a stop
    procedure: Procedure | None = None  # that the case follows


def progress(known: Known) -> Progress:
    """Where the case stands."""
    turned = [e for e in known.events if e.kind == "effect_asked" and e.subject in (stops.MET, stops.REFUSED)]
    refused = bool(turned) and turned[-1].subject == stops.REFUSED
    since = turned[-1].number if turned else 0
    later = [e for e in known.events if e.number > since]
    appealed = any(e.subject == stops.APPEALED for e in later)
    found = stops.line(known.case.process_id, refused=refused, appealed=appealed)
    if not found:
        return _from_drawing(known) or _from_names(known)
    stopped = next((event for event in known.events if stops.is_stopping(event)), None)
    return _stopped(found, known, later, stopped) if stopped else _from_table(found, known, later)


def _from_table(line: Sequence[Stop], known: Known, later: Sequence[Event]) -> Progress:
    """After a new decision the stops behind it begin again, so only what happened since then counts for them."""
    ends = _ends(line, known, later, closed=known.case.closed_at is not None)
    now = next((n for n, ended in enumerate(ends) if ended is None), None)
    standing = tuple(_standing(stop, ends[n], n == now, known) for n, stop in enumerate(line))
    if now is None:
        return Progress(
            "Your case is closed", "We wrote to you about it. You can still read everything here.", standing
        )
    stop, due = line[now], _due(line[now], known)
    is_late = _is_late(stop, due, known)
    first, held = known.promised.get(stop.milestone), _held(stop, known)
    moved = (first, due) if first and due and due > first and not held else None
    meeting = next((n for n, one in enumerate(line) if one.key == stops.MEETING), None)
    return Progress(
        stop.heading,
        _says(stop, due, is_late, known) if not held else HELD.format(day=wording.day(due) if due else "then"),
        standing,
        due if is_late else None,
        moved,
        held,
        due if held else None,
        _why(stop, known),
        panel_ahead=meeting is not None and now <= meeting,
        panel_by=_due(line[meeting], known) if meeting is not None else None,
    )


HELD = "This step has to wait for something else. It goes on by {day} at the latest. Everything else goes on meanwhile."
_CHANGES = ("limit_extended", "limit_held", "limit_resumed", "limit_restored")


def _held(stop: Stop, known: Known) -> date | None:
    """Since when the clock of a stop stands."""
    held = [t.held_at for t in known.timers if t.key in stop.limits and t.state == WAITING and t.held_at]
    return calendar.day_of(held[-1]) if held else None


def _why(stop: Stop, known: Known) -> str:
    """The reason for the last change of a limit of the stop: the one that stands in our letter."""
    changes = [event for event in known.events if event.kind in _CHANGES and event.subject in stop.limits]
    return str(changes[-1].says.get("reason") or "") if changes else ""


def _stopped(line: Sequence[Stop], known: Known, later: Sequence[Event], stopped: Event) -> Progress:
    """The line of a review that ended because the person asked: what was done until then, and the end."""
    ends = _ends(line, known, later, closed=False)
    done = [_standing(stop, end, False, known) for stop, end in zip(line, ends, strict=True) if end is not None]
    last = Standing(stops.AS_ASKED, "done", f"Done, {wording.day(calendar.day_of(stopped.at))}")
    says = "We talked to you first, and wrote to you about it. You can ask for a new review at any time."
    return Progress("Your review has stopped, as you asked", says, (*done, last))


def _ends(line: Sequence[Stop], known: Known, later: Sequence[Event], *, closed: bool) -> list[date | None]:
    """The day each stop was done; None where it is not. ``closed`` when the case has come to its own end."""
    decided = next(n for n, stop in enumerate(line) if stop.key == "decided")
    events = [later if n > decided else known.events for n in range(len(line))]
    return [_ended(n, line, events[n], known, closed=closed) for n in range(len(line))]


def _ended(number: int, line: Sequence[Stop], events: Sequence[Event], known: Known, *, closed: bool) -> date | None:
    """The day a stop was done; None while it is not. Work of it that is open again undoes it."""
    stop = line[number]
    if stop.key == "asked":
        return calendar.day_of(known.case.opened_at)
    if closed and known.case.closed_at is not None:
        return _last_day(stop, events) or calendar.day_of(known.case.closed_at)
    if any(task.key in stop.work for task in known.tasks):
        return None
    after = frozenset[str]().union(*(one.work for one in line[number + 1 :]))
    for event in events:
        if (event.kind in ENDED and event.subject in stop.ends) or (event.kind in BEGAN and event.subject in after):
            return _last_day(stop, events) or calendar.day_of(event.at)
    return None


def _last_day(stop: Stop, events: Iterable[Event]) -> date | None:
    days = [calendar.day_of(event.at) for event in events if event.kind in ENDED and event.subject in stop.ends]
    return days[-1] if days else None


def _standing(stop: Stop, ended: date | None, is_now: bool, known: Known) -> Standing:
    text = known.texts.get(stop.key, "")
    if ended is not None:
        return Standing(stop.done, "done", f"Done, {wording.day(ended)}", text)
    due = _due(stop, known)
    is_late = _is_late(stop, due, known)
    if is_now:
        said = f"Late. We said by {wording.day(due)}" if due and is_late else _by(due, "Happening now, by")
        return Standing(stop.now, "late" if is_late else "now", said or "Happening now", text)
    said = f"We said by {wording.day(due)}. It will be later" if due and is_late else _by(due, "By")
    return Standing(stop.ahead, "next", said, text)


def _is_late(stop: Stop, due: date | None, known: Known) -> bool:
    return stop.is_ours and due is not None and due < known.today


def _by(due: date | None, word: str) -> str:
    return f"{word} {wording.day(due)}" if due else ""


def _due(stop: Stop, known: Known) -> date | None:
    """The last day for a stop: of the timer that watches it, which may have been moved, else as promised."""
    watching = [one for one in known.timers if one.key in stop.limits and one.due_on and one.state != MOVED]
    if watching:
        return max(watching, key=lambda timer: timer.start_at).due_on
    return known.promised.get(stop.milestone)


def _says(stop: Stop, due: date | None, is_late: bool, known: Known) -> str:
    """The line under the heading. A stop without a day says what it says without one."""
    if is_late and due is not None:
        return f"We said that we would do this by {wording.day(due)}. We have not done it yet, and we are sorry."
    if stop.says_known and stop.key in known.texts:
        return stop.says_known.replace("{text}", known.texts[stop.key])
    if due is not None:
        return stop.says.replace("{day}", wording.day(due))
    return stop.says.replace(" by {day}", " soon")


def _from_drawing(known: Known) -> Progress | None:
    """The line of any other procedure, where its drawing has words for whoever asked."""
    case = known.case
    if known.procedure is None:
        return None
    found = drawn_stops.line(known.procedure, case.process_id, known.events, known.tasks, known.timers)
    if not found:
        return None
    line = [Standing("You asked", "done", _done_on(case.opened_at))]
    for stop in found:
        late = stop.is_now and stop.is_ours and stop.due_on is not None and stop.due_on < known.today
        if stop.done_on:
            line.append(Standing(stop.words, "done", f"Done, {wording.day(stop.done_on)}"))
        elif late and stop.due_on:
            line.append(Standing(stop.words, "late", f"Late. We said by {wording.day(stop.due_on)}"))
        else:
            state, when = ("now", "Happening now, by") if stop.is_now else ("next", "By")
            line.append(Standing(stop.words, state, _by(stop.due_on, when) or ("Happening now" if stop.is_now else "")))
    if case.closed_at is not None:
        line.append(Standing("Your case is closed", "done", _done_on(case.closed_at)))
        return Progress("Your case is closed", "You can still read everything here.", tuple(line))
    now = next((stop for stop in found if stop.is_now), None)
    late_since = next((s.due_on for s in found if s.is_now and s.is_ours and s.due_on and s.due_on < known.today), None)
    return Progress(now.words if now else "We are working on what you asked", "", tuple(line), late_since)


def _from_names(known: Known) -> Progress:
    """The line of any other procedure: the steps that were done and those that are open, by their names."""
    done: dict[str, Standing] = {"": Standing("You asked", "done", _done_on(known.case.opened_at))}
    open_keys = {task.key for task in known.tasks}
    for event in known.events:
        if event.kind == "task_completed" and event.subject not in open_keys:
            name = str(event.says.get("name") or event.subject.replace("_", " "))
            done[event.subject] = Standing(name, "done", _done_on(event.at))
    now = {task.key: Standing(task.name, "now", _by(task.due_on, "Happening now, by")) for task in known.tasks}
    is_over = known.case.closed_at is not None
    heading = "Your case is closed" if is_over else "We are working on what you asked"
    return Progress(heading, "", (*done.values(), *now.values()))


def _done_on(at: datetime) -> str:
    return f"Done, {wording.day(calendar.day_of(at))}"
